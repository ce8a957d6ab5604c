"""The overview says how the fair stands and what waits."""

import pytest

from fairapp.accounts.policy import Role
from fairapp.applications.lifecycle import ApplicationStatus
from tests.features.counting import count_queries


def test_an_empty_fair_says_that_nothing_waits(sqlite_world):
    organizer = sqlite_world.sign_in_as(sqlite_world.make_fair(), Role.ORGANIZER)

    assert "Nothing waits." in organizer.get("/SIE27/organizer/").text


def test_applications_and_booths_that_wait_are_named_with_their_number(world):
    fair, other = world.make_fair(), world.make_fair("SIE28")
    hall = world.make_hall(fair)
    for code in ("A101", "A102"):
        world.make_booth(hall, code)
    for status in (ApplicationStatus.APPLIED, ApplicationStatus.RETURNED):
        world.make_application(fair, status=status)
    world.make_application(other)
    organizer = world.sign_in_as(fair, Role.ORGANIZER)

    page = organizer.get("/SIE27/organizer/").text

    assert "1 application to decide" in page
    assert "2 booths not allocated" in page
    assert "Nothing waits." not in page


@pytest.mark.parametrize("role", [Role.ORGANIZER, Role.CO_ORGANIZER])
def test_the_overview_costs_the_same_for_a_small_fair_and_a_large_one(sqlite_world, role):
    fair = sqlite_world.make_fair()
    browser = sqlite_world.sign_in_as(fair, role)
    costs = []
    for _ in range(3):
        sqlite_world.make_visitor(fair)
        sqlite_world.make_application(fair)
        with count_queries(sqlite_world) as statements:
            browser.get("/SIE27/organizer/")
        costs.append(len(statements))

    assert len(set(costs)) == 1, costs
