"""Looking up extras and orders."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from fairapp.booths.models import Allocation, Booth, Hall
from fairapp.database import db, matches
from fairapp.enterprises.models import Enterprise
from fairapp.errors import NotFound
from fairapp.exhibitors.models import Exhibitor
from fairapp.fees.models import Extra, Order, OrderLine
from fairapp.web.lists import Page, paginate
from fairapp.web.sorting import Sort, ordering

NEWEST = Sort(by="number", descending=True)
ORDER_SORTS: dict[str, Any] = {
    "number": Order.number,
    "exhibitor": Enterprise.search_text,
    "ordered": Order.ordered_at,
}


def list_extras(fair_id: int, *, offered: bool | None = None) -> Sequence[Extra]:
    """Return the extras of a fair in the order of the catalogue."""
    statement = sa.select(Extra).where(Extra.fair_id == fair_id).order_by(Extra.position, Extra.id)
    if offered is not None:
        statement = statement.where(Extra.offered == offered)
    return db.session.scalars(statement).all()


def get_extra(fair_id: int, public_id: str) -> Extra:
    """Return an extra of a fair; raise ``NotFound``."""
    extra = db.session.scalar(sa.select(Extra).where(Extra.fair_id == fair_id, Extra.public_id == public_id))
    if extra is None:
        raise NotFound()
    return extra


def units_of(exhibitor_id: int) -> dict[int, int]:
    """Return how many units of each extra an exhibitor has in orders that stand, by the extra's id."""
    rows = db.session.execute(
        sa.select(OrderLine.extra_id, sa.func.sum(OrderLine.quantity))
        .join(Order, Order.id == OrderLine.order_id)
        .where(Order.exhibitor_id == exhibitor_id, Order.cancelled_at.is_(None))
        .group_by(OrderLine.extra_id)
    )
    return {extra_id: int(units) for extra_id, units in rows}


def units_by_extra(fair_id: int) -> dict[int, tuple[int, int]]:
    """Return by extra how many units are ordered and by how many exhibitors, orders that stand only."""
    rows = db.session.execute(
        sa.select(
            OrderLine.extra_id,
            sa.func.sum(OrderLine.quantity),
            sa.func.count(sa.distinct(Order.exhibitor_id)),
        )
        .join(Order, Order.id == OrderLine.order_id)
        .where(Order.fair_id == fair_id, Order.cancelled_at.is_(None))
        .group_by(OrderLine.extra_id)
    )
    return {extra_id: (int(units), int(exhibitors)) for extra_id, units, exhibitors in rows}


def list_orders(exhibitor_id: int) -> Sequence[Order]:
    """Return the orders of an exhibitor with their lines, the newest first."""
    return db.session.scalars(
        sa.select(Order)
        .where(Order.exhibitor_id == exhibitor_id)
        .options(selectinload(Order.lines).joinedload(OrderLine.extra))
        .order_by(Order.number.desc())
    ).all()


def get_order(fair_id: int, public_id: str, exhibitor_id: int | None = None) -> Order:
    """Return an order of a fair, of one exhibitor if given; raise ``NotFound``."""
    statement = (
        sa.select(Order)
        .where(Order.fair_id == fair_id, Order.public_id == public_id)
        .options(
            joinedload(Order.exhibitor).joinedload(Exhibitor.enterprise),
            selectinload(Order.lines).joinedload(OrderLine.extra),
        )
    )
    if exhibitor_id is not None:
        statement = statement.where(Order.exhibitor_id == exhibitor_id)
    order = db.session.scalar(statement)
    if order is None:
        raise NotFound()
    return order


def page_of_orders(
    fair_id: int,
    *,
    query: str = "",
    state: str = "",
    extra: str = "",
    hall: str = "",
    sort: Sort = NEWEST,
    page: int = 1,
    per_page: int = 50,
) -> Page[Order]:
    """Return one page of the orders that the filters leave."""
    statement = _orders(fair_id, query=query, state=state, extra=extra, hall=hall, sort=sort)
    return paginate(statement, page=page, per_page=per_page)


