"""Notes on an application, and messages to its enterprise."""

from flask import Blueprint, redirect, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from fairapp.applications.service import remarks
from fairapp.applications.views.forms import MessageForm, NoteForm
from fairapp.applications.views.organizer import DESK, address_of, application_page
from fairapp.web import clock
from fairapp.web.access import actor, allow, current_fair, scope
from fairapp.web.toasts import Undo, say

bp = Blueprint("remarks", __name__, url_prefix="/<fair:fair_code>/organizer/applications/<id:application_id>")


@bp.post("/notes")
@allow(*DESK)
def create_note(application_id: str) -> Response | tuple[str, int]:
    """Note something for the other organizers."""
    form = NoteForm(prefix="note")
    if form.validate_on_submit():
        with form.refusals():
            remarks.write_note(
                current_fair().id, application_id, form.text.data, scope=scope(), actor=actor(), now=clock.now()
            )
            say(gettext("Noted."))
            return redirect(address_of(application_id), code=303)
    return application_page(application_id, note_form=form), form.answer_with


@bp.post("/notes/<id:note_id>/delete")
@allow(*DESK)
def delete_note(application_id: str, note_id: str) -> Response:
    """Take an own note away."""
    gone = remarks.delete_note(
        current_fair().id, application_id, note_id, scope=scope(), actor=actor(), now=clock.now()
    )
    again = Undo(url=url_for("remarks.create_note", application_id=application_id), values={"note-text": gone.text})
    say(gettext("The note is deleted."), undo=again)
    return redirect(address_of(application_id), code=303)


@bp.post("/messages")
@allow(*DESK)
def create_message(application_id: str) -> Response | tuple[str, int]:
    """Write to the enterprise."""
    form = MessageForm(prefix="message")
    if form.validate_on_submit():
        with form.refusals():
            remarks.write_to_exhibitor(
                current_fair().id, application_id, form.text.data, scope=scope(), actor=actor(), now=clock.now()
            )
            say(gettext("Sent. The contact gets it by mail."))
            return redirect(address_of(application_id), code=303)
    return application_page(application_id, message_form=form), form.answer_with


@bp.post("/messages/read")
@allow(*DESK)
def mark_messages_read(application_id: str) -> Response:
    """Note that nobody needs to answer any more."""
    remarks.read_by_organizer(current_fair().id, application_id, scope=scope(), now=clock.now())
    say(gettext("The messages are marked as read."))
    return redirect(address_of(application_id), code=303)
