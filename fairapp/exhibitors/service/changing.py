"""What is changed about an exhibitor: contact, fascia name, the agreed booth, how many badges it may have."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from fairapp.audit.service import ActorLike, record
from fairapp.database import transaction
from fairapp.enterprises import phones
from fairapp.errors import FairError
from fairapp.exhibitors.models import Exhibitor
from fairapp.exhibitors.quota import BadgeRules, write_rules
from fairapp.exhibitors.service.shared import lock, lock_present, note
from fairapp.fairs.models import Fair


class FasciaFrozen(FairError):
    """Fascia names are with the printers; only the organizer changes them now."""

    code = "fascia_frozen"


class SettingsChanged(FairError):
    """Somebody else has changed the fair's settings in the meantime."""

    code = "settings_changed"


@dataclass(frozen=True, kw_only=True)
class ContactData:
    """Whom the organizer writes to, and what stands on the fascia."""

    contact_name: str
    contact_title: str
    contact_email: str
    contact_phone: str
    language: str
    fascia_name: str


@dataclass(frozen=True, kw_only=True)
class AgreedData:
    """What organizer and exhibitor have agreed on, and what the organizer sets for it alone."""

    booth_type: str
    area: int
    quantity: int
    corner: bool
    free_badges: int | None
    badge_limit: int | None


def is_fascia_frozen(fair: Fair, *, now: datetime) -> bool:
    """Whether fascia names are with the printers."""
    return fair.fascia_freeze_at is not None and now >= fair.fascia_freeze_at


def change_contact(
    fair_id: int, public_id: str, data: ContactData, *, by_organizer: bool, actor: ActorLike, now: datetime
) -> Exhibitor:
    """Change an exhibitor's contact and fascia name."""
    with transaction() as session:
        exhibitor = lock(session, fair_id, public_id) if by_organizer else lock_present(session, fair_id, public_id)
        frozen = is_fascia_frozen(session.get_one(Fair, fair_id), now=now)
        if frozen and not by_organizer and data.fascia_name != exhibitor.fascia_name:
            raise FasciaFrozen()
        values = asdict(data)
        values["contact_phone"] = phones.parse_phone(data.contact_phone, country=exhibitor.enterprise.country)
        _change(session, exhibitor, values, "exhibitor.change_contact", actor=actor, now=now)
    return exhibitor


def change_agreed(fair_id: int, public_id: str, data: AgreedData, *, actor: ActorLike, now: datetime) -> Exhibitor:
    """Change the agreed booth and the badges of one exhibitor."""
    with transaction() as session:
        exhibitor = lock(session, fair_id, public_id)
        _change(session, exhibitor, asdict(data), "exhibitor.change_booth", actor=actor, now=now)
    return exhibitor


MayList = Callable[[Session, Exhibitor], None]

_may_list: list[MayList] = []


def before_listing(check: MayList) -> MayList:
    """Register what a higher feature has to say before the directory shows an exhibitor: it raises its refusal."""
    if check not in _may_list:
        _may_list.append(check)
    return check


def set_listed(fair_id: int, public_id: str, *, listed: bool, actor: ActorLike, now: datetime) -> Exhibitor:
    """Show an exhibitor in the directory and the catalogue, or keep it out of them."""
    with transaction() as session:
        exhibitor = lock(session, fair_id, public_id)
        if listed:
            for check in _may_list:
                check(session, exhibitor)
        exhibitor.listed = listed
        note(session, "exhibitor.list" if listed else "exhibitor.unlist", exhibitor, actor=actor, now=now)
    return exhibitor


def set_badge_rules(
    fair_id: int,
    rules: BadgeRules,
    *,
    move_in: list[str],
    move_out_at: datetime | None,
    version: int,
    actor: ActorLike,
    now: datetime,
) -> Fair:
    """Set how many badges exhibitors have, and when booths are built and dismantled."""
    with transaction() as session:
        fair = session.get_one(Fair, fair_id, with_for_update=True)
        if fair.version != version:
            raise SettingsChanged()
        fair.staff_badges, fair.move_in, fair.move_out_at = write_rules(rules), move_in, move_out_at
        fair.version += 1
        record(session, "fair.set_badges", fair_id=fair_id, thing_id=fair_id, actor=actor, now=now, label=fair.code)
    return fair


def _change(
    session: Session, exhibitor: Exhibitor, values: Mapping[str, Any], action: str, *, actor: ActorLike, now: datetime
) -> None:
    changed = {name: value for name, value in values.items() if getattr(exhibitor, name) != value}
    if not changed:
        return
    before = {name: getattr(exhibitor, name) for name in changed}
    for name, value in changed.items():
        setattr(exhibitor, name, value)
    note(session, action, exhibitor, actor=actor, now=now, before=before, after=changed)
