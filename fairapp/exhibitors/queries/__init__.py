"""Looking up exhibitors and their staff; every query is bound to a fair."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, contains_eager, joinedload, selectinload

from fairapp.accounts.models import Membership
from fairapp.accounts.policy import Role
from fairapp.audit.models import AuditEntry
from fairapp.database import db, matches
from fairapp.enterprises.models import CapabilityKind, Enterprise
from fairapp.enterprises.queries import has_capability
from fairapp.errors import NotFound
from fairapp.exhibitors import quota
from fairapp.exhibitors.models import (
    Delegation,
    Exhibitor,
    ExhibitorStaff,
    Pavilion,
)
from fairapp.exhibitors.people import StaffKind
from fairapp.exhibitors.quota import Quota, Standing
from fairapp.fairs.models import CoOrganizer, Fair
from fairapp.web.lists import Page, paginate
from fairapp.web.sorting import Sort, ordering

BY_NAME = Sort(by="name")


STAFF = (
    sa.select(sa.func.count())
    .where(
        ExhibitorStaff.exhibitor_id == Exhibitor.id,
        ExhibitorStaff.removed_at.is_(None),
        ExhibitorStaff.kind != StaffKind.CONTRACTOR,
    )
    .scalar_subquery()
)
"""How many badges of an exhibitor's staff are used; contractors have their own."""

AREA = sa.func.coalesce(Exhibitor.booth_area, Exhibitor.area)

EXHIBITOR_SORTS: dict[str, sa.ColumnElement[Any] | Mapped[Any]] = {
    "name": Enterprise.search_text,
    "fascia": Exhibitor.fascia_name,
    "area": AREA,
    "staff": STAFF,
    "accepted": Exhibitor.accepted_at,
}

PROFILE = (
    selectinload(Enterprise.capabilities),
    selectinload(Enterprise.machines),
    selectinload(Enterprise.products),
    selectinload(Enterprise.customers),
    selectinload(Enterprise.figures),
)
"""What completeness looks at, in five queries for any number of rows."""

STATES: dict[str, sa.ColumnElement[bool]] = {
    "accepted": sa.and_(Exhibitor.withdrawn_at.is_(None), Exhibitor.confirmed_at.is_(None)),
    "confirmed": sa.and_(Exhibitor.withdrawn_at.is_(None), Exhibitor.confirmed_at.is_not(None)),
    "asked": sa.and_(Exhibitor.withdrawn_at.is_(None), Exhibitor.withdrawal_asked_at.is_not(None)),
    "withdrawn": Exhibitor.withdrawn_at.is_not(None),
    "present": Exhibitor.withdrawn_at.is_(None),
}


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What the organizer asks the list for; empty leaves everything."""

    query: str = ""
    sector: str = ""
    province: str = ""
    state: str = ""
    body: str = ""
    """The public id of a co-organizer."""
    pavilion: str = ""
    kind: str = ""
    """``main`` or ``co``: who has a booth of its own, or shares one."""
    listed: str = ""
    """``yes`` or ``no``."""


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
    filters: Filters,
    *,
    scope: int | None = None,
    sort: Sort = BY_NAME,
    page: int = 1,
    per_page: int = 50,
) -> Page[Exhibitor]:
    """Return one page of a fair's exhibitors, or of those a body sends, with what the list shows of them."""
    return paginate(_exhibitors(fair_id, filters, scope, sort), page=page, per_page=per_page)


def list_filtered_exhibitors(
    fair_id: int, filters: Filters, *, scope: int | None = None, sort: Sort = BY_NAME
) -> Sequence[Exhibitor]:
    """Return every exhibitor that the filters leave, for exports."""
    return db.session.scalars(_exhibitors(fair_id, filters, scope, sort)).all()


