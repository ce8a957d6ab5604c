"""Who shares the exhibitor's booth, for the main exhibitor."""

from flask import Blueprint, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from fairapp.accounts.policy import Role
from fairapp.enterprises.taxonomy import code_list
from fairapp.exhibitors import quota
from fairapp.exhibitors.forms.exhibitor import CoExhibitorForm
from fairapp.exhibitors.models import CoExhibitorState
from fairapp.exhibitors.queries import groups
from fairapp.exhibitors.service import joining, withdrawing
from fairapp.exhibitors.views.own import own_exhibitor
from fairapp.web import clock, languages
from fairapp.web.access import actor, allow, current_fair
from fairapp.web.toasts import Undo, say

bp = Blueprint("own_co_exhibitors", __name__, url_prefix="/<fair:fair_code>/exhibitor/staff/co-exhibitors")


@bp.get("/")
@allow(Role.EXHIBITOR_CONTACT, Role.EXHIBITOR_STAFF)
def list_co_exhibitors() -> str:
    """Show the co-exhibitors and who waits for the organizer's word."""
    return _page()


@bp.post("/")
@allow(Role.EXHIBITOR_CONTACT)
def create_proposal() -> Response | tuple[str, int]:
    """Name a co-exhibitor."""
    exhibitor, form = own_exhibitor(Role.EXHIBITOR_CONTACT), new_co_exhibitor_form(empty=False)
    if form.validate_on_submit():
        with form.refusals():
            proposal = joining.propose(
                current_fair().id, exhibitor.public_id, form.to_data(), actor=actor(), now=clock.now()
            )
            if proposal.state is CoExhibitorState.ACCEPTED:
                say(gettext("%(name)s is on your booth and gets an invitation.", name=proposal.legal_name))
            else:
                undo = Undo(url=url_for(".drop_proposal", proposal_id=proposal.public_id))
                say(gettext("The organizer decides on %(name)s.", name=proposal.legal_name), undo=undo)
            return redirect(url_for(".list_co_exhibitors"), code=303)
    return _page(form), form.answer_with


@bp.post("/proposals/<id:proposal_id>/withdraw")
@allow(Role.EXHIBITOR_CONTACT)
def drop_proposal(proposal_id: str) -> Response:
    """Take a proposal back."""
    exhibitor = own_exhibitor(Role.EXHIBITOR_CONTACT)
    proposal = joining.drop_proposal(current_fair().id, exhibitor.id, proposal_id, actor=actor(), now=clock.now())
    say(gettext("%(name)s is not asked for any more.", name=proposal.legal_name))
    return redirect(url_for(".list_co_exhibitors"), code=303)


@bp.post("/<id:co_exhibitor_id>/remove")
@allow(Role.EXHIBITOR_CONTACT)
def remove_co_exhibitor(co_exhibitor_id: str) -> Response:
    """Take a co-exhibitor off the booth: its badges become worthless and its meetings are cancelled."""
    exhibitor = own_exhibitor(Role.EXHIBITOR_CONTACT)
    other = groups.get_co_exhibitor(exhibitor.id, co_exhibitor_id)
    name, public_id = other.enterprise.legal_name, other.public_id
    withdrawing.withdraw(
        current_fair().id,
        public_id,
        gettext("Taken off the booth of %(name)s.", name=exhibitor.enterprise.legal_name),
        actor=actor(),
        now=clock.now(),
    )
    say(
        gettext("%(name)s is not on your booth any more.", name=name),
        undo=Undo(url=url_for(".restore_co_exhibitor", co_exhibitor_id=public_id)),
    )
    return redirect(url_for(".list_co_exhibitors"), code=303)


@bp.post("/<id:co_exhibitor_id>/restore")
@allow(Role.EXHIBITOR_CONTACT)
def restore_co_exhibitor(co_exhibitor_id: str) -> Response:
    """Let a co-exhibitor come back."""
    exhibitor = own_exhibitor(Role.EXHIBITOR_CONTACT)
    other = groups.get_co_exhibitor(exhibitor.id, co_exhibitor_id)
    name = other.enterprise.legal_name
    withdrawing.take_back(current_fair().id, other.public_id, actor=actor(), now=clock.now())
    say(gettext("%(name)s is on your booth again.", name=name))
    return redirect(url_for(".list_co_exhibitors"), code=303)


def new_co_exhibitor_form(*, empty: bool = True) -> CoExhibitorForm:
    """Return the form for a co-exhibitor, empty or with what was sent."""
    language = languages.current_language()
    form = CoExhibitorForm(data={"country": "VN", "language": language}, **({"formdata": None} if empty else {}))
    form.offer(code_list("countries").choices(language))
    return form


def _page(form: CoExhibitorForm | None = None) -> str:
    roles = (Role.EXHIBITOR_CONTACT, Role.EXHIBITOR_STAFF)
    exhibitor, fair = own_exhibitor(*roles), current_fair()
    return render_template(
        "exhibitors/co_exhibitors.html",
        exhibitor=exhibitor,
        co_exhibitors=groups.list_co_exhibitors(exhibitor.id),
        proposals=groups.list_proposals(fair.id, main_id=exhibitor.id),
        at_once=quota.read_rules(fair.staff_badges).co_exhibitors_at_once,
        form=form or new_co_exhibitor_form(),
    )
