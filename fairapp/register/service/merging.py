"""Two entries of the register that are one enterprise: one is kept, everything of the other moves to it.

What moves is found through the tables' foreign keys, so that a table that comes later is not forgotten.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fairapp.accounts.models import Membership
from fairapp.applications.lifecycle import ApplicationStatus
from fairapp.applications.models import Application
from fairapp.audit.service import ActorLike
from fairapp.database import retried, transaction
from fairapp.enterprises.models import Enterprise, EnterpriseMerge, Product
from fairapp.enterprises.service.rows import PRODUCTS
from fairapp.enterprises.service.shared import note
from fairapp.enterprises.taxonomy import enterprise_size
from fairapp.errors import FairError, NotFound
from fairapp.fairs.models import Fair

FIELDS = (
    "legal_name", "short_name", "english_name", "legal_form", "ownership", "capital_country", "representative",
    "representative_title", "address", "industrial_park", "ward", "postal_code", "province", "website", "phone",
    "employees", "established", "main_products", "summary", "tightest_tolerance", "supply_kind", "supply_tier",
    "smart_factory_level", "women_owned", "revenue_band", "export_percent", "export_markets", "capacity", "lot_sizes",
    "languages", "programs", "seeks", "logo_id", "external_ref",
)  # fmt: skip
"""Columns of which the organizer chooses whose value stays; beside them ``identity``, country and tax code."""

IDENTITY = "identity"

STAY = frozenset({"capability", "quality_figure"})
"""Of these the kept entry's own row counts where both have one; the other stays with the merged entry."""

OVER = frozenset({ApplicationStatus.DRAFT, ApplicationStatus.WITHDRAWN, ApplicationStatus.REJECTED})
"""Applications in these states stay with the merged entry where the kept one has one in the same fair."""

UNTOUCHED = frozenset({"enterprise_merge"})


class MergeSame(FairError):
    """One entry twice."""

    code = "merge_same"


class MergeConflict(FairError):
    """Both take part in the same fair."""

    code = "merge_conflict"


class MergeElsewhere(FairError):
    """The entry to be merged takes part in a fair of other organizers."""

    code = "merge_elsewhere"


class MergeRival(FairError):
    """One of the two was changed or merged in the meantime."""

    code = "merge_rival"


class MergeUndone(FairError):
    """The merge was undone already."""

    code = "merge_undone"


class MergeBuried(FairError):
    """The kept entry was merged itself later."""

    code = "merge_buried"


@dataclass(frozen=True, kw_only=True)
class Wish:
    """Which entry is kept, as the organizer saw the two, and of which fields the other's value is taken."""

    kept: str
    kept_version: int
    merged: str
    merged_version: int
    take: Collection[str]


@dataclass
class _Moved:
    rows: dict[str, list[int]] = field(default_factory=dict)
    memberships: list[dict[str, Any]] = field(default_factory=list)
    fairs: set[int] = field(default_factory=set)


@retried
def merge(fair_id: int, wish: Wish, *, organized: Collection[int], actor: ActorLike, now: datetime) -> EnterpriseMerge:
    """Merge one entry into another; both must be as the organizer saw them."""
    if wish.kept == wish.merged:
        raise MergeSame()
    with transaction() as session:
        kept, merged = _lock(session, wish.kept, wish.merged)
        if (kept.version, merged.version) != (wish.kept_version, wish.merged_version):
            raise MergeRival()
        if kept.merged_into_id is not None or merged.merged_into_id is not None:
            raise MergeRival()
        _check_fairs(session, merged, organized)
        moved = _move(session, kept, merged)
        before = _take(session, kept, merged, wish.take)
        merged.merged_into_id = kept.id
        row = EnterpriseMerge(
            kept=kept,
            merged=merged,
            merged_by_id=actor.account_id,
            merged_at=now,
            moved={"rows": moved.rows, "memberships": moved.memberships, "before": before},
        )
        session.add(row)
        merged.version += 1
        note(
            session,
            "enterprise.merge",
            kept,
            fair_id=fair_id,
            actor=actor,
            now=now,
            merged=merged.legal_name,
            tax_code=merged.tax_code,
            took=sorted(before),
        )
    return row


