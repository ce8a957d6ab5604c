"""What a withdrawal costs."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairapp.fees.cancellation import Settlement, Step, percent_at, read_steps, settle, write_steps

OPENING = date(2027, 3, 17)
STEPS = (Step(days=60, percent=0), Step(days=30, percent=50), Step(days=0, percent=100))


@pytest.mark.parametrize(
    ("days_left", "percent"), [(200, 0), (60, 0), (59, 50), (30, 50), (29, 100), (0, 100), (-1, 100)]
)
def test_the_nearer_the_opening_the_dearer(days_left, percent):
    assert percent_at(STEPS, opens_on=OPENING, today=OPENING - timedelta(days=days_left)) == percent


def test_without_settings_the_usual_steps_count():
    assert read_steps({}) == STEPS
    assert read_steps({"cancellation": write_steps(STEPS[::-1])}) == STEPS


@pytest.mark.parametrize(("paid", "to_pay", "refund"), [(0, 50, 0), (50, 0, 0), (80, 0, 30), (20, 30, 0)])
def test_what_was_paid_counts(paid, to_pay, refund):
    settlement = settle(STEPS, owed=100, paid=paid, opens_on=OPENING, today=OPENING - timedelta(days=40))

    assert settlement == Settlement(percent=50, owed=100, fee=50, paid=paid)
    assert (settlement.to_pay, settlement.refund) == (to_pay, refund)


@given(st.integers(0, 10**10), st.integers(0, 10**10), st.integers(-10, 200))
def test_afterwards_exactly_the_fee_is_kept(owed, paid, days_left):
    one = settle(STEPS, owed=owed, paid=paid, opens_on=OPENING, today=OPENING - timedelta(days=days_left))

    assert one.paid + one.to_pay - one.refund == one.fee <= owed
    assert 0 in (one.to_pay, one.refund)
