"""Looking up fairs."""

import sqlalchemy as sa

from fairapp.accounts.models import Membership
from fairapp.database import db
from fairapp.errors import NotFound
from fairapp.fairs.models import Fair


def find_fair(code: str) -> Fair | None:
    """Return the fair of a code."""
    return db.session.scalar(sa.select(Fair).where(Fair.code == code))


def get_fair(code: str) -> Fair:
    """Return the fair of a code; raise ``NotFound``."""
    fair = find_fair(code)
    if fair is None:
        raise NotFound()
    return fair


def list_published_fairs() -> list[Fair]:
    """Return the fairs that the public may see, the next first."""
    return list(db.session.scalars(sa.select(Fair).where(Fair.published).order_by(Fair.starts_on, Fair.code)))


def list_own_roles(account_id: int) -> list[tuple[Fair, Membership]]:
    """Return the fairs in which an account has a role, with each role, the latest fair first."""
    rows = db.session.execute(
        sa.select(Fair, Membership)
        .join(Membership, Membership.fair_id == Fair.id)
        .where(Membership.account_id == account_id)
        .order_by(Fair.starts_on.desc(), Membership.id)
    )
    return [(fair, membership) for fair, membership in rows]
