"""Sending one text to many, and a mail once more."""

from collections.abc import Iterable, Mapping
from datetime import datetime

import sqlalchemy as sa

from fairapp.audit.service import ActorLike, record
from fairapp.database import add_once, transaction
from fairapp.errors import FairError, NotFound
from fairapp.jobs import service as jobs
from fairapp.letters.recipients import Filters
from fairapp.mail.models import BulkMail, Mail, MailAttachment, MailState
from fairapp.mail.service import SEND

SEND_BULK = "letters.send"


class NoRecipients(FairError):
    """A bulk mail to nobody."""

    code = "no_recipients"


class MailNotSent(FairError):
    """A mail that still waits cannot be sent again."""

    code = "mail_not_sent"


class _AlreadyOrdered(FairError):
    """The same form was sent twice."""

    code = "refused"


def send_bulk(
    fair_id: int,
    once: str,
    *,
    subject: Mapping[str, str],
    body: Mapping[str, str],
    filters: Filters,
    keys: Iterable[str],
    actor: ActorLike,
    now: datetime,
) -> str:
    """Order a bulk mail to the recipients of ``keys``; the same form sent twice orders it once.

    ``once`` is the random name that the form carries; return the bulk mail's public id.
    """
    chosen = sorted(set(keys))
    if not chosen:
        raise NoRecipients()
    try:
        with transaction() as session:
            bulk = BulkMail(
                public_id=once,
                fair_id=fair_id,
                account_id=actor.account_id,
                subject=dict(subject),
                body=dict(body),
                recipients={"filters": filters.arguments(), "keys": chosen},
                count=len(chosen),
                created_at=now,
            )
            add_once(session, bulk, _AlreadyOrdered())
            jobs.enqueue(
                session, SEND_BULK, {"bulk_mail_id": bulk.id}, now=now, fair_id=fair_id, account_id=actor.account_id
            )
            record(
                session, "bulk_mail.send", fair_id=fair_id, thing_id=bulk.id, actor=actor, now=now,
                label=next(iter(subject.values()), ""), count=len(chosen),
            )  # fmt: skip
    except _AlreadyOrdered:
        pass
    return once


def send_again(fair_id: int, public_id: str, *, actor: ActorLike, now: datetime) -> str:
    """Send a mail once more: a failed one itself, else a copy of it; return the public id of what is sent."""
    with transaction() as session:
        mail = session.scalar(
            sa.select(Mail).where(Mail.fair_id == fair_id, Mail.public_id == public_id).with_for_update()
        )
        if mail is None:
            raise NotFound()
        if mail.state is MailState.WAITING:
            raise MailNotSent()
        again = mail
        if mail.state is MailState.FAILED:
            mail.state, mail.error = MailState.WAITING, ""
        else:
            again = Mail(
                attachments=[MailAttachment(file=one.file) for one in mail.attachments],
                created_at=now,
                **{name: getattr(mail, name) for name in _COPIED},
            )
            session.add(again)
        session.flush()
        jobs.enqueue(session, SEND, {"mail_id": again.id}, now=now, fair_id=fair_id)
        record(session, "mail.resend", fair_id=fair_id, thing_id=again.id, actor=actor, now=now, label=mail.to)
        return again.public_id


_COPIED = (
    "fair_id", "enterprise_id", "kind", "to", "to_name", "reply_to", "language", "context", "subject", "body", "html",
)  # fmt: skip
