"""Booths go to exhibitors, once."""

import threading

import pytest
import sqlalchemy as sa

from fairapp.accounts.policy import Role
from fairapp.booths import service
from fairapp.booths.models import Allocation, Booth
from fairapp.database import db
from fairapp.errors import FairError
from fairapp.mail.models import Mail
from tests.features.threads import at_once
from tests.features.world import ACTOR


def scene(world):
    fair = world.make_fair()
    booth = world.make_booth(world.make_hall(fair))
    return fair, booth, world.make_exhibitor(fair), world.make_exhibitor(fair)


def test_an_organizer_allocates_a_booth_and_the_exhibitor_is_told(world):
    fair, _booth, exhibitor, _rival = scene(world)
    organizer = world.sign_in_as(fair, Role.ORGANIZER)

    answer = organizer.post("/SIE27/organizer/booths/A101/allocate", data={"exhibitor": exhibitor.public_id})

    assert answer.status_code == 303
    assert db.session.scalar(sa.select(Allocation.exhibitor_id)) == exhibitor.id
    assert db.session.scalar(sa.select(Mail.kind)) == "booth_allocated"
    assert exhibitor.enterprise.short_name in organizer.get("/SIE27/organizer/booths/?booth=A101").text


def test_a_booth_that_somebody_took_a_second_ago_says_who_and_when(world):
    fair, _booth, exhibitor, rival = scene(world)
    first, second = world.sign_in_as(fair, Role.ORGANIZER), world.sign_in_as(fair, Role.ORGANIZER)
    first.post("/SIE27/organizer/booths/A101/allocate", data={"exhibitor": rival.public_id})

    answer = second.post("/SIE27/organizer/booths/A101/allocate", data={"exhibitor": exhibitor.public_id})

    assert answer.status_code == 409
    assert f"Booth A101 went to {rival.enterprise.legal_name}, by Person" in answer.text


def test_of_many_who_allocate_one_booth_at_once_exactly_one_succeeds(world):
    fair, _booth, exhibitor, rival = scene(world)
    fair_id, ids = fair.id, [exhibitor.public_id, rival.public_id] * 4
    outcomes, barrier = [], threading.Barrier(len(ids))

    def try_it(public_id):
        with world.app.app_context():
            barrier.wait()
            try:
                service.allocate(fair_id, "A101", public_id, actor=ACTOR, now=world.now)
                outcomes.append("allocated")
            except FairError as error:
                outcomes.append(error.code)

    threads = [threading.Thread(target=try_it, args=(public_id,)) for public_id in ids]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["allocated", *["booth_taken"] * 7]


def test_a_released_booth_can_be_allocated_again(world):
    fair, _booth, exhibitor, rival = scene(world)
    service.allocate(fair.id, "A101", exhibitor.public_id, actor=ACTOR, now=world.now)

    service.release(fair.id, "A101", actor=ACTOR, now=world.now)
    service.allocate(fair.id, "A101", rival.public_id, actor=ACTOR, now=world.now)

    assert db.session.scalars(sa.select(Allocation.exhibitor_id)).all() == [rival.id]


@pytest.mark.parametrize("codes", [["A101"], []])
def test_choices_of_booths_are_kept_in_their_order(sqlite_world, codes):
    fair, _booth, exhibitor, _rival = scene(sqlite_world)
    service.choose(fair.id, exhibitor.enterprise_id, ["A101"], actor=ACTOR, now=sqlite_world.now)

    choices = service.choose(fair.id, exhibitor.enterprise_id, codes, actor=ACTOR, now=sqlite_world.now)

    assert [choice.rank for choice in choices] == list(range(1, len(codes) + 1))


def test_an_unknown_booth_cannot_be_chosen(sqlite_world):
    fair, _booth, exhibitor, _rival = scene(sqlite_world)
    contact = sqlite_world.sign_in_as(fair, Role.EXHIBITOR_CONTACT, exhibitor.enterprise)

    answer = contact.post("/SIE27/exhibitor/booth/", data={"choice_1": "Z999"})

    assert answer.status_code == 422
    assert "There is no booth Z999 to choose." in answer.text


@pytest.mark.parametrize("_round", range(4))
def test_a_booth_is_never_blocked_and_allocated(world, _round):
    fair, _booth, exhibitor, _rival = scene(world)
    fair_id, public_id = fair.id, exhibitor.public_id

    def decide(number):
        if number % 2:
            service.allocate(fair_id, "A101", public_id, actor=ACTOR, now=world.now)
        else:
            service.set_blocked(fair_id, "A101", blocked=True, actor=ACTOR, now=world.now)
        return "done"

    at_once(world, 6, decide)

    blocked = db.session.scalar(sa.select(Booth.blocked))
    assert (blocked, len(db.session.scalars(sa.select(Allocation.id)).all())) in [(True, 0), (False, 1)]


def test_of_two_who_release_a_booth_one_is_told_that_it_is_free(world):
    fair, _booth, exhibitor, _rival = scene(world)
    fair_id = fair.id
    service.allocate(fair_id, "A101", exhibitor.public_id, actor=ACTOR, now=world.now)

    def release(_number):
        service.release(fair_id, "A101", actor=ACTOR, now=world.now)
        return "released"

    assert sorted(at_once(world, 2, release)) == ["booth_not_allocated", "released"]
