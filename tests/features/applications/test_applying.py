"""An enterprise applies in two steps."""

import io
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from fairapp.accounts.policy import Role
from fairapp.applications.lifecycle import ApplicationStatus
from fairapp.applications.models import Application, ApplicationDraft, Submission
from fairapp.applications.service import applying
from fairapp.audit.models import AuditEntry, Consent
from fairapp.database import db
from fairapp.enterprises.models import Capability, Enterprise, Machine
from fairapp.mail.models import Mail
from tests.features.applications.filling import ENTERPRISE, OLD, PARTICIPATION, answers, apply, first, second
from tests.features.threads import at_once
from tests.features.world import ACTOR


def applications():
    return db.session.scalar(sa.select(sa.func.count()).select_from(Application))


def test_an_enterprise_applies_becomes_contact_and_gets_a_mail(world):
    fair = world.make_fair()
    client = world.sign_in(world.make_account())

    step, sent = first(client), second(client, directory="y")

    assert (step.status_code, step.location) == (303, "/SIE27/exhibitor/apply/participation")
    assert (sent.status_code, sent.location) == (303, "/SIE27/exhibitor/")
    application = db.session.scalar(sa.select(Application))
    assert (application.status, application.contact_phone, application.enterprise.tax_code) == (
        "applied",
        "+84912345678",
        "0100233488",
    )
    assert client.get("/SIE27/exhibitor/").status_code == 200
    world.run_jobs()
    mail = db.session.scalar(sa.select(Mail))
    assert (mail.to, mail.kind, mail.state, mail.fair_id) == (
        "long@dailoc.example",
        "application_received",
        "kept",
        fair.id,
    )
    assert db.session.scalars(sa.select(AuditEntry.action)).all() == ["application.apply"]
    assert db.session.scalar(sa.select(ApplicationDraft.id)) is None


def test_every_answer_reaches_the_register_the_application_and_the_submission(world):
    fair = world.make_fair()
    body = world.make_co_organizer(fair)
    client = world.sign_in(world.make_account())

    first(
        client,
        english_name="Dai Loc", phone="0222 3838 111", export_percent="35", export_markets=["JP", "KR"],
        capacity="20.000 trục", lot_sizes=["small_lot"], languages=["ja"], programs=["training_5s3d"],
        women_owned="y", revenue_band="up_to_50", supply_tier="tier2", tightest_tolerance="tol_002",
        materials=["carbon_steel"], summary_vi="Chuyên trục chính xác.",
        **{"machines-0-kind": "CNC lathe", "machines-0-maker": "Mazak", "machines-0-quantity": "3"},
        **{"certificates-0-code": "iso_9001", "certificates-0-number": "VN-77", "certificates-0-issuer": "BSI",
           "certificates-0-expires_on": "2028-05-01"},
        **{"customers-0-name": "Canon (giả lập)", "customers-0-country": "JP", "customers-0-since": "2015"},
    )  # fmt: skip
    sent = second(
        client, booth_type="raw_space", area="36", corner="y", extras=["power_3p"], co_organizer=body.public_id,
        subsidy_wanted="y", subsidy_source="Sở Công Thương", invoice_name="Công ty mẹ", invoice_tax_code="0100112437",
        seeks="Khách mua trục",
    )  # fmt: skip

    assert sent.status_code == 303
    application = db.session.scalar(sa.select(Application))
    enterprise = application.enterprise
    assert (enterprise.province, enterprise.ward, enterprise.export_markets, enterprise.phone) == (
        "24", "Phường Phương Liễu", ["JP", "KR"], "+842223838111",
    )  # fmt: skip
    assert (enterprise.women_owned, enterprise.summary, enterprise.seeks) == (
        True, {"vi": "Chuyên trục chính xác."}, "Khách mua trục",
    )  # fmt: skip
    machine = db.session.scalar(sa.select(Machine))
    assert (machine.kind, machine.maker, machine.quantity) == ("CNC lathe", "Mazak", 3)
    certificate = db.session.scalar(sa.select(Capability).where(Capability.code == "iso_9001"))
    assert (certificate.number, certificate.issuer, certificate.expires_on.isoformat()) == (
        "VN-77",
        "BSI",
        "2028-05-01",
    )
    assert [(one.name, one.public) for one in enterprise.customers] == [("Canon (giả lập)", False)]
    assert (application.area, application.corner, application.extras, application.co_organizer_id) == (
        36, True, ["power_3p"], body.id,
    )  # fmt: skip
    assert (application.subsidy_source, application.invoice_tax_code) == ("Sở Công Thương", "0100112437")
    values = db.session.scalar(sa.select(Submission)).values
    assert (values["machines"][0]["kind"], values["province"], values["area"]) == ("CNC lathe", "24", 36)


