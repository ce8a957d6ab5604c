"""The demo fair has prices, extras, orders and subsidies."""

import sqlalchemy as sa

from fairapp.database import db
from fairapp.demo.service import fees
from fairapp.fees.models import Adjustment, Extra, FeeRules, Order, OrderLine, Subsidy
from fairapp.fees.queries.statements import statements_of

TABLES = (FeeRules, Extra, Order, OrderLine, Subsidy, Adjustment)


def counts() -> list[int]:
    return [db.session.scalar(sa.select(sa.func.count()).select_from(table)) for table in TABLES]


def test_fees_are_furnished_once_and_cover_what_the_pages_show(world):
    fair = world.make_fair(prices={"standard_9": 24_000_000, "early_bird_percent": -5})
    for _one in range(14):
        world.make_exhibitor(fair)

    fees.furnish(fair.id, now=world.now)
    before = counts()
    fees.furnish(fair.id, now=world.now)

    assert counts() == before
    assert before[0] == 2
    assert before[1] >= 15
    assert set(db.session.scalars(sa.select(Subsidy.percent))) == {50, 100}
    assert before[5] == 1
    assert all(statement.gross > 0 for statement in statements_of(fair.id).values())
    assert db.session.scalars(sa.select(Order.number).order_by(Order.number)).all() == list(range(1, 8))
