"""Consents with proof, messages, applying again, twins, and who may apply."""

import pytest
import sqlalchemy as sa

from fairapp.accounts.policy import Role
from fairapp.applications.models import Application, ApplicationDraft, Remark, RemarkKind
from fairapp.audit.models import Consent
from fairapp.database import db, transaction
from fairapp.enterprises.models import Enterprise
from fairapp.exhibitors.models import Exhibitor
from fairapp.fairs.models import Fair
from fairapp.mail.models import Mail
from tests.features.applications.filling import ENTERPRISE, apply, first
from tests.features.threads import at_once

GIVE, WITHDRAW = "/SIE27/exhibitor/application/consents/give", "/SIE27/exhibitor/application/consents/withdraw"
ELIGIBILITY = "/SIE27/organizer/set-up/eligibility"


def applicant(world, **changes):
    world.make_fair()
    client = world.sign_in(world.make_account())
    apply(client, **changes)
    return client


def test_each_consent_is_kept_with_its_words_language_and_time(world):
    applicant(world, directory="y", story="y")

    proofs = db.session.scalars(sa.select(Consent).order_by(Consent.id)).all()
    assert [(one.purpose, one.language, one.subject, one.ip) for one in proofs] == [
        ("processing", "en", "application", "127.0.0.1"),
        ("directory", "en", "application", "127.0.0.1"),
        ("story", "en", "application", "127.0.0.1"),
    ]
    assert "keeps and uses these data" in proofs[0].wording
    assert {one.given_at for one in proofs} == {world.now}


def test_a_consent_is_withdrawn_and_given_again_and_every_proof_stays(world):
    client = applicant(world, news="y")

    withdrawn = client.post(WITHDRAW, data={"purpose": "news"})
    page = client.get("/SIE27/exhibitor/application").text
    client.post(GIVE, data={"purpose": "news"})

    assert withdrawn.status_code == 303
    assert "Withdrawn" in page
    proofs = db.session.scalars(sa.select(Consent).where(Consent.purpose == "news").order_by(Consent.id)).all()
    assert [one.withdrawn_at is None for one in proofs] == [False, True]


def test_a_consent_that_was_not_given_cannot_be_withdrawn_and_the_needed_one_not_alone(sqlite_world):
    client = applicant(sqlite_world)

    answers = [client.post(WITHDRAW, data={"purpose": one}).status_code for one in ("news", "processing", "souls")]

    assert answers == [404, 409, 400]


@pytest.mark.parametrize("directory", ["y", ""])
def test_the_directory_lists_an_exhibitor_as_its_consent_says(world, directory):
    client = applicant(world, directory=directory)
    application = db.session.scalar(sa.select(Application))
    organizer = world.sign_in_as(application.fair, Role.ORGANIZER)

    organizer.post(f"/SIE27/organizer/applications/{application.public_id}/accept")
    listed = db.session.scalar(sa.select(Exhibitor.listed))
    client.post(GIVE, data={"purpose": "directory"})
    after = db.session.scalar(sa.select(Exhibitor.listed))
    client.post(WITHDRAW, data={"purpose": "directory"})

    assert (listed, after, db.session.scalar(sa.select(Exhibitor.listed))) == (bool(directory), True, False)


def test_messages_go_both_ways_and_notes_stay_with_the_organizer(world):
    client = applicant(world)
    application = db.session.scalar(sa.select(Application))
    for kind, text in ((RemarkKind.NOTE, "Nghi ngờ"), (RemarkKind.TO_EXHIBITOR, "Xin bổ sung giấy phép")):
        with transaction() as session:
            session.add(
                Remark(application_id=application.id, kind=kind, text=text, author="Ban tổ chức", written_at=world.now)
            )

    overview = client.get("/SIE27/exhibitor/").text
    page = client.get("/SIE27/exhibitor/messages").text
    sent = client.post("/SIE27/exhibitor/messages", data={"text": "Đã gửi qua thư"})

    assert ["Xin bổ sung giấy phép" in overview, "Read 1 new message" in overview] == [True, True]
    assert ["Nghi ngờ" in text for text in (overview, page)] == [False, False]
    assert sent.status_code == 303
    assert "Đã gửi qua thư" in client.get("/SIE27/exhibitor/messages").text
    assert db.session.scalar(sa.select(Remark.read_at).where(Remark.kind == RemarkKind.TO_EXHIBITOR)) is not None