@pytest.mark.parametrize(
    ("changes", "status", "sentence", "field"),
    [
        ({"tax_code": "0100233489"}, 422, "the tenth digit does not fit", "tax_code"),
        ({"tax_code": "001099012345"}, 422, "personal id", "tax_code"),
        ({"tax_code": "12345"}, 422, "A tax code has 10 digits", "tax_code"),
        ({"legal_form": "rep_office"}, 422, "representative office", "legal_form"),
        ({"supply_kind": "trading"}, 422, "supporting industry", "supply_kind"),
        ({"province": "Atlantis"}, 422, "no province of this name", "province"),
        ({"province": ""}, 422, "Please fill this in", "province"),
        ({"ward": ""}, 422, "Please fill this in", "ward"),
        ({"ownership": ""}, 422, "Please fill this in", "ownership"),
        ({"sectors": ["rubber"]}, 422, "", "sectors"),
        ({"phone": "12"}, 422, "not a phone number", "phone"),
        ({"machines-0-maker": "Mazak"}, 422, "Please fill this in", "machines-0-kind"),
    ],
)
def test_a_mistake_is_told_beside_its_field_and_nothing_typed_is_lost(sqlite_world, changes, status, sentence, field):
    sqlite_world.make_fair()

    answer = first(sqlite_world.sign_in(sqlite_world.make_account()), **changes)

    assert answer.status_code == status
    assert f'id="{field}-error"' in answer.text
    assert sentence in answer.text
    assert 'value="KCN Quế Võ"' in answer.text


@pytest.mark.parametrize(
    ("changes", "sentence", "field"),
    [
        ({"contact_phone": "12"}, "not a phone number", "contact_phone"),
        ({"contact_email": "long"}, "not a mail address", "contact_email"),
        ({"processing": ""}, "We need this consent", "processing"),
        ({"booth_type": "raw_space", "area": "9"}, "from 18 m² on", "area"),
        ({"booth_type": "raw_space", "area": ""}, "from 18 m² on", "area"),
        ({"fascia_name": "Đ" * 31}, "30", "fascia_name"),
        ({"invoice_tax_code": "0100233489"}, "tenth digit", "invoice_tax_code"),
        ({"subsidy_wanted": "y"}, "Please fill this in", "subsidy_source"),
        ({"co_organizer": "abcdefgh2345"}, "Not a valid choice", "co_organizer"),
    ],
)
def test_a_mistake_in_the_second_step_is_told_there(sqlite_world, changes, sentence, field):
    sqlite_world.make_co_organizer(sqlite_world.make_fair())

    answer = apply(sqlite_world.sign_in(sqlite_world.make_account()), **changes)

    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert sentence in answer.text
    assert applications() == 0


def test_every_mistake_is_told_in_one_round(sqlite_world):
    sqlite_world.make_fair()
    client = sqlite_world.sign_in(sqlite_world.make_account())

    step = first(client, tax_code="0100233489", legal_form="rep_office", legal_name="", phone="12", established="x")
    last = second(
        client, contact_phone="12", invoice_tax_code="1", fascia_name="", processing="",
        scan=(io.BytesIO(b"<svg/>"), "scan.jpg"),
    )  # fmt: skip

    wrong = [
        f'id="{name}-error"' in step.text for name in ("tax_code", "legal_form", "legal_name", "phone", "established")
    ]
    assert wrong == [True] * 5
    names = ("contact_phone", "invoice_tax_code", "fascia_name", "processing", "scan")
    assert [f'id="{name}-error"' in last.text for name in names] == [True] * 5
    assert "The first step needs to be corrected." in last.text
    assert "/SIE27/exhibitor/apply#tax_code" in last.text


