"""What everybody finds on the public pages of a fair."""

import re
from datetime import timedelta

import pytest

from fairapp.accounts.policy import Role
from fairapp.booths import service as booths
from fairapp.booths.models import Hold
from fairapp.database import transaction
from tests.features.world import ACTOR


def test_a_link_to_a_booth_opens_its_hall_and_names_who_is_there(world):
    fair = world.make_fair()
    world.make_booth(world.make_hall(fair, "A"), "A101")
    booth = world.make_booth(world.make_hall(fair, "3"), "3.A12")
    exhibitor = world.make_exhibitor(fair)
    booths.allocate(fair.id, booth.code, exhibitor.public_id, actor=ACTOR, now=world.now)

    page = world.visitor().get("/SIE27/floor-plan/?booth=3.A12").text

    assert 'data-booth="3.A12" aria-current="true"' in page
    assert 'data-booth="A101"' not in page
    assert page.count(exhibitor.enterprise.short_name) >= 2


def test_the_public_is_not_told_for_whom_a_booth_is_held(world):
    fair = world.make_fair()
    booth, exhibitor = world.make_booth(world.make_hall(fair)), world.make_exhibitor(fair)
    until = world.now + timedelta(days=1)
    with transaction() as session:
        session.add(Hold(booth_id=booth.id, exhibitor_id=exhibitor.id, held_at=world.now, expires_at=until))

    page = world.visitor().get("/SIE27/floor-plan/").text

    assert "A101 · Held" in page
    assert exhibitor.enterprise.short_name not in page


def test_whoever_wants_to_exhibit_is_shown_the_next_door(world):
    fair = world.make_fair()
    newcomer, known = world.visitor(), world.sign_in(world.make_account())
    contact = world.sign_in_as(fair, Role.EXHIBITOR_CONTACT, world.make_exhibitor(fair).enterprise)

    assert "/account/sign-up?next=/SIE27/exhibitor/apply" in newcomer.get("/SIE27/exhibit").text
    assert 'href="/SIE27/exhibitor/apply"' in known.get("/SIE27/exhibit").text
    assert 'href="/SIE27/exhibitor/"' in contact.get("/SIE27/exhibit").text


def test_after_the_deadline_nobody_is_sent_to_apply(world):
    world.make_fair(applications_close_at=world.now - timedelta(minutes=1))

    page = world.visitor().get("/SIE27/exhibit").text

    assert "Applications are closed." in page
    assert "/exhibitor/apply" not in page


def test_signing_up_on_the_way_to_apply_leads_to_the_mail_first(world):
    world.make_fair()
    client = world.visitor()

    page = client.get("/account/sign-up?next=/SIE27/exhibitor/apply").text
    assert 'name="next"' not in page.partition("<main")[2]
    action = re.search(r'<form class="form" action="([^"]+)"', page)[1]

    answer = client.post(
        action,
        data={
            "full_name": "Trần Thị Lan",
            "email": "lan@coky.example",
            "password": "hoi-cho-2027-thu",
            "password_confirm": "hoi-cho-2027-thu",
        },
    )

    assert answer.location == "/account/check-mail"


@pytest.mark.parametrize(
    "path", ["/SIE27/", "/SIE27/exhibit", "/SIE27/floor-plan/", "/SIE27/exhibitors/", "/SIE27/needs/"]
)
def test_a_fair_with_nothing_in_it_still_shows_its_pages(world, path):
    world.make_fair()

    assert world.visitor().get(path).status_code == 200
