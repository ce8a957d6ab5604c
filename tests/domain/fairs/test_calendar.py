"""Days and hours of a fair, in its own zone."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairapp.fairs.calendar import days_of, fair_time, find_day, mask_of, to_day

FIRST, SECOND = date(2027, 3, 17), date(2027, 3, 18)
HANOI = "Asia/Ho_Chi_Minh"
DAYS = [to_day(day, opens=time(9), closes=time(17), early=time(8), timezone=HANOI) for day in (FIRST, SECOND)]


def test_hours_are_moments_of_the_fairs_zone():
    day = DAYS[0]

    assert (day.early_from, day.opens_at, day.closes_at) == (
        datetime(2027, 3, 17, 1, tzinfo=UTC),
        datetime(2027, 3, 17, 2, tzinfo=UTC),
        datetime(2027, 3, 17, 10, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2027, 3, 16, 16, 59, tzinfo=UTC), None),
        (datetime(2027, 3, 16, 17, 0, tzinfo=UTC), FIRST),
        (datetime(2027, 3, 17, 16, 59, tzinfo=UTC), FIRST),
        (datetime(2027, 3, 17, 17, 0, tzinfo=UTC), SECOND),
        (datetime(2027, 3, 18, 17, 0, tzinfo=UTC), None),
    ],
)
def test_a_fair_day_begins_at_midnight_of_the_fair_not_of_london(moment, day):
    found = find_day(DAYS, moment, HANOI)

    assert (found.day if found else None) == day


def test_a_rehearsal_runs_from_the_first_opening():
    started = datetime(2026, 11, 23, 3, tzinfo=UTC)

    now = fair_time(started + timedelta(minutes=5), days=DAYS, rehearsal_started_at=started)

    assert now == DAYS[0].opens_at + timedelta(minutes=5)


@pytest.mark.parametrize(("days", "started"), [(DAYS, None), ([], datetime(2026, 11, 23, tzinfo=UTC))])
def test_without_a_rehearsal_or_without_days_the_clock_is_the_worlds(days, started):
    now = datetime(2026, 11, 23, 3, tzinfo=UTC)

    assert fair_time(now, days=days, rehearsal_started_at=started) == now


@given(st.lists(st.dates(), unique=True, max_size=16), st.data())
def test_the_days_of_a_badge_survive_their_bits(days, data):
    chosen = data.draw(st.lists(st.sampled_from(days), unique=True)) if days else []

    assert days_of(mask_of(chosen, days), days) == frozenset(chosen)


def test_a_day_that_is_none_of_the_fairs_has_no_bit():
    assert mask_of([date(2027, 3, 19)], [FIRST, SECOND]) == 0
