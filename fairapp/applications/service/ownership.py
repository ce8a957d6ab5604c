"""Who may change what the register says of an enterprise."""

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fairapp.accounts.models import Membership
from fairapp.applications.models import Application
from fairapp.enterprises.models import Enterprise
from fairapp.exhibitors.models import Exhibitor


def is_own(session: Session, enterprise: Enterprise, account_id: int) -> bool:
    """Whether the account may change the register's entry, which lives across fairs.

    Anybody may apply with any tax code, so a membership proves nothing by itself: an organizer must have
    accepted the enterprise with this account, or nobody else may act for it anywhere. That nobody acts for an
    enterprise that was imported says nothing: there the application must have been imported too.
    """
    members = session.execute(
        sa.select(Membership.account_id, Exhibitor.id)
        .outerjoin(
            Exhibitor,
            sa.and_(Exhibitor.fair_id == Membership.fair_id, Exhibitor.enterprise_id == Membership.enterprise_id),
        )
        .where(Membership.enterprise_id == enterprise.id)
    ).all()
    accepted = any(member == account_id and exhibitor_id is not None for member, exhibitor_id in members)
    if accepted or {member for member, _ in members} != {account_id}:
        return accepted
    return enterprise.import_ref is None or _was_given(session, enterprise, account_id)


def _was_given(session: Session, enterprise: Enterprise, account_id: int) -> bool:
    """Whether the account acts for the enterprise in a fair to which it did not apply itself."""
    found = session.scalar(
        sa.select(Application.id)
        .join(
            Membership,
            sa.and_(Membership.fair_id == Application.fair_id, Membership.enterprise_id == Application.enterprise_id),
        )
        .where(
            Application.enterprise_id == enterprise.id,
            Application.account_id.is_(None),
            Membership.account_id == account_id,
        )
        .limit(1)
    )
    return found is not None
