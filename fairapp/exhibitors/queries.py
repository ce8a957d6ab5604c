"""Looking up exhibitors and their staff; every query is bound to a fair."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, joinedload, selectinload

from fairapp.accounts.models import Membership
from fairapp.accounts.policy import Role
from fairapp.database import db, matches
from fairapp.enterprises.models import CapabilityKind, Enterprise
from fairapp.enterprises.queries import has_capability
from fairapp.errors import NotFound
from fairapp.exhibitors import quota
from fairapp.exhibitors.models import Delegation, Exhibitor, ExhibitorStaff
from fairapp.exhibitors.people import StaffKind
from fairapp.exhibitors.quota import Quota, Standing
from fairapp.fairs.models import Fair
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


def list_staff(exhibitor_id: int) -> Sequence[ExhibitorStaff]:
    """Return the people on an exhibitor's list: contacts, staff, contractors, each by name."""
    order = sa.case(
        {StaffKind.CONTACT.value: 0, StaffKind.STAFF.value: 1}, value=sa.cast(ExhibitorStaff.kind, sa.String), else_=2
    )
    return db.session.scalars(
        sa.select(ExhibitorStaff)
        .where(ExhibitorStaff.exhibitor_id == exhibitor_id, ExhibitorStaff.removed_at.is_(None))
        .order_by(order, ExhibitorStaff.full_name, ExhibitorStaff.id)
    ).all()


def list_others_with_access(exhibitor: Exhibitor) -> Sequence[Membership]:
    """Return who signs in for an exhibitor without being on its staff list."""
    listed = sa.select(ExhibitorStaff.account_id).where(
        ExhibitorStaff.exhibitor_id == exhibitor.id,
        ExhibitorStaff.removed_at.is_(None),
        ExhibitorStaff.account_id.is_not(None),
    )
    return db.session.scalars(
        sa.select(Membership)
        .where(
            Membership.fair_id == exhibitor.fair_id,
            Membership.enterprise_id == exhibitor.enterprise_id,
            Membership.role.in_((Role.EXHIBITOR_CONTACT, Role.EXHIBITOR_STAFF)),
            Membership.account_id.not_in(listed),
        )
        .options(joinedload(Membership.account))
        .order_by(Membership.id)
    ).all()


def standing_of(fair: Fair, exhibitor: Exhibitor, *, price: int = 0) -> Standing:
    """Return how many of its badges an exhibitor uses."""
    kinds = [one.kind for one in list_staff(exhibitor.id)]
    building = kinds.count(StaffKind.CONTRACTOR)
    return Standing(quota=quota_of(fair, exhibitor), used=len(kinds) - building, building=building, price=price)


def quota_of(fair: Fair, exhibitor: Exhibitor) -> Quota:
    """Return what an exhibitor may have by the fair's rules and by what was set for it alone."""
    return quota.quota_of(
        quota.read_rules(fair.staff_badges),
        area=exhibitor.net_area,
        is_co_exhibitor=exhibitor.main_exhibitor_id is not None,
        free=exhibitor.free_badges,
        limit=exhibitor.badge_limit,
    )


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
