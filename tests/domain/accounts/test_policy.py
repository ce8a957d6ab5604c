"""Who may enter a page."""

import pytest

from fairapp.accounts.policy import PUBLIC, SIGNED_IN, Audience, Decision, Policy, Role, decide

ORGANIZERS = Policy(audience=Audience.ROLES, roles=frozenset({Role.ORGANIZER, Role.CO_ORGANIZER}))


@pytest.mark.parametrize(
    ("policy", "signed_in", "roles", "expected"),
    [
        (PUBLIC, False, (), Decision.ENTER),
        (PUBLIC, True, (Role.GATE,), Decision.ENTER),
        (SIGNED_IN, False, (), Decision.SIGN_IN),
        (SIGNED_IN, True, (), Decision.ENTER),
        (ORGANIZERS, False, (), Decision.SIGN_IN),
        (ORGANIZERS, True, (), Decision.REFUSE),
        (ORGANIZERS, True, (Role.BUYER, Role.GATE), Decision.REFUSE),
        (ORGANIZERS, True, (Role.BUYER, Role.CO_ORGANIZER), Decision.ENTER),
    ],
)
def test_a_policy_names_who_may_enter(policy, signed_in, roles, expected):
    assert decide(policy, signed_in=signed_in, roles=roles) is expected


@pytest.mark.parametrize("signed_in", [True, False])
def test_a_page_that_states_no_policy_is_closed_to_everybody(signed_in):
    assert decide(None, signed_in=signed_in, roles=tuple(Role)) is Decision.REFUSE


def test_a_policy_without_roles_lets_nobody_in():
    nobody = Policy(audience=Audience.ROLES)

    assert decide(nobody, signed_in=True, roles=tuple(Role)) is Decision.REFUSE