def test_a_foreign_enterprise_gives_its_registration_number(sqlite_world):
    sqlite_world.make_fair()

    answer = apply(
        sqlite_world.sign_in(sqlite_world.make_account()),
        country="JP", tax_code="0107-01-012345", province="", ward="",
    )  # fmt: skip

    assert answer.status_code == 303
    assert db.session.scalar(sa.select(Enterprise.tax_code)) == "0107-01-012345"


def test_a_second_application_of_the_same_tax_code_is_refused_beside_the_tax_code(world):
    world.make_fair()
    assert apply(world.sign_in(world.make_account())).status_code == 303

    answer = apply(world.sign_in(world.make_account()), legal_name="Someone else")

    assert answer.status_code == 409
    assert "has an application in this fair already" in answer.text
    assert 'id="tax_code-error"' in answer.text
    assert db.session.scalar(sa.select(Enterprise.legal_name)) == ENTERPRISE["legal_name"]


def test_an_application_after_the_deadline_is_refused_with_the_deadline_and_stays_typed(sqlite_world):
    sqlite_world.make_fair(applications_close_at=datetime(2026, 11, 20, 10, tzinfo=UTC))
    client = sqlite_world.sign_in(sqlite_world.make_account())

    answer = apply(client)

    assert answer.status_code == 409
    assert "Applications were taken until" in answer.text
    assert 'value="CƠ KHÍ ĐẠI LỘC"' in client.get("/SIE27/exhibitor/apply/participation").text


def test_whoever_withdrew_may_apply_again(sqlite_world):
    sqlite_world.make_fair()
    client = sqlite_world.sign_in(sqlite_world.make_account())
    apply(client)
    client.post("/SIE27/exhibitor/withdraw")

    answer = apply(client, where=OLD)

    assert answer.status_code == 303
    assert db.session.scalar(sa.select(Application.status)) == "applied"


def test_who_is_asked_to_complete_an_application_keeps_its_day_and_who_withdrew_does_not(sqlite_world):
    fair = sqlite_world.make_fair()
    client = sqlite_world.sign_in(sqlite_world.make_account())
    apply(client)
    first_day = db.session.scalar(sa.select(Application.applied_at))
    application = db.session.scalar(sa.select(Application))
    organizer = sqlite_world.sign_in_as(fair, Role.ORGANIZER)
    organizer.post(f"/SIE27/organizer/applications/{application.public_id}/return", data={"reason": "Thiếu dấu"})
    sqlite_world.set_clock(2027, 1, 12, 3)

    apply(client, where=OLD, processing="")
    completed = db.session.scalar(sa.select(Application.applied_at))
    client.post("/SIE27/exhibitor/withdraw")
    apply(client, where=OLD)

    assert completed == first_day
    assert db.session.scalar(sa.select(Application.applied_at)) == datetime(2027, 1, 12, 3, tzinfo=UTC)


def test_each_sending_is_kept_and_the_button_says_again(sqlite_world):
    sqlite_world.make_fair()
    client = sqlite_world.sign_in(sqlite_world.make_account())
    apply(client)

    page = client.get("/SIE27/exhibitor/application/edit/participation").text
    answer = apply(client, where=OLD, fascia_name="ĐẠI LỘC", processing="")

    assert "Send the application again" in page
    assert answer.status_code == 303
    sent = db.session.scalars(sa.select(Submission).order_by(Submission.number)).all()
    assert [(one.number, one.values["fascia_name"]) for one in sent] == [(1, "CƠ KHÍ ĐẠI LỘC"), (2, "ĐẠI LỘC")]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Consent)) == 1


