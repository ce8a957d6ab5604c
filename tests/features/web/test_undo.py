"""Every change of state says what happened and how to undo it."""

import re

import pytest
import sqlalchemy as sa

from fairapp.accounts.policy import Role
from fairapp.applications.models import Application
from fairapp.booths import service as booths
from fairapp.booths.models import Allocation, Booth
from fairapp.database import db
from fairapp.meetings.models import Meeting, RequestStatus
from tests.features.world import ACTOR

FORM = re.compile(r'<form method="post" action="([^"]+)" class="act" data-undo>(.*?)</form>', re.S)
VALUE = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


def undo(browser, page):
    """Press Undo in the toast of a page."""
    action, fields = FORM.search(browser.get(page).text).groups()
    return browser.post(action, data=dict(VALUE.findall(fields)))


def allocated_to():
    return db.session.scalars(sa.select(Allocation.exhibitor_id)).all()


@pytest.fixture
def floor(world):
    fair = world.make_fair()
    world.make_booth(world.make_hall(fair))
    return fair, world.make_exhibitor(fair), world.sign_in_as(fair, Role.ORGANIZER), "/SIE27/organizer/booths/"


def test_an_allocation_is_undone_by_releasing_the_booth(floor):
    _fair, exhibitor, organizer, page = floor
    organizer.post(f"{page}A101/allocate", data={"exhibitor": exhibitor.public_id})

    assert undo(organizer, f"{page}?booth=A101").status_code == 303
    assert allocated_to() == []


def test_a_release_is_undone_by_allocating_to_the_same_exhibitor(floor, world):
    fair, exhibitor, organizer, page = floor
    booths.allocate(fair.id, "A101", exhibitor.public_id, actor=ACTOR, now=world.now)
    organizer.post(f"{page}A101/release")

    assert undo(organizer, f"{page}?booth=A101").status_code == 303
    assert allocated_to() == [exhibitor.id]


def test_an_undo_that_comes_too_late_is_refused_like_any_request(floor, world):
    fair, exhibitor, organizer, page = floor
    rival = world.make_exhibitor(fair)
    booths.allocate(fair.id, "A101", exhibitor.public_id, actor=ACTOR, now=world.now)
    organizer.post(f"{page}A101/release")
    booths.allocate(fair.id, "A101", rival.public_id, actor=ACTOR, now=world.now)

    answer = undo(organizer, f"{page}?booth=A101")

    assert answer.status_code == 409
    assert f"Booth A101 went to {rival.enterprise.legal_name}" in answer.text
    assert allocated_to() == [rival.id]


@pytest.mark.parametrize("blocked", [True, False])
def test_blocking_and_opening_undo_each_other(floor, world, blocked):
    fair, _exhibitor, organizer, page = floor
    booths.set_blocked(fair.id, "A101", blocked=not blocked, actor=ACTOR, now=world.now)
    organizer.post(f"{page}A101/block", data={"blocked": "1" if blocked else "0"})

    assert undo(organizer, f"{page}?booth=A101").status_code == 303
    assert db.session.scalar(sa.select(Booth.blocked)) is not blocked


def test_a_rejection_is_undone_by_taking_it_back(sqlite_world):
    fair = sqlite_world.make_fair()
    page = f"/SIE27/organizer/applications/{sqlite_world.make_application(fair).public_id}/"
    organizer = sqlite_world.sign_in_as(fair, Role.ORGANIZER)
    organizer.post(f"{page}reject", data={"reason": "x"})

    assert undo(organizer, page).status_code == 303
    assert db.session.scalar(sa.select(Application.status)) == "applied"


def agreed(world, fair):
    return world.make_request(world.make_buyer(fair), world.make_exhibitor(fair), status=RequestStatus.ACCEPTED)


def test_a_run_of_the_scheduling_is_undone_without_what_was_placed_before(world):
    fair = world.make_fair()
    world.make_grid(fair, slots=3)
    organizer, page = world.sign_in_as(fair, Role.ORGANIZER), "/SIE27/organizer/meetings/"
    first = agreed(world, fair).id
    organizer.post(f"{page}schedule")
    organizer.get(page)
    world.set_clock(2026, 11, 24, 3)
    agreed(world, fair)
    organizer.post(f"{page}schedule")
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Meeting)) == 2

    answer = undo(organizer, page)

    assert answer.status_code == 303
    assert db.session.scalars(sa.select(Meeting.request_id)).all() == [first]


def test_a_run_that_placed_nothing_offers_no_undo(sqlite_world):
    fair = sqlite_world.make_fair()
    sqlite_world.make_grid(fair)
    organizer, page = sqlite_world.sign_in_as(fair, Role.ORGANIZER), "/SIE27/organizer/meetings/"

    organizer.post(f"{page}schedule")

    assert FORM.search(organizer.get(page).text) is None


@pytest.mark.parametrize("run", ["yesterday", ""])
def test_a_run_that_is_no_moment_takes_nothing_out(sqlite_world, run):
    fair = sqlite_world.make_fair()
    sqlite_world.make_grid(fair)
    agreed(sqlite_world, fair)
    organizer, page = sqlite_world.sign_in_as(fair, Role.ORGANIZER), "/SIE27/organizer/meetings/"
    organizer.post(f"{page}schedule")

    assert organizer.post(f"{page}clear", data={"run": run}).status_code == 404
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Meeting)) == 1


def test_revoking_a_badge_says_that_it_is_final(sqlite_world):
    fair = sqlite_world.make_fair()
    badge = sqlite_world.make_badge(sqlite_world.make_visitor(fair))
    organizer = sqlite_world.sign_in_as(fair, Role.ORGANIZER)

    organizer.post(f"/SIE27/organizer/badges/{badge.public_id}/revoke")

    page = organizer.get("/SIE27/organizer/badges/").text
    assert "This cannot be undone." in page
    assert FORM.search(page) is None
