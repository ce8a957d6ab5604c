"""Mails that Flask-Security writes itself: they enter the outbox already rendered."""

from fairapp.database import db
from fairapp.jobs import service as jobs
from fairapp.mail import service
from fairapp.mail.models import Mail
from fairapp.web import clock, languages


def send_account_mail(*, kind: str, to: str, subject: str, body: str) -> None:
    """Queue a mail about an account in Flask-Security's own transaction."""
    session = db.session()
    mail = Mail(
        kind=kind,
        to=to,
        language=languages.current_language(),
        subject=subject,
        body=body,
        created_at=clock.now(),
    )
    session.add(mail)
    session.flush()
    jobs.enqueue(session, service.SEND, {"mail_id": mail.id}, now=clock.now())
