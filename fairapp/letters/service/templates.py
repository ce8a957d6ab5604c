"""The organizer's own words: for mails of the product, and for mails sent by hand."""

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fairapp.audit.service import ActorLike, record
from fairapp.database import add_once, retried, transaction
from fairapp.errors import FairError, NotFound
from fairapp.fairs.models import Fair
from fairapp.jobs import service as jobs
from fairapp.mail.models import Mail, MailTemplate
from fairapp.mail.service import SEND
from fairapp.web import letters


class TemplateExists(FairError):
    """There is a template of this name in the fair."""

    code = "template_exists"


@retried
def save_own_words(
    fair_id: int, kind: str, subject: Mapping[str, str], body: Mapping[str, str], *, actor: ActorLike, now: datetime
) -> None:
    """Set the organizer's words for a mail of the product; a language without words keeps the product's."""
    with transaction() as session:
        template = session.scalar(
            sa.select(MailTemplate).where(MailTemplate.fair_id == fair_id, MailTemplate.kind == kind).with_for_update()
        )
        if template is None:
            template = MailTemplate(fair_id=fair_id, kind=kind, name=f"mail:{kind}")
            session.add(template)
        template.subject, template.body, template.updated_at = dict(subject), dict(body), now
        session.flush()
        record(session, "mail_template.save", fair_id=fair_id, thing_id=template.id, actor=actor, now=now, label=kind)


def reset(fair_id: int, kind: str, *, actor: ActorLike, now: datetime) -> dict[str, dict[str, str]] | None:
    """Go back to the product's words; return the words that were there, so that it can be undone."""
    with transaction() as session:
        template = session.scalar(
            sa.select(MailTemplate).where(MailTemplate.fair_id == fair_id, MailTemplate.kind == kind)
        )
        if template is None:
            return None
        kept = {"subject": dict(template.subject), "body": dict(template.body)}
        session.delete(template)
        record(session, "mail_template.reset", fair_id=fair_id, thing_id=template.id, actor=actor, now=now, label=kind)
    return kept


def save_template(
    fair_id: int,
    public_id: str | None,
    name: str,
    subject: Mapping[str, str],
    body: Mapping[str, str],
    *,
    actor: ActorLike,
    now: datetime,
) -> MailTemplate:
    """Add a template for mails sent by hand, or change one."""
    with transaction() as session:
        rival = session.scalar(
            sa.select(MailTemplate.public_id).where(MailTemplate.fair_id == fair_id, MailTemplate.name == name)
        )
        if rival is not None and rival != public_id:
            raise TemplateExists()
        if public_id is None:
            template = MailTemplate(fair_id=fair_id, name=name, subject=dict(subject), body=dict(body), updated_at=now)
            add_once(session, template, TemplateExists())
        else:
            template = _get(session, fair_id, public_id)
            template.name, template.subject, template.body = name, dict(subject), dict(body)
            template.updated_at = now
        session.flush()
        record(session, "mail_template.save", fair_id=fair_id, thing_id=template.id, actor=actor, now=now, label=name)
    return template


def remove_template(fair_id: int, public_id: str, *, actor: ActorLike, now: datetime) -> None:
    """Remove a template for mails sent by hand; mails that were sent with it stay."""
    with transaction() as session:
        template = _get(session, fair_id, public_id)
        record(
            session, "mail_template.remove", fair_id=fair_id, thing_id=template.id, actor=actor, now=now,
            label=template.name,
        )  # fmt: skip
        session.delete(template)


def send_test(fair_id: int, *, to: str, to_name: str, language: str, letter: letters.Letter, now: datetime) -> None:
    """Send finished words to the organizer itself, marked as a test."""
    with transaction() as session:
        fair = session.get_one(Fair, fair_id)
        mail = Mail(
            fair_id=fair_id,
            kind=letters.FREE,
            to=to,
            to_name=to_name,
            reply_to=fair.contact_email,
            language=language,
            subject=f"[{fair.code}] {letter.subject}"[:300],
            body=letter.body,
            html=letter.html,
            created_at=now,
        )
        session.add(mail)
        session.flush()
        jobs.enqueue(session, SEND, {"mail_id": mail.id}, now=now, fair_id=fair_id)


def _get(session: Session, fair_id: int, public_id: str) -> MailTemplate:
    template = session.scalar(
        sa.select(MailTemplate)
        .where(MailTemplate.fair_id == fair_id, MailTemplate.public_id == public_id, MailTemplate.kind.is_(None))
        .with_for_update()
    )
    if template is None:
        raise NotFound()
    return template
