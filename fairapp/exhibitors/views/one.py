"""One exhibitor, for the organizer: what is known, agreed and to be decided."""

from flask import Blueprint, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from fairapp.accounts.policy import Role
from fairapp.enterprises.taxonomy import code_list
from fairapp.exhibitors import queries
from fairapp.exhibitors.forms.exhibitor import AgreedForm, CoExhibitorForm, ContactForm, ReasonForm
from fairapp.exhibitors.queries import groups
from fairapp.exhibitors.service import changing, delegating, joining, withdrawing
from fairapp.exhibitors.views.own_co_exhibitors import new_co_exhibitor_form
from fairapp.web import clock, fields, languages
from fairapp.web.access import actor, allow, current_fair
from fairapp.web.toasts import Undo, say

bp = Blueprint("one_exhibitor", __name__, url_prefix="/<fair:fair_code>/organizer/exhibitors/<id:exhibitor_id>")


@bp.get("/contact")
@allow(Role.ORGANIZER)
def edit_contact(exhibitor_id: str) -> str:
    """Show whom to write to and what stands on the fascia."""
    exhibitor = queries.get_exhibitor(current_fair().id, exhibitor_id)
    return _contact(exhibitor_id, ContactForm(data=ContactForm.values_of(exhibitor)))


@bp.post("/contact")
@allow(Role.ORGANIZER)
def update_contact(exhibitor_id: str) -> Response | tuple[str, int]:
    """Change contact and fascia name."""
    form = ContactForm()
    queries.get_exhibitor(current_fair().id, exhibitor_id)
    if form.validate_on_submit():
        with form.refusals():
            changing.change_contact(
                current_fair().id, exhibitor_id, form.to_data(), by_organizer=True, actor=actor(), now=clock.now()
            )
            say(gettext("Saved."))
            return _back(exhibitor_id)
    return _contact(exhibitor_id, form), form.answer_with


def _contact(exhibitor_id: str, form: ContactForm) -> str:
    exhibitor = queries.get_exhibitor(current_fair().id, exhibitor_id)
    return render_template("exhibitors/edit_contact.html", exhibitor=exhibitor, form=form)


@bp.get("/agreed")
@allow(Role.ORGANIZER)
def edit_agreed(exhibitor_id: str) -> str:
    """Show what was agreed about the booth and the badges."""
    exhibitor = queries.get_exhibitor(current_fair().id, exhibitor_id)
    return _agreed(exhibitor_id, _offer(AgreedForm(data=AgreedForm.values_of(exhibitor))))


@bp.post("/agreed")
@allow(Role.ORGANIZER)
def update_agreed(exhibitor_id: str) -> Response | tuple[str, int]:
    """Change what was agreed."""
    form = _offer(AgreedForm())
    queries.get_exhibitor(current_fair().id, exhibitor_id)
    if form.validate_on_submit():
        with form.refusals():
            changing.change_agreed(current_fair().id, exhibitor_id, form.to_data(), actor=actor(), now=clock.now())
            say(gettext("Saved."))
            return _back(exhibitor_id)
    return _agreed(exhibitor_id, form), form.answer_with


def _offer(form: AgreedForm) -> AgreedForm:
    form.booth_type.choices = fields.options(code_list("booth_types").choices(languages.current_language()))
    return form


def _agreed(exhibitor_id: str, form: AgreedForm) -> str:
    exhibitor = queries.get_exhibitor(current_fair().id, exhibitor_id)
    return render_template("exhibitors/edit_agreed.html", exhibitor=exhibitor, form=form)


@bp.post("/list")
@allow(Role.ORGANIZER)
def list_publicly(exhibitor_id: str) -> Response:
    """Show the exhibitor in the directory and the catalogue."""
    changing.set_listed(current_fair().id, exhibitor_id, listed=True, actor=actor(), now=clock.now())
    say(gettext("The directory shows it."), undo=Undo(url=url_for(".unlist", exhibitor_id=exhibitor_id)))
    return _back(exhibitor_id)


@bp.post("/unlist")
@allow(Role.ORGANIZER)
def unlist(exhibitor_id: str) -> Response:
    """Keep the exhibitor out of the directory and the catalogue."""
    changing.set_listed(current_fair().id, exhibitor_id, listed=False, actor=actor(), now=clock.now())
    undo = Undo(url=url_for(".list_publicly", exhibitor_id=exhibitor_id))
    say(gettext("The directory does not show it any more."), undo=undo)
    return _back(exhibitor_id)


@bp.get("/withdraw")
@allow(Role.ORGANIZER)
def confirm_withdrawal(exhibitor_id: str) -> str:
    """Ask for the reason, and say what a withdrawal lets go."""
    exhibitor = queries.get_exhibitor(current_fair().id, exhibitor_id)
    return _withdrawal(exhibitor_id, ReasonForm(data={"reason": exhibitor.withdrawn_reason}))


