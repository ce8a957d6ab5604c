"""Looking up applications and exhibitors; every query is bound to a fair."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, joinedload, selectinload

from fairapp.database import db, matches
from fairapp.enterprises.models import Capability, CapabilityKind, Enterprise
from fairapp.errors import NotFound
from fairapp.exhibitors.lifecycle import ApplicationStatus
from fairapp.exhibitors.models import Application, Exhibitor, ExhibitorStaff
from fairapp.web.lists import Page, paginate
from fairapp.web.sorting import Sort, ordering

LATEST = Sort(by="applied", descending=True)
BY_NAME = Sort(by="name")

APPLICATION_SORTS: dict[str, sa.ColumnElement[Any] | Mapped[Any]] = {
    "name": Enterprise.search_text,
    "contact": Application.contact_name,
    "area": Application.area,
    "state": Application.status,
    "applied": Application.applied_at,
}
STAFF = sa.select(sa.func.count()).where(ExhibitorStaff.exhibitor_id == Exhibitor.id).scalar_subquery()
EXHIBITOR_SORTS: dict[str, sa.ColumnElement[Any] | Mapped[Any]] = {
    "name": Enterprise.search_text,
    "fascia": Exhibitor.fascia_name,
    "staff": STAFF,
    "accepted": Exhibitor.accepted_at,
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
        statement = statement.where(_has(CapabilityKind.SECTOR, sector))
    if province:
        statement = statement.where(Enterprise.province == province)
    return statement


def _has(kind: CapabilityKind, code: str) -> sa.ColumnElement[bool]:
    return Enterprise.capabilities.any(sa.and_(Capability.kind == kind, Capability.code == code))


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


def list_enterprises(ids: Sequence[int]) -> Sequence[Enterprise]:
    """Return enterprises by name."""
    statement = sa.select(Enterprise).where(Enterprise.id.in_(ids)).order_by(Enterprise.search_text, Enterprise.id)
    return db.session.scalars(statement).all()


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
    """Return every exhibitor that the filters leave with its application, for exports."""
    statement = _exhibitors(fair_id, query=query, sector=sector, process="", province=province, sort=sort)
    return db.session.scalars(statement.options(joinedload(Exhibitor.application))).all()


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
        statement = statement.where(_has(CapabilityKind.SECTOR, sector))
    if process:
        statement = statement.where(_has(CapabilityKind.PROCESS, process))
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
