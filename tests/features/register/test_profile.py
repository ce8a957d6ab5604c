"""An exhibitor's own profile: pages, two people at once, lists with a way back."""

import html
import json
import re

import pytest

from fairapp.accounts.policy import Role
from fairapp.applications.lifecycle import ApplicationStatus
from fairapp.audit.models import AuditEntry
from fairapp.database import db, transaction
from fairapp.enterprises.models import Enterprise
from fairapp.enterprises.service import sections
from fairapp.enterprises.service.shared import Change
from tests.features.threads import at_once
from tests.features.world import ACTOR

TEXTS = "/SIE27/exhibitor/profile"


@pytest.fixture
def scene(world):
    fair = world.make_fair()
    exhibitor = world.make_exhibitor(fair)
    return world, fair, exhibitor.enterprise


def contact(scene):
    world, fair, enterprise = scene
    return world.sign_in_as(fair, Role.EXHIBITOR_CONTACT, enterprise)


def form_on(page: str) -> dict:
    """Return what a browser would send of an untouched page."""
    seen = json.loads(html.unescape(re.search(r'name="seen"[^>]*value="([^"]*)"', page).group(1)))
    return {name: value for name, value in seen.items() if value not in (None, False)} | {"seen": json.dumps(seen)}


def texts(**changes) -> dict:
    return {"main_products_vi": "Trục", "main_products_en": "Shafts", **changes}


def entry(enterprise) -> Enterprise:
    return db.session.get(Enterprise, enterprise.id, populate_existing=True)


def test_texts_are_saved_in_four_languages_and_counted_as_a_change(scene):
    client = contact(scene)
    filled = texts(summary_vi="Về chúng tôi", summary_en="About us", summary_ja="会社概要", summary_ko="회사 소개")

    answer = client.post(TEXTS, data={**filled, "employees": "120", "phone": "024 3825 1234"})

    assert answer.status_code == 303
    saved = entry(scene[2])
    assert saved.summary == {"vi": "Về chúng tôi", "en": "About us", "ja": "会社概要", "ko": "회사 소개"}
    assert (saved.phone, saved.employees, saved.size) == ("+842438251234", 120, "medium")
    assert saved.version == 2
    assert saved.updated_at == scene[0].now
    assert db.session.query(AuditEntry).filter_by(action="enterprise.update").one().facts["section"] == "profile"


def test_all_mistakes_of_a_page_are_shown_in_one_round_and_nothing_typed_is_lost(scene):
    answer = contact(scene).post(
        TEXTS,
        data={"main_products_vi": "", "website": "daiphat", "employees": "0", "summary_vi": "x" * 501, "seeks": "Bạn"},
    )

    assert answer.status_code == 422
    for name in ("main_products_vi", "website", "employees", "summary_vi"):
        assert f'id="{name}-error"' in answer.text
    assert "x" * 501 in answer.text
    assert "Bạn" in answer.text
    assert entry(scene[2]).version == 1


def test_a_phone_that_is_none_is_shown_beside_its_field(scene):
    answer = contact(scene).post(TEXTS, data=texts(phone="123"))

    assert answer.status_code == 422
    assert 'id="phone-error"' in answer.text


def test_two_people_who_change_different_fields_both_get_through(scene):
    one, other = contact(scene), contact(scene)
    form = form_on(one.get(TEXTS).text)

    one.post(TEXTS, data={**form, "website": "https://one.example"})
    answer = other.post(TEXTS, data={**form, "short_name": "Trục Việt"})

    assert answer.status_code == 303
    assert (entry(scene[2]).website, entry(scene[2]).short_name) == ("https://one.example", "Trục Việt")


def test_the_second_who_changes_the_same_field_sees_both_values_and_may_insist(scene):
    one, other = contact(scene), contact(scene)
    form = form_on(one.get(TEXTS).text)
    one.post(TEXTS, data={**form, "website": "https://one.example"})
    typed = {"website": "https://other.example", "ward": "Phú Lâm"}

    answer = other.post(TEXTS, data={**form, **typed})

    assert answer.status_code == 409
    assert "saved meanwhile: https://one.example" in answer.text
    assert 'value="https://other.example"' in answer.text
    assert 'value="Phú Lâm"' in answer.text
    assert entry(scene[2]).website == "https://one.example"

    insisted = other.post(TEXTS, data={**form_on(answer.text), **typed})
    assert insisted.status_code == 303
    assert (entry(scene[2]).website, entry(scene[2]).ward) == ("https://other.example", "Phú Lâm")


