"""The life of an application."""

import itertools

import pytest

from fairapp.applications.lifecycle import MAY_BECOME, ApplicationStateRefused, ApplicationStatus, check_step

S = ApplicationStatus


@pytest.mark.parametrize(
    "life",
    [
        (S.DRAFT, S.APPLIED, S.ACCEPTED, S.CONFIRMED, S.WITHDRAWN),
        (S.APPLIED, S.RETURNED, S.APPLIED, S.WAITING_LIST, S.ACCEPTED),
        (S.APPLIED, S.REJECTED, S.APPLIED),
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
