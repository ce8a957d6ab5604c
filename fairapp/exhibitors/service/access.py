"""Who of an exhibitor may sign in for it; these functions run within the transaction of a use case."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fairapp.accounts.models import Account, Membership
from fairapp.accounts.policy import Role
from fairapp.accounts.service import account_of
from fairapp.audit.service import ActorLike, record
from fairapp.database import transaction
from fairapp.errors import FairError, NotFound
from fairapp.exhibitors.models import Exhibitor, ExhibitorStaff
from fairapp.exhibitors.people import StaffKind
from fairapp.exhibitors.service.shared import lock
from fairapp.fairs.models import Fair
from fairapp.mail import service as mail

ROLES = (Role.EXHIBITOR_CONTACT, Role.EXHIBITOR_STAFF)


class LastContact(FairError):
    """An exhibitor keeps at least one contact who may sign in."""

    code = "last_contact"


class AccessNeedsEmail(FairError):
    """Whoever shall sign in needs a mail address."""

    code = "access_needs_email"


def wanted_role(kind: StaffKind, *, access: bool) -> Role | None:
    """Return as what somebody of a kind signs in; ``None`` is not at all."""
    if kind is StaffKind.CONTACT:
        return Role.EXHIBITOR_CONTACT
    return Role.EXHIBITOR_STAFF if kind is StaffKind.STAFF and access else None


def settle(
    session: Session,
    exhibitor: Exhibitor,
    person: ExhibitorStaff,
    role: Role | None,
    *,
    language: str,
    actor: ActorLike,
    now: datetime,
) -> bool:
    """Give a person the sign-in that its place on the list means, or take it; true if an invitation goes out."""
    if role is None:
        _take(session, exhibitor, person, actor=actor, now=now)
        return False
    if not person.email:
        raise AccessNeedsEmail()
    account = account_of(session, person.email, full_name=person.full_name, language=language, now=now)
    joins = person.account_id != account.id
    if joins:
        _take(session, exhibitor, person, actor=actor, now=now)
    person.account_id = account.id
    held = _memberships(session, exhibitor, account.id)
    if any(one.role is role or (joins and one.role is Role.EXHIBITOR_CONTACT) for one in held):
        return False  # signs in already; a contact who comes onto the list as staff stays a contact
    for one in held:
        _end(session, one, actor=actor, now=now)
    invite(session, exhibitor, account, role, name=person.full_name, actor=actor, now=now)
    return True


def invite(
    session: Session, exhibitor: Exhibitor, account: Account, role: Role, *, name: str, actor: ActorLike, now: datetime
) -> None:
    """Let an account act for an exhibitor, and tell its owner; whoever does so already hears nothing."""
    if any(one.role is role for one in _memberships(session, exhibitor, account.id)):
        return
    membership = Membership(
        account_id=account.id,
        fair_id=exhibitor.fair_id,
        role=role,
        enterprise_id=exhibitor.enterprise_id,
        created_at=now,
    )
    session.add(membership)
    session.flush()
    _note(session, "membership.add", membership, label=account.email, actor=actor, now=now)
    fair = session.get_one(Fair, exhibitor.fair_id)
    mail.queue(
        session,
        "exhibitor_invited",
        to=account.email,
        to_name=name,
        language=account.language or exhibitor.language,
        context={
            "name": name,
            "enterprise": exhibitor.enterprise.legal_name,
            "role": role.value,
            "fair_name": dict(fair.name),
            "fair_code": fair.code,
            "new": account.password is None,
        },
        now=now,
        fair_id=fair.id,
        enterprise_id=exhibitor.enterprise_id,
        reply_to=fair.contact_email,
    )


def check_last_contact(session: Session, exhibitor: Exhibitor, *, before: int) -> None:
    """Return quietly unless the exhibitor had a contact and has none any more."""
    session.flush()
    if before and not count_contacts(session, exhibitor):
        raise LastContact()


def count_contacts(session: Session, exhibitor: Exhibitor) -> int:
    """Return how many accounts are the exhibitor's contacts."""
    return (
        session.scalar(
            sa.select(sa.func.count()).where(
                Membership.fair_id == exhibitor.fair_id,
                Membership.enterprise_id == exhibitor.enterprise_id,
                Membership.role == Role.EXHIBITOR_CONTACT,
            )
        )
        or 0
    )


def take_access(fair_id: int, exhibitor_id: str, membership_id: str, *, actor: ActorLike, now: datetime) -> str:
    """Take the sign-in of somebody who is not on the staff list; return the mail address."""
    with transaction() as session:
        exhibitor = lock(session, fair_id, exhibitor_id)
        before = count_contacts(session, exhibitor)
        membership = session.scalar(
            sa.select(Membership).where(
                Membership.fair_id == fair_id,
                Membership.enterprise_id == exhibitor.enterprise_id,
                Membership.public_id == membership_id,
                Membership.role.in_(ROLES),
            )
        )
        if membership is None:
            raise NotFound()
        email = membership.account.email
        _end(session, membership, actor=actor, now=now)
        check_last_contact(session, exhibitor, before=before)
    return email


def _take(session: Session, exhibitor: Exhibitor, person: ExhibitorStaff, *, actor: ActorLike, now: datetime) -> None:
    account_id, person.account_id = person.account_id, None
    if account_id is None or _is_needed(session, exhibitor, person, account_id):
        return
    for membership in _memberships(session, exhibitor, account_id):
        _end(session, membership, actor=actor, now=now)


def _is_needed(session: Session, exhibitor: Exhibitor, person: ExhibitorStaff, account_id: int) -> bool:
    """Whether somebody else on the list signs in with the same account."""
    other = sa.select(ExhibitorStaff.id).where(
        ExhibitorStaff.exhibitor_id == exhibitor.id,
        ExhibitorStaff.account_id == account_id,
        ExhibitorStaff.id != person.id,
        ExhibitorStaff.removed_at.is_(None),
    )
    return session.scalar(other.limit(1)) is not None


def _memberships(session: Session, exhibitor: Exhibitor, account_id: int) -> Sequence[Membership]:
    return session.scalars(
        sa.select(Membership).where(
            Membership.account_id == account_id,
            Membership.fair_id == exhibitor.fair_id,
            Membership.enterprise_id == exhibitor.enterprise_id,
            Membership.role.in_(ROLES),
        )
    ).all()


def _end(session: Session, membership: Membership, *, actor: ActorLike, now: datetime) -> None:
    _note(session, "membership.remove", membership, label=membership.account.email, actor=actor, now=now)
    session.delete(membership)
    session.flush()


def _note(
    session: Session, action: str, membership: Membership, *, label: str, actor: ActorLike, now: datetime
) -> None:
    record(
        session,
        action,
        fair_id=membership.fair_id,
        thing_id=membership.id,
        actor=actor,
        now=now,
        label=label,
        role=membership.role.value,
    )
