"""The solver: sound schedules, proven bounds, true reasons, the same answer every time."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairapp.meetings.scheduling.answer import Placement, Reason
from fairapp.meetings.scheduling.checking import count_idle, violations
from fairapp.meetings.scheduling.problem import Match, NoSlots, NoTables, Participant, Problem, Slot
from fairapp.meetings.scheduling.solving import solve


def make_slots(number, per_day=4):
    return [Slot(id=f"s{one:02}", day=f"d{one // per_day}") for one in range(number)]


def make_problem(*, slots=4, tables=2, pairs=(), away=None, most=None, weights=None, fixed=None):
    """Return a problem of buyers ``b…`` and exhibitors ``e…`` who meet in ``pairs``."""
    away, most, weights, fixed = away or {}, most or {}, weights or {}, fixed or {}
    names = sorted({name for pair in pairs for name in pair})
    return Problem(
        slots=make_slots(slots),
        tables=[f"T{number + 1}" for number in range(tables)],
        participants=[
            Participant(id=name, unavailable=frozenset(away.get(name, ())), max_per_day=most.get(name))
            for name in names
        ],
        matches=[
            Match(
                id=f"m{number:02}",
                a=a,
                b=b,
                weight=weights.get(number, 1),
                fixed_slot=fixed.get(number, (None, None))[0],
                fixed_table=fixed.get(number, (None, None))[1],
            )
            for number, (a, b) in enumerate(pairs)
        ],
    )


def slot_of(answer):
    return {placement.match: placement.slot for placement in answer.placements}


def reasons(answer):
    return {one.match: one.reason for one in answer.unscheduled}


SQUARE = tuple(itertools.product(("b1", "b2", "b3"), ("e1", "e2", "e3")))


def test_everybody_meets_where_there_is_room_without_a_gap_or_a_walk():
    answer = solve(make_problem(slots=3, tables=3, pairs=SQUARE))

    assert (answer.weight, answer.weight_bound, answer.idle, answer.unscheduled) == (9, 9, 0, [])
    assert answer.optimal


def test_a_participant_without_a_common_slot_is_told_so():
    problem = make_problem(slots=2, pairs=[("b1", "e1")], away={"b1": ["s00"], "e1": ["s01"]})

    assert reasons(solve(problem)) == {"m00": Reason.NO_COMMON_SLOT}


def test_whoever_is_full_is_named():
    (one,) = solve(make_problem(slots=1, pairs=[("b1", "e1"), ("b1", "e2")])).unscheduled

    assert (one.reason, one.facts) == (Reason.PARTICIPANT_FULL, {"participant": "b1"})


def test_a_lack_of_tables_is_told_as_such():
    answer = solve(make_problem(slots=1, tables=1, pairs=[("b1", "e1"), ("b2", "e2")]))

    assert list(reasons(answer).values()) == [Reason.NO_TABLE]


def test_the_heavier_match_is_held():
    answer = solve(make_problem(slots=1, pairs=[("b1", "e1"), ("b1", "e2")], weights={1: 5}))

    assert slot_of(answer) == {"m01": "s00"}
    assert answer.weight_bound == 5


def test_nobody_meets_more_often_on_a_day_than_they_want():
    answer = solve(make_problem(slots=8, tables=3, pairs=SQUARE, most={"b1": 1}))

    days = [slot.day for slot in make_slots(8) for match, place in slot_of(answer).items() if place == slot.id
            and match in {"m00", "m01", "m02"}]  # fmt: skip
    assert sorted(days) == ["d0", "d1"]


def test_what_was_scheduled_before_does_not_move():
    problem = make_problem(slots=4, tables=2, pairs=SQUARE[:6], fixed={4: ("s03", "T2")})

    (kept,) = [one for one in solve(problem).placements if one.match == "m04"]
    assert (kept.slot, kept.table) == ("s03", "T2")


def test_a_second_run_with_everything_fixed_gives_the_same_schedule():
    pairs = SQUARE[:6]
    first = solve(make_problem(pairs=pairs))
    fixed = {int(one.match[1:]): (one.slot, one.table) for one in first.placements}

    assert solve(make_problem(pairs=pairs, fixed=fixed)).placements == first.placements


@pytest.mark.parametrize(("slots", "tables", "refusal"), [(0, 1, NoSlots), (1, 0, NoTables)])
def test_a_grid_without_slots_or_tables_is_refused(slots, tables, refusal):
    with pytest.raises(refusal):
        solve(make_problem(slots=slots, tables=tables, pairs=[("b1", "e1")]))


def test_nothing_to_schedule_is_a_schedule():
    answer = solve(make_problem())

    assert (answer.placements, answer.unscheduled, answer.weight, answer.weight_bound) == ([], [], 0, 0)


def test_gaps_are_closed():
    # Each of the two buyers could meet in the first and the last slot of the day; better one after the other.
    problem = make_problem(slots=4, tables=1, pairs=[("b1", "e1"), ("b1", "e2"), ("b2", "e1"), ("b2", "e2")])

    assert solve(problem).idle <= 1


# What nobody may break


@pytest.mark.parametrize(
    ("placements", "broken"),
    [
        ([("m00", "s00", "T1"), ("m01", "s00", "T2")], ["participant b1 twice in s00"]),
        ([("m00", "s00", "T1"), ("m03", "s00", "T1")], ["table T1 twice in s00"]),
        ([("m00", "s00", "T1"), ("m00", "s01", "T1")], ["match m00 twice in "]),
        ([("m00", "s00", "T9")], ["m00 is at an unknown table T9"]),
        ([("m00", "s03", "T1")], ["e1 is not available in s03"]),
        ([("m02", "s00", "T1")], ["m02 left its fixed slot"]),
    ],
)
def test_the_check_finds_what_is_broken(placements, broken):
    problem = make_problem(
        pairs=[("b1", "e1"), ("b1", "e2"), ("b2", "e1"), ("b2", "e2")], away={"e1": ["s03"]}, fixed={2: ("s01", "T1")}
    )

    found = violations(problem, [Placement(match=m, slot=s, table=t) for m, s, t in placements])

    assert found == broken


def test_slots_in_which_somebody_is_away_are_no_gap():
    problem = make_problem(pairs=[("b1", "e1"), ("b1", "e2")], away={"b1": ["s01"]})

    assert count_idle(problem, {"m00": "s00", "m01": "s02"}) == 0
    assert count_idle(problem, {"m00": "s00", "m01": "s03"}) == 1


@st.composite
def problems(draw):
    slots, tables = draw(st.integers(1, 6)), draw(st.integers(1, 3))
    everybody = list(itertools.product(("b1", "b2", "b3"), ("e1", "e2", "e3", "e4")))
    pairs = draw(st.lists(st.sampled_from(everybody), unique=True, max_size=10))
    names = sorted({name for pair in pairs for name in pair})
    places = [f"s{number:02}" for number in range(slots)]
    away = {name: draw(st.lists(st.sampled_from(places), unique=True, max_size=slots)) for name in names}
    most = {name: draw(st.none() | st.integers(1, 3)) for name in names}
    weights = {number: draw(st.integers(1, 5)) for number in range(len(pairs))}
    return make_problem(slots=slots, tables=tables, pairs=pairs, away=away, most=most, weights=weights)


@given(problems())
def test_no_schedule_breaks_a_rule_and_the_figures_are_true(problem):
    answer = solve(problem)

    assert violations(problem, answer.placements) == []
    assert sorted([*slot_of(answer), *reasons(answer)]) == [match.id for match in problem.matches]
    assert answer.weight == sum(match.weight for match in problem.matches if match.id in slot_of(answer))
    assert answer.weight <= answer.weight_bound <= sum(match.weight for match in problem.matches)
    assert answer.idle == count_idle(problem, slot_of(answer))


@given(problems(), st.randoms(use_true_random=False))
def test_the_order_in_which_things_are_given_changes_nothing(problem, chance):
    mixed = Problem(
        slots=problem.slots,
        tables=chance.sample(problem.tables, len(problem.tables)),
        participants=chance.sample(problem.participants, len(problem.participants)),
        matches=chance.sample(problem.matches, len(problem.matches)),
    )

    assert solve(mixed) == solve(problem)


@given(problems())
def test_every_reason_holds(problem):
    answer = solve(problem)
    people = {one.id: one for one in problem.participants}
    matches = {match.id: match for match in problem.matches}
    held = slot_of(answer)
    busy = {(side, slot) for match, slot in held.items() for side in (matches[match].a, matches[match].b)}
    for one in answer.unscheduled:
        match = matches[one.match]
        away = people[match.a].unavailable | people[match.b].unavailable
        common = [slot.id for slot in problem.slots if slot.id not in away]
        both = [slot for slot in common if (match.a, slot) not in busy and (match.b, slot) not in busy]
        full = [slot for slot in both if list(held.values()).count(slot) >= len(problem.tables)]
        if one.reason is Reason.NO_COMMON_SLOT:
            assert common == []
        elif one.reason is Reason.PARTICIPANT_FULL:
            assert [slot for slot in common if (one.facts["participant"], slot) not in busy] == []
        elif one.reason is Reason.NO_TABLE:
            assert both
            assert full == both
        else:
            assert common


@given(problems())
def test_no_match_is_left_out_that_could_simply_be_added(problem):
    answer = solve(problem)
    seats = list(itertools.product(problem.tables, [slot.id for slot in problem.slots]))
    for one in answer.unscheduled:
        for table, slot in seats:
            more = [*answer.placements, Placement(match=one.match, slot=slot, table=table)]
            assert violations(problem, more) != []