def test_an_empty_message_is_refused_beside_its_field(sqlite_world):
    answer = applicant(sqlite_world).post("/SIE27/exhibitor/messages", data={"text": " "})

    assert (answer.status_code, 'id="text-error"' in answer.text) == (422, True)


def test_a_message_reaches_the_organizer_by_mail(sqlite_world):
    sqlite_world.make_fair(contact_email="desk@fair.example")
    client = sqlite_world.sign_in(sqlite_world.make_account())
    apply(client)

    client.post("/SIE27/exhibitor/messages", data={"text": "Xin hỏi về điện 3 pha"})

    sqlite_world.run_jobs()
    mail = db.session.scalar(sa.select(Mail).where(Mail.to == "desk@fair.example"))
    assert "Xin hỏi về điện 3 pha" in mail.body


def earlier(world):
    """Return an account whose enterprise was at an earlier fair."""
    fair = world.make_fair("OLD26")
    enterprise = world.make_enterprise(
        tax_code=ENTERPRISE["tax_code"], legal_name="Cơ khí Đại Lộc", legal_form="llc_2", ownership="private_vn",
        established=2008, employees=86, representative="Đỗ Bảo Sơn", representative_title="Giám đốc", address="Lô CN3",
        ward="Phương Liễu", province="24", supply_kind="parts_maker",
    )  # fmt: skip
    world.make_exhibitor(fair, enterprise, contact_phone="+84912345678")
    return world.make_member(fair, Role.EXHIBITOR_CONTACT, enterprise), enterprise


def test_whoever_was_at_a_fair_applies_again_with_one_click(world):
    account, enterprise = earlier(world)
    world.make_fair()
    client = world.sign_in(account)

    page = client.get("/SIE27/exhibitor/apply").text
    answer = client.post("/SIE27/exhibitor/apply/again", data={"enterprise": enterprise.public_id})

    assert "Apply again with" in page
    assert (answer.status_code, answer.location) == (303, "/SIE27/exhibitor/apply/participation")
    filled = client.get("/SIE27/exhibitor/apply").text
    assert ['value="Cơ khí Đại Lộc"' in filled, 'value="Đỗ Bảo Sơn"' in filled] == [True, True]
    assert db.session.scalar(sa.select(ApplicationDraft)).values["participation"]["contact_name"] == ["Bùi Quốc Long"]


def test_nobody_applies_again_with_the_enterprise_of_another(sqlite_world):
    _account, enterprise = earlier(sqlite_world)
    sqlite_world.make_fair()
    stranger = sqlite_world.sign_in(sqlite_world.make_account())

    answer = stranger.post("/SIE27/exhibitor/apply/again", data={"enterprise": enterprise.public_id})

    assert answer.status_code == 404
    assert "Apply again" not in stranger.get("/SIE27/exhibitor/apply").text


def test_applying_again_does_not_overwrite_another_window(sqlite_world):
    account, enterprise = earlier(sqlite_world)
    sqlite_world.make_fair()
    client = sqlite_world.sign_in(account)
    first(client, legal_name="Typed already", tax_code="x")

    answer = client.post("/SIE27/exhibitor/apply/again", data={"enterprise": enterprise.public_id})

    assert answer.status_code == 409
    assert 'value="Typed already"' in client.get("/SIE27/exhibitor/apply").text