def test_of_two_colleagues_who_change_an_application_the_slower_is_told(sqlite_world):
    fair = sqlite_world.make_fair()
    account = sqlite_world.make_account()
    client = sqlite_world.sign_in(account)
    apply(client)
    enterprise = db.session.scalar(sa.select(Enterprise))
    colleague = sqlite_world.sign_in_as(fair, Role.EXHIBITOR_CONTACT, enterprise)
    first(colleague, where=OLD)
    old = {"based_on": "1", "draft_version": "1"}
    assert apply(client, where=OLD, processing="").status_code == 303

    answer = second(colleague, where=OLD, **old)

    assert answer.status_code == 409
    assert "A colleague has sent this application" in answer.text


def test_a_decided_application_is_shown_and_not_changed(sqlite_world):
    fair = sqlite_world.make_fair()
    client = sqlite_world.sign_in(sqlite_world.make_account())
    apply(client)
    application = db.session.scalar(sa.select(Application))
    sqlite_world.sign_in_as(fair, Role.ORGANIZER).post(f"/SIE27/organizer/applications/{application.public_id}/accept")

    shown = client.get("/SIE27/exhibitor/application").text
    edit = client.get("/SIE27/exhibitor/application/edit")
    changed = apply(client, where=OLD, processing="")

    assert "The organizer has decided" in shown
    assert (edit.status_code, changed.status_code) == (303, 409)


def test_a_stranger_who_applies_with_a_known_tax_code_neither_rewrites_nor_reads_the_register(sqlite_world):
    fair = sqlite_world.make_fair()
    sqlite_world.make_fair("VIF27")
    enterprise = sqlite_world.make_enterprise(
        tax_code=ENTERPRISE["tax_code"], legal_name="Cơ khí Đại Lộc", representative="Bà Bí Mật",
        address="Ngõ Riêng 7", revenue_band="over_1000",
    )  # fmt: skip
    exhibitor = sqlite_world.make_exhibitor(fair, enterprise)
    sqlite_world.sign_in_as(fair, Role.EXHIBITOR_CONTACT, exhibitor.enterprise)
    stranger = sqlite_world.sign_in(sqlite_world.make_account())

    sent = apply(stranger, fair="VIF27", legal_name="Stolen")
    again = apply(stranger, fair="VIF27", where=OLD, legal_name="Stolen", processing="")
    pages = [
        stranger.get(f"/VIF27/exhibitor/{path}").text
        for path in ("", "application", "application/edit", "application/edit/participation")
    ]

    assert (sent.status_code, again.status_code) == (303, 303)
    assert db.session.scalar(sa.select(Enterprise.legal_name)) == "Cơ khí Đại Lộc"
    assert [word in "".join(pages) for word in ("Bà Bí Mật", "Ngõ Riêng 7")] == [False, False]
    assert ENTERPRISE["representative"] in pages[2]


def test_a_stranger_cannot_rewrite_an_imported_enterprise_for_which_nobody_acts(sqlite_world):
    fair = sqlite_world.make_fair()
    enterprise = sqlite_world.make_enterprise(
        tax_code=ENTERPRISE["tax_code"], legal_name="Cơ khí Đại Lộc", import_ref="B-01"
    )
    sqlite_world.make_buyer(fair, enterprise)
    stranger = sqlite_world.sign_in(sqlite_world.make_account())

    sent = apply(stranger, legal_name="Stolen")
    again = apply(stranger, where=OLD, legal_name="Stolen", processing="")

    assert (sent.status_code, again.status_code) == (303, 303)
    assert db.session.scalar(sa.select(Enterprise.legal_name)) == "Cơ khí Đại Lộc"


def test_the_contact_of_an_imported_application_corrects_the_register(sqlite_world):
    fair = sqlite_world.make_fair()
    enterprise = sqlite_world.make_enterprise(tax_code=ENTERPRISE["tax_code"], import_ref="A-01")
    sqlite_world.make_application(fair, enterprise)
    contact = sqlite_world.sign_in_as(fair, Role.EXHIBITOR_CONTACT, enterprise)

    assert apply(contact, where=OLD).status_code == 303
    assert db.session.scalar(sa.select(Enterprise.legal_name)) == ENTERPRISE["legal_name"]


