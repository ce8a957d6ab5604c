"""The people on a booth: put on the list, changed, taken off, and let back."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fairapp.audit.service import ActorLike, record
from fairapp.database import retried, transaction
from fairapp.enterprises import phones
from fairapp.errors import FairError, NotFound
from fairapp.exhibitors import quota
from fairapp.exhibitors.models import Exhibitor, ExhibitorStaff
from fairapp.exhibitors.people import StaffData, StaffKind
from fairapp.exhibitors.queries import quota_of
from fairapp.exhibitors.service.access import check_last_contact, count_contacts, settle, wanted_role
from fairapp.exhibitors.service.shared import lock, lock_present
from fairapp.fairs.models import Fair
from fairapp.jobs import service as jobs

REVOKE_BADGE = "badges.revoke_staff"
RENEW_BADGE = "badges.renew_staff"


class AlreadyOnList(FairError):
    """The person is on the staff list."""

    code = "already_on_list"


class StaffChanged(FairError):
    """The person was taken off the list or put back in the meantime."""

    code = "staff_changed"


@retried
def add_staff(
    fair_id: int,
    exhibitor_id: str,
    people: Sequence[StaffData],
    *,
    extra_agreed: bool = False,
    price: int = 0,
    actor: ActorLike,
    now: datetime,
) -> list[ExhibitorStaff]:
    """Put people on an exhibitor's staff list: all of them, or nobody.

    ``price`` is what a badge beyond the free ones costs; ``extra_agreed`` says that the exhibitor knows.
    """
    checked = [(data, phones.parse_phone(data.phone)) for data in people]
    with transaction() as session:
        exhibitor = lock_present(session, fair_id, exhibitor_id)
        known = {key_of(one) for one in _listed(session, exhibitor.id)}
        _check_quota(session, exhibitor, people, extra_agreed=extra_agreed, price=price)
        added = []
        for data, phone in checked:
            person = ExhibitorStaff(fair_id=fair_id, exhibitor_id=exhibitor.id, added_at=now)
            _fill(person, data, phone)
            if key_of(person) in known:
                raise AlreadyOnList(name=person.full_name)
            known.add(key_of(person))
            session.add(person)
            session.flush()
            role = wanted_role(data.kind, access=data.access)
            if role is not None:
                settle(session, exhibitor, person, role, language=exhibitor.language, actor=actor, now=now)
            _note(session, "staff.add", person, exhibitor, actor=actor, now=now)
            added.append(person)
    return added


@retried
def update_staff(
    fair_id: int,
    exhibitor_id: str,
    staff_id: str,
    data: StaffData,
    *,
    extra_agreed: bool = False,
    price: int = 0,
    actor: ActorLike,
    now: datetime,
) -> ExhibitorStaff:
    """Change what the list says of a person; a badge that says something else is revoked and issued anew."""
    phone = phones.parse_phone(data.phone)
    with transaction() as session:
        exhibitor = lock_present(session, fair_id, exhibitor_id)
        person = _get(session, exhibitor, staff_id)
        if person.removed_at is not None:
            raise StaffChanged(name=person.full_name)
        if person.kind is not data.kind and StaffKind.CONTRACTOR in (person.kind, data.kind):
            _check_quota(session, exhibitor, [data], extra_agreed=extra_agreed, price=price)
        before, contacts = _on_badge(person), count_contacts(session, exhibitor)
        _fill(person, data, phone)
        session.flush()
        others = {key_of(one) for one in _listed(session, exhibitor.id) if one.id != person.id}
        if key_of(person) in others:
            raise AlreadyOnList(name=person.full_name)
        role = wanted_role(data.kind, access=data.access)
        settle(session, exhibitor, person, role, language=exhibitor.language, actor=actor, now=now)
        check_last_contact(session, exhibitor, before=contacts)
        _note(session, "staff.update", person, exhibitor, actor=actor, now=now)
        if before != _on_badge(person):
            jobs.enqueue(session, RENEW_BADGE, {"staff_id": person.id}, now=now, fair_id=fair_id)
    return person


def remove_staff(fair_id: int, exhibitor_id: str, staff_id: str, *, actor: ActorLike, now: datetime) -> ExhibitorStaff:
    """Take a person off the list: the badge becomes worthless and the sign-in ends."""
    with transaction() as session:
        exhibitor = lock(session, fair_id, exhibitor_id)
        person = _get(session, exhibitor, staff_id)
        if person.removed_at is not None:
            return person
        contacts = count_contacts(session, exhibitor)
        settle(session, exhibitor, person, None, language=exhibitor.language, actor=actor, now=now)
        check_last_contact(session, exhibitor, before=contacts)
        person.removed_at = now
        _note(session, "staff.remove", person, exhibitor, actor=actor, now=now)
        jobs.enqueue(session, REVOKE_BADGE, {"staff_id": person.id}, now=now, fair_id=fair_id)
    return person


@retried
def restore_staff(
    fair_id: int, exhibitor_id: str, staff_id: str, *, access: bool = False, actor: ActorLike, now: datetime
) -> ExhibitorStaff:
    """Put a person back on the list; a new badge is issued when it is needed."""
    with transaction() as session:
        exhibitor = lock_present(session, fair_id, exhibitor_id)
        person = _get(session, exhibitor, staff_id)
        if person.removed_at is None:
            return person
        # Whoever takes a removal back has agreed before to what the badge costs.
        _check_quota(session, exhibitor, [person], extra_agreed=True, price=0)
        if key_of(person) in {key_of(one) for one in _listed(session, exhibitor.id)}:
            raise AlreadyOnList(name=person.full_name)
        person.removed_at = None
        role = wanted_role(person.kind, access=access)
        settle(session, exhibitor, person, role, language=exhibitor.language, actor=actor, now=now)
        _note(session, "staff.restore", person, exhibitor, actor=actor, now=now)
    return person


def key_of(person: ExhibitorStaff) -> tuple[str, str, str]:
    """By what two entries of a list are one person."""
    return StaffData(full_name=person.full_name, email=person.email, phone=person.phone).key


def _get(session: Session, exhibitor: Exhibitor, staff_id: str) -> ExhibitorStaff:
    person = session.scalar(
        sa.select(ExhibitorStaff).where(
            ExhibitorStaff.exhibitor_id == exhibitor.id, ExhibitorStaff.public_id == staff_id
        )
    )
    if person is None:
        raise NotFound()
    return person


def _listed(session: Session, exhibitor_id: int) -> Sequence[ExhibitorStaff]:
    return session.scalars(
        sa.select(ExhibitorStaff).where(
            ExhibitorStaff.exhibitor_id == exhibitor_id, ExhibitorStaff.removed_at.is_(None)
        )
    ).all()


def _check_quota(
    session: Session,
    exhibitor: Exhibitor,
    people: Sequence[StaffData | ExhibitorStaff],
    *,
    extra_agreed: bool,
    price: int,
) -> None:
    # The exhibitor's row is locked: two who add at once take turns, and both count everybody.
    fair = session.get_one(Fair, exhibitor.fair_id)
    allowed = quota_of(fair, exhibitor)
    kinds = [one.kind for one in _listed(session, exhibitor.id)]
    building = sum(one.kind is StaffKind.CONTRACTOR for one in people)
    quota.check_contractors(allowed, used=kinds.count(StaffKind.CONTRACTOR), adding=building)
    if len(people) > building:
        quota.check_staff(
            allowed,
            used=len(kinds) - kinds.count(StaffKind.CONTRACTOR),
            adding=len(people) - building,
            extra_agreed=extra_agreed,
            price=price,
        )


def _fill(person: ExhibitorStaff, data: StaffData, phone: str) -> None:
    person.full_name, person.position = data.full_name, data.position
    person.email, person.phone = data.email.lower(), phone
    person.kind, person.contractor = data.kind, data.contractor if data.kind is StaffKind.CONTRACTOR else ""


def _on_badge(person: ExhibitorStaff) -> tuple[str, ...]:
    return person.full_name, person.position, person.contractor, str(person.kind is StaffKind.CONTRACTOR)


def _note(
    session: Session, action: str, person: ExhibitorStaff, exhibitor: Exhibitor, *, actor: ActorLike, now: datetime
) -> None:
    record(
        session,
        action,
        fair_id=person.fair_id,
        thing_id=person.id,
        actor=actor,
        now=now,
        label=person.full_name,
        exhibitor=exhibitor.enterprise.legal_name,
        exhibitor_id=exhibitor.id,
        kind=person.kind.value,
    )