def test_capabilities_keep_to_the_code_lists(scene):
    client = contact(scene)
    good = {"sectors": ["plastic_rubber"], "processes": ["injection_moulding"], "practices": ["five_s", "five_s_3d"],
            "lot_sizes": ["mass"], "languages": ["en", "ja"], "smart_factory_level": "3",
            "supply_kind": "parts_maker", "capacity": "50.000"}  # fmt: skip

    assert client.post(f"{TEXTS}/capabilities", data=good).status_code == 303
    bad = client.post(f"{TEXTS}/capabilities", data={**good, "sectors": ["nonsense"], "smart_factory_level": "9"})

    assert bad.status_code == 422
    saved = entry(scene[2])
    assert saved.codes("sector") == ["plastic_rubber"]
    assert saved.codes("practice") == ["five_s", "five_s_3d"]
    assert (saved.smart_factory_level, saved.languages, saved.lot_sizes) == (3, ["en", "ja"], ["mass"])


def test_capabilities_of_the_page_leave_certificates_alone(scene):
    world, _, enterprise = scene
    world.make_certificate(enterprise)

    contact(scene).post(f"{TEXTS}/capabilities", data={"sectors": ["plastic_rubber"], "processes": ["cnc_turning"]})

    assert entry(enterprise).codes("certificate") == ["iso_9001"]


def test_figures_take_a_comma_and_want_a_value_with_a_year(scene):
    client = contact(scene)

    client.post(
        f"{TEXTS}/figures", data={"value_on_time_delivery_percent": "97,5", "year_on_time_delivery_percent": "2026"}
    )
    refused = client.post(f"{TEXTS}/figures", data={"year_defect_rate_ppm": "2026"})

    assert refused.status_code == 422
    [figure] = entry(scene[2]).figures
    assert (figure.code, figure.value, figure.year) == ("on_time_delivery_percent", 97.5, 2026)
    client.post(f"{TEXTS}/figures", data={})
    assert entry(scene[2]).figures == []


def test_a_machine_is_added_changed_taken_off_and_put_back(scene):
    client = contact(scene)
    client.post(f"{TEXTS}/machines", data={"kind": "Máy tiện", "quantity": "2", "maker": "Mazak"})
    [machine] = entry(scene[2]).machines
    address = f"{TEXTS}/machines/{machine.public_id}"

    client.post(address, data={"kind": "Máy tiện CNC", "quantity": "3", "maker": "Mazak"})
    assert [one.kind for one in entry(scene[2]).machines] == ["Máy tiện CNC"]
    page = client.post(f"{address}/remove", follow_redirects=True).text
    assert "data-undo" in page
    assert entry(scene[2]).machines == []
    for _ in range(2):
        client.post(f"{address}/restore")
    [back] = entry(scene[2]).machines
    assert (back.kind, back.quantity, back.maker) == ("Máy tiện CNC", 3, "Mazak")


def test_pasted_rows_come_in_together_or_not_at_all(scene):
    client = contact(scene)

    bad = client.post(f"{TEXTS}/machines/paste", data={"rows": "EDM\tSodick\n\tMazak\nPhay\t\t\t1850"})
    assert bad.status_code == 422
    assert "Row 2: the type is missing" in bad.text
    assert "Row 3: the year is not one" in bad.text
    assert "EDM\tSodick" in bad.text, "what was pasted stays"
    assert entry(scene[2]).machines == []

    good = client.post(f"{TEXTS}/machines/paste", data={"rows": "Loại máy\tHãng\nEDM\tSodick\t\t2019\t2\nPhay"})
    assert good.status_code == 303
    assert [(one.kind, one.quantity) for one in entry(scene[2]).machines] == [("EDM", 2), ("Phay", 1)]


