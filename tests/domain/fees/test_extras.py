"""What an extra costs when, and whether it may be ordered."""

from datetime import UTC, datetime, timedelta

import pytest

from fairapp.enterprises.taxonomy import code_list
from fairapp.fees.extras import (
    GROUP_OF,
    GROUPS,
    ExtraClosed,
    ExtraNotOffered,
    Offer,
    OfferState,
    TooManyUnits,
    check_order,
)

LATE = datetime(2027, 2, 17, 10, tzinfo=UTC)
CLOSE = datetime(2027, 3, 10, 10, tzinfo=UTC)
MOMENT = timedelta(seconds=1)
OFFER = Offer(name={"vi": "Điện"}, price=1_200_000, late_from=LATE, late_percent=30, closes_at=CLOSE, most=4)


@pytest.mark.parametrize(
    ("now", "state", "percent"),
    [
        (LATE - MOMENT, OfferState.OPEN, 0),
        (LATE, OfferState.LATE, 30),
        (CLOSE - MOMENT, OfferState.LATE, 30),
        (CLOSE, OfferState.CLOSED, 30),
    ],
)
def test_the_moment_decides_the_state_and_the_surcharge(now, state, percent):
    assert (OFFER.state(now), OFFER.percent_at(now)) == (state, percent)


def test_an_extra_without_dates_is_always_open():
    offer = Offer(name={}, price=1)

    assert (offer.state(CLOSE), offer.percent_at(CLOSE)) == (OfferState.OPEN, 0)


def test_the_late_price_has_the_surcharge_in_it():
    assert OFFER.late_price == 1_560_000


@pytest.mark.parametrize(
    ("offer", "units", "have", "refusal"),
    [
        (OFFER, 5, 0, TooManyUnits),
        (OFFER, 1, 4, TooManyUnits),
        (Offer(name={}, price=1, closes_at=LATE), 1, 0, ExtraClosed),
        (Offer(name={}, price=1, offered=False), 1, 0, ExtraNotOffered),
    ],
)
def test_an_order_that_cannot_be_is_refused_with_its_reason(offer, units, have, refusal):
    with pytest.raises(refusal):
        check_order(offer, units=units, have=have, now=LATE, after_close=False)


def test_the_organizer_passes_the_close_but_not_the_most_units():
    closed = Offer(name={}, price=1, closes_at=LATE, most=1)

    check_order(closed, units=1, have=0, now=LATE, after_close=True)
    with pytest.raises(TooManyUnits):
        check_order(closed, units=2, have=0, now=LATE, after_close=True)


def test_every_usual_extra_has_a_group_but_those_that_come_with_the_booth():
    codes = {one.code for one in code_list("booth_extras")}

    assert codes - set(GROUP_OF) == {"corner", "island"}
    assert set(GROUP_OF.values()) <= set(GROUPS)
