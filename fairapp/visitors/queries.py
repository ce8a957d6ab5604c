"""Looking up visitors and buyers."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from fairapp.database import db, matches
from fairapp.enterprises.models import Enterprise
from fairapp.errors import NotFound
from fairapp.visitors.models import Buyer, Visitor, VisitorCategory
from fairapp.web.lists import Page, paginate
from fairapp.web.sorting import Sort, ordering

LATEST = Sort(by="registered", descending=True)
BY_NAME = Sort(by="name")
VISITOR_SORTS: dict[str, Any] = {
    "name": Visitor.search_text,
    "enterprise": Visitor.enterprise_name,
    "category": Visitor.category,
    "registered": Visitor.registered_at,
}
BUYER_SORTS: dict[str, Any] = {
    "name": Enterprise.search_text,
    "country": Enterprise.capital_country,
    "contact": Buyer.contact_name,
    "language": Buyer.meeting_language,
}


def _visitors(fair_id: int, *, query: str, category: str, sort: Sort) -> sa.Select[Visitor]:
    statement = sa.select(Visitor).where(Visitor.fair_id == fair_id, Visitor.withdrawn_at.is_(None))
    if query:
        statement = statement.where(matches(Visitor.search_text, query))
    if category in set(VisitorCategory):
        statement = statement.where(Visitor.category == VisitorCategory(category))
    return statement.order_by(ordering(VISITOR_SORTS, sort), Visitor.id.desc())


def page_of_visitors(
    fair_id: int,
    *,
    query: str = "",
    category: str = "",
    sort: Sort = LATEST,
    page: int = 1,
    per_page: int = 50,
) -> Page[Visitor]:
    """Return one page of the registrations."""
    return paginate(_visitors(fair_id, query=query, category=category, sort=sort), page=page, per_page=per_page)


def list_visitors(fair_id: int, *, query: str = "", category: str = "", sort: Sort = LATEST) -> Sequence[Visitor]:
    """Return every registration that the filters leave, for exports."""
    return db.session.scalars(_visitors(fair_id, query=query, category=category, sort=sort)).all()


def get_visitor_by_token(fair_id: int, token: str) -> Visitor:
    """Return the visitor of a personal link; raise ``NotFound``."""
    visitor = db.session.scalar(sa.select(Visitor).where(Visitor.fair_id == fair_id, Visitor.token == token))
    if visitor is None:
        raise NotFound()
    return visitor


def page_of_buyers(
    fair_id: int, *, query: str = "", sort: Sort = BY_NAME, page: int = 1, per_page: int = 50
) -> Page[Buyer]:
    """Return one page of a fair's buyers."""
    return paginate(_buyers(fair_id, query=query, sort=sort), page=page, per_page=per_page)


def list_filtered_buyers(fair_id: int, *, query: str = "", sort: Sort = BY_NAME) -> Sequence[Buyer]:
    """Return every buyer that the filters leave, for exports."""
    return db.session.scalars(_buyers(fair_id, query=query, sort=sort)).all()


def _buyers(fair_id: int, *, query: str, sort: Sort) -> sa.Select[Buyer]:
    statement = (
        sa.select(Buyer)
        .join(Buyer.enterprise)
        .where(Buyer.fair_id == fair_id)
        .options(joinedload(Buyer.enterprise))
        .order_by(ordering(BUYER_SORTS, sort), Buyer.id)
    )
    if query:
        found = sa.or_(matches(Enterprise.search_text, query), matches(Buyer.search_text, query))
        statement = statement.where(found)
    return statement


def list_buyers(fair_id: int) -> Sequence[Buyer]:
    """Return every buyer of a fair by name."""
    return db.session.scalars(
        sa.select(Buyer)
        .join(Buyer.enterprise)
        .where(Buyer.fair_id == fair_id)
        .options(joinedload(Buyer.enterprise))
        .order_by(Enterprise.search_text, Buyer.id)
    ).all()


def get_buyer(fair_id: int, public_id: str) -> Buyer:
    """Return a buyer of a fair; raise ``NotFound``."""
    buyer = db.session.scalar(sa.select(Buyer).where(Buyer.fair_id == fair_id, Buyer.public_id == public_id))
    if buyer is None:
        raise NotFound()
    return buyer


def find_buyer(fair_id: int, enterprise_id: int | None) -> Buyer | None:
    """Return what an enterprise is as a buyer in a fair."""
    return db.session.scalar(sa.select(Buyer).where(Buyer.fair_id == fair_id, Buyer.enterprise_id == enterprise_id))
