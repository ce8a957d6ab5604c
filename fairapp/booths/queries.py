"""Looking up halls and booths."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from fairapp.applications.models import Application
from fairapp.booths.models import Allocation, Booth, BoothChoice, BoothState, Hall, Hold
from fairapp.database import db, matches
from fairapp.enterprises.models import Enterprise
from fairapp.errors import NotFound
from fairapp.exhibitors.models import Exhibitor
from fairapp.web.lists import Page, paginate
from fairapp.web.sorting import Sort, ordering

BY_CODE = Sort(by="code")
SORTS: dict[str, Any] = {
    "code": Booth.code,
    "hall": Hall.code,
    "type": Booth.booth_type,
    "area": Booth.area,
    "exhibitor": Enterprise.search_text,
}


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


def page_of_booths(
    fair_id: int,
    *,
    now: datetime,
    query: str = "",
    hall: str = "",
    state: str = "",
    sort: Sort = BY_CODE,
    page: int = 1,
    per_page: int = 100,
) -> Page[Booth]:
    """Return one page of the booths that the filters leave."""
    return paginate(
        _booths(fair_id, now=now, query=query, hall=hall, state=state, sort=sort), page=page, per_page=per_page
    )


def list_filtered_booths(
    fair_id: int, *, now: datetime, query: str = "", hall: str = "", state: str = "", sort: Sort = BY_CODE
) -> Sequence[Booth]:
    """Return every booth that the filters leave, for exports."""
    return db.session.scalars(_booths(fair_id, now=now, query=query, hall=hall, state=state, sort=sort)).all()


def _booths(fair_id: int, *, now: datetime, query: str, hall: str, state: str, sort: Sort) -> sa.Select[Booth]:
    held = sa.and_(Hold.id.is_not(None), Hold.expires_at > now)
    states = {
        BoothState.BLOCKED: Booth.blocked,
        BoothState.ALLOCATED: sa.and_(~Booth.blocked, Allocation.id.is_not(None)),
        BoothState.HELD: sa.and_(~Booth.blocked, Allocation.id.is_(None), held),
        BoothState.FREE: sa.and_(~Booth.blocked, Allocation.id.is_(None), ~sa.func.coalesce(held, sa.false())),
    }
    statement = (
        sa.select(Booth)
        .join(Booth.hall)
        .outerjoin(Booth.allocation)
        .outerjoin(Booth.hold)
        .outerjoin(Exhibitor, Exhibitor.id == sa.func.coalesce(Allocation.exhibitor_id, Hold.exhibitor_id))
        .outerjoin(Enterprise, Enterprise.id == Exhibitor.enterprise_id)
        .where(Booth.fair_id == fair_id)
        .options(
            joinedload(Booth.hall),
            joinedload(Booth.hold).joinedload(Hold.exhibitor).joinedload(Exhibitor.enterprise),
            joinedload(Booth.allocation).joinedload(Allocation.exhibitor).joinedload(Exhibitor.enterprise),
        )
        .order_by(ordering(SORTS, sort), Booth.code)
    )
    if query:
        begins = sa.func.lower(Booth.code).startswith(query.strip().lower(), autoescape=True)
        statement = statement.where(sa.or_(begins, matches(Enterprise.search_text, query)))
    if hall:
        statement = statement.where(Hall.code == hall)
    if state in set(BoothState):
        statement = statement.where(states[BoothState(state)])
    return statement


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
        if exhibitor_id is not None:
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
            Exhibitor.withdrawn_at.is_(None),
            Exhibitor.id.not_in(placed),
        )
        .options(joinedload(Exhibitor.enterprise))
        .order_by(Exhibitor.points.desc(), Exhibitor.id)
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
    """Return the rank at which each exhibitor chose a booth, by its id."""
    rows = db.session.execute(
        sa.select(Application.exhibitor_id, BoothChoice.rank)
        .select_from(BoothChoice)
        .join(Application, Application.id == BoothChoice.application_id)
        .where(BoothChoice.booth_id == booth_id, Application.exhibitor_id.is_not(None))
    )
    return {exhibitor_id: rank for exhibitor_id, rank in rows if exhibitor_id is not None}


def choices_by_exhibitor(fair_id: int) -> dict[int, list[str]]:
    """Return the codes that each exhibitor chose, in their order."""
    rows = db.session.execute(
        sa.select(Application.exhibitor_id, Booth.code)
        .select_from(BoothChoice)
        .join(Booth, Booth.id == BoothChoice.booth_id)
        .join(Application, Application.id == BoothChoice.application_id)
        .where(Application.fair_id == fair_id, Application.exhibitor_id.is_not(None))
        .order_by(Application.exhibitor_id, BoothChoice.rank)
    )
    codes: dict[int, list[str]] = {}
    for exhibitor_id, code in rows:
        if exhibitor_id is not None:
            codes.setdefault(exhibitor_id, []).append(code)
    return codes
