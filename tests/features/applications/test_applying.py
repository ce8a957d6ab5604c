"""An enterprise applies, an organizer decides."""

import io
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from fairapp.accounts.policy import Role
from fairapp.applications.lifecycle import ApplicationStatus
from fairapp.applications.models import Application
from fairapp.applications.service import applying
from fairapp.applications.service.applying import ApplicationData
from fairapp.audit.models import AuditEntry, Consent
from fairapp.database import db, transaction
from fairapp.enterprises.models import Enterprise
from fairapp.exhibitors.models import Exhibitor
from fairapp.files import service as files
from fairapp.mail.models import Mail
from tests.features.threads import at_once
from tests.features.world import ACTOR

FORM = {
    "legal_name": "Công ty TNHH Cơ khí Đại Lộc",
    "country": "VN",
    "tax_code": "0100233488",
    "legal_form": "llc_2",
    "representative": "Đỗ Bảo Sơn",
    "address": "Lô CN3, KCN Quế Võ",
    "province": "24",
    "employees": "86",
    "sectors": ["precision_mechanical"],
    "processes": ["cnc_turning"],
    "main_products_vi": "Trục, bạc",
    "fascia_name": "CƠ KHÍ ĐẠI LỘC",
    "contact_name": "Bùi Quốc Long",
    "contact_email": "long@dailoc.example",
    "contact_phone": "0912345678",
    "booth_type": "standard_9",
    "area": "9",
    "processing": "y",
}


def apply(client, **changes):
    return client.post("/SIE27/exhibitor/apply", data={**FORM, **changes})


def test_an_enterprise_applies_becomes_contact_and_gets_a_mail(world):
    fair = world.make_fair()
    account = world.make_account()
    client = world.sign_in(account)

    answer = apply(client)

    assert (answer.status_code, answer.location) == (303, "/SIE27/exhibitor/")
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
    consent = db.session.scalar(sa.select(Consent))
    assert (consent.purpose, consent.subject, consent.language) == ("processing", "application", "en")
    assert "keeps and uses these data" in consent.wording
    assert db.session.scalars(sa.select(AuditEntry.action)).all() == ["application.apply"]


@pytest.mark.parametrize(
    ("changes", "status", "sentence", "field"),
    [
        ({"tax_code": "0100233489"}, 422, "the tenth digit does not fit", "tax_code"),
        ({"tax_code": "001099012345"}, 422, "personal id", "tax_code"),
        ({"tax_code": "12345"}, 422, "A tax code has 10 digits", "tax_code"),
        ({"legal_form": "rep_office"}, 422, "representative office", "legal_form"),
        ({"contact_phone": "12"}, 422, "not a phone number", "contact_phone"),
        ({"contact_email": "long"}, 422, "not a mail address", "contact_email"),
        ({"processing": ""}, 422, "We need this consent", "processing"),
        ({"sectors": ["precision_mechanical"] * 1 + ["rubber"]}, 422, "", "sectors"),
    ],
)
def test_a_mistake_is_told_beside_its_field_and_nothing_typed_is_lost(sqlite_world, changes, status, sentence, field):
    sqlite_world.make_fair()

    answer = apply(sqlite_world.sign_in(sqlite_world.make_account()), **changes)

    assert answer.status_code == status
    assert f'id="{field}-error"' in answer.text
    assert sentence in answer.text
    assert 'value="CƠ KHÍ ĐẠI LỘC"' in answer.text
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Application)) == 0


def test_a_foreign_enterprise_gives_its_registration_number(sqlite_world):
    sqlite_world.make_fair()

    answer = apply(
        sqlite_world.sign_in(sqlite_world.make_account()), country="JP", tax_code="0107-01-012345", province=""
    )

    assert answer.status_code == 303
    assert db.session.scalar(sa.select(Enterprise.tax_code)) == "0107-01-012345"


