"""What every change of the register needs: the entry, locked; its trail; its capabilities."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fairapp.audit.models import AuditEntry
from fairapp.audit.service import ActorLike, record
from fairapp.enterprises.changes import Outcome, ProfileChanged, reconcile
from fairapp.enterprises.models import Capability, CapabilityKind, Enterprise
from fairapp.errors import NotFound


@dataclass(frozen=True, kw_only=True)
class Change:
    """What a page was sent with: what was typed over what was seen; plain JSON values by field."""

    typed: dict[str, Any]
    seen: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A file as it was sent."""

    name: str
    content: bytes


def set_capabilities(enterprise: Enterprise, kind: CapabilityKind, codes: Sequence[str]) -> None:
    """Make ``codes`` the enterprise's capabilities of one kind."""
    kept = {one.code: one for one in enterprise.capabilities if one.kind is kind}
    for code in set(kept) - set(codes):
        enterprise.capabilities.remove(kept[code])
    for code in dict.fromkeys(codes):
        if code not in kept:
            enterprise.capabilities.append(Capability(kind=kind, code=code))


def lock(session: Session, enterprise_id: int) -> Enterprise:
    """Return an entry of the register, locked; one that was merged into another is gone."""
    enterprise = session.scalar(sa.select(Enterprise).where(Enterprise.id == enterprise_id).with_for_update())
    if enterprise is None or enterprise.merged_into_id is not None:
        raise NotFound()
    return enterprise


def settle(session: Session, enterprise: Enterprise, change: Change, saved: dict[str, Any]) -> dict[str, Any]:
    """Return what to save of a change; raise ``ProfileChanged`` where somebody saved something else meanwhile."""
    outcome: Outcome = reconcile(seen=change.seen, typed=change.typed, saved=saved)
    if outcome.conflicts:
        last = session.scalar(
            sa.select(AuditEntry)
            .where(AuditEntry.thing == "enterprise", AuditEntry.thing_id == str(enterprise.id))
            .order_by(AuditEntry.id.desc())
            .limit(1)
        )
        raise ProfileChanged(outcome, by=last.actor if last else "", at=enterprise.updated_at)
    return outcome.values


def note(
    session: Session,
    action: str,
    enterprise: Enterprise,
    *,
    fair_id: int | None,
    actor: ActorLike,
    now: datetime,
    **facts: Any,
) -> None:
    """Count a change of an entry and write it into the trail."""
    enterprise.version += 1
    enterprise.updated_at = now
    session.flush()
    record(
        session,
        action,
        fair_id=fair_id,
        thing_id=enterprise.id,
        actor=actor,
        now=now,
        label=enterprise.legal_name,
        **facts,
    )


def removed_row(session: Session, enterprise: Enterprise, kind: str, key: str, value: str) -> dict[str, Any]:
    """Return what the trail kept of a row that was taken out last; raise ``NotFound``."""
    entries = session.scalars(
        sa.select(AuditEntry)
        .where(
            AuditEntry.thing == "enterprise",
            AuditEntry.thing_id == str(enterprise.id),
            AuditEntry.action == "enterprise.remove",
        )
        .order_by(AuditEntry.id.desc())
    )
    for entry in entries:
        row: dict[str, Any] = entry.facts.get("row", {})
        if entry.facts.get("kind") == kind and row.get(key) == value:
            return row
    raise NotFound()
