"""Looking up applications; every query is bound to a fair."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, joinedload

from fairapp.applications.lifecycle import ApplicationStatus
from fairapp.applications.models import Application
from fairapp.database import db, matches
from fairapp.enterprises.models import CapabilityKind, Enterprise
from fairapp.enterprises.queries import has_capability
from fairapp.errors import NotFound
from fairapp.web.lists import Page, paginate
from fairapp.web.sorting import Sort, ordering

LATEST = Sort(by="applied", descending=True)


APPLICATION_SORTS: dict[str, sa.ColumnElement[Any] | Mapped[Any]] = {
    "name": Enterprise.search_text,
    "contact": Application.contact_name,
    "area": Application.area,
    "state": Application.status,
    "applied": Application.applied_at,
}


def page_of_applications(
    fair_id: int,
    *,
    query: str = "",
    status: str = "",
    sector: str = "",
    province: str = "",
    sort: Sort = LATEST,
    page: int = 1,
    per_page: int = 50,
) -> Page[Application]:
    """Return one page of the applications that an organizer may see: all but drafts."""
    statement = _applications(fair_id, query=query, status=status, sector=sector, province=province)
    return paginate(_sorted(statement, sort), page=page, per_page=per_page)


def _sorted(statement: sa.Select[Application], sort: Sort) -> sa.Select[Application]:
    return statement.order_by(ordering(APPLICATION_SORTS, sort), Application.id)


def list_applications(
    fair_id: int, *, query: str = "", status: str = "", sector: str = "", province: str = "", sort: Sort = LATEST
) -> Sequence[Application]:
    """Return every application that the filters leave, for exports."""
    statement = _applications(fair_id, query=query, status=status, sector=sector, province=province)
    return db.session.scalars(_sorted(statement, sort)).all()


def _applications(fair_id: int, *, query: str, status: str, sector: str, province: str) -> sa.Select[Application]:
    statement = (
        sa.select(Application)
        .join(Application.enterprise)
        .where(Application.fair_id == fair_id, Application.status != ApplicationStatus.DRAFT)
        .options(joinedload(Application.enterprise).selectinload(Enterprise.capabilities))
    )
    if query:
        found = sa.or_(matches(Application.search_text, query), matches(Enterprise.search_text, query))
        statement = statement.where(found)
    if status in set(ApplicationStatus):
        statement = statement.where(Application.status == ApplicationStatus(status))
    if sector:
        statement = statement.where(has_capability(CapabilityKind.SECTOR, sector))
    if province:
        statement = statement.where(Enterprise.province == province)
    return statement


def count_by_status(fair_id: int) -> dict[ApplicationStatus, int]:
    """Return how many applications stand in each state, drafts included."""
    rows = db.session.execute(
        sa.select(Application.status, sa.func.count())
        .where(Application.fair_id == fair_id)
        .group_by(Application.status)
    )
    found = dict(rows.all())
    return {status: found.get(status, 0) for status in ApplicationStatus}


def get_application(fair_id: int, public_id: str) -> Application:
    """Return an application of a fair; raise ``NotFound``."""
    application = db.session.scalar(
        sa.select(Application)
        .where(Application.fair_id == fair_id, Application.public_id == public_id)
        .options(joinedload(Application.enterprise), joinedload(Application.decided_by))
    )
    if application is None:
        raise NotFound()
    return application


def find_application(fair_id: int, enterprise_id: int) -> Application | None:
    """Return the application of an enterprise in a fair."""
    return db.session.scalar(
        sa.select(Application).where(Application.fair_id == fair_id, Application.enterprise_id == enterprise_id)
    )
