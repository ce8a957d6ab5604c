"""Issuing, reprinting and revoking badges."""

import secrets
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fairapp.accounts.models import Account, Membership
from fairapp.accounts.policy import Role
from fairapp.audit.service import ActorLike, record
from fairapp.badges import credentials, queries
from fairapp.badges.models import HOLDERS, Badge, BadgeKey
from fairapp.database import add_once, retried, transaction
from fairapp.errors import FairError, NotFound
from fairapp.exhibitors.models import Exhibitor, ExhibitorStaff
from fairapp.exhibitors.people import StaffKind
from fairapp.exhibitors.service.withdrawing import on_withdrawal
from fairapp.fairs.calendar import mask_of
from fairapp.fairs.models import CoOrganizer, Fair
from fairapp.jobs import service as jobs
from fairapp.jobs.models import Job
from fairapp.visitors.models import Buyer, Visitor
from fairapp.web.languages import DEFAULT, text_in

PRINT = "badges.print"
CONTRACTOR = "contractor"
AT_ONCE = 200
"""Badges issued in one transaction: the gates must not wait for thousands."""


class RegistrationWithdrawn(FairError):
    """A withdrawn registration has no badge."""

    code = "registration_withdrawn"


class OffTheList(FairError):
    """Whoever was taken off the staff list, or works for an exhibitor that withdrew, has no badge."""

    code = "off_the_list"


class BadgeRevoked(FairError):
    """The badge was revoked already."""

    code = "badge_revoked"


class RivalIssued(FairError):
    """A rival issued the holder's badge a moment ago; that badge is the one."""

    code = "rival_issued"


@retried
def issue_for_visitor(fair_id: int, visitor_id: int, *, actor: ActorLike, now: datetime) -> Badge:
    """Return the valid badge of a visitor; issue it if there is none."""
    return _once(fair_id, "visitor_id", visitor_id, actor=actor, now=now)


@retried
def issue_for_staff(fair_id: int, staff_id: int, *, actor: ActorLike, now: datetime) -> Badge:
    """Return the valid badge of a person of an exhibitor; issue it if there is none."""
    return _once(fair_id, "staff_id", staff_id, actor=actor, now=now)


@retried
def issue_for_account(fair_id: int, account_id: int, *, actor: ActorLike, now: datetime) -> Badge:
    """Return the valid badge of somebody who works for the fair; issue it if there is none."""
    return _once(fair_id, "account_id", account_id, actor=actor, now=now)


def _once(fair_id: int, holder: str, holder_id: int, *, actor: ActorLike, now: datetime) -> Badge:
    try:
        with transaction() as session:
            return _valid(session, fair_id, holder, holder_id) or _issue(
                session, fair_id, holder, holder_id, actor=actor, now=now
            )
    except RivalIssued:
        with transaction() as session:
            badge = _valid(session, fair_id, holder, holder_id)
            if badge is None:
                raise
            return badge


def issue_missing(fair_id: int, *, actor: ActorLike, now: datetime) -> int:
    """Issue a badge for everybody of a fair who has none; return how many."""
    count = 0
    for holder in HOLDERS:
        while issued := _issue_some(fair_id, holder, actor=actor, now=now):
            count += issued
    return count


@retried
def _issue_some(fair_id: int, holder: str, *, actor: ActorLike, now: datetime) -> int:
    count = 0
    with transaction() as session:
        for holder_id in session.scalars(queries.select_missing(fair_id)[holder].limit(AT_ONCE)).all():
            try:
                _issue(session, fair_id, holder, holder_id, actor=actor, now=now)
            except (RivalIssued, RegistrationWithdrawn, OffTheList):
                continue  # somebody was quicker; the others still want theirs
            count += 1
    return count


def reprint(fair_id: int, public_id: str, *, actor: ActorLike, now: datetime) -> Badge:
    """Issue a new badge with a new serial; the old one is revoked and says so when scanned."""
    with transaction() as session:
        old = _lock(session, fair_id, public_id)
        if old.revoked_at is not None:
            raise BadgeRevoked(serial=old.serial)
        holder = next(name for name in HOLDERS if getattr(old, name))
        old.revoked_at, old.revoked_reason = now, "reprint"
        session.flush()
        badge = _issue(session, fair_id, holder, getattr(old, holder), actor=actor, now=now)
        old.replaced_by = badge
        _note(session, "badge.reprint", old, actor=actor, now=now, new_serial=badge.serial)
    return badge


