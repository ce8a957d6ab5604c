"""Links by which an agency or a contractor acts for an exhibitor."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fairapp.audit.service import ActorLike, record
from fairapp.database import transaction
from fairapp.errors import FairError, NotFound
from fairapp.exhibitors.models import Delegation, Exhibitor
from fairapp.exhibitors.service.shared import ExhibitorWithdrawn
from fairapp.fairs.models import Fair
from fairapp.mail import service as mail

USE_NOTED_AFTER = timedelta(minutes=5)
"""A link that was used a moment ago is not written down again."""


class DelegationRevoked(FairError):
    """The exhibitor has revoked the link."""

    code = "delegation_revoked"


class DelegationExpired(FairError):
    """The link's time is over."""

    code = "delegation_expired"


class DelegationLimited(FairError):
    """The link is for something else."""

    code = "delegation_limited"


class DelegationForNothing(FairError):
    """A link that may do nothing, or that has expired before it begins."""

    code = "delegation_for_nothing"


class DelegationPast(FairError):
    """A link that would have expired before it begins."""

    code = "delegation_past"


@dataclass(frozen=True, kw_only=True)
class DelegationData:
    """Who gets a link, and for what."""

    name: str
    email: str
    may_order: bool
    may_list_staff: bool
    expires_at: datetime


def delegate(
    fair_id: int, exhibitor_id: int, data: DelegationData, *, actor: ActorLike, language: str, now: datetime
) -> Delegation:
    """Make a link for a firm and send it."""
    if not (data.may_order or data.may_list_staff):
        raise DelegationForNothing()
    if data.expires_at <= now:
        raise DelegationPast()
    with transaction() as session:
        exhibitor = session.get_one(Exhibitor, exhibitor_id)
        if exhibitor.withdrawn_at is not None:
            raise ExhibitorWithdrawn(name=exhibitor.enterprise.legal_name)
        delegation = Delegation(
            fair_id=fair_id,
            exhibitor_id=exhibitor_id,
            token=secrets.token_urlsafe(24),
            name=data.name,
            email=data.email,
            may_order=data.may_order,
            may_list_staff=data.may_list_staff,
            created_by_id=actor.account_id,
            created_at=now,
            expires_at=data.expires_at,
        )
        session.add(delegation)
        session.flush()
        record(
            session, "delegation.create", fair_id=fair_id, thing_id=delegation.id, actor=actor, now=now, label=data.name
        )
        fair = session.get_one(Fair, fair_id)
        mail.queue(
            session,
            "delegation_created",
            to=data.email,
            to_name=data.name,
            language=language,
            context={
                "name": data.name,
                "enterprise": exhibitor.enterprise.legal_name,
                "contact": exhibitor.contact_name,
                "fair_name": dict(fair.name),
                "fair_code": fair.code,
                "token": delegation.token,
                "may_order": data.may_order,
                "may_list_staff": data.may_list_staff,
                "expires_at": data.expires_at.isoformat(),
            },
            now=now,
            fair_id=fair_id,
            enterprise_id=exhibitor.enterprise_id,
            reply_to=exhibitor.contact_email or fair.contact_email,
        )
    return delegation


def revoke_delegation(exhibitor_id: int, public_id: str, *, actor: ActorLike, now: datetime) -> Delegation:
    """Make a link worthless; once more does nothing."""
    with transaction() as session:
        delegation = _lock(session, exhibitor_id, public_id)
        if delegation.revoked_at is None:
            delegation.revoked_at = now
            _note(session, "delegation.revoke", delegation, actor=actor, now=now)
    return delegation


def restore_delegation(exhibitor_id: int, public_id: str, *, actor: ActorLike, now: datetime) -> Delegation:
    """Let a revoked link work again."""
    with transaction() as session:
        delegation = _lock(session, exhibitor_id, public_id)
        if delegation.revoked_at is not None:
            delegation.revoked_at = None
            _note(session, "delegation.restore", delegation, actor=actor, now=now)
    return delegation


def note_use(delegation_id: int, *, now: datetime) -> None:
    """Remember when a link was last used."""
    with transaction() as session:
        session.execute(sa.update(Delegation).where(Delegation.id == delegation_id).values(last_used_at=now))


def check_link(delegation: Delegation, *, may: str | None, now: datetime) -> None:
    """Return quietly if a link may still be used, and for this; ``may`` is ``order`` or ``staff``."""
    exhibitor = delegation.exhibitor
    enterprise, contact = exhibitor.enterprise.legal_name, exhibitor.contact_name
    if delegation.revoked_at is not None or exhibitor.withdrawn_at is not None:
        raise DelegationRevoked(enterprise=enterprise, contact=contact)
    if delegation.expires_at <= now:
        raise DelegationExpired(at=delegation.expires_at, enterprise=enterprise, contact=contact)
    if (may == "order" and not delegation.may_order) or (may == "staff" and not delegation.may_list_staff):
        raise DelegationLimited(enterprise=enterprise, contact=contact)


def _lock(session: Session, exhibitor_id: int, public_id: str) -> Delegation:
    delegation = session.scalar(
        sa.select(Delegation)
        .where(Delegation.exhibitor_id == exhibitor_id, Delegation.public_id == public_id)
        .with_for_update()
    )
    if delegation is None:
        raise NotFound()
    return delegation


def _note(session: Session, action: str, delegation: Delegation, *, actor: ActorLike, now: datetime) -> None:
    record(
        session,
        action,
        fair_id=delegation.fair_id,
        thing_id=delegation.id,
        actor=actor,
        now=now,
        label=delegation.name,
    )
