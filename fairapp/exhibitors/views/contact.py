"""An exhibitor's own contact and fascia name, and its wish to withdraw."""

from flask import Blueprint, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from fairapp.accounts.policy import Role
from fairapp.exhibitors.forms.exhibitor import ContactForm, ReasonForm
from fairapp.exhibitors.service import changing, withdrawing
from fairapp.exhibitors.views.own import own_exhibitor
from fairapp.web import clock
from fairapp.web.access import actor, allow, current_fair
from fairapp.web.toasts import Undo, say

bp = Blueprint("exhibitor_contact", __name__, url_prefix="/<fair:fair_code>/exhibitor/contact")
LEAVING = "leave"
"""The two forms of the page keep their names apart."""


@bp.get("")
@allow(Role.EXHIBITOR_CONTACT)
def edit_contact() -> str:
    """Show whom the organizer writes to and what stands on the fascia."""
    return _page()


@bp.post("")
@allow(Role.EXHIBITOR_CONTACT)
def update_contact() -> Response | tuple[str, int]:
    """Change contact and fascia name."""
    exhibitor, form = own_exhibitor(Role.EXHIBITOR_CONTACT), ContactForm()
    if form.validate_on_submit():
        with form.refusals():
            changing.change_contact(
                current_fair().id,
                exhibitor.public_id,
                form.to_data(),
                by_organizer=False,
                actor=actor(),
                now=clock.now(),
            )
            say(gettext("Saved."))
            return redirect(url_for(".edit_contact"), code=303)
    return _page(form), form.answer_with


@bp.post("/withdraw")
@allow(Role.EXHIBITOR_CONTACT)
def ask_to_withdraw() -> Response | tuple[str, int]:
    """Ask the organizer to let the exhibitor go."""
    exhibitor, form = own_exhibitor(Role.EXHIBITOR_CONTACT), ReasonForm(prefix=LEAVING)
    if form.validate_on_submit():
        with form.refusals():
            withdrawing.ask_to_withdraw(
                current_fair().id, exhibitor.public_id, form.reason.data, actor=actor(), now=clock.now()
            )
            say(gettext("The organizer has your wish and will answer."), undo=Undo(url=url_for(".keep_taking_part")))
            return redirect(url_for(".edit_contact"), code=303)
    return _page(leaving=form), form.answer_with


@bp.post("/stay")
@allow(Role.EXHIBITOR_CONTACT)
def keep_taking_part() -> Response:
    """Take the wish to withdraw back."""
    exhibitor = own_exhibitor(Role.EXHIBITOR_CONTACT)
    withdrawing.keep_taking_part(current_fair().id, exhibitor.public_id, tell=False, actor=actor(), now=clock.now())
    say(gettext("You take part."))
    return redirect(url_for(".edit_contact"), code=303)


def _page(form: ContactForm | None = None, *, leaving: ReasonForm | None = None) -> str:
    exhibitor, fair = own_exhibitor(Role.EXHIBITOR_CONTACT), current_fair()
    if form is None:
        form = ContactForm(data=ContactForm.values_of(exhibitor), formdata=None)
    frozen = changing.is_fascia_frozen(fair, now=clock.now())
    if frozen:
        form.fascia_name.render_kw = {"readonly": True}
        form.fascia_name.description = gettext("Fascia names are with the printers. Write to the organizer.")
    if leaving is None:
        leaving = ReasonForm(formdata=None, prefix=LEAVING)
    return render_template("exhibitors/contact.html", exhibitor=exhibitor, form=form, leaving=leaving)
