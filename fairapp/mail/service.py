"""Putting mails into the outbox, and taking them out."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fairapp.files.models import StoredFile
from fairapp.jobs import service as jobs
from fairapp.mail.models import Mail, MailAttachment, MailState

SEND = "mail.send"


def queue(
    session: Session,
    kind: str,
    *,
    to: str,
    language: str,
    context: dict[str, Any],
    now: datetime,
    to_name: str = "",
    fair_id: int | None = None,
    enterprise_id: int | None = None,
    reply_to: str = "",
    attachments: Iterable[StoredFile] = (),
) -> Mail:
    """Write a mail in the running transaction; ``templates/mail/<kind>.txt`` gives its words.

    ``context`` holds plain JSON values only. The mail is sent by a job after the commit.
    """
    mail = Mail(
        fair_id=fair_id,
        enterprise_id=enterprise_id,
        kind=kind,
        to=to,
        to_name=to_name,
        reply_to=reply_to,
        language=language,
        context=context,
        created_at=now,
        attachments=[MailAttachment(file=file) for file in attachments],
    )
    session.add(mail)
    session.flush()
    jobs.enqueue(session, SEND, {"mail_id": mail.id}, now=now, fair_id=fair_id)
    return mail


def keep_back(session: Session, kind: str, *, fair_id: int, enterprise_id: int) -> bool:
    """Take the latest mail of a kind to an enterprise out of the outbox; false if it is out already."""
    mail = session.scalar(
        sa.select(Mail)
        .where(Mail.fair_id == fair_id, Mail.enterprise_id == enterprise_id, Mail.kind == kind)
        .order_by(Mail.id.desc())
        .limit(1)
    )
    if mail is None or mail.state is not MailState.WAITING or not jobs.call_off(session, SEND, {"mail_id": mail.id}):
        return False
    session.delete(mail)
    return True
