"""Looking up badges and keys."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, joinedload

from fairapp.accounts.models import Membership
from fairapp.accounts.policy import Role
from fairapp.badges.models import Badge, BadgeKey
from fairapp.database import db, matches
from fairapp.errors import NotFound
from fairapp.exhibitors.models import Exhibitor, ExhibitorStaff
from fairapp.visitors.models import Buyer, Visitor
from fairapp.web.lists import Page, paginate
from fairapp.web.sorting import Sort, ordering

LATEST = Sort(by="issued", descending=True)
SORTS: dict[str, Any] = {
    "serial": Badge.serial,
    "name": Badge.search_text,
    "enterprise": Badge.enterprise_name,
    "category": Badge.category,
    "printed": Badge.printed_at,
    "issued": Badge.id,
}

WITH_HOLDERS = (
    joinedload(Badge.visitor),
    joinedload(Badge.staff).joinedload(ExhibitorStaff.exhibitor),
    joinedload(Badge.buyer),
    joinedload(Badge.account),
)
"""A badge prints in the language of whoever wears it."""

WORKING_ROLES = (Role.ORGANIZER, Role.CO_ORGANIZER, Role.GATE)
"""Roles of those who work for the fair itself; they wear the organizer's badge."""


def _badges(fair_id: int, *, query: str, category: str, state: str) -> sa.Select[Badge]:
    statement = sa.select(Badge).where(Badge.fair_id == fair_id)
    if query:
        statement = statement.where(matches(Badge.search_text, query))
    if category:
        statement = statement.where(Badge.category == category)
    if state == "valid":
        statement = statement.where(Badge.revoked_at.is_(None))
    if state == "revoked":
        statement = statement.where(Badge.revoked_at.is_not(None))
    return statement


def page_of_badges(
    fair_id: int,
    *,
    query: str = "",
    category: str = "",
    state: str = "",
    sort: Sort = LATEST,
    page: int = 1,
    per_page: int = 50,
) -> Page[Badge]:
    """Return one page of a fair's badges."""
    statement = _badges(fair_id, query=query, category=category, state=state)
    return paginate(statement.order_by(ordering(SORTS, sort), Badge.id.desc()), page=page, per_page=per_page)


def list_badges(
    fair_id: int, *, query: str = "", category: str = "", state: str = "", sort: Sort = LATEST
) -> Sequence[Badge]:
    """Return every badge that the filters leave, for exports."""
    statement = _badges(fair_id, query=query, category=category, state=state)
    return db.session.scalars(statement.order_by(ordering(SORTS, sort), Badge.id.desc())).all()


def list_to_print(fair_id: int, *, category: str = "") -> Sequence[Badge]:
    """Return every valid badge by category, enterprise and name: the order of the desk's boxes."""
    statement = _badges(fair_id, query="", category=category, state="valid")
    return db.session.scalars(
        statement.options(*WITH_HOLDERS).order_by(Badge.category, Badge.enterprise_name, Badge.full_name, Badge.id)
    ).all()


def list_of_staff(exhibitor_id: int) -> Sequence[Badge]:
    """Return the valid badges of an exhibitor's staff, by name."""
    return db.session.scalars(
        sa.select(Badge)
        .join(ExhibitorStaff, Badge.staff_id == ExhibitorStaff.id)
        .where(ExhibitorStaff.exhibitor_id == exhibitor_id, Badge.revoked_at.is_(None))
        .options(*WITH_HOLDERS)
        .order_by(Badge.category, Badge.full_name, Badge.id)
    ).all()


def list_staff_without_badge(exhibitor_id: int) -> Sequence[int]:
    """Return the people of an exhibitor who have no valid badge yet."""
    exhibitor = db.session.get_one(Exhibitor, exhibitor_id)
    missing = select_missing(exhibitor.fair_id)["staff_id"]
    return db.session.scalars(missing.where(ExhibitorStaff.exhibitor_id == exhibitor_id)).all()


def get_badge(fair_id: int, public_id: str) -> Badge:
    """Return a badge of a fair; raise ``NotFound``."""
    badge = db.session.scalar(
        sa.select(Badge).where(Badge.fair_id == fair_id, Badge.public_id == public_id).options(*WITH_HOLDERS)
    )
    if badge is None:
        raise NotFound()
    return badge


def find_by_serial(fair_id: int, serial: str) -> Badge | None:
    """Return the badge of a serial."""
    return db.session.scalar(sa.select(Badge).where(Badge.fair_id == fair_id, Badge.serial == serial))


def public_keys(fair_id: int) -> dict[int, bytes]:
    """Return every key that ever signed credentials of a fair, by number."""
    rows = db.session.execute(sa.select(BadgeKey.number, BadgeKey.public_key).where(BadgeKey.fair_id == fair_id))
    return dict(rows.all())


def count_by_category(fair_id: int) -> dict[str, int]:
    """Return how many valid badges there are of each category."""
    rows = db.session.execute(
        sa.select(Badge.category, sa.func.count())
        .where(Badge.fair_id == fair_id, Badge.revoked_at.is_(None))
        .group_by(Badge.category)
        .order_by(Badge.category)
    )
    return dict(rows.all())


def holders_without_badge(fair_id: int) -> int:
    """Return how many people of a fair have no valid badge yet."""
    return sum(
        db.session.scalar(sa.select(sa.func.count()).select_from(missing.subquery())) or 0
        for missing in select_missing(fair_id).values()
    )


def select_missing(fair_id: int) -> dict[str, sa.Select[int]]:
    """Return for each kind of holder the statement that finds those without a valid badge."""
    missing: dict[str, sa.Select[int]] = {}
    for model, holder in ((Visitor, "visitor_id"), (ExhibitorStaff, "staff_id"), (Buyer, "buyer_id")):
        none = _has_none(fair_id, holder, model.id)
        missing[holder] = sa.select(model.id).where(model.fair_id == fair_id, none).order_by(model.id)
    missing["visitor_id"] = missing["visitor_id"].where(Visitor.withdrawn_at.is_(None))
    missing["staff_id"] = (
        missing["staff_id"]
        .join(Exhibitor, ExhibitorStaff.exhibitor_id == Exhibitor.id)
        .where(ExhibitorStaff.removed_at.is_(None), Exhibitor.withdrawn_at.is_(None))
    )
    missing["account_id"] = (
        sa.select(Membership.account_id)
        .where(
            Membership.fair_id == fair_id,
            Membership.role.in_(WORKING_ROLES),
            _has_none(fair_id, "account_id", Membership.account_id),
        )
        .distinct()
        .order_by(Membership.account_id)
    )
    return missing


def _has_none(fair_id: int, holder: str, person: sa.ColumnElement[int] | Mapped[int]) -> sa.ColumnElement[bool]:
    column = getattr(Badge, holder)
    return ~sa.exists().where(Badge.fair_id == fair_id, column == person, Badge.revoked_at.is_(None))