@bp.post("/withdraw")
@allow(Role.ORGANIZER)
def withdraw(exhibitor_id: str) -> Response | tuple[str, int]:
    """Take the exhibitor out of the fair."""
    form = ReasonForm()
    queries.get_exhibitor(current_fair().id, exhibitor_id)
    if form.validate_on_submit():
        with form.refusals():
            withdrawing.withdraw(current_fair().id, exhibitor_id, form.reason.data, actor=actor(), now=clock.now())
            undo = Undo(url=url_for(".take_back", exhibitor_id=exhibitor_id))
            say(gettext("Withdrawn. The exhibitor gets a mail with what was let go."), undo=undo)
            return _back(exhibitor_id)
    return _withdrawal(exhibitor_id, form), form.answer_with


def _withdrawal(exhibitor_id: str, form: ReasonForm) -> str:
    exhibitor = queries.get_exhibitor(current_fair().id, exhibitor_id)
    return render_template(
        "exhibitors/withdraw.html",
        exhibitor=exhibitor,
        form=form,
        standing=queries.standing_of(current_fair(), exhibitor),
        co_exhibitors=[one for one in groups.list_co_exhibitors(exhibitor.id) if one.withdrawn_at is None],
    )


@bp.post("/keep")
@allow(Role.ORGANIZER)
def keep_taking_part(exhibitor_id: str) -> Response:
    """Note that an exhibitor that asked to withdraw takes part after all."""
    withdrawing.keep_taking_part(current_fair().id, exhibitor_id, tell=True, actor=actor(), now=clock.now())
    say(gettext("It takes part; the exhibitor gets a mail."))
    return _back(exhibitor_id)


@bp.post("/take-back")
@allow(Role.ORGANIZER)
def take_back(exhibitor_id: str) -> Response:
    """Take a withdrawal back."""
    withdrawing.take_back(current_fair().id, exhibitor_id, actor=actor(), now=clock.now())
    say(gettext("It takes part again. Allocate its booth and schedule its meetings anew."))
    return _back(exhibitor_id)


@bp.post("/co-exhibitors")
@allow(Role.ORGANIZER)
def add_co_exhibitor(exhibitor_id: str) -> Response | tuple[str, int]:
    """Put a co-exhibitor onto the exhibitor's booth."""
    form = new_co_exhibitor_form(empty=False)
    queries.get_exhibitor(current_fair().id, exhibitor_id)
    if form.validate_on_submit():
        with form.refusals():
            proposal = joining.propose(
                current_fair().id, exhibitor_id, form.to_data(), accept=True, actor=actor(), now=clock.now()
            )
            say(gettext("%(name)s takes part and gets an invitation.", name=proposal.legal_name))
            return redirect(url_for(".list_co_exhibitors", exhibitor_id=exhibitor_id), code=303)
    return _co_exhibitors(exhibitor_id, form), form.answer_with


@bp.get("/co-exhibitors")
@allow(Role.ORGANIZER)
def list_co_exhibitors(exhibitor_id: str) -> str:
    """Show who shares the exhibitor's booth."""
    return _co_exhibitors(exhibitor_id, new_co_exhibitor_form())


def _co_exhibitors(exhibitor_id: str, form: CoExhibitorForm) -> str:
    exhibitor = queries.get_exhibitor(current_fair().id, exhibitor_id)
    return render_template(
        "exhibitors/co_exhibitors_of.html",
        exhibitor=exhibitor,
        co_exhibitors=groups.list_co_exhibitors(exhibitor.id),
        form=form,
    )


@bp.post("/links/<id:delegation_id>/revoke")
@allow(Role.ORGANIZER)
def revoke_link(exhibitor_id: str, delegation_id: str) -> Response:
    """Make a firm's link worthless."""
    exhibitor = queries.get_exhibitor(current_fair().id, exhibitor_id)
    delegation = delegating.revoke_delegation(exhibitor.id, delegation_id, actor=actor(), now=clock.now())
    undo = Undo(url=url_for(".restore_link", exhibitor_id=exhibitor_id, delegation_id=delegation_id))
    say(gettext("The link of %(name)s does not work any more.", name=delegation.name), undo=undo)
    return _back(exhibitor_id)


@bp.post("/links/<id:delegation_id>/restore")
@allow(Role.ORGANIZER)
def restore_link(exhibitor_id: str, delegation_id: str) -> Response:
    """Let a firm's link work again."""
    exhibitor = queries.get_exhibitor(current_fair().id, exhibitor_id)
    delegation = delegating.restore_delegation(exhibitor.id, delegation_id, actor=actor(), now=clock.now())
    say(gettext("The link of %(name)s works again.", name=delegation.name))
    return _back(exhibitor_id)


def _back(exhibitor_id: str) -> Response:
    return redirect(url_for("exhibitors.show_exhibitor", exhibitor_id=exhibitor_id), code=303)