def revoke(fair_id: int, public_id: str, *, reason: str, actor: ActorLike, now: datetime) -> Badge:
    """Make a badge worthless."""
    with transaction() as session:
        badge = _lock(session, fair_id, public_id)
        if badge.revoked_at is not None:
            raise BadgeRevoked(serial=badge.serial)
        _revoke(session, badge, reason=reason, actor=actor, now=now)
    return badge


def revoke_of_visitor(fair_id: int, visitor_id: int, *, actor: ActorLike, now: datetime) -> None:
    """Revoke the badge of a withdrawn registration; again does nothing."""
    with transaction() as session:
        badge = _valid(session, fair_id, "visitor_id", visitor_id)
        if badge is not None:
            _revoke(session, badge, reason="withdrawn", actor=actor, now=now)


def revoke_of_staff(fair_id: int, staff_id: int, *, actor: ActorLike, now: datetime) -> None:
    """Revoke the badge of somebody who was taken off the list; whoever came back to it keeps it."""
    with transaction() as session:
        person = session.get(ExhibitorStaff, staff_id, with_for_update=True)
        badge = _valid(session, fair_id, "staff_id", staff_id)
        if badge is not None and person is not None and not _is_listed(person):
            _revoke(session, badge, reason=_why_not_listed(person), actor=actor, now=now)


@retried
def renew_for_staff(fair_id: int, staff_id: int, *, actor: ActorLike, now: datetime) -> None:
    """Issue a badge anew that says something else of its holder than the staff list."""
    with transaction() as session:
        person = session.get(ExhibitorStaff, staff_id, with_for_update=True)
        badge = _valid(session, fair_id, "staff_id", staff_id)
        if badge is None or person is None or not _is_listed(person):
            return
        wanted = _person(session, fair_id, "staff_id", staff_id)
        if all(getattr(badge, name) == value for name, value in wanted.items()):
            return
        badge.revoked_at, badge.revoked_reason = now, "reprint"
        session.flush()
        new = _issue(session, fair_id, "staff_id", staff_id, actor=actor, now=now)
        badge.replaced_by = new
        _note(session, "badge.reprint", badge, actor=actor, now=now, new_serial=new.serial)


@on_withdrawal
def revoke_of_exhibitor(session: Session, exhibitor: Exhibitor, *, actor: ActorLike, now: datetime) -> dict[str, Any]:
    """Revoke the badges of an exhibitor that withdraws."""
    badges = session.scalars(
        sa.select(Badge)
        .join(ExhibitorStaff, Badge.staff_id == ExhibitorStaff.id)
        .where(ExhibitorStaff.exhibitor_id == exhibitor.id, Badge.revoked_at.is_(None))
        .order_by(Badge.id)
        .with_for_update(of=Badge)
    ).all()
    for badge in badges:
        _revoke(session, badge, reason="exhibitor_withdrawn", actor=actor, now=now)
    return {"badges": len(badges)} if badges else {}


def revoke_of_account(fair_id: int, account_id: int, *, actor: ActorLike, now: datetime) -> None:
    """Revoke the badge of somebody who works for the fair no more; with a role left it stays."""
    with transaction() as session:
        badge = _valid(session, fair_id, "account_id", account_id)
        if badge is not None and not _works(session, fair_id, account_id):
            _revoke(session, badge, reason="role_ended", actor=actor, now=now)


def rotate_key(fair_id: int, *, actor: ActorLike, now: datetime) -> BadgeKey:
    """Sign new badges with a new key; badges of the old ones stay readable."""
    with transaction() as session:
        session.get_one(Fair, fair_id, with_for_update=True)
        session.execute(
            sa.update(BadgeKey)
            .where(BadgeKey.fair_id == fair_id, BadgeKey.retired_at.is_(None))
            .values(retired_at=now)
            .execution_options(synchronize_session=False)
        )
        key = _current_key(session, fair_id, now=now)
        record(
            session,
            "badge.rotate_key",
            fair_id=fair_id,
            thing_id=key.id,
            actor=actor,
            now=now,
            label=str(key.number),
        )
    return key


