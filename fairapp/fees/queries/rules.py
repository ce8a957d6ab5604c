"""Looking up the fee rules of a fair."""

from collections.abc import Sequence

import sqlalchemy as sa

from fairapp.accounts.models import Account
from fairapp.database import db
from fairapp.exhibitors.prices import prices_badges
from fairapp.fairs.models import Fair
from fairapp.fees.models import FeeRules
from fairapp.fees.rules import Rules, default_rules


def rules_of(fair_id: int) -> tuple[int, Rules]:
    """Return the number of the rules that count and the rules; 0 before anybody has set some."""
    latest = find_latest(fair_id)
    if latest is not None:
        return latest.number, Rules.from_values(latest.values)
    fair = db.session.get_one(Fair, fair_id)
    return 0, default_rules(fair.prices, vat_percent=fair.vat_percent, starts_on=fair.starts_on)


def find_latest(fair_id: int) -> FeeRules | None:
    """Return the version of the fee rules that counts."""
    return db.session.scalar(
        sa.select(FeeRules).where(FeeRules.fair_id == fair_id).order_by(FeeRules.number.desc()).limit(1)
    )


def find_version(fair_id: int, number: int) -> FeeRules | None:
    """Return one version of the fee rules."""
    return db.session.scalar(sa.select(FeeRules).where(FeeRules.fair_id == fair_id, FeeRules.number == number))


def list_versions(fair_id: int) -> Sequence[tuple[FeeRules, str]]:
    """Return every version with the name of whoever set it, the newest first."""
    rows = db.session.execute(
        sa.select(FeeRules, sa.func.coalesce(sa.func.nullif(Account.full_name, ""), Account.email, ""))
        .outerjoin(Account, Account.id == FeeRules.set_by_id)
        .where(FeeRules.fair_id == fair_id)
        .order_by(FeeRules.number.desc())
    )
    return [(version, name) for version, name in rows]


@prices_badges
def price_of_badge(fair_id: int) -> int:
    """Return what a staff badge beyond the free ones costs before VAT."""
    return rules_of(fair_id)[1].badge