def test_another_enterprise_of_the_same_name_and_province_is_a_warning_that_may_be_confirmed(world):
    world.make_fair()
    world.make_enterprise(legal_name="CTY CP CO KHI DAI LOC", province="24", tax_code="0100112437")
    client = world.sign_in(world.make_account())

    warned = first(client)
    confirmed = apply(client, distinct="y")

    assert warned.status_code == 409
    assert ["CTY CP CO KHI DAI LOC" in warned.text, 'name="distinct"' in warned.text] == [True, True]
    assert confirmed.status_code == 303
    assert db.session.scalar(sa.select(Application)).submissions[0].values["distinct"] is True


def test_a_branch_of_a_known_enterprise_is_a_warning_too(sqlite_world):
    sqlite_world.make_fair()
    sqlite_world.make_enterprise(legal_name="Another name", province="01", tax_code=ENTERPRISE["tax_code"])

    warned = first(sqlite_world.sign_in(sqlite_world.make_account()), tax_code=f"{ENTERPRISE['tax_code']}-001")

    assert (warned.status_code, "Another name" in warned.text) == (409, True)


def rules(client):
    import re

    return re.search(r'name="version" type="hidden" value="(\d+)"', client.get(ELIGIBILITY).text)[1]


def test_the_organizer_sets_who_may_apply_and_the_next_applicant_is_told(world):
    fair = world.make_fair()
    organizer = world.sign_in_as(fair, Role.ORGANIZER)

    saved = organizer.post(
        ELIGIBILITY, data={"version": rules(organizer), "sectors": ["plastic_rubber"], "years": "30", "employees": ""}
    )
    refused = first(world.sign_in(world.make_account()))

    assert saved.status_code == 303
    assert refused.status_code == 422
    assert ['id="sectors-error"' in refused.text, 'id="established-error"' in refused.text] == [True, True]


def test_a_fair_without_rules_shows_the_usual_ones(sqlite_world):
    page = sqlite_world.sign_in_as(sqlite_world.make_fair(), Role.ORGANIZER).get(ELIGIBILITY).text

    assert ['checked id="supply_kinds-0"' in page, 'value="parts_maker"' in page] == [True, True]


def test_of_two_organizers_who_set_the_rules_at_once_the_slower_is_told(world):
    fair_id = world.make_fair().id
    fair = db.session.get(Fair, fair_id)
    clients = [world.sign_in_as(fair, Role.ORGANIZER) for _ in range(2)]
    version = rules(clients[0])

    def save(number):
        return clients[number].post(ELIGIBILITY, data={"version": version, "years": str(number)}).status_code

    assert sorted(at_once(world, 2, save)) == [303, 409]


def test_an_invitation_link_names_the_body_that_sends(sqlite_world):
    fair = sqlite_world.make_fair()
    body = sqlite_world.make_co_organizer(fair, invitation="secret-link")
    client = sqlite_world.sign_in(sqlite_world.make_account())

    page = client.get("/SIE27/exhibitor/apply/participation?invitation=secret-link").text

    assert f'selected value="{body.public_id}"' in page
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Enterprise)) == 0


def test_the_organizer_lists_nobody_who_took_the_consent_back_and_no_other_consent_lists(world):
    client = applicant(world, directory="y")
    application = db.session.scalar(sa.select(Application))
    organizer = world.sign_in_as(db.session.scalar(sa.select(Fair)), Role.ORGANIZER)
    organizer.post(f"/SIE27/organizer/applications/{application.public_id}/accept")
    page = f"/SIE27/organizer/exhibitors/{db.session.scalar(sa.select(Exhibitor.public_id))}"

    organizer.post(f"{page}/unlist")
    client.post(GIVE, data={"purpose": "story"})
    assert db.session.scalar(sa.select(Exhibitor.listed)) is False

    client.post(WITHDRAW, data={"purpose": "directory"})
    assert organizer.post(f"{page}/list").status_code == 409
    assert db.session.scalar(sa.select(Exhibitor.listed)) is False

    client.post(GIVE, data={"purpose": "directory"})
    assert db.session.scalar(sa.select(Exhibitor.listed)) is True
