"""Looking up accounts and memberships."""

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from fairapp.accounts.models import Membership
from fairapp.accounts.policy import Role
from fairapp.database import db

ORDER = {role: number for number, role in enumerate(Role)}


def list_memberships(account_id: int, fair_id: int) -> list[Membership]:
    """Return what an account is in a fair, in the order of the roles."""
    rows = db.session.scalars(
        sa.select(Membership).where(Membership.account_id == account_id, Membership.fair_id == fair_id)
    )
    return sorted(rows, key=lambda membership: (ORDER[membership.role], membership.id))


def list_members(fair_id: int) -> list[Membership]:
    """Return everybody with a role in a fair, by role and name."""
    rows = db.session.scalars(
        sa.select(Membership).where(Membership.fair_id == fair_id).options(joinedload(Membership.account))
    )
    return sorted(rows, key=lambda one: (ORDER[one.role], one.account.full_name, one.id))