def test_a_second_application_of_the_same_tax_code_is_refused_beside_the_tax_code(world):
    world.make_fair()
    assert apply(world.sign_in(world.make_account())).status_code == 303

    answer = apply(world.sign_in(world.make_account()), legal_name="Someone else")

    assert answer.status_code == 409
    assert "has an application in this fair already" in answer.text
    assert db.session.scalar(sa.select(Enterprise.legal_name)) == FORM["legal_name"]


def test_an_application_after_the_deadline_is_refused_with_the_deadline(sqlite_world):
    sqlite_world.make_fair(applications_close_at=datetime(2026, 11, 20, 10, tzinfo=UTC))

    answer = apply(sqlite_world.sign_in(sqlite_world.make_account()))

    assert answer.status_code == 409
    assert "Applications were taken until" in answer.text
    assert 'value="CƠ KHÍ ĐẠI LỘC"' in answer.text


def test_an_upload_is_what_its_content_says(sqlite_world):
    sqlite_world.make_fair()
    client = sqlite_world.sign_in(sqlite_world.make_account())
    lie = (io.BytesIO(b"MZ this is a program"), "scan.pdf")

    answer = apply(client, scan=lie)

    assert answer.status_code == 415
    assert 'id="scan-error"' in answer.text
    assert "not what its name says" in answer.text


def test_whoever_chose_a_file_is_told_to_choose_it_again_when_something_else_was_wrong(sqlite_world):
    sqlite_world.make_fair()
    client = sqlite_world.sign_in(sqlite_world.make_account())
    scan = (io.BytesIO(b"%PDF-1.7"), "scan.pdf")

    with_file = apply(client, tax_code="0100233489", scan=scan)
    without = apply(client, tax_code="0100233489")

    assert "choose it once more" in with_file.text
    assert "choose it once more" not in without.text


def organizer_and_application(world):
    fair = world.make_fair()
    application = world.make_application(fair)
    return world.sign_in_as(fair, Role.ORGANIZER), f"/SIE27/organizer/applications/{application.public_id}"


def test_an_organizer_accepts_and_the_enterprise_is_an_exhibitor(world):
    organizer, page = organizer_and_application(world)

    answer = organizer.post(f"{page}/accept")

    assert answer.status_code == 303
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Exhibitor)) == 1
    assert db.session.scalar(sa.select(Mail.kind)) == "application_accepted"


def test_accepting_twice_says_that_it_was_decided(world):
    organizer, page = organizer_and_application(world)
    organizer.post(f"{page}/accept")

    answer = organizer.post(f"{page}/accept")

    assert answer.status_code == 409
    assert "decided in the meantime" in answer.text
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Exhibitor)) == 1


def test_a_rejection_needs_a_reason_which_the_enterprise_reads(sqlite_world):
    organizer, page = organizer_and_application(sqlite_world)

    assert organizer.post(f"{page}/reject", data={"reason": "  "}).status_code == 422
    assert organizer.post(f"{page}/reject", data={"reason": "Ngành không thuộc hội chợ."}).status_code == 303

    sqlite_world.run_jobs()
    assert "Ngành không thuộc hội chợ." in db.session.scalar(sa.select(Mail.body))


def test_a_rejection_can_be_taken_back(sqlite_world):
    organizer, page = organizer_and_application(sqlite_world)
    organizer.post(f"{page}/reject", data={"reason": "x"})

    assert organizer.post(f"{page}/reopen").status_code == 303
    assert db.session.scalar(sa.select(Application.status)) == "applied"


def test_the_queue_finds_names_without_diacritics(world):
    fair = world.make_fair()
    world.make_application(fair, world.make_enterprise(legal_name="Đại Lộc", short_name="Đại Lộc"))
    world.make_application(fair, world.make_enterprise(legal_name="Sao Mai", short_name="Sao Mai"))
    organizer = world.sign_in_as(fair, Role.ORGANIZER)

    page = organizer.get("/SIE27/organizer/applications/?q=dai").text

    assert "Đại Lộc" in page
    assert "Sao Mai" not in page


