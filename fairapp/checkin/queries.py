"""Looking up gates, scans and counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from fairapp.badges.models import HOLDERS, Badge
from fairapp.checkin.models import CheckIn, Gate, Scan
from fairapp.database import db, matches
from fairapp.errors import NotFound


@dataclass(frozen=True, kw_only=True)
class Counts:
    """What the live board shows of one day."""

    visitors: int
    """Different people who came in; a reprinted badge makes nobody two."""
    refused: int
    scans: int
    by_gate: dict[str, int]
    by_category: dict[str, int]


PERSON = sa.case(
    *(
        (getattr(Badge, holder).is_not(None), getattr(Badge, holder) * len(HOLDERS) + kind)
        for kind, holder in enumerate(HOLDERS)
    )
)
"""A number for each person who holds badges, whatever kind of holder."""


def list_gates(fair_id: int) -> Sequence[Gate]:
    """Return the gates of a fair by code."""
    return db.session.scalars(sa.select(Gate).where(Gate.fair_id == fair_id).order_by(Gate.code)).all()


def get_gate(fair_id: int, code: str) -> Gate:
    """Return a gate; raise ``NotFound``."""
    gate = db.session.scalar(sa.select(Gate).where(Gate.fair_id == fair_id, Gate.code == code))
    if gate is None:
        raise NotFound()
    return gate


def counts(fair_id: int, *, day: date, rehearsal: bool) -> Counts:
    """Return the figures of one day: of people, but for ``refused`` and ``scans``.

    Before and after the fair nobody is checked in, but what the gates tried that day is counted.
    """
    scans = dict(
        db.session.execute(
            sa.select(Scan.admitted, sa.func.count())
            .where(Scan.fair_id == fair_id, Scan.day == day, Scan.rehearsal == rehearsal)
            .group_by(Scan.admitted)
        ).all()
    )
    of_day = sa.and_(CheckIn.fair_id == fair_id, CheckIn.day == day, CheckIn.rehearsal == rehearsal)
    by_gate = db.session.execute(
        sa.select(Gate.code, Gate.name, sa.func.count(sa.distinct(PERSON)))
        .outerjoin(CheckIn, sa.and_(CheckIn.gate_id == Gate.id, of_day))
        .outerjoin(Badge, CheckIn.badge_id == Badge.id)
        .where(Gate.fair_id == fair_id)
        .group_by(Gate.id, Gate.code, Gate.name)
        .order_by(Gate.name, Gate.code)
    ).all()
    names = [name for _code, name, _number in by_gate]
    by_category = db.session.execute(
        sa.select(Badge.category, sa.func.count(sa.distinct(PERSON)))
        .join(CheckIn, CheckIn.badge_id == Badge.id)
        .where(of_day)
        .group_by(Badge.category)
        .order_by(Badge.category)
    ).all()
    return Counts(
        visitors=sum(number for _category, number in by_category),
        refused=scans.get(False, 0),
        scans=sum(scans.values()),
        by_gate={name if names.count(name) == 1 else f"{name} ({code})": number for code, name, number in by_gate},
        by_category=dict(by_category),
    )


def list_latest_scans(fair_id: int, *, rehearsal: bool, most: int = 30) -> Sequence[Scan]:
    """Return the latest scans with badge and gate."""
    return db.session.scalars(
        sa.select(Scan)
        .where(Scan.fair_id == fair_id, Scan.rehearsal == rehearsal)
        .options(joinedload(Scan.badge), joinedload(Scan.gate))
        .order_by(Scan.id.desc())
        .limit(most)
    ).all()


def find_badges(fair_id: int, query: str, *, most: int = 8) -> Sequence[Badge]:
    """Return valid badges by name, enterprise or serial, for people who forgot theirs."""
    return db.session.scalars(
        sa.select(Badge)
        .where(Badge.fair_id == fair_id, Badge.revoked_at.is_(None), matches(Badge.search_text, query))
        .order_by(Badge.full_name, Badge.id)
        .limit(most)
    ).all()
