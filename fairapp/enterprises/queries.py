"""Looking up enterprises."""

from collections.abc import Sequence

import sqlalchemy as sa

from fairapp.database import db
from fairapp.enterprises.models import Capability, CapabilityKind, Enterprise
from fairapp.errors import NotFound


def get_enterprise(enterprise_id: int) -> Enterprise:
    """Return an enterprise; raise ``NotFound``."""
    enterprise = db.session.get(Enterprise, enterprise_id)
    if enterprise is None:
        raise NotFound()
    return enterprise


def list_enterprises(ids: Sequence[int]) -> Sequence[Enterprise]:
    """Return enterprises by name."""
    statement = sa.select(Enterprise).where(Enterprise.id.in_(ids)).order_by(Enterprise.search_text, Enterprise.id)
    return db.session.scalars(statement).all()


def has_capability(kind: CapabilityKind, code: str) -> sa.ColumnElement[bool]:
    """Return the condition that an enterprise has a capability."""
    return Enterprise.capabilities.any(sa.and_(Capability.kind == kind, Capability.code == code))