@pytest.mark.parametrize("number", [1, 3])
def test_the_queue_costs_the_same_for_one_application_or_many(sqlite_world, number):
    fair = sqlite_world.make_fair()
    for _ in range(number):
        sqlite_world.make_application(fair)
    organizer = sqlite_world.sign_in_as(fair, Role.ORGANIZER)
    statements = []
    with sqlite_world.app.app_context():
        engine = db.engine
    sa.event.listen(engine, "before_cursor_execute", lambda *args: statements.append(args[2]))

    organizer.get("/SIE27/organizer/applications/")

    selects = [one for one in statements if one.startswith("SELECT")]
    assert len(selects) == 8, selects


def test_the_exported_workbook_holds_text_and_no_formula(sqlite_world):
    import zipfile

    fair = sqlite_world.make_fair()
    sqlite_world.make_application(fair, sqlite_world.make_enterprise(legal_name="=1+1", short_name="x"))
    organizer = sqlite_world.sign_in_as(fair, Role.ORGANIZER)

    answer = organizer.get("/SIE27/organizer/applications.xlsx")

    book = zipfile.ZipFile(io.BytesIO(answer.data))
    assert "&apos;=1+1" in book.read("xl/sharedStrings.xml").decode().replace("'", "&apos;")
    assert "<f>" not in book.read("xl/worksheets/sheet1.xml").decode()


def test_whoever_withdrew_may_apply_again(sqlite_world):
    sqlite_world.make_fair()
    client = sqlite_world.sign_in(sqlite_world.make_account())
    apply(client)
    client.post("/SIE27/exhibitor/withdraw")

    answer = client.post("/SIE27/exhibitor/application", data=FORM)

    assert answer.status_code == 303
    assert db.session.scalar(sa.select(Application.status)) == "applied"


def test_a_stranger_who_applies_with_a_known_tax_code_cannot_rewrite_the_register(sqlite_world):
    fair = sqlite_world.make_fair()
    sqlite_world.make_fair("VIF27")
    enterprise = sqlite_world.make_enterprise(tax_code=FORM["tax_code"], legal_name="Cơ khí Đại Lộc")
    exhibitor = sqlite_world.make_exhibitor(fair, enterprise)
    sqlite_world.sign_in_as(fair, Role.EXHIBITOR_CONTACT, exhibitor.enterprise)
    stranger = sqlite_world.sign_in(sqlite_world.make_account())

    first = stranger.post("/VIF27/exhibitor/apply", data={**FORM, "legal_name": "Stolen"})
    again = stranger.post("/VIF27/exhibitor/application", data={**FORM, "legal_name": "Stolen"})

    assert (first.status_code, again.status_code) == (303, 303)
    assert db.session.scalar(sa.select(Enterprise.legal_name)) == "Cơ khí Đại Lộc"


def test_a_stranger_cannot_rewrite_an_imported_enterprise_for_which_nobody_acts(sqlite_world):
    fair = sqlite_world.make_fair()
    enterprise = sqlite_world.make_enterprise(tax_code=FORM["tax_code"], legal_name="Cơ khí Đại Lộc", import_ref="B-01")
    sqlite_world.make_buyer(fair, enterprise)
    stranger = sqlite_world.sign_in(sqlite_world.make_account())

    first = apply(stranger, legal_name="Stolen")
    again = stranger.post("/SIE27/exhibitor/application", data={**FORM, "legal_name": "Stolen"})

    assert (first.status_code, again.status_code) == (303, 303)
    assert db.session.scalar(sa.select(Enterprise.legal_name)) == "Cơ khí Đại Lộc"


def test_the_contact_of_an_imported_application_corrects_the_register(sqlite_world):
    fair = sqlite_world.make_fair()
    enterprise = sqlite_world.make_enterprise(tax_code=FORM["tax_code"], import_ref="A-01")
    sqlite_world.make_application(fair, enterprise)
    contact = sqlite_world.sign_in_as(fair, Role.EXHIBITOR_CONTACT, enterprise)

    assert contact.post("/SIE27/exhibitor/application", data=FORM).status_code == 303
    assert db.session.scalar(sa.select(Enterprise.legal_name)) == FORM["legal_name"]


