"""Withdrawal after acceptance: what an exhibitor held is let go, each part by the feature that gave it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fairapp.audit.service import ActorLike
from fairapp.database import retried, transaction
from fairapp.errors import FairError
from fairapp.exhibitors.models import CoExhibitorProposal, CoExhibitorState, Exhibitor
from fairapp.exhibitors.service.shared import lock, lock_present, note, write_to_contact
from fairapp.fairs.models import Fair
from fairapp.mail import service as mail


class NotWithdrawn(FairError):
    """The exhibitor takes part: there is nothing to take back."""

    code = "not_withdrawn"


class MainExhibitorWithdrawn(FairError):
    """A co-exhibitor comes back only with the exhibitor whose booth it shares."""

    code = "main_exhibitor_withdrawn"


class Release(Protocol):
    """Lets go, within the running transaction, what an exhibitor held; returns plain facts that are told."""

    def __call__(
        self, session: Session, exhibitor: Exhibitor, *, actor: ActorLike, now: datetime
    ) -> Mapping[str, Any]: ...


_released: list[Release] = []
_returned: list[Release] = []


def on_withdrawal(release: Release) -> Release:
    """Register what a feature does when an exhibitor withdraws; modules register when they are imported."""
    return _register(_released, release)


def on_return(give_back: Release) -> Release:
    """Register what a feature does when the organizer takes a withdrawal back."""
    return _register(_returned, give_back)


def _register(registered: list[Release], release: Release) -> Release:
    if release not in registered:
        registered.append(release)
    return release


@retried
def withdraw(fair_id: int, public_id: str, reason: str, *, actor: ActorLike, now: datetime) -> dict[str, Any]:
    """Take an exhibitor out of the fair, with its co-exhibitors; return what was let go."""
    with transaction() as session:
        exhibitor = lock_present(session, fair_id, public_id)
        released = _let_go(session, exhibitor, reason, actor=actor, now=now)
        for other in session.scalars(
            sa.select(Exhibitor)
            .where(Exhibitor.main_exhibitor_id == exhibitor.id, Exhibitor.withdrawn_at.is_(None))
            .order_by(Exhibitor.id)
            .with_for_update()
        ).all():
            _let_go(session, other, reason, actor=actor, now=now)
            released["co_exhibitors"] = [*released.get("co_exhibitors", []), other.enterprise.legal_name]
        session.execute(
            sa.update(CoExhibitorProposal)
            .where(
                CoExhibitorProposal.main_exhibitor_id == exhibitor.id,
                CoExhibitorProposal.state == CoExhibitorState.PROPOSED,
            )
            .values(state=CoExhibitorState.WITHDRAWN, decided_at=now)
        )
    return released


def _let_go(session: Session, exhibitor: Exhibitor, reason: str, *, actor: ActorLike, now: datetime) -> dict[str, Any]:
    exhibitor.withdrawn_at, exhibitor.withdrawn_reason, exhibitor.withdrawal_asked_at = now, reason, None
    session.flush()
    released: dict[str, Any] = {}
    for release in _released:
        released |= release(session, exhibitor, actor=actor, now=now)
    note(session, "exhibitor.withdraw", exhibitor, actor=actor, now=now, reason=reason, released=released)
    write_to_contact(session, "exhibitor_withdrawn", exhibitor, now=now, reason=reason, released=released)
    return released


def ask_to_withdraw(fair_id: int, public_id: str, reason: str, *, actor: ActorLike, now: datetime) -> Exhibitor:
    """Note that an exhibitor wants to withdraw; the organizer decides, because fees may follow."""
    with transaction() as session:
        exhibitor = lock_present(session, fair_id, public_id)
        exhibitor.withdrawal_asked_at, exhibitor.withdrawn_reason = now, reason
        note(session, "exhibitor.ask_to_withdraw", exhibitor, actor=actor, now=now, reason=reason)
        fair = session.get_one(Fair, fair_id)
        if fair.contact_email:
            mail.queue(
                session,
                "withdrawal_asked",
                to=fair.contact_email,
                language="vi",
                context={
                    "enterprise": exhibitor.enterprise.legal_name,
                    "reason": reason,
                    "exhibitor_id": exhibitor.public_id,
                    "fair_name": dict(fair.name),
                    "fair_code": fair.code,
                },
                now=now,
                fair_id=fair_id,
                enterprise_id=exhibitor.enterprise_id,
                reply_to=exhibitor.contact_email,
            )
    return exhibitor


def keep_taking_part(fair_id: int, public_id: str, *, tell: bool, actor: ActorLike, now: datetime) -> Exhibitor:
    """Drop a wish to withdraw: the exhibitor takes it back, or the organizer has talked with it and says so."""
    with transaction() as session:
        exhibitor = lock_present(session, fair_id, public_id)
        if exhibitor.withdrawal_asked_at is not None:
            exhibitor.withdrawal_asked_at, exhibitor.withdrawn_reason = None, ""
            note(session, "exhibitor.keep", exhibitor, actor=actor, now=now)
            if tell:
                write_to_contact(session, "withdrawal_dropped", exhibitor, now=now)
    return exhibitor


@retried
def take_back(fair_id: int, public_id: str, *, actor: ActorLike, now: datetime) -> dict[str, Any]:
    """Let an exhibitor take part again; what was let go does not come back by itself."""
    with transaction() as session:
        exhibitor = lock(session, fair_id, public_id)
        if exhibitor.withdrawn_at is None:
            raise NotWithdrawn(name=exhibitor.enterprise.legal_name)
        main = exhibitor.main_exhibitor
        if main is not None and main.withdrawn_at is not None:
            raise MainExhibitorWithdrawn(name=main.enterprise.legal_name)
        exhibitor.withdrawn_at, exhibitor.withdrawn_reason = None, ""
        session.flush()
        given: dict[str, Any] = {}
        for give_back in _returned:
            given |= give_back(session, exhibitor, actor=actor, now=now)
        note(session, "exhibitor.return", exhibitor, actor=actor, now=now, given=given)
        write_to_contact(session, "exhibitor_returned", exhibitor, now=now)
    return given