def test_an_application_stays_with_its_enterprise(sqlite_world):
    sqlite_world.make_fair()
    client = sqlite_world.sign_in(sqlite_world.make_account())
    apply(client)

    answer = first(client, where=OLD, tax_code="0100112437")

    assert answer.status_code == 409
    assert "Another enterprise applies for itself" in answer.text


def test_of_some_who_apply_at_once_with_a_new_tax_code_one_is_told(world):
    fair_id = world.make_fair().id
    accounts = [world.make_account().id for _ in range(4)]

    def try_it(number):
        applying.apply(fair_id, answers(), account_id=accounts[number], language="vi", actor=ACTOR, now=world.now)
        return "applied"

    assert sorted(at_once(world, 4, try_it)) == [*["already_applied"] * 3, "applied"]


def test_one_account_acts_for_two_enterprises_and_for_no_other(sqlite_world):
    sqlite_world.make_fair()
    stranger = sqlite_world.make_enterprise()
    client = sqlite_world.sign_in(sqlite_world.make_account())
    apply(client)
    apply(client, tax_code="0100112437", legal_name="Công ty TNHH Sao Mai")
    one = db.session.scalar(sa.select(Enterprise).where(Enterprise.tax_code == ENTERPRISE["tax_code"]))

    newest = client.get("/SIE27/exhibitor/").text
    switched = client.post(f"/SIE27/exhibitor/act-for/{one.public_id}")
    refused = client.post(f"/SIE27/exhibitor/act-for/{stranger.public_id}")

    assert "<h1>Sao Mai</h1>" in newest
    assert (switched.status_code, refused.status_code) == (303, 404)
    assert "<h1>Cơ khí Đại Lộc</h1>" in client.get("/SIE27/exhibitor/").text


def test_the_desk_of_an_applicant_shows_no_door_that_is_still_closed(sqlite_world):
    fair = sqlite_world.make_fair()
    applicant, exhibitor = sqlite_world.make_application(fair), sqlite_world.make_exhibitor(fair)
    before = sqlite_world.sign_in_as(fair, Role.EXHIBITOR_CONTACT, applicant.enterprise).get("/SIE27/exhibitor/").text
    after = sqlite_world.sign_in_as(fair, Role.EXHIBITOR_CONTACT, exhibitor.enterprise).get("/SIE27/exhibitor/").text

    doors = ("/SIE27/exhibitor/profile", "/SIE27/exhibitor/staff/", "/SIE27/meetings/agenda")
    assert [door in before for door in doors] == [False, False, False]
    assert [door in after for door in doors] == [True, True, True]


@pytest.mark.parametrize("status", list(ApplicationStatus))
def test_the_overview_of_every_state_is_a_page(sqlite_world, status):
    fair = sqlite_world.make_fair()
    application = sqlite_world.make_application(fair, status=status)

    page = sqlite_world.sign_in_as(fair, Role.EXHIBITOR_CONTACT, application.enterprise).get("/SIE27/exhibitor/")

    assert page.status_code == 200


def test_the_second_step_alone_says_what_the_first_lacks(sqlite_world):
    sqlite_world.make_fair()

    answer = second(sqlite_world.sign_in(sqlite_world.make_account()))

    assert answer.status_code == 422
    assert "The first step needs to be corrected." in answer.text
    assert PARTICIPATION["fascia_name"] in answer.text


def test_lists_show_and_sort_an_enterprise_by_its_name_without_the_form_before_it(sqlite_world):
    fair = sqlite_world.make_fair()
    for number, name in (("0100233488", "Công ty TNHH Bình Minh"), ("0100112437", "Công ty Cổ phần An Phú")):
        apply(sqlite_world.sign_in(sqlite_world.make_account()), tax_code=number, legal_name=name)

    page = sqlite_world.sign_in_as(fair, Role.ORGANIZER).get("/SIE27/organizer/applications/?sort=name&order=up").text

    assert db.session.scalars(sa.select(Enterprise.short_name).order_by(Enterprise.search_text)).all() == [
        "An Phú",
        "Bình Minh",
    ]
    assert 0 < page.index("An Phú") < page.index("Bình Minh")