def list_filtered_orders(
    fair_id: int, *, query: str = "", state: str = "", extra: str = "", hall: str = "", sort: Sort = NEWEST
) -> Sequence[Order]:
    """Return every order that the filters leave, for exports and prints."""
    return db.session.scalars(_orders(fair_id, query=query, state=state, extra=extra, hall=hall, sort=sort)).all()


def _orders(fair_id: int, *, query: str, state: str, extra: str, hall: str, sort: Sort) -> sa.Select[Order]:
    statement = (
        sa.select(Order)
        .join(Exhibitor, Exhibitor.id == Order.exhibitor_id)
        .join(Enterprise, Enterprise.id == Exhibitor.enterprise_id)
        .where(Order.fair_id == fair_id)
        .options(
            joinedload(Order.exhibitor).joinedload(Exhibitor.enterprise),
            selectinload(Order.lines).joinedload(OrderLine.extra),
        )
        .order_by(ordering(ORDER_SORTS, sort), Order.id)
    )
    if query:
        found = [matches(Enterprise.search_text, query)]
        if query.strip().isdigit():
            found.append(Order.number == int(query.strip()[:9]))
        statement = statement.where(sa.or_(*found, Order.reference == query.strip()))
    if state == "late":
        late = sa.select(OrderLine.order_id).where(OrderLine.late_percent > 0)
        statement = statement.where(Order.cancelled_at.is_(None), Order.id.in_(late))
    elif state == "standing":
        statement = statement.where(Order.cancelled_at.is_(None))
    elif state == "cancelled":
        statement = statement.where(Order.cancelled_at.is_not(None))
    if extra:
        with_extra = sa.select(OrderLine.order_id).join(Extra).where(Extra.fair_id == fair_id, Extra.code == extra)
        statement = statement.where(Order.id.in_(with_extra))
    if hall:
        placed = (
            sa.select(Allocation.exhibitor_id)
            .join(Booth, Booth.id == Allocation.booth_id)
            .join(Hall, Hall.id == Booth.hall_id)
            .where(Booth.fair_id == fair_id, Hall.code == hall)
        )
        # A co-exhibitor's orders go to its main exhibitor's booth.
        statement = statement.where(
            sa.or_(Order.exhibitor_id.in_(placed), Exhibitor.main_exhibitor_id.in_(placed)),
        )
    return statement


def list_lines_for_contractors(fair_id: int, *, extra: str = "", hall: str = "") -> Sequence[OrderLine]:
    """Return the lines of orders that stand, by extra and exhibitor, for whoever delivers them."""
    statement = (
        sa.select(OrderLine)
        .join(Order, Order.id == OrderLine.order_id)
        .join(Extra, Extra.id == OrderLine.extra_id)
        .join(Exhibitor, Exhibitor.id == Order.exhibitor_id)
        .join(Enterprise, Enterprise.id == Exhibitor.enterprise_id)
        .where(Order.fair_id == fair_id, Order.cancelled_at.is_(None))
        .options(
            joinedload(OrderLine.extra),
            joinedload(OrderLine.order).joinedload(Order.exhibitor).joinedload(Exhibitor.enterprise),
        )
        .order_by(Extra.position, Extra.id, Enterprise.search_text, Order.number)
    )
    if extra:
        statement = statement.where(Extra.code == extra)
    if hall:
        placed = (
            sa.select(Allocation.exhibitor_id)
            .join(Booth, Booth.id == Allocation.booth_id)
            .join(Hall, Hall.id == Booth.hall_id)
            .where(Booth.fair_id == fair_id, Hall.code == hall)
        )
        statement = statement.where(
            sa.or_(Order.exhibitor_id.in_(placed), Exhibitor.main_exhibitor_id.in_(placed)),
        )
    return db.session.scalars(statement).all()
