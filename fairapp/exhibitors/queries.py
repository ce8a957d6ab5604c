"""Looking up exhibitors and their staff; every query is bound to a fair."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, joinedload, selectinload

from fairapp.database import db, matches
from fairapp.enterprises.models import CapabilityKind, Enterprise
from fairapp.enterprises.queries import has_capability
from fairapp.errors import NotFound
from fairapp.exhibitors.models import Delegation, Exhibitor, ExhibitorStaff
from fairapp.web.lists import Page, paginate
from fairapp.web.sorting import Sort, ordering

BY_NAME = Sort(by="name")


STAFF = sa.select(sa.func.count()).where(ExhibitorStaff.exhibitor_id == Exhibitor.id).scalar_subquery()


EXHIBITOR_SORTS: dict[str, sa.ColumnElement[Any] | Mapped[Any]] = {
    "name": Enterprise.search_text,
    "fascia": Exhibitor.fascia_name,
    "staff": STAFF,
    "accepted": Exhibitor.accepted_at,
}


def find_exhibitor(fair_id: int, enterprise_id: int | None) -> Exhibitor | None:
    """Return what an enterprise is as an exhibitor in a fair."""
    return db.session.scalar(
        sa.select(Exhibitor).where(Exhibitor.fair_id == fair_id, Exhibitor.enterprise_id == enterprise_id)
    )


def get_exhibitor(fair_id: int, public_id: str) -> Exhibitor:
    """Return an exhibitor of a fair; raise ``NotFound``."""
    exhibitor = db.session.scalar(
        sa.select(Exhibitor)
        .where(Exhibitor.fair_id == fair_id, Exhibitor.public_id == public_id)
        .options(joinedload(Exhibitor.enterprise).selectinload(Enterprise.capabilities))
    )
    if exhibitor is None:
        raise NotFound()
    return exhibitor


def page_of_exhibitors(
    fair_id: int,
    *,
    query: str = "",
    sector: str = "",
    process: str = "",
    province: str = "",
    sort: Sort = BY_NAME,
    page: int = 1,
    per_page: int = 50,
) -> Page[Exhibitor]:
    """Return one page of a fair's exhibitors."""
    statement = _exhibitors(fair_id, query=query, sector=sector, process=process, province=province, sort=sort)
    return paginate(statement, page=page, per_page=per_page)


def list_filtered_exhibitors(
    fair_id: int, *, query: str = "", sector: str = "", province: str = "", sort: Sort = BY_NAME
) -> Sequence[Exhibitor]:
    """Return every exhibitor that the filters leave, for exports."""
    statement = _exhibitors(fair_id, query=query, sector=sector, process="", province=province, sort=sort)
    return db.session.scalars(statement).all()


def _exhibitors(
    fair_id: int, *, query: str, sector: str, process: str, province: str, sort: Sort
) -> sa.Select[Exhibitor]:
    statement = (
        sa.select(Exhibitor)
        .join(Exhibitor.enterprise)
        .where(Exhibitor.fair_id == fair_id)
        .options(
            joinedload(Exhibitor.enterprise).selectinload(Enterprise.capabilities),
            selectinload(Exhibitor.staff),
        )
        .order_by(ordering(EXHIBITOR_SORTS, sort), Exhibitor.id)
    )
    if query:
        statement = statement.where(matches(Enterprise.search_text, query))
    if sector:
        statement = statement.where(has_capability(CapabilityKind.SECTOR, sector))
    if process:
        statement = statement.where(has_capability(CapabilityKind.PROCESS, process))
    if province:
        statement = statement.where(Enterprise.province == province)
    return statement


def list_exhibitors(fair_id: int) -> Sequence[Exhibitor]:
    """Return every exhibitor of a fair with its enterprise, by name."""
    return db.session.scalars(
        sa.select(Exhibitor)
        .join(Exhibitor.enterprise)
        .where(Exhibitor.fair_id == fair_id)
        .options(joinedload(Exhibitor.enterprise).selectinload(Enterprise.capabilities))
        .order_by(Enterprise.search_text, Exhibitor.id)
    ).all()


def get_staff(exhibitor_id: int, public_id: str) -> ExhibitorStaff:
    """Return a person of an exhibitor; raise ``NotFound``."""
    staff = db.session.scalar(
        sa.select(ExhibitorStaff).where(
            ExhibitorStaff.exhibitor_id == exhibitor_id, ExhibitorStaff.public_id == public_id
        )
    )
    if staff is None:
        raise NotFound()
    return staff


def get_delegation(fair_id: int, token: str) -> Delegation:
    """Return the link of a token, whether it still works or not; raise ``NotFound``."""
    delegation = db.session.scalar(
        sa.select(Delegation)
        .where(Delegation.fair_id == fair_id, Delegation.token == token)
        .options(joinedload(Delegation.exhibitor).joinedload(Exhibitor.enterprise))
    )
    if delegation is None:
        raise NotFound()
    return delegation


def list_delegations(exhibitor_id: int) -> Sequence[Delegation]:
    """Return the links of an exhibitor, the latest first."""
    return db.session.scalars(
        sa.select(Delegation).where(Delegation.exhibitor_id == exhibitor_id).order_by(Delegation.id.desc())
    ).all()
