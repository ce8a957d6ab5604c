"""Setting the fee rules: every change is a new version, and what was asked for under an older one stays."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fairapp.audit.service import ActorLike, record
from fairapp.database import add_once, transaction
from fairapp.errors import FairError
from fairapp.fairs.models import Fair
from fairapp.fees.models import Extra, FeeRules, Order, OrderLine
from fairapp.fees.rules import Rules, default_rules


class RulesChanged(FairError):
    """Somebody else set the rules since the page was opened."""

    code = "fee_rules_changed"


def set_rules(fair_id: int, rules: Rules, *, seen: int, actor: ActorLike, now: datetime) -> FeeRules:
    """Let other prices count from now on; ``seen`` is the version that was looked at."""
    with transaction() as session:
        version = put_version(session, fair_id, rules.to_values(), seen=seen, actor=actor, now=now)
        fair = session.get_one(Fair, fair_id)
        # VAT is law, not an agreement: orders that have the fair's rate follow it.
        own_rate = sa.select(Extra.id).where(Extra.fair_id == fair_id, Extra.vat_percent.is_(None))
        standing = sa.select(Order.id).where(Order.fair_id == fair_id, Order.cancelled_at.is_(None))
        session.execute(
            sa.update(OrderLine)
            .where(OrderLine.extra_id.in_(own_rate), OrderLine.order_id.in_(standing))
            .values(vat_percent=rules.vat_on(fair.starts_on))
            .execution_options(synchronize_session=False)
        )
    return version


def put_version(
    session: Session, fair_id: int, values: Mapping[str, Any], *, seen: int, actor: ActorLike, now: datetime
) -> FeeRules:
    """Write a version in the running transaction; what ``values`` does not name stays as it was."""
    latest = session.scalar(
        sa.select(FeeRules).where(FeeRules.fair_id == fair_id).order_by(FeeRules.number.desc()).limit(1)
    )
    if (latest.number if latest else 0) != seen:
        raise RulesChanged()
    kept = latest.values if latest else _of_the_price_list(session, fair_id)
    version = FeeRules(
        fair_id=fair_id,
        number=seen + 1,
        values={**kept, **values},
        set_by_id=actor.account_id,
        set_at=now,
    )
    add_once(session, version, RulesChanged())
    record(
        session, "fee_rules.set", fair_id=fair_id, thing_id=version.id, actor=actor, now=now, label=str(version.number)
    )
    return version


def _of_the_price_list(session: Session, fair_id: int) -> dict[str, Any]:
    fair = session.get_one(Fair, fair_id)
    return default_rules(fair.prices, vat_percent=fair.vat_percent, starts_on=fair.starts_on).to_values()