def test_a_customer_is_private_until_it_is_opened(scene):
    client = contact(scene)

    client.post(f"{TEXTS}/customers", data={"name": "Denso"})
    [customer] = entry(scene[2]).customers
    assert customer.public is False
    client.post(f"{TEXTS}/customers/{customer.public_id}", data={"name": "Denso", "public": "y"})
    assert entry(scene[2]).customers[0].public is True


def test_the_profile_says_how_complete_it_is_and_where_the_rest_is_entered(scene):
    page = contact(scene).get(TEXTS).text

    assert "is 32% complete" in page
    assert 'href="/SIE27/exhibitor/profile/products"' in page


def test_after_the_freeze_the_page_says_that_the_printed_catalogue_is_closed(scene):
    world, fair, _ = scene
    with transaction() as session:
        session.merge(fair).catalogue_freeze_at = world.now

    client = contact(scene)
    assert "printed catalogue was closed" in client.get(TEXTS).text
    assert client.post(TEXTS, data=texts(ward="Phú Lâm")).status_code == 303, "the page on the internet goes on"


def test_an_applicant_does_not_open_the_entry_of_others(world):
    fair = world.make_fair()
    enterprise = world.make_exhibitor(fair).enterprise
    world.make_member(fair, Role.EXHIBITOR_CONTACT, enterprise)
    next_fair = world.make_fair("VIF27")
    world.make_application(next_fair, enterprise, status=ApplicationStatus.APPLIED)
    stranger = world.sign_in_as(next_fair, Role.EXHIBITOR_CONTACT, enterprise)

    assert stranger.get("/VIF27/exhibitor/profile").status_code == 409
    answer = stranger.post("/VIF27/exhibitor/profile", data=texts(website="https://stolen.example"))
    assert answer.status_code == 409
    assert entry(enterprise).website == ""


def test_an_applicant_fills_in_the_entry_that_nobody_else_has(world):
    fair = world.make_fair()
    enterprise = world.make_enterprise()
    world.make_application(fair, enterprise)
    client = world.sign_in_as(fair, Role.EXHIBITOR_CONTACT, enterprise)

    assert client.post(TEXTS, data=texts(ward="Phú Lâm")).status_code == 303
    assert entry(enterprise).ward == "Phú Lâm"


def test_the_profile_is_there_again_in_the_next_fair(scene):
    world, _, enterprise = scene
    client = contact(scene)
    client.post(f"{TEXTS}/machines", data={"kind": "Máy tiện", "quantity": "2"})
    next_fair = world.make_fair("VIF28")
    world.make_exhibitor(next_fair, enterprise)

    page = world.sign_in_as(next_fair, Role.EXHIBITOR_CONTACT, enterprise).get("/VIF28/exhibitor/profile/machines").text

    assert "Máy tiện" in page


def test_of_two_who_save_at_the_same_moment_nobody_loses_a_field(scene):
    world, fair, enterprise = scene
    saved = sections.TEXTS.read(entry(enterprise))
    changes = ({"ward": "Phú Lâm"}, {"seeks": "Khách hàng"})

    def act(number: int) -> str:
        change = Change(typed={**saved, **changes[number]}, seen=saved)
        sections.save_section(enterprise.id, sections.TEXTS, change, fair_id=fair.id, actor=ACTOR, now=world.now)
        return "saved"

    assert at_once(world, 2, act) == ["saved", "saved"]
    assert (entry(enterprise).ward, entry(enterprise).seeks, entry(enterprise).version) == ("Phú Lâm", "Khách hàng", 3)


def test_of_two_who_save_the_same_field_at_the_same_moment_one_is_told(scene):
    world, fair, enterprise = scene
    saved = sections.TEXTS.read(entry(enterprise))

    def act(number: int) -> str:
        change = Change(typed={**saved, "ward": f"Phường {number}"}, seen=saved)
        sections.save_section(enterprise.id, sections.TEXTS, change, fair_id=fair.id, actor=ACTOR, now=world.now)
        return "saved"

    assert sorted(at_once(world, 2, act)) == ["profile_changed", "saved"]
