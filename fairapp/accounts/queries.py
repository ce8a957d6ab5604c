"""Looking up accounts and memberships."""

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from fairapp.accounts.models import Membership, SavedView
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


def list_saved_views(fair_id: int, account_id: int, list_name: str, *, shared: bool) -> list[SavedView]:
    """Return the views of a list that an account has kept, and with ``shared`` those of others too, by name."""
    seen = SavedView.account_id == account_id
    return list(
        db.session.scalars(
            sa.select(SavedView)
            .where(
                SavedView.fair_id == fair_id,
                SavedView.list_name == list_name,
                sa.or_(seen, SavedView.shared) if shared else seen,
            )
            .options(joinedload(SavedView.account))
            .order_by(SavedView.name, SavedView.id)
        )
    )