def order_print(fair_id: int, *, category: str, actor: ActorLike, now: datetime) -> Job:
    """Order a PDF with every valid badge, of one category or all."""
    with transaction() as session:
        job = jobs.enqueue(
            session,
            PRINT,
            {"category": category},
            now=now,
            fair_id=fair_id,
            account_id=actor.account_id,
        )
        record(
            session,
            "badge.print",
            fair_id=fair_id,
            thing_id=job.id,
            actor=actor,
            now=now,
            category=category,
        )
    return job


def mark_printed(badge_ids: list[int], *, now: datetime) -> None:
    """Note that badges were printed."""
    with transaction() as session:
        for start in range(0, len(badge_ids), AT_ONCE):
            session.execute(
                sa.update(Badge)
                .where(Badge.id.in_(badge_ids[start : start + AT_ONCE]))
                .values(printed_at=now)
                .execution_options(synchronize_session=False)
            )


def _valid(session: Session, fair_id: int, holder: str, holder_id: int) -> Badge | None:
    return session.scalar(
        sa.select(Badge).where(
            Badge.fair_id == fair_id, getattr(Badge, holder) == holder_id, Badge.revoked_at.is_(None)
        )
    )


def _revoke(session: Session, badge: Badge, *, reason: str, actor: ActorLike, now: datetime) -> None:
    badge.revoked_at, badge.revoked_reason = now, reason
    _note(session, "badge.revoke", badge, actor=actor, now=now, reason=reason)


def _lock(session: Session, fair_id: int, public_id: str) -> Badge:
    badge = session.scalar(
        sa.select(Badge).where(Badge.fair_id == fair_id, Badge.public_id == public_id).with_for_update()
    )
    if badge is None:
        raise NotFound()
    return badge


def _issue(session: Session, fair_id: int, holder: str, holder_id: int, *, actor: ActorLike, now: datetime) -> Badge:
    fair = session.get_one(Fair, fair_id)
    person = _person(session, fair_id, holder, holder_id)
    key = _current_key(session, fair_id, now=now)
    days = [day.day for day in fair.days]
    is_builder = holder == "staff_id" and person["category"] == CONTRACTOR
    serial = credentials.new_serial(person["category"], secrets.token_bytes(credentials.RANDOM_BYTES))
    claims = credentials.Claims(
        fair_number=fair_id,
        key_number=key.number,
        serial=serial,
        category=person["category"],
        # Whoever builds has no fair day: the days of move-in and move-out stand in the fair's settings.
        days=0 if is_builder else mask_of(days, days),
    )
    badge = Badge(
        fair_id=fair_id,
        serial=serial,
        days=claims.days,
        credential=credentials.sign(claims, key.private_key),
        issued_at=now,
        **person,
        **{holder: holder_id},
    )
    add_once(session, badge, RivalIssued())
    _note(session, "badge.issue", badge, actor=actor, now=now)
    return badge


