"""The organizer's board counts people, not scans, and moves."""

import json
import threading
import uuid
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from fairapp.accounts.policy import Role
from fairapp.badges import service as badges
from fairapp.checkin import queries, service
from fairapp.checkin.service import Reading
from fairapp.checkin.views import organizer as board
from fairapp.database import db
from fairapp.fairs.models import Fair
from tests.features.world import ACTOR

FIRST_DAY = date(2027, 3, 17)


@pytest.fixture
def fair(world):
    world.set_clock(2027, 3, 17, 3)
    fair = world.make_fair()
    world.make_gate(fair, "A1")
    return fair


def scan(world, fair, text, *, gate="A1", now=None):
    moment = now or world.now
    one = Reading(scan_id=str(uuid.uuid4()), text=text, scanned_at=moment, sent_at=moment)
    return service.scan(fair.id, gate, one, actor=ACTOR, now=moment)


def test_the_figures_count_visitors_not_scans(world, fair):
    world.make_gate(fair, "B2")
    visitor, press = world.make_visitor(fair), world.make_visitor(fair, category="press")
    credentials = [world.make_badge(one).credential for one in (visitor, press)]
    for credential in [*credentials, *credentials, "no badge"]:
        scan(world, fair, credential)
        scan(world, fair, credential, gate="B2")

    counts = queries.counts(fair.id, day=FIRST_DAY, rehearsal=False)

    assert counts == queries.Counts(
        visitors=2, refused=8, scans=10, by_gate={"Gate A1": 2, "Gate B2": 0}, by_category={"press": 1, "visitor": 1}
    )


def test_a_reprinted_badge_makes_nobody_two_visitors(world, fair):
    old = world.make_badge(world.make_visitor(fair))
    scan(world, fair, old.credential)
    new = badges.reprint(fair.id, old.public_id, actor=ACTOR, now=world.now)
    scan(world, fair, new.credential)

    counts = queries.counts(fair.id, day=FIRST_DAY, rehearsal=False)

    assert (counts.visitors, counts.scans, counts.by_gate, counts.by_category) == (
        1,
        2,
        {"Gate A1": 1},
        {"visitor": 1},
    )


def test_holders_of_different_kinds_with_the_same_number_are_different_people(world, fair):
    badge = world.make_badge(world.make_visitor(fair))
    staff = world.make_staff(world.make_exhibitor(fair))
    other = badges.issue_for_staff(fair.id, staff.id, actor=ACTOR, now=world.now)
    assert badge.visitor_id == other.staff_id
    for one in (badge, other):
        scan(world, fair, one.credential)

    assert queries.counts(fair.id, day=FIRST_DAY, rehearsal=False).visitors == 2


def test_each_day_counts_for_itself(world, fair):
    badge = world.make_badge(world.make_visitor(fair))
    for days in (0, 0, 1):
        scan(world, fair, badge.credential, now=world.now + timedelta(days=days))

    days = [queries.counts(fair.id, day=FIRST_DAY + timedelta(days=days), rehearsal=False) for days in (0, 1, 2)]

    assert [(day.visitors, day.scans) for day in days] == [(1, 2), (1, 1), (0, 0)]


def test_scans_before_the_fair_show_on_the_day_they_were_made(world, fair):
    badge = world.make_badge(world.make_visitor(fair))
    organizer = world.sign_in_as(fair, Role.ORGANIZER)
    before = datetime(2027, 3, 15, 20, tzinfo=UTC)  # the 16th in Hanoi
    scan(world, fair, badge.credential, now=before)
    scan(world, fair, badge.credential, now=before - timedelta(days=1))

    world.app.config["CLOCK"].now = before
    figures = organizer.get("/SIE27/organizer/gates/figures").json

    assert (figures["visitors"], figures["refused"], figures["scans"]) == (0, 1, 1)
    assert queries.counts(fair.id, day=FIRST_DAY, rehearsal=False).scans == 0


def test_two_gates_of_one_name_are_told_apart(world, fair):
    service.add_gate(fair.id, "B2", "Gate A1", [], actor=ACTOR, now=world.now)
    badge = world.make_badge(world.make_visitor(fair))
    scan(world, fair, badge.credential, gate="B2")

    assert queries.counts(fair.id, day=FIRST_DAY, rehearsal=False).by_gate == {"Gate A1 (A1)": 0, "Gate A1 (B2)": 1}


def test_the_stream_sends_the_numbers_and_then_every_change(world, fair, monkeypatch):
    monkeypatch.setattr(board, "PAUSE", 0.01)
    monkeypatch.setitem(world.app.config, "LONGEST_STREAM", 60.0)
    credential = world.make_badge(world.make_visitor(fair)).credential
    organizer = world.sign_in_as(fair, Role.ORGANIZER)

    with organizer.get("/SIE27/organizer/gates/live", buffered=False) as answer:
        lines = answer.iter_encoded()
        first, unchanged = next(lines).decode(), next(lines).decode()

        def pass_the_gate():
            with world.app.app_context():
                scan(world, fair, credential)

        thread = threading.Thread(target=pass_the_gate)
        thread.start()
        thread.join()
        changed = next(lines).decode()

    assert answer.mimetype == "text/event-stream"
    assert json.loads(first.removeprefix("data: "))["visitors"] == 0
    assert unchanged == ": still here\n\n"
    assert json.loads(changed.removeprefix("data: "))["visitors"] == 1
    assert json.loads(changed.removeprefix("data: "))["latest"][0]["title"] == "Come in"


def test_when_all_streams_are_taken_a_board_asks_instead(world, fair, monkeypatch):
    monkeypatch.setattr(board, "STREAMS", board.Places(1))
    organizer = world.sign_in_as(fair, Role.ORGANIZER)

    with organizer.get("/SIE27/organizer/gates/live", buffered=False) as taken:
        refused = organizer.get("/SIE27/organizer/gates/live")
    again = organizer.get("/SIE27/organizer/gates/live")

    assert (taken.status_code, refused.status_code, again.status_code) == (200, 503, 200)
    assert organizer.get("/SIE27/organizer/gates/figures").json["visitors"] == 0


def test_of_two_who_end_a_rehearsal_none_starts_the_next(sqlite_world):
    fair = sqlite_world.make_fair(rehearsal_started_at=sqlite_world.now)
    organizers = [sqlite_world.sign_in_as(fair, Role.ORGANIZER) for _ in range(2)]
    pages = [organizer.get("/SIE27/organizer/gates/").text for organizer in organizers]

    answers = [organizer.post("/SIE27/organizer/gates/rehearsal", data={"on": "0"}) for organizer in organizers]

    assert ['name="on" value="0"' in page for page in pages] == [True, True]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert db.session.scalar(sa.select(Fair.rehearsal_started_at)) is None


@pytest.mark.parametrize("code", ["A/1", "A 1", "A1?", "../x"])
def test_a_gate_has_a_code_that_an_address_can_hold(sqlite_world, code):
    fair = sqlite_world.make_fair()
    organizer = sqlite_world.sign_in_as(fair, Role.ORGANIZER)

    answer = organizer.post("/SIE27/organizer/gates/", data={"code": code, "name": "Main"})

    assert answer.status_code == 422
    assert "Letters, digits and dashes only." in answer.text
