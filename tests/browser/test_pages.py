"""Every page of the URL map: whole, readable, quiet, and fit for a phone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from fairapp.accounts.policy import Role
from tests.browser.checks import faults, watch_policy
from tests.browser.pages import DemoFair, Place, every_page
from tests.browser.people import People, speak
from tests.browser.servers import Service


@pytest.fixture(scope="session")
def demo_fair(demo_service: Service) -> DemoFair:
    with demo_service.app.app_context():
        return DemoFair(demo_service)


@pytest.fixture
def visitors(browser: Browser, demo_service: Service) -> Iterator[People]:
    people = People(browser, demo_service)
    start = demo_service.size_of_log()
    with demo_service.app.app_context():
        yield people
    people.leave()
    assert demo_service.errors_since(start) == []


@pytest.mark.parametrize("place", every_page(), ids=lambda place: place.endpoint)
def test_a_page_is_whole_readable_and_quiet(visitors: People, demo_fair: DemoFair, place: Place):
    page = visitors.with_session(demo_fair.sessions[place.role]) if place.role else visitors.somebody()
    watch_policy(page)
    found = []
    for address in demo_fair.addresses(place):
        for language in ("vi", "en"):
            speak(page.context, visitors.service, language)
            visitors.complaints.found.clear()
            answer = page.goto(address)
            there = (answer.status, page.url) == (200, f"{visitors.service.url}{address}")
            wrong = [] if there else [f"answered {answer.status} at {page.url}"]
            wrong += [*faults(page, phone=language == "en"), *visitors.complaints.found]
            found += [f"{address} ({language}): {one}" for one in wrong]

    assert found == [], "\n".join(found)


@pytest.mark.parametrize(
    ("path", "role", "status"), [("/SIE27/nothing", None, 404), ("/SIE27/organizer/", Role.BUYER, 403)]
)
def test_a_refusal_is_a_page_like_any_other(visitors: People, demo_fair: DemoFair, path: str, role: Role, status: int):
    page = visitors.with_session(demo_fair.sessions[role]) if role else visitors.somebody()
    watch_policy(page)

    answer = page.goto(path)

    assert (answer.status, faults(page), visitors.complaints.found) == (status, [], [])
