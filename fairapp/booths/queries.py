"""Looking up halls and booths."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from fairapp.booths.models import Allocation, Booth, BoothChoice, BoothState, Hall, Hold
from fairapp.database import db
from fairapp.errors import NotFound
from fairapp.exhibitors.models import Exhibitor


def list_halls(fair_id: int) -> Sequence[Hall]:
    """Return the halls of a fair by code."""
    return db.session.scalars(sa.select(Hall).where(Hall.fair_id == fair_id).order_by(Hall.code)).all()


def find_hall(fair_id: int, code: str | None) -> Hall | None:
    """Return a hall by its code, or the first where there is none of that code."""
    halls = list_halls(fair_id)
    return next((hall for hall in halls if hall.code == code), halls[0] if halls else None)


def list_booths(fair_id: int, hall_id: int | None = None) -> Sequence[Booth]:
    """Return booths with who has them, by code, in one query."""
    statement = (
        sa.select(Booth)
        .where(Booth.fair_id == fair_id)
        .options(
            joinedload(Booth.hall),
            joinedload(Booth.hold).joinedload(Hold.exhibitor).joinedload(Exhibitor.enterprise),
            joinedload(Booth.allocation).joinedload(Allocation.exhibitor).joinedload(Exhibitor.enterprise),
        )
        .order_by(Booth.code)
    )
    if hall_id is not None:
        statement = statement.where(Booth.hall_id == hall_id)
    return db.session.scalars(statement).all()


def get_booth(fair_id: int, code: str) -> Booth:
    """Return a booth by its code; raise ``NotFound``."""
    booth = db.session.scalar(
        sa.select(Booth)
        .where(Booth.fair_id == fair_id, Booth.code == code)
        .options(joinedload(Booth.hall), joinedload(Booth.hold), joinedload(Booth.allocation))
    )
    if booth is None:
        raise NotFound()
    return booth


def state_of(booth: Booth, *, now: datetime) -> BoothState:
    """Return what a booth is now; a hold that has expired means nothing."""
    if booth.blocked:
        return BoothState.BLOCKED
    if booth.allocation is not None:
        return BoothState.ALLOCATED
    if booth.hold is not None and booth.hold.expires_at > now:
        return BoothState.HELD
    return BoothState.FREE


def list_allocated(exhibitor_id: int) -> Sequence[Booth]:
    """Return the booths of an exhibitor by code."""
    return db.session.scalars(
        sa.select(Booth)
        .join(Allocation)
        .where(Allocation.exhibitor_id == exhibitor_id)
        .options(joinedload(Booth.hall))
        .order_by(Booth.code)
    ).all()


def codes_by_exhibitor(fair_id: int) -> dict[int, list[str]]:
    """Return the booth codes of every exhibitor that has some."""
    rows = db.session.execute(
        sa.select(Allocation.exhibitor_id, Booth.code).join(Booth).where(Booth.fair_id == fair_id).order_by(Booth.code)
    )
    codes: dict[int, list[str]] = {}
    for exhibitor_id, code in rows:
        codes.setdefault(exhibitor_id, []).append(code)
    return codes


def list_without_booth(fair_id: int) -> Sequence[Exhibitor]:
    """Return the exhibitors that have no booth yet, by name."""
    placed = sa.select(Allocation.exhibitor_id)
    return db.session.scalars(
        sa.select(Exhibitor)
        .where(
            Exhibitor.fair_id == fair_id,
            Exhibitor.main_exhibitor_id.is_(None),
            Exhibitor.id.not_in(placed),
        )
        .options(joinedload(Exhibitor.enterprise), joinedload(Exhibitor.application))
        .order_by(Exhibitor.id)
    ).all()


def list_choices(application_id: int | None) -> Sequence[BoothChoice]:
    """Return an applicant's choices in their order."""
    return db.session.scalars(
        sa.select(BoothChoice)
        .where(BoothChoice.application_id == application_id)
        .options(joinedload(BoothChoice.booth))
        .order_by(BoothChoice.rank)
    ).all()


def choosers_of(booth_id: int) -> dict[int, int]:
    """Return the rank at which each application chose a booth."""
    rows = db.session.execute(
        sa.select(BoothChoice.application_id, BoothChoice.rank).where(BoothChoice.booth_id == booth_id)
    )
    return dict(rows.all())
