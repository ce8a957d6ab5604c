"""Notes on an application, recommendations, and messages between organizer and enterprise."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fairapp.applications.lifecycle import UNDECIDED, ApplicationStateRefused
from fairapp.applications.models import Application, Remark, RemarkKind
from fairapp.applications.service.shared import lock, note, own
from fairapp.audit.service import ActorLike
from fairapp.database import transaction
from fairapp.errors import NotFound
from fairapp.fairs.models import Fair
from fairapp.mail import service as mail

INTERNAL = (RemarkKind.NOTE, RemarkKind.FOR, RemarkKind.AGAINST)
MESSAGES = (RemarkKind.TO_EXHIBITOR, RemarkKind.FROM_EXHIBITOR)


def write_note(
    fair_id: int, public_id: str, text: str, *, scope: int | None = None, actor: ActorLike, now: datetime
) -> Remark:
    """Note something that the enterprise never reads."""
    with transaction() as session:
        application = lock(session, fair_id, public_id, scope=scope)
        return _add(session, application, RemarkKind.NOTE, text, actor=actor, now=now)


def delete_note(
    fair_id: int, public_id: str, remark_id: str, *, scope: int | None = None, actor: ActorLike, now: datetime
) -> Remark:
    """Take an own note away; those of others stay."""
    with transaction() as session:
        application = lock(session, fair_id, public_id, scope=scope)
        remark = session.scalar(
            sa.select(Remark).where(
                Remark.application_id == application.id,
                Remark.public_id == remark_id,
                Remark.kind == RemarkKind.NOTE,
                Remark.account_id == actor.account_id,
            )
        )
        if remark is None:
            raise NotFound()
        session.expunge(remark)
        session.execute(sa.delete(Remark).where(Remark.id == remark.id))
    return remark


def recommend(
    fair_id: int,
    public_id: str,
    kind: RemarkKind,
    text: str,
    *,
    scope: int | None,
    actor: ActorLike,
    now: datetime,
) -> Remark:
    """A co-organizer says what it would decide."""
    with transaction() as session:
        application = lock(session, fair_id, public_id, scope=scope)
        if application.status not in UNDECIDED:
            raise ApplicationStateRefused(current=application.status.value, wanted="")
        remark = _add(session, application, kind, text, actor=actor, now=now)
        note(session, f"application.recommend_{kind}", application, actor=actor, now=now, reason=text)
    return remark


def write_to_exhibitor(
    fair_id: int, public_id: str, text: str, *, scope: int | None = None, actor: ActorLike, now: datetime
) -> Remark:
    """Write to the enterprise: it stands on its page and goes to its contact by mail."""
    with transaction() as session:
        application = lock(session, fair_id, public_id, scope=scope)
        remark = _add(session, application, RemarkKind.TO_EXHIBITOR, text, actor=actor, now=now)
        _mail_to_contact(session, application, text, now=now)
        _mark_read(session, application, RemarkKind.FROM_EXHIBITOR, now=now)
        note(session, "application.message", application, actor=actor, now=now)
    return remark


def write_to_organizer(fair_id: int, enterprise_id: int, text: str, *, actor: ActorLike, now: datetime) -> Remark:
    """The enterprise writes to the organizer, who finds it in the queue and in the mail."""
    with transaction() as session:
        application = own(session, fair_id, enterprise_id)
        remark = _add(session, application, RemarkKind.FROM_EXHIBITOR, text, actor=actor, now=now)
        _mail_to_organizer(session, application, text, now=now)
        _mark_read(session, application, RemarkKind.TO_EXHIBITOR, now=now)
        note(session, "application.ask", application, actor=actor, now=now)
    return remark


def read_by_organizer(fair_id: int, public_id: str, *, scope: int | None = None, now: datetime) -> None:
    """Note that the enterprise's messages were seen."""
    with transaction() as session:
        application = lock(session, fair_id, public_id, scope=scope)
        _mark_read(session, application, RemarkKind.FROM_EXHIBITOR, now=now)


def read_by_exhibitor(fair_id: int, enterprise_id: int, *, now: datetime) -> None:
    """Note that the organizer's messages were seen."""
    with transaction() as session:
        application = own(session, fair_id, enterprise_id)
        _mark_read(session, application, RemarkKind.TO_EXHIBITOR, now=now)


def _add(
    session: Session, application: Application, kind: RemarkKind, text: str, *, actor: ActorLike, now: datetime
) -> Remark:
    remark = Remark(
        application_id=application.id,
        kind=kind,
        text=text,
        account_id=actor.account_id,
        author=actor.name,
        written_at=now,
    )
    session.add(remark)
    session.flush()
    return remark


def _mark_read(session: Session, application: Application, kind: RemarkKind, *, now: datetime) -> None:
    session.execute(
        sa.update(Remark)
        .where(Remark.application_id == application.id, Remark.kind == kind, Remark.read_at.is_(None))
        .values(read_at=now)
    )


def _context(application: Application, fair: Fair, text: str) -> dict[str, object]:
    return {
        "name": application.contact_name,
        "enterprise": application.enterprise.legal_name,
        "fair_name": dict(fair.name),
        "fair_code": fair.code,
        "text": text,
        "application_id": application.public_id,
    }


def _mail_to_contact(session: Session, application: Application, text: str, *, now: datetime) -> None:
    fair = session.get_one(Fair, application.fair_id)
    mail.queue(
        session,
        "application_message",
        to=application.contact_email,
        to_name=application.contact_name,
        language=application.language,
        context=_context(application, fair, text),
        now=now,
        fair_id=fair.id,
        enterprise_id=application.enterprise_id,
        reply_to=fair.contact_email,
    )


def _mail_to_organizer(session: Session, application: Application, text: str, *, now: datetime) -> None:
    fair = session.get_one(Fair, application.fair_id)
    body = application.co_organizer
    to = body.contact_email if body is not None and body.may_decide and body.contact_email else fair.contact_email
    if not to:
        return
    mail.queue(
        session,
        "application_asked",
        to=to,
        language="vi",
        context=_context(application, fair, text),
        now=now,
        fair_id=fair.id,
        enterprise_id=application.enterprise_id,
        reply_to=application.contact_email,
    )
