"""Which body's enterprises an account may see."""

import pytest
from flask import g

from fairapp.accounts.policy import Role
from fairapp.errors import NotAllowed
from fairapp.web import access


class Member:
    def __init__(self, role, co_organizer_id=None):
        self.role, self.enterprise_id, self.co_organizer_id = role, None, co_organizer_id


@pytest.mark.parametrize(
    ("members", "scope"),
    [
        ([Member(Role.ORGANIZER)], None),
        ([Member(Role.CO_ORGANIZER, 7)], 7),
        ([Member(Role.CO_ORGANIZER)], access.NO_BODY),
        ([Member(Role.ORGANIZER), Member(Role.CO_ORGANIZER, 7)], None),
    ],
)
def test_an_organizer_sees_all_and_a_co_organizer_what_its_body_sends(sqlite_app, members, scope):
    with sqlite_app.test_request_context():
        g.fair, g.memberships = None, members

        assert access.scope() == scope


def test_who_is_neither_has_no_scope_at_all(sqlite_app):
    with sqlite_app.test_request_context():
        g.fair, g.memberships = None, [Member(Role.BUYER)]

        with pytest.raises(NotAllowed):
            access.scope()
