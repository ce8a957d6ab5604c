"""Reading the trail."""

from collections.abc import Sequence

import sqlalchemy as sa

from fairapp.audit.models import AuditEntry
from fairapp.database import db
from fairapp.web.lists import Page, paginate


def list_of(fair_id: int, thing: str, thing_id: int) -> Sequence[AuditEntry]:
    """Return what happened to one thing, the latest first."""
    return db.session.scalars(
        sa.select(AuditEntry)
        .where(AuditEntry.fair_id == fair_id, AuditEntry.thing == thing, AuditEntry.thing_id == str(thing_id))
        .order_by(AuditEntry.id.desc())
    ).all()


def page_of_entries(fair_id: int, *, query: str, page: int, per_page: int = 100) -> Page[AuditEntry]:
    """Return one page of a fair's trail, the latest first; ``query`` is part of an actor, action or label."""
    statement = sa.select(AuditEntry).where(AuditEntry.fair_id == fair_id).order_by(AuditEntry.id.desc())
    if query:
        part = f"%{query}%"
        statement = statement.where(
            sa.or_(AuditEntry.actor.ilike(part), AuditEntry.action.ilike(part), AuditEntry.label.ilike(part))
        )
    return paginate(statement, page=page, per_page=per_page)
