"""The navigation shows the doors that open, and what waits behind them."""

import re

import pytest

from fairapp.accounts.policy import Role
from fairapp.applications.lifecycle import ApplicationStatus
from fairapp.mail.models import MailState
from tests.features.counting import count_queries

PLACE = re.compile(r'<li(?: class="below")?><a href="([^"]+)"')


def places(text):
    return PLACE.findall(text.partition('id="nav"')[2].partition("</nav>")[0])


@pytest.mark.parametrize("role", [Role.ORGANIZER, Role.CO_ORGANIZER, Role.EXHIBITOR_CONTACT, Role.BUYER])
def test_every_door_of_the_navigation_opens(sqlite_world, role):
    fair = sqlite_world.make_fair()
    exhibitor = sqlite_world.make_exhibitor(fair)
    buyer = sqlite_world.make_buyer(fair)
    enterprise = {Role.EXHIBITOR_CONTACT: exhibitor.enterprise, Role.BUYER: buyer.enterprise}.get(role)
    browser = sqlite_world.sign_in_as(fair, role, enterprise)
    desk = {Role.EXHIBITOR_CONTACT: "exhibitor", Role.BUYER: "buyer/needs"}.get(role, "organizer")

    shown = places(browser.get(f"/SIE27/{desk}/").text)

    assert shown
    assert {place: browser.get(place).status_code for place in shown} == dict.fromkeys(shown, 200)


def test_a_co_organizer_sees_the_overview_and_its_applications(sqlite_world):
    browser = sqlite_world.sign_in_as(sqlite_world.make_fair(), Role.CO_ORGANIZER)

    shown = places(browser.get("/SIE27/organizer/").text)

    assert shown[:2] == ["/SIE27/organizer/", "/SIE27/organizer/applications/"]
    assert set(shown[2:]) <= {"/SIE27/organizer/exhibitors/"}


def test_what_waits_is_counted_in_one_query(sqlite_world):
    fair, other = sqlite_world.make_fair(), sqlite_world.make_fair("SIE28")
    for status in (ApplicationStatus.APPLIED, ApplicationStatus.APPLIED, ApplicationStatus.ACCEPTED):
        sqlite_world.make_application(fair, status=status)
    sqlite_world.make_application(other)
    sqlite_world.make_mail(fair, state=MailState.FAILED)
    sqlite_world.make_mail(fair)
    organizer = sqlite_world.sign_in_as(fair, Role.ORGANIZER)

    with count_queries(sqlite_world) as statements:
        page = organizer.get("/SIE27/organizer/jobs/").text

    due = re.findall(r'<small class="due">(\d+)', page)
    assert due == ["2", "1"]
    assert len([one for one in statements if "FROM mail" in one or "FROM application" in one]) == 1
