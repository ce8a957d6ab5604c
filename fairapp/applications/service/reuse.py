"""Applying again: an enterprise known from earlier fairs brings its answers along."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fairapp.accounts.models import Membership
from fairapp.accounts.policy import Role
from fairapp.applications.models import Application
from fairapp.applications.service import register
from fairapp.applications.service.ownership import is_own
from fairapp.database import db
from fairapp.enterprises.models import Enterprise
from fairapp.errors import NotFound

ANEW = ("area", "co_organizer", "extras", "subsidy_wanted", "subsidy_source", "message")
"""Answers that belong to one fair alone."""


def list_known(account_id: int, fair_id: int) -> Sequence[Enterprise]:
    """Return the enterprises with which an account can apply again in a fair, by name."""
    session = db.session()
    acting = sa.select(Membership.enterprise_id).where(
        Membership.account_id == account_id,
        Membership.role == Role.EXHIBITOR_CONTACT,
        Membership.fair_id != fair_id,
    )
    applied = sa.select(Application.enterprise_id).where(Application.fair_id == fair_id)
    found = session.scalars(
        sa.select(Enterprise)
        .where(
            Enterprise.id.in_(acting),
            Enterprise.id.not_in(applied),
            Enterprise.merged_into_id.is_(None),
        )
        .order_by(Enterprise.search_text, Enterprise.id)
    )
    return [one for one in found if is_own(session, one, account_id)]


def read_known(account_id: int, fair_id: int, public_id: str) -> tuple[dict[str, Any], dict[str, int]]:
    """Return what an enterprise answers again, and its files; raise ``NotFound`` if it is not the account's."""
    session = db.session()
    enterprise = next((one for one in list_known(account_id, fair_id) if one.public_id == public_id), None)
    if enterprise is None:
        raise NotFound()
    known = register.read(enterprise)
    last = _find_last(session, enterprise)
    taken = register.read_application(last) if last else {}
    values = {**known, **{name: answer for name, answer in taken.items() if name not in ANEW}}
    return values, register.files_of(session, values)


def _find_last(session: Session, enterprise: Enterprise) -> Application | None:
    return session.scalar(
        sa.select(Application)
        .where(Application.enterprise_id == enterprise.id)
        .order_by(Application.created_at.desc(), Application.id.desc())
        .limit(1)
    )
