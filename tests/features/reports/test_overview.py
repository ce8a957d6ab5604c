"""The overview says how the fair stands and what waits."""

import html
import re
from datetime import UTC, date, datetime

import pytest

from fairapp.accounts.policy import Role
from fairapp.applications.lifecycle import ApplicationStatus
from fairapp.applications.models import RemarkKind
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


def test_what_exhibitors_and_the_bank_wait_for_leads_to_the_page_where_it_is_done(world):
    fair, other = world.make_fair(), world.make_fair("SIE28")
    for one in (fair, other):
        exhibitor = world.make_exhibitor(one, withdrawal_asked_at=world.now)
        world.make_proposal(exhibitor)
        world.make_payment_request(exhibitor, due_on=date(2026, 11, 1))
        world.make_payment_request(exhibitor)
        world.make_bank_line(one, world.make_bank_file(one))
        world.make_task(one, deadline=datetime(2026, 11, 1, 10, tzinfo=UTC))
    world.make_remark(world.make_application(fair, status=ApplicationStatus.RETURNED), kind=RemarkKind.FROM_EXHIBITOR)
    organizer = world.sign_in_as(fair, Role.ORGANIZER)

    page = organizer.get("/SIE27/organizer/").text

    for words in (
        "1 application with a message to answer",
        "1 exhibitor wants to withdraw",
        "1 co-exhibitor to decide",
        "1 transfer that is not settled",
        "1 payment request is overdue",
        "1 exhibitor is late with the manual",
    ):
        assert words in page
        link = re.search(rf'href="([^"]+)">{words}', page)
        assert organizer.get(html.unescape(link[1])).status_code == 200


@pytest.mark.parametrize("role", [Role.ORGANIZER, Role.CO_ORGANIZER])
def test_the_overview_costs_the_same_for_a_small_fair_and_a_large_one(sqlite_world, role):
    fair = sqlite_world.make_fair()
    browser = sqlite_world.sign_in_as(fair, role)
    costs = []
    for _ in range(3):
        sqlite_world.make_visitor(fair)
        sqlite_world.make_application(fair)
        sqlite_world.make_exhibitor(fair)
        with count_queries(sqlite_world) as statements:
            browser.get("/SIE27/organizer/")
        costs.append(len(statements))

    assert len(set(costs)) == 1, costs
