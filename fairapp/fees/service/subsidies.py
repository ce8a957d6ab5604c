"""Subsidies and adjustments of an exhibitor, entered by the organizer."""

from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fairapp.audit.service import ActorLike
from fairapp.database import transaction
from fairapp.errors import NotFound
from fairapp.exhibitors.models import Exhibitor
from fairapp.exhibitors.service.shared import lock, note
from fairapp.fees.models import Adjustment, Subsidy


@dataclass(frozen=True, kw_only=True)
class SubsidyData:
    """A decision of a body: a percentage of the booth or an amount, with VAT, and at most a cap."""

    source: str
    percent: int | None
    amount: int | None
    cap: int | None
    decision_number: str
    decided_on: date | None


def add_subsidy(fair_id: int, exhibitor_id: str, data: SubsidyData, *, actor: ActorLike, now: datetime) -> Subsidy:
    """Let public money pay part of an exhibitor's booth."""
    with transaction() as session:
        exhibitor = lock(session, fair_id, exhibitor_id)
        subsidy = Subsidy(fair_id=fair_id, exhibitor_id=exhibitor.id, created_at=now, **vars(data))
        session.add(subsidy)
        note(session, "subsidy.add", exhibitor, actor=actor, now=now, **_facts(data))
    return subsidy


def update_subsidy(
    fair_id: int, exhibitor_id: str, subsidy_id: str, data: SubsidyData, *, actor: ActorLike, now: datetime
) -> Subsidy:
    """Change what a subsidy pays."""
    with transaction() as session:
        exhibitor, subsidy = _lock_subsidy(session, fair_id, exhibitor_id, subsidy_id)
        for name, value in vars(data).items():
            setattr(subsidy, name, value)
        note(session, "subsidy.update", exhibitor, actor=actor, now=now, **_facts(data))
    return subsidy


def remove_subsidy(fair_id: int, exhibitor_id: str, subsidy_id: str, *, actor: ActorLike, now: datetime) -> SubsidyData:
    """Take a subsidy away; return what it was, so that it can be entered again."""
    with transaction() as session:
        exhibitor, subsidy = _lock_subsidy(session, fair_id, exhibitor_id, subsidy_id)
        data = SubsidyData(**{name: getattr(subsidy, name) for name in SubsidyData.__dataclass_fields__})
        session.delete(subsidy)
        note(session, "subsidy.remove", exhibitor, actor=actor, now=now, **_facts(data))
    return data


def add_adjustment(
    fair_id: int, exhibitor_id: str, *, label: str, amount: int, actor: ActorLike, now: datetime
) -> Adjustment:
    """Add a fee line by hand; a negative amount takes away."""
    with transaction() as session:
        exhibitor = lock(session, fair_id, exhibitor_id)
        adjustment = Adjustment(
            fair_id=fair_id,
            exhibitor_id=exhibitor.id,
            label=label,
            amount=amount,
            created_by_id=actor.account_id,
            created_at=now,
        )
        session.add(adjustment)
        note(session, "adjustment.add", exhibitor, actor=actor, now=now, text=label, amount=amount)
    return adjustment


def remove_adjustment(
    fair_id: int, exhibitor_id: str, adjustment_id: str, *, actor: ActorLike, now: datetime
) -> tuple[str, int]:
    """Take an adjustment away; return its label and amount, so that it can be entered again."""
    with transaction() as session:
        exhibitor = lock(session, fair_id, exhibitor_id)
        adjustment = session.scalar(
            sa.select(Adjustment).where(Adjustment.exhibitor_id == exhibitor.id, Adjustment.public_id == adjustment_id)
        )
        if adjustment is None:
            raise NotFound()
        label, amount = adjustment.label, adjustment.amount
        session.delete(adjustment)
        note(session, "adjustment.remove", exhibitor, actor=actor, now=now, text=label, amount=amount)
    return label, amount


def _lock_subsidy(session: Session, fair_id: int, exhibitor_id: str, subsidy_id: str) -> tuple[Exhibitor, Subsidy]:
    exhibitor = lock(session, fair_id, exhibitor_id)
    subsidy = session.scalar(
        sa.select(Subsidy).where(Subsidy.exhibitor_id == exhibitor.id, Subsidy.public_id == subsidy_id)
    )
    if subsidy is None:
        raise NotFound()
    return exhibitor, subsidy


def _facts(data: SubsidyData) -> dict[str, object]:
    return {**vars(data), "decided_on": data.decided_on.isoformat() if data.decided_on else None}
