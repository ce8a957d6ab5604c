"""The job that writes and sends a mail."""

from pathlib import Path

from fairapp.database import db, transaction
from fairapp.files import service as files
from fairapp.jobs.registry import Task, handles
from fairapp.jobs.service import MOST_ATTEMPTS
from fairapp.mail import message, queries
from fairapp.mail.models import Mail, MailState, MailTemplate
from fairapp.mail.service import SEND
from fairapp.web import clock, letters
from fairapp.web.settings import setting


@handles(SEND)
def send(task: Task) -> None:
    """Write a mail's words and send it; without a mail server keep it, also as an .eml file."""
    _write(task.payload["mail_id"])
    mail = db.session.get(Mail, task.payload["mail_id"])
    if mail is None or mail.state in (MailState.SENT, MailState.KEPT):
        return
    try:
        state = _deliver(mail)
    except (OSError, ValueError) as error:  # a server that does not answer; an address that is none
        last = task.attempt >= MOST_ATTEMPTS
        _note(task.payload["mail_id"], MailState.FAILED if last else MailState.WAITING, error=str(error))
        raise
    _note(task.payload["mail_id"], state)


def _deliver(mail: Mail) -> MailState:
    ready = message.build(
        sender=setting("MAIL_FROM"),
        to=mail.to,
        to_name=mail.to_name,
        reply_to=mail.reply_to,
        subject=mail.subject,
        body=mail.body,
        html=mail.html,
        message_id=f"<{mail.public_id}@fairapp>",
        now=mail.created_at,
        attachments=[
            message.Attachment(name=one.file.name, content_type=one.file.content_type, content=files.read(one.file))
            for one in mail.attachments
        ],
    )
    if not setting("SMTP_URL"):
        _keep(mail.public_id, bytes(ready))
        return MailState.KEPT
    message.send(ready, setting("SMTP_URL"))
    return MailState.SENT


def _write(mail_id: int) -> None:
    with transaction() as session:
        mail = session.get(Mail, mail_id)
        if mail is None or mail.body:
            return
        own = queries.find_own_words(mail.fair_id, mail.kind)
        letter = letters.write(
            mail.kind, language=mail.language, context=mail.context, own=_in_language(own, mail.language)
        )
        # The organizer's words may grow with the names that are filled in.
        mail.subject, mail.body, mail.html = letter.subject[:300], letter.body, letter.html


def _in_language(template: MailTemplate | None, language: str) -> letters.Words | None:
    # Who reads a language in which the organizer wrote nothing gets the product's words in it.
    subject, body = (texts.get(language) for texts in (template.subject, template.body)) if template else (None, None)
    return letters.Words(subject=subject, body=body) if subject and body else None


def _keep(name: str, content: bytes) -> None:
    folder = Path(setting("MAIL_FOLDER"))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.eml").write_bytes(content)


def _note(mail_id: int, state: MailState, *, error: str = "") -> None:
    now = clock.now()
    with transaction() as session:
        mail = session.get_one(Mail, mail_id)
        mail.state, mail.error = state, error[:1000]
        if state in (MailState.SENT, MailState.KEPT):
            mail.sent_at = now
