"""Looking up the subsidies and adjustments of an exhibitor."""

from collections.abc import Sequence

import sqlalchemy as sa

from fairapp.accounts.models import Account
from fairapp.applications.models import Application
from fairapp.database import db
from fairapp.errors import NotFound
from fairapp.fees.models import Adjustment, Subsidy


def list_subsidies(exhibitor_id: int) -> Sequence[Subsidy]:
    """Return the subsidies of an exhibitor, the earliest decision first."""
    return db.session.scalars(
        sa.select(Subsidy)
        .where(Subsidy.exhibitor_id == exhibitor_id)
        .order_by(Subsidy.decided_on.is_(None), Subsidy.decided_on, Subsidy.id)
    ).all()


def with_undecided_subsidy(fair_id: int) -> set[int]:
    """Return the exhibitors whose application asks for a subsidy that nobody has entered."""
    entered = sa.exists().where(Subsidy.exhibitor_id == Application.exhibitor_id)
    return set(
        db.session.scalars(
            sa.select(Application.exhibitor_id).where(
                Application.fair_id == fair_id,
                Application.exhibitor_id.is_not(None),
                Application.subsidy_wanted,
                ~entered,
            )
        )
    )


def get_subsidy(exhibitor_id: int, public_id: str) -> Subsidy:
    """Return a subsidy of an exhibitor; raise ``NotFound``."""
    subsidy = db.session.scalar(
        sa.select(Subsidy).where(Subsidy.exhibitor_id == exhibitor_id, Subsidy.public_id == public_id)
    )
    if subsidy is None:
        raise NotFound()
    return subsidy


def list_adjustments(exhibitor_id: int) -> Sequence[tuple[Adjustment, str]]:
    """Return the adjustments of an exhibitor with the name of whoever added each."""
    rows = db.session.execute(
        sa.select(Adjustment, sa.func.coalesce(sa.func.nullif(Account.full_name, ""), Account.email, ""))
        .outerjoin(Account, Account.id == Adjustment.created_by_id)
        .where(Adjustment.exhibitor_id == exhibitor_id)
        .order_by(Adjustment.id)
    )
    return [(adjustment, name) for adjustment, name in rows]
