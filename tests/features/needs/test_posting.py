"""Buyers post what they look for; exhibitors and the public read what they may."""

import pytest
import sqlalchemy as sa

from fairapp.accounts.policy import Role
from fairapp.database import db
from fairapp.needs.models import Need, NeedStatus, NeedVisibility

FORM = {
    "title_vi": "Nắp che nhựa PC/ABS",
    "title_en": "PC/ABS cover",
    "kind": "buy_part",
    "process_code": "injection_moulding",
    "material": "abs",
    "monthly_quantity": "300000",
    "target_sop": "2027-07",
    "required_certificates": ["iso_9001"],
    "visibility": "public",
    "status": "open",
}


@pytest.fixture
def buyer(world):
    return world.make_buyer(world.make_fair())


def purchaser_of(world, buyer):
    return world.sign_in_as(buyer.fair, Role.BUYER, buyer.enterprise)


def test_a_buyer_posts_a_need_and_the_public_reads_it(world, buyer):
    answer = purchaser_of(world, buyer).post("/SIE27/buyer/needs/new", data=FORM)

    need = db.session.scalar(sa.select(Need))
    assert answer.status_code == 303
    assert (need.title, need.process, need.required_certificates, need.monthly_quantity) == (
        {"vi": "Nắp che nhựa PC/ABS", "en": "PC/ABS cover"},
        "injection_moulding",
        ["iso_9001"],
        300000,
    )
    assert "PC/ABS cover" in world.visitor().get(f"/SIE27/needs/{need.public_id}/").text


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"title_vi": " ", "title_en": ""}, "title_vi", "Name it in at least one language."),
        ({"target_sop": "07/2027"}, "target_sop", "Write year and month"),
        ({"process_code": "magic"}, "process_code", ""),
        ({"monthly_quantity": "many"}, "monthly_quantity", ""),
    ],
)
def test_a_mistake_is_told_beside_its_field_and_nothing_typed_is_lost(sqlite_world, changes, field, sentence):
    buyer = sqlite_world.make_buyer(sqlite_world.make_fair())

    answer = purchaser_of(sqlite_world, buyer).post(
        "/SIE27/buyer/needs/new", data={**FORM, "description": "Sáu lỗ M3", **changes}
    )

    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert sentence in answer.text
    assert "Sáu lỗ M3" in answer.text
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Need)) == 0


def test_a_need_for_exhibitors_only_is_hidden_from_the_public(world, buyer):
    need = world.make_need(buyer, visibility=NeedVisibility.EXHIBITORS)
    exhibitor = world.make_exhibitor(buyer.fair)
    contact = world.sign_in_as(buyer.fair, Role.EXHIBITOR_CONTACT, exhibitor.enterprise)

    assert world.visitor().get(f"/SIE27/needs/{need.public_id}/").status_code == 404
    assert need.public_id not in world.visitor().get("/SIE27/needs/").text
    assert contact.get(f"/SIE27/exhibitor/needs/{need.public_id}/").status_code == 200


def test_a_buyer_changes_its_own_need_and_no_other(sqlite_world):
    fair = sqlite_world.make_fair()
    own, other = sqlite_world.make_buyer(fair), sqlite_world.make_buyer(fair)
    mine, theirs = sqlite_world.make_need(own), sqlite_world.make_need(other)
    client = purchaser_of(sqlite_world, own)

    changed = client.post(f"/SIE27/buyer/needs/{mine.public_id}/", data={**FORM, "status": "closed"})
    refused = client.post(f"/SIE27/buyer/needs/{theirs.public_id}/", data={**FORM, "status": "closed"})

    assert (changed.status_code, refused.status_code) == (303, 404)
    assert set(db.session.execute(sa.select(Need.buyer_id, Need.status))) == {
        (own.id, NeedStatus.CLOSED),
        (other.id, NeedStatus.OPEN),
    }


def test_needs_are_found_without_diacritics_and_by_the_buyers_name(world, buyer):
    world.make_need(buyer, title={"vi": "Đồ gá hút chân không"})
    world.make_need(buyer, title={"vi": "Khay PET"})
    public = world.visitor()

    assert "Đồ gá hút chân không" in public.get("/SIE27/needs/?q=do ga hut").text
    assert "Khay PET" not in public.get("/SIE27/needs/?q=do ga hut").text
    assert "Khay PET" in public.get(f"/SIE27/needs/?q={buyer.enterprise.short_name}").text
