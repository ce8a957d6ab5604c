"""Where a task stands, decided from what was answered and what was done elsewhere."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairapp.manual.actions import ANSWERED, TaskAction, may_answer
from fairapp.manual.board import Row, arrange, choose, count_by_state
from fairapp.manual.kinds import concerns, kinds_of
from fairapp.manual.progress import Answer, Facts, Score, Standing, TaskState, deadline_for, is_seen, judge, score

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
DEADLINE = datetime(2027, 3, 3, 10, tzinfo=UTC)
BEFORE, AFTER = DEADLINE - timedelta(days=20), DEADLINE + timedelta(hours=1)


def stand(action=TaskAction.CONFIRM, *, now=BEFORE, required=True, facts=None, **answer):
    return judge(
        action,
        deadline=DEADLINE,
        required=required,
        facts=facts or Facts(),
        answer=Answer(**answer),
        now=now,
        zone=ZONE,
    )


@pytest.mark.parametrize(
    ("standing", "state", "late"),
    [
        (stand(), TaskState.OPEN, False),
        (stand(now=DEADLINE - timedelta(days=7)), TaskState.SOON, False),
        (stand(now=DEADLINE), TaskState.SOON, False),
        (stand(now=AFTER), TaskState.LATE, True),
        (stand(now=AFTER, required=False), TaskState.MISSED, False),
        (stand(answered_at=BEFORE), TaskState.DONE, False),
        (stand(now=AFTER, answered_at=DEADLINE), TaskState.DONE, False),
        (stand(now=AFTER, answered_at=AFTER), TaskState.DONE, True),
        (stand(answered_at=BEFORE, returned=True), TaskState.RETURNED, False),
        (stand(now=AFTER, answered_at=BEFORE, returned=True), TaskState.RETURNED, True),
        (stand(now=AFTER, waived=True), TaskState.WAIVED, False),
        (stand(TaskAction.PAYMENT, now=AFTER), TaskState.NOT_YET, False),
    ],
)
def test_a_task_stands_where_its_answer_and_its_deadline_put_it(standing, state, late):
    assert (standing.state, standing.late) == (state, late)


@pytest.mark.parametrize(
    ("accepted_at", "deadline"),
    [(BEFORE, DEADLINE), (DEADLINE, DEADLINE + timedelta(days=7)), (AFTER, AFTER + timedelta(days=7))],
)
def test_who_is_accepted_late_has_a_week_for_every_task(accepted_at, deadline):
    assert deadline_for(DEADLINE, accepted_at=accepted_at) == deadline


def test_days_are_counted_by_the_calendar_of_the_fair():
    # 23:30 in Hanoi on the day before the deadline, which is at 17:00 there.
    assert stand(now=datetime(2027, 3, 2, 16, 30, tzinfo=UTC)).days == 1
    assert stand(now=datetime(2027, 3, 2, 17, 30, tzinfo=UTC)).days == 0
    assert stand(now=datetime(2027, 3, 3, 17, 30, tzinfo=UTC)).days == -1


WHOLE = Facts(
    fascia_name="NHỰA TÂN TIẾN",
    profile_percent=90,
    has_catalogue_text=True,
    certificates=2,
    staff=3,
    contractors=1,
    orders=1,
    payments_asked=1,
)


@pytest.mark.parametrize("action", [action for action in TaskAction if action not in ANSWERED])
def test_what_was_done_elsewhere_is_seen(action):
    assert not is_seen(action, Facts())
    assert is_seen(action, WHOLE)
    assert stand(action, facts=WHOLE, now=AFTER).state is TaskState.DONE


@pytest.mark.parametrize("action", sorted(ANSWERED))
def test_what_is_answered_here_is_never_seen_elsewhere(action):
    assert not is_seen(action, WHOLE)


@pytest.mark.parametrize(
    ("action", "facts"),
    [
        (TaskAction.FASCIA, replace(WHOLE, fascia_name="X" * 31)),
        (TaskAction.FASCIA, replace(WHOLE, fascia_name="   ")),
        (TaskAction.CERTIFICATES, replace(WHOLE, certificates_without_file=1)),
        (TaskAction.PROFILE, replace(WHOLE, profile_percent=79)),
        (TaskAction.PAYMENT, replace(WHOLE, payments_owed=1)),
    ],
)
def test_half_done_is_not_done(action, facts):
    assert not is_seen(action, facts)


def test_thirty_letters_fit_on_the_fascia_and_too_much_paid_is_paid():
    assert is_seen(TaskAction.FASCIA, Facts(fascia_name="Đ" * 30))
    assert is_seen(TaskAction.PAYMENT, Facts(payments_asked=1, payments_owed=-500_000))


def test_what_has_its_own_page_is_answered_on_the_list_only_when_it_was_returned():
    assert not may_answer(TaskAction.FASCIA, returned=False)
    assert may_answer(TaskAction.FASCIA, returned=True)
    assert may_answer(TaskAction.ORDERS, returned=False), "who orders nothing says so"


@given(st.lists(st.sampled_from(TaskState)))
def test_the_score_counts_what_is_there_to_do(states):
    standings = [Standing(state=state, late=state is TaskState.LATE, days=0, deadline=DEADLINE) for state in states]

    total = score(standings)

    assert 0 <= total.late <= total.of - total.done
    assert total.done == states.count(TaskState.DONE)
    assert 0 <= total.percent <= 100
    assert (total.percent == 100) == (total.done == total.of)


def test_nothing_to_do_is_all_done():
    assert score([]) == Score(done=0, of=0, late=0)
    assert score([]).percent == 100


# Kinds


@pytest.mark.parametrize(
    ("booth_type", "is_co", "in_pavilion", "kinds"),
    [
        ("standard_9", False, False, {"shell_scheme"}),
        ("raw_space", False, False, {"raw_space"}),
        ("standard_9", False, True, {"shell_scheme", "pavilion"}),
        ("raw_space", True, False, {"co_exhibitor"}),
        ("standard_9", True, True, {"co_exhibitor", "pavilion"}),
    ],
)
def test_an_exhibitor_is_of_the_kinds_of_its_booth_and_contract(booth_type, is_co, in_pavilion, kinds):
    assert kinds_of(booth_type=booth_type, is_co_exhibitor=is_co, in_pavilion=in_pavilion) == kinds


def test_a_part_for_nobody_in_particular_is_for_all():
    assert concerns([], {"raw_space"})
    assert concerns(["raw_space", "pavilion"], {"raw_space"})
    assert not concerns(["raw_space"], {"shell_scheme"})


# The board


def row(number, name, **values):
    defaults = {
        "exhibitor_id": number,
        "public_id": f"exhibitor{number}",
        "enterprise_id": number,
        "name": name,
        "language": "vi",
        "kinds": frozenset({"shell_scheme"}),
        "booths": (),
        "halls": frozenset(),
        "standings": {},
        "search_text": " " + name.lower(),
    }
    return Row(**{**defaults, **values})


LATE = Standing(state=TaskState.LATE, late=True, days=-1, deadline=DEADLINE)
DONE = Standing(state=TaskState.DONE, late=False, days=3, deadline=DEADLINE)
BACK = Standing(state=TaskState.RETURNED, late=False, days=3, deadline=DEADLINE)
ROWS = [
    row(1, "Sao Mai", standings={1: LATE, 2: DONE}, halls=frozenset({"A"}), booths=("A101",)),
    row(2, "An Phat", standings={1: DONE, 2: LATE}, kinds=frozenset({"raw_space"})),
    row(3, "Minh Duc", standings={1: DONE}),
    row(4, "Bac Viet", standings={1: BACK, 2: LATE}),
]


@pytest.mark.parametrize(
    ("filters", "left"),
    [
        ({}, [1, 2, 3, 4]),
        ({"state": "late"}, [1, 2, 4]),
        ({"state": "late", "task": 1}, [1]),
        ({"state": "done"}, [3]),
        ({"state": "done", "task": 1}, [2, 3]),
        ({"state": "returned"}, [4]),
        ({"state": "open", "task": 2}, [2, 4]),
        ({"task": 2}, [1, 2, 4]),
        ({"kind": "raw_space"}, [2]),
        ({"hall": "A"}, [1]),
        ({"query": "mai sao"}, [1]),
        ({"query": "nobody"}, []),
    ],
)
def test_filters_leave_whom_they_name(filters, left):
    assert [one.exhibitor_id for one in choose(ROWS, **filters)] == left


@pytest.mark.parametrize(
    ("by", "descending", "order"),
    [
        ("name", False, [2, 4, 3, 1]),
        ("name", True, [1, 3, 4, 2]),
        ("late", True, [2, 4, 1, 3]),
        ("done", False, [4, 2, 1, 3]),
        ("booth", True, [1, 2, 4, 3]),
    ],
)
def test_rows_are_sorted_and_ties_go_by_name(by, descending, order):
    assert [one.exhibitor_id for one in arrange(ROWS, by=by, descending=descending)] == order


def test_each_state_says_how_many_it_leaves():
    for task in (None, 1, 2):
        assert count_by_state(ROWS, task) == {
            state: len(choose(ROWS, state=state, task=task)) for state in ("late", "open", "returned", "done")
        }
