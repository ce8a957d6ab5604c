"""Looking up fairs."""

import sqlalchemy as sa

from fairapp.accounts.models import Membership
from fairapp.database import db
from fairapp.errors import NotFound
from fairapp.fairs.models import CoOrganizer, Fair


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


def list_co_organizers(fair_id: int) -> list[CoOrganizer]:
    """Return the bodies that send enterprises to a fair, by code."""
    return list(
        db.session.scalars(sa.select(CoOrganizer).where(CoOrganizer.fair_id == fair_id).order_by(CoOrganizer.code))
    )


def get_co_organizer(fair_id: int, public_id: str) -> CoOrganizer:
    """Return a body of a fair; raise ``NotFound``."""
    body = db.session.scalar(
        sa.select(CoOrganizer).where(CoOrganizer.fair_id == fair_id, CoOrganizer.public_id == public_id)
    )
    if body is None:
        raise NotFound()
    return body


def find_invitation(fair_id: int, invitation: str) -> CoOrganizer | None:
    """Return the body whose link somebody has followed; a link that was changed leads nowhere."""
    return db.session.scalar(
        sa.select(CoOrganizer).where(CoOrganizer.fair_id == fair_id, CoOrganizer.invitation == invitation)
    )