@retried
def undo(merge_id: int, *, fair_id: int, actor: ActorLike, now: datetime) -> EnterpriseMerge:
    """Take two entries apart again: what moved and is still there goes back; what was changed since stays."""
    with transaction() as session:
        row = session.get(EnterpriseMerge, merge_id)
        if row is None:
            raise NotFound()
        kept, merged = _lock(session, row.kept.public_id, row.merged.public_id)
        session.refresh(row)
        if row.undone_at is not None:
            raise MergeUndone()
        if kept.merged_into_id is not None:
            raise MergeBuried()
        _move_back(session, kept, merged, row.moved["rows"])
        _give_back(session, kept, merged, row.moved["before"])
        for membership in row.moved["memberships"]:
            created_at = datetime.fromisoformat(membership["created_at"])
            session.add(Membership(**{**membership, "created_at": created_at, "enterprise_id": merged.id}))
        merged.merged_into_id = None
        row.undone_at = now
        merged.version += 1
        note(
            session,
            "enterprise.undo_merge",
            kept,
            fair_id=fair_id,
            actor=actor,
            now=now,
            merged=merged.legal_name,
            tax_code=merged.tax_code,
        )
    return row


def _lock(session: Session, kept: str, merged: str) -> tuple[Enterprise, Enterprise]:
    # In the order of their ids, so that two merges of the same pair the other way round cannot lock each other out.
    found = session.scalars(
        sa.select(Enterprise)
        .where(Enterprise.public_id.in_([kept, merged]))
        .order_by(Enterprise.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    by_id = {one.public_id: one for one in found}
    if len(by_id) != 2:
        raise NotFound()
    return by_id[kept], by_id[merged]


def references() -> Iterator[tuple[sa.Table, sa.Column[Any]]]:
    """Yield every column that names an enterprise, with its table."""
    target = Enterprise.__table__.c.id
    for table in Enterprise.metadata.sorted_tables:
        if table.name in UNTOUCHED:
            continue
        for key in table.foreign_keys:
            if key.column is target:
                yield table, key.parent


def _check_fairs(session: Session, merged: Enterprise, organized: Collection[int]) -> None:
    for table, column in references():
        if "fair_id" not in table.c:
            continue
        elsewhere = sa.select(sa.literal(1)).where(
            column == merged.id, table.c.fair_id.is_not(None), table.c.fair_id.not_in(organized)
        )
        if session.scalar(elsewhere.limit(1)) is not None:
            raise MergeElsewhere()


def _move(session: Session, kept: Enterprise, merged: Enterprise) -> _Moved:
    moved, clashes = _Moved(), set()
    for table, column in references():
        ids = list(session.scalars(sa.select(table.c.id).where(column == merged.id).order_by(table.c.id)))
        twice = _twice(session, table, column, kept, merged)
        if table.name == Membership.__tablename__:
            moved.memberships = _remove_memberships(session, twice)
        elif table.name == Application.__tablename__:
            twice_and_alive = [one for one in twice if not _is_over(session, one)]
            clashes |= _fairs_of(session, table, twice_and_alive)
        elif table.name not in STAY:
            clashes |= _fairs_of(session, table, twice)
        ids = [one for one in ids if one not in twice]
        if table.name == Product.__tablename__:
            ids = ids[: max(0, PRODUCTS.most - _count(session, column, kept))]
        if ids:
            moved.rows[f"{table.name}.{column.name}"] = ids
    if clashes:
        codes = session.scalars(sa.select(Fair.code).where(Fair.id.in_(clashes)).order_by(Fair.code))
        raise MergeConflict(fairs=", ".join(codes))
    _point(session, moved.rows, from_id=merged.id, to_id=kept.id)
    return moved


def _twice(session: Session, table: sa.Table, column: sa.Column[Any], kept: Enterprise, merged: Enterprise) -> set[int]:
    """Return the rows of the merged entry that would break a unique key beside a row of the kept one."""
    twice = set()
    for others in _unique_keys(table, column):
        theirs = {tuple(row) for row in session.execute(sa.select(*others).where(column == kept.id))}
        for row in session.execute(sa.select(table.c.id, *others).where(column == merged.id)):
            values = tuple(row[1:])
            if values in theirs and None not in values:
                twice.add(int(row[0]))
    return twice


def _unique_keys(table: sa.Table, column: sa.Column[Any]) -> Iterator[list[sa.Column[Any]]]:
    keys: Iterable[Any] = [
        *(one for one in table.constraints if isinstance(one, sa.UniqueConstraint)),
        *(one for one in table.indexes if one.unique),
    ]
    for key in keys:
        columns = list(key.columns)
        if any(one is column for one in columns):
            yield [one for one in columns if one is not column]


def _fairs_of(session: Session, table: sa.Table, ids: Collection[int]) -> set[int]:
    return set(session.scalars(sa.select(table.c.fair_id).where(table.c.id.in_(ids)))) if ids else set()


def _is_over(session: Session, application_id: int) -> bool:
    application = session.get_one(Application, application_id)
    return application.status in OVER and application.exhibitor_id is None


def _count(session: Session, column: sa.Column[Any], enterprise: Enterprise) -> int:
    return session.scalar(sa.select(sa.func.count()).where(column == enterprise.id)) or 0


def _remove_memberships(session: Session, ids: Collection[int]) -> list[dict[str, Any]]:
    removed = []
    for membership in session.scalars(sa.select(Membership).where(Membership.id.in_(ids))):
        removed.append(
            {
                "public_id": membership.public_id,
                "account_id": membership.account_id,
                "fair_id": membership.fair_id,
                "role": membership.role.value,
                "co_organizer_id": membership.co_organizer_id,
                "created_at": membership.created_at.isoformat(),
            }
        )
        session.delete(membership)
    session.flush()
    return removed


def _point(session: Session, rows: dict[str, list[int]], *, from_id: int, to_id: int) -> None:
    tables = {f"{table.name}.{column.name}": (table, column) for table, column in references()}
    for name, ids in rows.items():
        if name in tables:
            table, column = tables[name]
            session.execute(sa.update(table).where(table.c.id.in_(ids), column == from_id).values({column.name: to_id}))
    session.expire_all()


def _move_back(session: Session, kept: Enterprise, merged: Enterprise, rows: dict[str, list[int]]) -> None:
    session.flush()
    _point(session, rows, from_id=kept.id, to_id=merged.id)


def _take(session: Session, kept: Enterprise, merged: Enterprise, names: Collection[str]) -> dict[str, Any]:
    """Give the kept entry the other's values; return the values it had, with those it got."""
    before: dict[str, Any] = {}
    for name in FIELDS:
        if name in names and getattr(kept, name) != getattr(merged, name):
            before[name] = [getattr(kept, name), getattr(merged, name)]
            setattr(kept, name, getattr(merged, name))
    kept.size = enterprise_size(kept.employees)
    if IDENTITY in names:
        before[IDENTITY] = [[kept.country, kept.tax_code], [merged.country, merged.tax_code]]
        _swap_identity(session, kept, merged)
    return before


def _give_back(session: Session, kept: Enterprise, merged: Enterprise, before: dict[str, Any]) -> None:
    for name, (old, taken) in before.items():
        if name == IDENTITY:
            if [kept.country, kept.tax_code] == taken:
                _swap_identity(session, kept, merged)
        elif getattr(kept, name) == taken:
            setattr(kept, name, old)
    kept.size = enterprise_size(kept.employees)


def _swap_identity(session: Session, kept: Enterprise, merged: Enterprise) -> None:
    ours, theirs = (kept.country, kept.tax_code), (merged.country, merged.tax_code)
    # The key is unique: the code has to be free before the other entry can have it.
    merged.tax_code = f"~{merged.public_id}"
    session.flush()
    kept.country, kept.tax_code = theirs
    session.flush()
    merged.country, merged.tax_code = ours
    session.flush()
