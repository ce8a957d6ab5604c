"""The life of an application."""

import itertools

import pytest

from fairapp.applications.lifecycle import (
    DECISIONS,
    MAY_BECOME,
    ApplicationStateRefused,
    ApplicationStatus,
    Step,
    check_decision,
    check_step,
    open_steps,
)

S = ApplicationStatus


@pytest.mark.parametrize(
    "life",
    [
        (S.DRAFT, S.APPLIED, S.ACCEPTED, S.CONFIRMED, S.WITHDRAWN),
        (S.APPLIED, S.RETURNED, S.APPLIED, S.WAITING_LIST, S.ACCEPTED),
        (S.APPLIED, S.WAITING_LIST, S.RETURNED, S.REJECTED),
        (S.DRAFT, S.WITHDRAWN),
    ],
    ids=lambda life: " → ".join(life),
)
def test_an_application_may_live_like_this(life):
    for current, wanted in itertools.pairwise(life):
        check_step(current, wanted)


@pytest.mark.parametrize(
    ("current", "wanted"),
    [
        (S.DRAFT, S.ACCEPTED),
        (S.ACCEPTED, S.ACCEPTED),
        (S.ACCEPTED, S.REJECTED),
        (S.CONFIRMED, S.REJECTED),
        (S.REJECTED, S.ACCEPTED),
        (S.REJECTED, S.APPLIED),
        (S.WITHDRAWN, S.ACCEPTED),
    ],
)
def test_a_step_that_skips_a_decision_is_refused_with_both_states(current, wanted):
    with pytest.raises(ApplicationStateRefused) as refusal:
        check_step(current, wanted)

    assert refusal.value.facts == {"current": current.value, "wanted": wanted.value}


def test_every_state_says_what_may_follow_and_none_follows_itself():
    assert set(MAY_BECOME) == set(S)
    assert [state for state in S if state in MAY_BECOME[state]] == []


def test_every_state_can_be_reached_from_a_draft():
    reached, front = {S.DRAFT}, [S.DRAFT]
    while front:
        for state in MAY_BECOME[front.pop()] - reached:
            reached.add(state)
            front.append(state)

    assert reached == set(S)


@pytest.mark.parametrize(
    ("current", "steps"),
    [
        (S.DRAFT, []),
        (S.APPLIED, [Step.ACCEPT, Step.WAIT, Step.RETURN, Step.REJECT]),
        (S.RETURNED, [Step.REJECT, Step.REOPEN]),
        (S.WAITING_LIST, [Step.ACCEPT, Step.RETURN, Step.REJECT, Step.REOPEN]),
        (S.ACCEPTED, [Step.REOPEN]),
        (S.CONFIRMED, []),
        (S.REJECTED, [Step.REOPEN]),
        (S.WITHDRAWN, []),
    ],
)
def test_what_the_organizer_may_do_in_each_state(current, steps):
    assert open_steps(current) == steps


def test_a_decision_in_the_wrong_state_is_refused_with_both_states():
    with pytest.raises(ApplicationStateRefused) as refusal:
        check_decision(S.CONFIRMED, Step.REJECT)

    assert refusal.value.facts == {"current": "confirmed", "wanted": "rejected"}


def test_every_step_has_its_decision_and_its_mail():
    assert set(DECISIONS) == set(Step)
    assert len({decision.mail for decision in DECISIONS.values()}) == len(Step)