@pytest.mark.parametrize("status", ["applied", "returned", "waiting_list", "withdrawn"])
def test_only_a_rejection_is_taken_back(sqlite_world, status):
    fair = sqlite_world.make_fair()
    application = sqlite_world.make_application(fair, status=ApplicationStatus(status))
    organizer = sqlite_world.sign_in_as(fair, Role.ORGANIZER)

    answer = organizer.post(f"/SIE27/organizer/applications/{application.public_id}/reopen")

    assert answer.status_code == 409
    assert db.session.scalar(sa.select(Application.status)) == status


def test_of_two_who_apply_at_once_with_a_new_tax_code_one_is_told(world):
    fair_id = world.make_fair().id
    accounts = [world.make_account().id for _ in range(4)]
    data = ApplicationData(
        legal_name="Cơ khí Đại Lộc", english_name="", country="VN", tax_code=FORM["tax_code"], legal_form="llc_2",
        representative="Đỗ Bảo Sơn", representative_title="", address="KCN Quế Võ", province="24", website="",
        employees=86, established=None, sectors=["rubber"], processes=["cnc_turning"], main_products={"vi": "Trục"},
        fascia_name="ĐẠI LỘC", contact_name="Long", contact_title="", contact_email="long@dailoc.example",
        contact_phone="0912345678", booth_type="standard_9", area=9, message="",
    )  # fmt: skip

    def try_it(number):
        applying.apply(fair_id, data, account_id=accounts[number], language="vi", actor=ACTOR, now=world.now)
        return "applied"

    assert sorted(at_once(world, 4, try_it)) == [*["already_applied"] * 3, "applied"]


def test_a_line_break_in_the_name_of_an_upload_does_not_end_a_header(world):
    organizer, page = organizer_and_application(world)
    with transaction() as session:
        application = session.scalars(sa.select(Application)).one()
        application.scan = files.store(
            session, b"%PDF", name="a\r\nSet-Cookie: b\0.pdf", content_type="application/pdf",
            fair_id=application.fair_id, now=world.now,
        )  # fmt: skip

    answer = organizer.get(f"{page}/scan")

    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="aSet-Cookie: b.pdf"')


def test_one_account_acts_for_two_enterprises_and_for_no_other(sqlite_world):
    sqlite_world.make_fair()
    stranger = sqlite_world.make_enterprise()
    client = sqlite_world.sign_in(sqlite_world.make_account())
    apply(client)
    apply(client, tax_code="0100112437", legal_name="Công ty TNHH Sao Mai")
    first = db.session.scalar(sa.select(Enterprise).where(Enterprise.tax_code == FORM["tax_code"]))

    newest = client.get("/SIE27/exhibitor/").text
    switched = client.post(f"/SIE27/exhibitor/act-for/{first.public_id}")
    refused = client.post(f"/SIE27/exhibitor/act-for/{stranger.public_id}")

    assert "<h1>Công ty TNHH Sao Mai</h1>" in newest
    assert (switched.status_code, refused.status_code) == (303, 404)
    assert f"<h1>{FORM['legal_name']}</h1>" in client.get("/SIE27/exhibitor/").text


def test_the_desk_of_an_applicant_shows_no_door_that_is_still_closed(sqlite_world):
    fair = sqlite_world.make_fair()
    applicant, exhibitor = sqlite_world.make_application(fair), sqlite_world.make_exhibitor(fair)
    before = sqlite_world.sign_in_as(fair, Role.EXHIBITOR_CONTACT, applicant.enterprise).get("/SIE27/exhibitor/").text
    after = sqlite_world.sign_in_as(fair, Role.EXHIBITOR_CONTACT, exhibitor.enterprise).get("/SIE27/exhibitor/").text

    doors = ("/SIE27/exhibitor/profile", "/SIE27/exhibitor/staff/", "/SIE27/meetings/agenda")
    assert [door in before for door in doors] == [False, False, False]
    assert [door in after for door in doors] == [True, True, True]
