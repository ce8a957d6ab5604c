"""Posting and changing needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fairapp.audit.service import ActorLike, record
from fairapp.database import transaction
from fairapp.errors import NotFound
from fairapp.needs.models import Need, NeedStatus, NeedVisibility


@dataclass(frozen=True, kw_only=True)
class NeedData:
    """What a buyer fills in."""

    kind: str
    title: Mapping[str, str]
    description: Mapping[str, str]
    process: str
    material: str
    tolerance: str
    lot: str
    required_certificates: Sequence[str]
    monthly_quantity: int | None
    target_sop: str
    sample_on_display: bool
    nda_required: bool
    visibility: NeedVisibility
    status: NeedStatus


def post(fair_id: int, buyer_id: int, data: NeedData, *, actor: ActorLike, now: datetime) -> Need:
    """Post a need."""
    with transaction() as session:
        need = Need(fair_id=fair_id, buyer_id=buyer_id, posted_at=now)
        _fill(need, data)
        session.add(need)
        session.flush()
        _note(session, "need.post", need, actor=actor, now=now)
    return need


def update(buyer_id: int, public_id: str, data: NeedData, *, actor: ActorLike, now: datetime) -> Need:
    """Change one of a buyer's own needs."""
    with transaction() as session:
        need = session.scalar(sa.select(Need).where(Need.buyer_id == buyer_id, Need.public_id == public_id))
        if need is None:
            raise NotFound()
        _fill(need, data)
        _note(session, "need.update", need, actor=actor, now=now)
    return need


def _fill(need: Need, data: NeedData) -> None:
    need.kind, need.title, need.description = data.kind, dict(data.title), dict(data.description)
    need.process, need.material, need.tolerance = data.process, data.material, data.tolerance
    need.lot, need.required_certificates = data.lot, list(data.required_certificates)
    need.monthly_quantity, need.target_sop = data.monthly_quantity, data.target_sop
    need.sample_on_display, need.nda_required = data.sample_on_display, data.nda_required
    need.visibility, need.status = data.visibility, data.status


def _note(session: Session, action: str, need: Need, *, actor: ActorLike, now: datetime) -> None:
    label = next(iter(need.title.values()), "")
    record(session, action, fair_id=need.fair_id, thing_id=need.id, actor=actor, now=now, label=label)
