"""Exhibitors and buyers ask each other, and the organizer schedules."""

import pytest
import sqlalchemy as sa

from fairapp.accounts.policy import Role
from fairapp.database import db
from fairapp.meetings import service
from fairapp.meetings.models import Meeting, MeetingRequest, RequestStatus, Side, Slot, Unavailability
from fairapp.meetings.service import Party
from fairapp.needs.models import NeedVisibility
from tests.features.threads import at_once
from tests.features.world import ACTOR


def scene(world):
    fair = world.make_fair()
    buyer, exhibitor = world.make_buyer(fair), world.make_exhibitor(fair)
    return fair, buyer, exhibitor


def test_an_exhibitor_asks_about_a_need_and_the_buyer_accepts(world):
    fair, buyer, exhibitor = scene(world)
    need = world.make_need(buyer)
    contact = world.sign_in_as(fair, Role.EXHIBITOR_CONTACT, exhibitor.enterprise)
    purchaser = world.sign_in_as(fair, Role.BUYER, buyer.enterprise)

    asked = contact.post(f"/SIE27/meetings/ask/{buyer.public_id}?need={need.public_id}", data={"message": "Chào"})
    request = db.session.scalar(sa.select(MeetingRequest))
    accepted = purchaser.post(f"/SIE27/meetings/{request.public_id}/accept")

    assert (asked.status_code, accepted.status_code) == (303, 303)
    db.session.refresh(request)
    assert (request.status, request.need_id, request.message) == ("accepted", need.id, "Chào")


def test_the_side_that_asked_cannot_answer(sqlite_world):
    fair, buyer, exhibitor = scene(sqlite_world)
    request = sqlite_world.make_request(buyer, exhibitor, asked_by=Side.EXHIBITOR)
    contact = sqlite_world.sign_in_as(fair, Role.EXHIBITOR_CONTACT, exhibitor.enterprise)

    answer = contact.post(f"/SIE27/meetings/{request.public_id}/accept")

    assert answer.status_code == 409
    assert "The other side answers this request." in answer.text


def test_asking_twice_is_refused(sqlite_world):
    fair, buyer, exhibitor = scene(sqlite_world)
    sqlite_world.make_request(buyer, exhibitor)
    purchaser = sqlite_world.sign_in_as(fair, Role.BUYER, buyer.enterprise)

    answer = purchaser.post(f"/SIE27/meetings/ask/{exhibitor.public_id}", data={"message": "lost?"})

    assert answer.status_code == 409
    assert "lost?" in answer.text


def test_accepted_requests_get_slots_and_tables_and_nobody_is_in_two_places(world):
    fair = world.make_fair()
    buyers = [world.make_buyer(fair) for _ in range(2)]
    exhibitors = [world.make_exhibitor(fair) for _ in range(2)]
    world.make_grid(fair, slots=2, tables=2)
    for buyer in buyers:
        for exhibitor in exhibitors:
            world.make_request(buyer, exhibitor, status=RequestStatus.ACCEPTED)

    answer = service.schedule(fair.id, actor=ACTOR, now=world.now)

    meetings = db.session.scalars(sa.select(Meeting)).all()
    assert (len(meetings), answer.idle, answer.optimal) == (4, 0, True)
    for column in ("buyer_id", "exhibitor_id", "table_id"):
        places = [(getattr(meeting, column), meeting.slot_id) for meeting in meetings]
        assert len(set(places)) == 4, column


def test_a_second_run_moves_nothing_and_says_why_a_request_has_no_place(world):
    fair, buyer, exhibitor = scene(world)
    world.make_grid(fair, slots=1)
    world.make_request(buyer, exhibitor, status=RequestStatus.ACCEPTED)
    service.schedule(fair.id, actor=ACTOR, now=world.now)
    before = db.session.scalar(sa.select(Meeting.slot_id))
    late = world.make_request(buyer, world.make_exhibitor(fair), status=RequestStatus.ACCEPTED)

    service.schedule(fair.id, actor=ACTOR, now=world.now)

    assert db.session.scalars(sa.select(Meeting.slot_id)).all() == [before]
    db.session.refresh(late)
    assert late.unscheduled_reason == "participant_full"


def test_slots_that_somebody_cannot_take_are_respected(world):
    fair, buyer, exhibitor = scene(world)
    world.make_grid(fair, slots=2)
    first = db.session.scalars(sa.select(Slot).order_by(Slot.starts_at)).first()
    world._add(Unavailability(fair_id=fair.id, slot_id=first.id, buyer_id=buyer.id))
    world.make_request(buyer, exhibitor, status=RequestStatus.ACCEPTED)

    service.schedule(fair.id, actor=ACTOR, now=world.now)

    assert db.session.scalar(sa.select(Meeting.slot_id)) != first.id


def test_a_grid_without_tables_is_told(sqlite_world):
    fair, buyer, exhibitor = scene(sqlite_world)
    sqlite_world.make_grid(fair, slots=2, tables=0)
    sqlite_world.make_request(buyer, exhibitor, status=RequestStatus.ACCEPTED)
    organizer = sqlite_world.sign_in_as(fair, Role.ORGANIZER)

    answer = organizer.post("/SIE27/organizer/meetings/schedule")

    assert answer.status_code == 409
    assert "The meeting grid has no tables" in answer.text


