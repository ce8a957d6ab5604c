"""Opening hours follow each other: exhibitors, everybody, close."""

from datetime import date, time

import pytest

from fairapp.fairs.calendar import Hours, OpeningHoursRefused, check_hours

DAY = date(2027, 3, 17)


def test_exhibitors_may_enter_with_everybody():
    check_hours({DAY: Hours(early=time(9), opens=time(9), closes=time(17))})


@pytest.mark.parametrize(
    ("early", "opens", "closes"),
    [(time(8), time(9), time(9)), (time(8), time(17), time(9)), (time(10), time(9), time(17))],
)
def test_hours_out_of_order_are_refused_with_their_day(early, opens, closes):
    with pytest.raises(OpeningHoursRefused) as refusal:
        check_hours({DAY: Hours(early=early, opens=opens, closes=closes)})

    assert refusal.value.facts == {"day": DAY}
