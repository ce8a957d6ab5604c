"""Reading the trail."""

from collections.abc import Sequence

import sqlalchemy as sa

from fairapp.audit.models import AuditEntry
from fairapp.database import db, matches
from fairapp.web.lists import Page, paginate


def list_of(fair_id: int, thing: str, thing_id: int) -> Sequence[AuditEntry]:
    """Return what happened to one thing, the latest first."""
    return db.session.scalars(
        sa.select(AuditEntry)
        .where(AuditEntry.fair_id == fair_id, AuditEntry.thing == thing, AuditEntry.thing_id == str(thing_id))
        .order_by(AuditEntry.id.desc())
    ).all()


def page_of_entries(fair_id: int, *, query: str = "", page: int = 1, per_page: int = 100) -> Page[AuditEntry]:
    """Return one page of a fair's trail, the latest first."""
    return paginate(_entries(fair_id, query=query), page=page, per_page=per_page)


def list_entries(fair_id: int, *, query: str = "") -> Sequence[AuditEntry]:
    """Return the whole trail that the search leaves, for exports."""
    return db.session.scalars(_entries(fair_id, query=query)).all()


def _entries(fair_id: int, *, query: str) -> sa.Select[AuditEntry]:
    statement = sa.select(AuditEntry).where(AuditEntry.fair_id == fair_id).order_by(AuditEntry.id.desc())
    return statement.where(matches(AuditEntry.search_text, query)) if query else statement