def test_both_sides_see_the_agenda_on_the_page_and_in_a_calendar(sqlite_world):
    fair, buyer, exhibitor = scene(sqlite_world)
    sqlite_world.make_grid(fair)
    sqlite_world.make_request(buyer, exhibitor, status=RequestStatus.ACCEPTED)
    service.schedule(fair.id, actor=ACTOR, now=sqlite_world.now)
    purchaser = sqlite_world.sign_in_as(fair, Role.BUYER, buyer.enterprise)
    contact = sqlite_world.sign_in_as(fair, Role.EXHIBITOR_CONTACT, exhibitor.enterprise)

    assert exhibitor.enterprise.legal_name in purchaser.get("/SIE27/meetings/agenda").text
    assert buyer.enterprise.legal_name in contact.get("/SIE27/meetings/agenda/print").text
    calendar = purchaser.get("/SIE27/meetings/agenda.ics")
    assert calendar.content_type == "text/calendar; charset=utf-8"
    assert b"DTSTART;TZID=Asia/Ho_Chi_Minh:20270317T130000" in calendar.data


def test_a_no_may_carry_a_reason_and_a_long_one_is_not_lost(sqlite_world):
    fair, buyer, exhibitor = scene(sqlite_world)
    request = sqlite_world.make_request(buyer, exhibitor, asked_by=Side.EXHIBITOR)
    purchaser = sqlite_world.sign_in_as(fair, Role.BUYER, buyer.enterprise)
    page, long = f"/SIE27/meetings/{request.public_id}/decline", "Không phù hợp. " * 30

    refused = purchaser.post(page, data={"reason": long})
    declined = purchaser.post(page, data={"reason": "Chúng tôi đã có nhà cung cấp."})

    assert (refused.status_code, declined.status_code) == (422, 303)
    assert long.strip() in refused.text
    db.session.refresh(request)
    assert (request.status, request.answer) == ("declined", "Chúng tôi đã có nhà cung cấp.")


def test_whoever_marks_slots_twice_at_once_has_them_marked_once(world):
    fair = world.make_fair()
    world.make_grid(fair, slots=3)
    party = Party(side=Side.BUYER, id=world.make_buyer(fair).id)
    fair_id, slots = fair.id, db.session.scalars(sa.select(Slot.public_id)).all()

    def mark(_number):
        service.set_unavailable(fair_id, party, [*slots, "222222222222"], actor=ACTOR, now=world.now)
        return "marked"

    assert at_once(world, 4, mark) == ["marked"] * 4
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Unavailability)) == 3


def test_a_request_is_never_withdrawn_and_scheduled(world):
    fair = world.make_fair()
    world.make_grid(fair)
    request = world.make_request(world.make_buyer(fair), world.make_exhibitor(fair), status=RequestStatus.ACCEPTED)
    fair_id, party, public_id = fair.id, Party(side=Side.EXHIBITOR, id=request.exhibitor_id), request.public_id

    def act(number):
        if number:
            service.withdraw(fair_id, party, public_id, actor=ACTOR, now=world.now)
            return "withdrawn"
        service.schedule(fair_id, actor=ACTOR, now=world.now)
        return "scheduled"

    at_once(world, 2, act)

    state = db.session.scalar(sa.select(MeetingRequest.status))
    meetings = db.session.scalar(sa.select(sa.func.count()).select_from(Meeting))
    assert (state, meetings) in [(RequestStatus.WITHDRAWN, 0), (RequestStatus.ACCEPTED, 1)]


def test_a_buyer_who_asks_does_not_see_the_need_of_another(sqlite_world):
    fair = sqlite_world.make_fair()
    exhibitor, enterprise = sqlite_world.make_exhibitor(fair), sqlite_world.make_enterprise()
    own = sqlite_world.make_need(sqlite_world.make_buyer(fair, enterprise))
    foreign = sqlite_world.make_need(sqlite_world.make_buyer(fair), visibility=NeedVisibility.EXHIBITORS)
    buyer = sqlite_world.sign_in_as(fair, Role.BUYER, enterprise)

    answers = [
        buyer.get(f"/SIE27/meetings/ask/{exhibitor.public_id}?need={need.public_id}").status_code
        for need in (own, foreign)
    ]

    assert answers == [200, 404]


@pytest.mark.parametrize("run", ["yesterday", "0001-01-01T00:00:00+14:00"])
def test_a_run_that_never_was_is_not_taken_back(sqlite_world, run):
    fair = sqlite_world.make_fair()
    organizer = sqlite_world.sign_in_as(fair, Role.ORGANIZER)

    assert organizer.post("/SIE27/organizer/meetings/clear", data={"run": run}).status_code == 404


def test_a_request_that_was_taken_back_can_be_made_again(world):
    fair, buyer, exhibitor = scene(world)
    old = world.make_request(buyer, exhibitor, asked_by=Side.EXHIBITOR, status=RequestStatus.WITHDRAWN)
    contact = world.sign_in_as(fair, Role.EXHIBITOR_CONTACT, exhibitor.enterprise)

    answer = contact.post(f"/SIE27/meetings/ask/{buyer.public_id}", data={"message": "Vẫn muốn gặp"})

    assert answer.status_code == 303
    db.session.refresh(old)
    assert (old.status, old.message) == ("requested", "Vẫn muốn gặp")


def test_whoever_declined_may_ask_later_but_not_whoever_was_declined(sqlite_world):
    fair, buyer, exhibitor = scene(sqlite_world)
    sqlite_world.make_request(buyer, exhibitor, asked_by=Side.EXHIBITOR, status=RequestStatus.DECLINED)
    contact = sqlite_world.sign_in_as(fair, Role.EXHIBITOR_CONTACT, exhibitor.enterprise)
    purchaser = sqlite_world.sign_in_as(fair, Role.BUYER, buyer.enterprise)

    again = contact.post(f"/SIE27/meetings/ask/{buyer.public_id}", data={"message": "Lần nữa"})
    changed_mind = purchaser.post(f"/SIE27/meetings/ask/{exhibitor.public_id}", data={"message": "Mời gặp"})

    assert (again.status_code, changed_mind.status_code) == (409, 303)
    assert db.session.scalar(sa.select(MeetingRequest.asked_by)) == "buyer"
