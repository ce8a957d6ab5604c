from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairapp.checkin.admission import LONGEST_WAIT, BadgeStatus, Code, Hours, Verdict, decide, moment_of
from fairapp.fairs.calendar import building_times

WEDNESDAY, THURSDAY, FRIDAY = (date(2027, 3, day) for day in (17, 18, 19))
NINE = datetime(2027, 3, 18, 9, tzinfo=UTC)
HOURS = Hours(
    day=THURSDAY,
    opens_at=NINE,
    closes_at=NINE + timedelta(hours=8),
    early_from=NINE - timedelta(hours=2),
)


def badge(**facts):
    return BadgeStatus(**{"category": "visitor", "days": frozenset({WEDNESDAY, THURSDAY}), **facts})


def at_the_gate(status, *, now=NINE + timedelta(hours=1), hours=HOURS, categories=()):
    return decide(status, admitted_categories=frozenset(categories), hours=hours, now=now)


def test_a_valid_badge_is_admitted():
    verdict = at_the_gate(badge())

    assert verdict == Verdict(code=Code.ADMITTED)
    assert verdict.admitted


def test_the_second_scan_of_a_day_tells_when_and_where_the_first_was():
    verdict = at_the_gate(badge(checked_in_at=NINE, checked_in_gate="Gate A"))

    assert verdict == Verdict(code=Code.ALREADY_IN, facts={"at": NINE, "gate": "Gate A"})
    assert not verdict.admitted


def test_a_badge_of_other_days_is_told_its_days():
    verdict = at_the_gate(badge(days=frozenset({FRIDAY, WEDNESDAY})))

    assert verdict == Verdict(code=Code.WRONG_DAY, facts={"days": (WEDNESDAY, FRIDAY)})


def test_on_a_day_without_fair_every_badge_is_told_its_days():
    verdict = at_the_gate(badge(), hours=None)

    assert verdict == Verdict(code=Code.WRONG_DAY, facts={"days": (WEDNESDAY, THURSDAY)})


@pytest.mark.parametrize("early", [timedelta(microseconds=1), timedelta(hours=1, minutes=59)])
def test_a_visitor_waits_until_the_doors_open(early):
    verdict = at_the_gate(badge(), now=NINE - early)

    assert verdict == Verdict(code=Code.NOT_OPEN, facts={"opens_at": NINE, "closes_at": NINE + timedelta(hours=8)})


def test_nobody_enters_after_closing():
    verdict = at_the_gate(badge(category="exhibitor"), now=HOURS.closes_at + timedelta(minutes=1))

    assert verdict.code is Code.NOT_OPEN


@pytest.mark.parametrize("moment", [HOURS.opens_at, HOURS.closes_at])
def test_the_doors_are_open_at_the_very_moments_of_opening_and_closing(moment):
    assert at_the_gate(badge(), now=moment).admitted


@pytest.mark.parametrize("category", ["exhibitor", "organizer", "contractor", "interpreter", "speaker"])
def test_who_works_at_the_fair_enters_before_the_visitors(category):
    assert at_the_gate(badge(category=category), now=HOURS.early_from).admitted


@pytest.mark.parametrize("category", ["visitor", "buyer", "vip", "press"])
def test_who_visits_does_not(category):
    assert at_the_gate(badge(category=category), now=HOURS.early_from).code is Code.NOT_OPEN


def test_a_gate_for_some_categories_names_the_one_it_refuses():
    verdict = at_the_gate(badge(), categories={"exhibitor", "contractor"})

    assert verdict == Verdict(code=Code.WRONG_CATEGORY, facts={"category": "visitor"})


def test_a_gate_for_some_categories_admits_them():
    assert at_the_gate(badge(category="contractor"), categories={"exhibitor", "contractor"}).admitted


@pytest.mark.parametrize(
    "status",
    [
        badge(revoked_reason="reprint", replaced_by="V-7K3M9Q2P"),
        badge(revoked_reason="reprint", replaced_by="V-7K3M9Q2P", days=frozenset({FRIDAY})),
        badge(revoked_reason="reprint", replaced_by="V-7K3M9Q2P", checked_in_at=NINE),
    ],
    ids=["today", "on another day", "already in"],
)
def test_a_revoked_badge_is_taken_away_whatever_else_is_true_of_it(status):
    verdict = at_the_gate(status, categories={"exhibitor"})

    assert verdict == Verdict(code=Code.REVOKED, facts={"reason": "reprint", "replaced_by": "V-7K3M9Q2P"})


