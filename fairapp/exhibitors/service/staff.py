"""The people on a booth."""

from dataclasses import dataclass
from datetime import datetime

from fairapp.audit.service import ActorLike, record
from fairapp.database import transaction
from fairapp.enterprises import phones
from fairapp.exhibitors.models import ExhibitorStaff


@dataclass(frozen=True, kw_only=True)
class StaffData:
    """A person on a booth."""

    full_name: str
    position: str
    email: str
    phone: str


def add_staff(fair_id: int, exhibitor_id: int, data: StaffData, *, actor: ActorLike, now: datetime) -> ExhibitorStaff:
    """Put a person on an exhibitor's staff list."""
    phone = phones.parse_phone(data.phone)
    with transaction() as session:
        staff = ExhibitorStaff(
            fair_id=fair_id,
            exhibitor_id=exhibitor_id,
            full_name=data.full_name,
            position=data.position,
            email=data.email,
            phone=phone,
        )
        session.add(staff)
        session.flush()
        record(
            session,
            "staff.add",
            fair_id=fair_id,
            thing_id=staff.id,
            actor=actor,
            now=now,
            label=data.full_name,
        )
    return staff
