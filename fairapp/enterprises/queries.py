"""Looking up enterprises; an entry that was merged into another is shown nowhere."""

from collections.abc import Iterable, Sequence
from datetime import date

import sqlalchemy as sa

from fairapp.database import db
from fairapp.enterprises.models import Capability, CapabilityKind, Enterprise


def find_by_tax_code(country: str, code: str, *, lock: bool = False) -> Enterprise | None:
    """Return the enterprise of a normalized tax code: the kept one where two entries were merged.

    ``lock`` keeps the entry from being merged away until the running transaction ends.
    """
    statement = sa.select(Enterprise).where(Enterprise.country == country, Enterprise.tax_code == code)
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    found = db.session.scalar(statement)
    while found is not None and found.merged_into_id is not None:
        found = db.session.get(Enterprise, found.merged_into_id, with_for_update=lock or None)
    return found


def list_enterprises(ids: Sequence[int]) -> Sequence[Enterprise]:
    """Return enterprises by name."""
    statement = sa.select(Enterprise).where(Enterprise.id.in_(ids)).order_by(Enterprise.search_text, Enterprise.id)
    return db.session.scalars(statement).all()


def has_capability(
    kind: CapabilityKind, code: str | Iterable[str], *, today: date | None = None
) -> sa.ColumnElement[bool]:
    """Return the condition that an enterprise has a capability, or one of several; expired ones never count.

    ``today`` is the day on which a certificate must still hold.
    """
    codes = [code] if isinstance(code, str) else list(code)
    holds = sa.true() if today is None else sa.or_(Capability.expires_on.is_(None), Capability.expires_on >= today)
    return Enterprise.capabilities.any(sa.and_(Capability.kind == kind, Capability.code.in_(codes), holds))