def test_only_one_code_lets_anybody_in():
    assert [code for code in Code if Verdict(code=code).admitted] == [Code.ADMITTED]


def test_codes_are_stable_because_devices_and_reports_rely_on_them():
    assert [code.value for code in Code] == [
        "admitted",
        "already_in",
        "wrong_day",
        "not_open",
        "wrong_category",
        "revoked",
        "not_ours",
        "wrong_fair",
        "forged",
        "unknown_badge",
    ]


def test_a_scan_that_waited_counts_for_the_moment_it_was_made():
    made = NINE - timedelta(minutes=25)

    assert moment_of(scanned_at=made, sent_at=NINE, now=NINE) == made


@pytest.mark.parametrize("error", [timedelta(minutes=-10), timedelta(minutes=10), timedelta(days=400)])
def test_a_wrong_clock_of_the_device_does_not_matter(error):
    made = NINE - timedelta(minutes=25)

    assert moment_of(scanned_at=made + error, sent_at=NINE + error, now=NINE) == made


def test_no_scan_comes_from_the_future():
    assert moment_of(scanned_at=NINE + timedelta(hours=1), sent_at=NINE, now=NINE) == NINE


@given(st.datetimes(timezones=st.just(UTC)), st.datetimes(timezones=st.just(UTC)))
def test_no_clock_of_a_device_moves_a_scan_into_the_future_or_far_into_the_past(scanned_at, sent_at):
    moment = moment_of(scanned_at=scanned_at, sent_at=sent_at, now=NINE)

    assert NINE - LONGEST_WAIT <= moment <= NINE


HANOI = "Asia/Ho_Chi_Minh"
BUILDING = building_times(["2027-03-15", "2027-03-16"], datetime(2027, 3, 18, 8, tzinfo=UTC), timezone=HANOI)
"""Two days of move-in; the fair closes on Thursday at 15:00 in Hanoi, and dismantling begins."""


def builder(**facts):
    return badge(category="contractor", days=frozenset(), **facts)


def builder_at(moment, *, hours=None, status=None):
    return decide(
        status or builder(), admitted_categories=frozenset(), hours=hours, building=BUILDING, timezone=HANOI, now=moment
    )


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2027, 3, 14, 17, tzinfo=UTC),  # midnight in Hanoi
        datetime(2027, 3, 16, 16, 59, tzinfo=UTC),
        datetime(2027, 3, 18, 8, tzinfo=UTC),
        datetime(2027, 3, 19, 16, 59, tzinfo=UTC),
    ],
)
def test_whoever_builds_comes_in_on_the_days_of_move_in_and_from_the_move_out_on(moment):
    assert builder_at(moment).admitted


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2027, 3, 14, 16, 59, tzinfo=UTC),
        datetime(2027, 3, 16, 17, tzinfo=UTC),
        datetime(2027, 3, 18, 7, 59, tzinfo=UTC),
        datetime(2027, 3, 19, 17, tzinfo=UTC),
    ],
)
def test_whoever_builds_stays_outside_at_all_other_times_and_is_told_the_days(moment):
    days = (date(2027, 3, 15), date(2027, 3, 16), date(2027, 3, 18))

    assert builder_at(moment) == Verdict(code=Code.WRONG_DAY, facts={"days": days})


def test_in_the_hours_of_the_fair_whoever_builds_is_on_the_wrong_day():
    assert builder_at(datetime(2027, 3, 18, 3, tzinfo=UTC), hours=HOURS).code is Code.WRONG_DAY


def test_dismantling_begins_on_a_fair_day_whatever_the_hours_are():
    late = datetime(2027, 3, 18, 13, tzinfo=UTC)

    assert builder_at(late, hours=HOURS).admitted
    assert builder_at(late, hours=HOURS, status=builder(checked_in_at=NINE)).code is Code.ALREADY_IN


def test_the_times_of_building_open_no_gate_for_anybody_else():
    verdict = builder_at(datetime(2027, 3, 15, 3, tzinfo=UTC), status=badge(category="exhibitor"))

    assert verdict.code is Code.WRONG_DAY


def test_a_contractor_with_fair_days_comes_in_on_them_too():
    status = badge(category="contractor")

    assert at_the_gate(status).admitted
    assert builder_at(datetime(2027, 3, 15, 3, tzinfo=UTC), status=status).admitted


def test_without_days_of_building_nobody_builds():
    assert at_the_gate(builder(), hours=None) == Verdict(code=Code.WRONG_DAY, facts={"days": ()})