def _person(session: Session, fair_id: int, holder: str, holder_id: int) -> dict[str, Any]:
    if holder == "visitor_id":
        # Locked, so that a registration withdrawn right now is seen here, or sees this badge.
        visitor = session.get_one(Visitor, holder_id, with_for_update=True)
        if visitor.fair_id != fair_id:
            raise NotFound()
        if visitor.withdrawn_at is not None:
            raise RegistrationWithdrawn()
        return {
            "category": visitor.category.value,
            "full_name": visitor.full_name,
            "enterprise_name": visitor.enterprise_name,
            "position": visitor.position,
        }
    if holder == "staff_id":
        # Locked, so that somebody who is taken off the list right now is seen here, or sees this badge.
        staff = session.get_one(ExhibitorStaff, holder_id, with_for_update=True)
        exhibitor = session.get_one(Exhibitor, staff.exhibitor_id)
        if exhibitor.fair_id != fair_id:
            raise NotFound()
        if not _is_listed(staff):
            raise OffTheList(name=staff.full_name)
        builds = staff.kind is StaffKind.CONTRACTOR
        return {
            "category": CONTRACTOR if builds else "exhibitor",
            "full_name": staff.full_name,
            "enterprise_name": (staff.contractor if builds else "") or enterprise_on_badge(exhibitor),
            "position": staff.position,
        }
    if holder == "buyer_id":
        buyer = session.get_one(Buyer, holder_id)
        if buyer.fair_id != fair_id:
            raise NotFound()
        return {
            "category": "buyer",
            "full_name": buyer.contact_name or buyer.enterprise.legal_name,
            "enterprise_name": buyer.enterprise.legal_name,
            "position": buyer.contact_title,
        }
    if holder == "account_id":
        account = session.get_one(Account, holder_id)
        if not _works(session, fair_id, holder_id):
            raise NotFound()
        return {
            "category": "organizer",
            "full_name": account.full_name or account.email,
            "enterprise_name": _body_of(session, fair_id, account),
            "position": "",
        }
    raise ValueError(holder)


def _body_of(session: Session, fair_id: int, account: Account) -> str:
    """Return for whom somebody works: a co-organizer's people for their body, the others for who runs the fair."""
    roles = session.scalars(
        sa.select(Membership).where(
            Membership.fair_id == fair_id,
            Membership.account_id == account.id,
            Membership.role.in_(queries.WORKING_ROLES),
        )
    ).all()
    bodies = {one.role: one.co_organizer_id for one in roles}
    language, body = account.language or DEFAULT, bodies.get(Role.CO_ORGANIZER)
    if body is not None and Role.ORGANIZER not in bodies:
        return text_in(session.get_one(CoOrganizer, body).name, language)
    return text_in(session.get_one(Fair, fair_id).organizer_name, language)


def enterprise_on_badge(exhibitor: Exhibitor) -> str:
    """Return how an exhibitor is called on its badges: by its legal name, abroad by its English one if it has one."""
    enterprise = exhibitor.enterprise
    return enterprise.legal_name if enterprise.country == "VN" else enterprise.english_name or enterprise.legal_name


def _is_listed(person: ExhibitorStaff) -> bool:
    return person.removed_at is None and person.exhibitor.withdrawn_at is None


def _why_not_listed(person: ExhibitorStaff) -> str:
    return "off_the_list" if person.removed_at is not None else "exhibitor_withdrawn"


def _works(session: Session, fair_id: int, account_id: int) -> bool:
    roles = sa.exists().where(
        Membership.fair_id == fair_id,
        Membership.account_id == account_id,
        Membership.role.in_(queries.WORKING_ROLES),
    )
    return bool(session.scalar(sa.select(roles)))


def _current_key(session: Session, fair_id: int, *, now: datetime) -> BadgeKey:
    if key := _find_key(session, fair_id):
        return key
    session.get_one(Fair, fair_id, with_for_update=True)  # two first badges at once want one key
    if key := _find_key(session, fair_id):
        return key
    private, public = credentials.new_key()
    last = session.scalar(sa.select(sa.func.max(BadgeKey.number)).where(BadgeKey.fair_id == fair_id)) or 0
    key = BadgeKey(fair_id=fair_id, number=last + 1, private_key=private, public_key=public, created_at=now)
    session.add(key)
    session.flush()
    return key


def _find_key(session: Session, fair_id: int) -> BadgeKey | None:
    return session.scalar(
        sa.select(BadgeKey)
        .where(BadgeKey.fair_id == fair_id, BadgeKey.retired_at.is_(None))
        .order_by(BadgeKey.number.desc())
        .limit(1)
    )


def _note(session: Session, action: str, badge: Badge, *, actor: ActorLike, now: datetime, **facts: str) -> None:
    record(
        session,
        action,
        fair_id=badge.fair_id,
        thing_id=badge.id,
        actor=actor,
        now=now,
        label=f"{badge.serial} {badge.full_name}",
        **facts,
    )