def _exhibitors(fair_id: int, filters: Filters, scope: int | None, sort: Sort) -> sa.Select[Exhibitor]:
    statement = (
        sa.select(Exhibitor)
        .join(Exhibitor.enterprise)
        .outerjoin(Exhibitor.co_organizer)
        .outerjoin(Exhibitor.pavilion)
        .where(Exhibitor.fair_id == fair_id)
        .options(
            contains_eager(Exhibitor.enterprise).options(*PROFILE),
            contains_eager(Exhibitor.co_organizer),
            contains_eager(Exhibitor.pavilion),
            joinedload(Exhibitor.main_exhibitor).joinedload(Exhibitor.enterprise),
        )
        .order_by(ordering(EXHIBITOR_SORTS, sort), Exhibitor.id)
    )
    if scope is not None:
        statement = statement.where(Exhibitor.co_organizer_id == scope)
    if filters.query:
        found = sa.or_(matches(Enterprise.search_text, filters.query), matches(Exhibitor.search_text, filters.query))
        statement = statement.where(found)
    if filters.sector:
        statement = statement.where(has_capability(CapabilityKind.SECTOR, filters.sector))
    if filters.province:
        statement = statement.where(Enterprise.province == filters.province)
    if filters.state in STATES:
        statement = statement.where(STATES[filters.state])
    if filters.body:
        statement = statement.where(CoOrganizer.public_id == filters.body)
    if filters.pavilion:
        statement = statement.where(Pavilion.public_id == filters.pavilion)
    if filters.kind in ("main", "co"):
        is_main = Exhibitor.main_exhibitor_id.is_(None)
        statement = statement.where(is_main if filters.kind == "main" else ~is_main)
    if filters.listed in ("yes", "no"):
        statement = statement.where(Exhibitor.listed if filters.listed == "yes" else ~Exhibitor.listed)
    return statement


def standings(fair: Fair, exhibitors: Sequence[Exhibitor]) -> dict[int, Standing]:
    """Return how many badges exhibitors use, in one query for all of them."""
    counts: dict[int, dict[StaffKind, int]] = defaultdict(dict)
    for exhibitor_id, kind, count in db.session.execute(
        sa.select(ExhibitorStaff.exhibitor_id, ExhibitorStaff.kind, sa.func.count())
        .where(ExhibitorStaff.fair_id == fair.id, ExhibitorStaff.removed_at.is_(None))
        .group_by(ExhibitorStaff.exhibitor_id, ExhibitorStaff.kind)
    ):
        counts[exhibitor_id][kind] = count
    return {
        one.id: Standing(
            quota=quota_of(fair, one),
            used=sum(number for kind, number in counts[one.id].items() if kind is not StaffKind.CONTRACTOR),
            building=counts[one.id].get(StaffKind.CONTRACTOR, 0),
        )
        for one in exhibitors
    }


def list_contractors(fair_id: int) -> Sequence[ExhibitorStaff]:
    """Return who builds and dismantles at a fair, by exhibitor, firm and name: the guards' list."""
    return db.session.scalars(
        sa.select(ExhibitorStaff)
        .join(ExhibitorStaff.exhibitor)
        .join(Exhibitor.enterprise)
        .where(
            ExhibitorStaff.fair_id == fair_id,
            ExhibitorStaff.kind == StaffKind.CONTRACTOR,
            ExhibitorStaff.removed_at.is_(None),
            Exhibitor.withdrawn_at.is_(None),
        )
        .options(contains_eager(ExhibitorStaff.exhibitor).contains_eager(Exhibitor.enterprise))
        .order_by(Enterprise.search_text, ExhibitorStaff.contractor, ExhibitorStaff.full_name, ExhibitorStaff.id)
    ).all()


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


def list_history(exhibitor: Exhibitor, *, most: int = 40) -> Sequence[AuditEntry]:
    """Return what happened to an exhibitor, its people and its links, the latest first."""
    people = sa.select(sa.cast(ExhibitorStaff.id, sa.String)).where(ExhibitorStaff.exhibitor_id == exhibitor.id)
    links = sa.select(sa.cast(Delegation.id, sa.String)).where(Delegation.exhibitor_id == exhibitor.id)
    its_own = sa.or_(
        sa.and_(AuditEntry.thing == "exhibitor", AuditEntry.thing_id == str(exhibitor.id)),
        sa.and_(AuditEntry.thing == "staff", AuditEntry.thing_id.in_(people)),
        sa.and_(AuditEntry.thing == "delegation", AuditEntry.thing_id.in_(links)),
    )
    return db.session.scalars(
        sa.select(AuditEntry)
        .where(AuditEntry.fair_id == exhibitor.fair_id, its_own)
        .order_by(AuditEntry.id.desc())
        .limit(most)
    ).all()
