"""The organizer sets the opening hours of the fair days."""

from datetime import time

import pytest
import sqlalchemy as sa

from fairapp.accounts.policy import Role
from fairapp.audit.models import AuditEntry
from fairapp.database import db
from fairapp.fairs.models import FairDay

PAGE = "/SIE27/organizer/opening-hours"


def filled(**changes):
    hours = {"early": "07:30", "opens": "08:30", "closes": "16:00"}
    values = {f"hours-days-{day}-{name}": value for day in (0, 1) for name, value in hours.items()}
    return values | {f"hours-days-{name}": value for name, value in changes.items()}


def stored():
    return [
        (day.exhibitors_from, day.opens_at, day.closes_at)
        for day in db.session.scalars(sa.select(FairDay).order_by(FairDay.day))
    ]


def test_the_hours_are_kept_and_the_trail_tells(world):
    organizer = world.sign_in_as(world.make_fair(), Role.ORGANIZER)

    answer = organizer.post(PAGE, data=filled(**{"1-closes": "12:00"}))

    assert answer.status_code == 303
    assert stored() == [(time(7, 30), time(8, 30), time(16)), (time(7, 30), time(8, 30), time(12))]
    assert db.session.scalar(sa.select(AuditEntry.action)) == "fair.set_hours"
    assert 'value="07:30"' in organizer.get("/SIE27/organizer/set-up").text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"0-closes": "08:00"}, "exhibitors first, then the opening, then the close"),
        ({"0-early": "09:00"}, "exhibitors first, then the opening, then the close"),
        ({"0-opens": ""}, "Please fill this in."),
        ({"0-opens": "25:00"}, "Not a valid time value."),
    ],
)
def test_hours_that_cannot_be_are_refused_and_nothing_is_changed(sqlite_world, changes, said):
    organizer = sqlite_world.sign_in_as(sqlite_world.make_fair(), Role.ORGANIZER)
    before = stored()

    answer = organizer.post(PAGE, data=filled(**changes))

    assert answer.status_code == 422
    assert said in answer.text
    assert stored() == before


def test_hours_of_days_that_the_fair_does_not_have_are_refused(sqlite_world):
    organizer = sqlite_world.sign_in_as(sqlite_world.make_fair(), Role.ORGANIZER)
    before = stored()

    assert organizer.post(PAGE, data=filled(**{"2-early": "08:00"})).status_code == 422
    assert stored() == before
