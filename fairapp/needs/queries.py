"""Looking up needs."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from fairapp.database import db, matches
from fairapp.enterprises.models import Enterprise
from fairapp.errors import NotFound
from fairapp.needs.models import Need, NeedStatus, NeedVisibility
from fairapp.visitors.models import Buyer
from fairapp.web.lists import Page, paginate


def _needs(fair_id: int, *, query: str, process: str, public_only: bool) -> sa.Select[Need]:
    statement = (
        sa.select(Need)
        .join(Need.buyer)
        .join(Buyer.enterprise)
        .where(Need.fair_id == fair_id)
        .options(joinedload(Need.buyer).joinedload(Buyer.enterprise))
        .order_by(Need.status != NeedStatus.OPEN, Need.id)
    )
    if public_only:
        statement = statement.where(Need.visibility == NeedVisibility.PUBLIC)
    if query:
        found = sa.or_(matches(Need.search_text, query), matches(Enterprise.search_text, query))
        statement = statement.where(found)
    if process:
        statement = statement.where(Need.process == process)
    return statement


def page_of_needs(
    fair_id: int,
    *,
    query: str = "",
    process: str = "",
    public_only: bool = False,
    page: int = 1,
    per_page: int = 30,
) -> Page[Need]:
    """Return one page of a fair's needs, open ones first."""
    statement = _needs(fair_id, query=query, process=process, public_only=public_only)
    return paginate(statement, page=page, per_page=per_page)


def list_needs(fair_id: int, *, query: str = "", process: str = "") -> Sequence[Need]:
    """Return every need that the filters leave, for exports."""
    return db.session.scalars(_needs(fair_id, query=query, process=process, public_only=False)).all()


def list_own(buyer_id: int) -> Sequence[Need]:
    """Return a buyer's needs."""
    return db.session.scalars(sa.select(Need).where(Need.buyer_id == buyer_id).order_by(Need.id)).all()


def get_need(fair_id: int, public_id: str, *, public_only: bool = False) -> Need:
    """Return a need of a fair; raise ``NotFound``."""
    statement = (
        sa.select(Need)
        .where(Need.fair_id == fair_id, Need.public_id == public_id)
        .options(joinedload(Need.buyer).joinedload(Buyer.enterprise))
    )
    if public_only:
        statement = statement.where(Need.visibility == NeedVisibility.PUBLIC)
    need = db.session.scalar(statement)
    if need is None:
        raise NotFound()
    return need


def get_own(buyer_id: int, public_id: str) -> Need:
    """Return one of a buyer's own needs; raise ``NotFound``."""
    need = db.session.scalar(sa.select(Need).where(Need.buyer_id == buyer_id, Need.public_id == public_id))
    if need is None:
        raise NotFound()
    return need


def processes_wanted(fair_id: int) -> Sequence[str]:
    """Return the processes that a fair's needs ask for."""
    return db.session.scalars(
        sa.select(Need.process).where(Need.fair_id == fair_id, Need.process != "").distinct().order_by(Need.process)
    ).all()
