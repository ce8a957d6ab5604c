"""A list of exhibitors comes into a fair: the good rows are taken, the bad ones go back with the reason."""

import io

import pytest
from python_calamine import CalamineWorkbook

from fairapp.accounts.policy import Role
from fairapp.applications.lifecycle import ApplicationStatus
from fairapp.applications.models import Application
from fairapp.audit.models import AuditEntry, Consent
from fairapp.database import db, transaction
from fairapp.enterprises.models import Capability, CapabilityKind, Enterprise
from fairapp.enterprises.tax_code import check_digit
from fairapp.exhibitors.models import Exhibitor
from fairapp.imports import queries
from fairapp.imports.models import ImportRun
from fairapp.imports.service import runs
from fairapp.mail.models import Mail
from tests.features.world import ACTOR

DESK = "/SIE27/organizer/exhibitors/import"
HEAD = "Mã;MST;Tên doanh nghiệp;Người liên hệ;Email;Điện thoại;Tỉnh;Ngành;Công đoạn"


def tax_code(number: int) -> str:
    digits = f"00{number:07}"
    while check_digit(digits) is None:
        digits = f"{int(digits) + 10_000:09}"
    return f"{digits}{check_digit(digits)}"


def line(number: int, *, name: str = "", ref: str = "", tax: str = "", email: str = "lan@co.example") -> str:
    name = name or f"Cơ khí {number}"
    return f"{ref};{tax or tax_code(number)};{name};Lan;{email};0950123456;Hải Dương;precision_mechanical;Tiện CNC"


def upload(client, *lines: str, head: str = HEAD):
    content = "\n".join([head, *lines]).encode("utf-8-sig")
    return client.post(f"{DESK}/", data={"file": (io.BytesIO(content), "list.csv")})


def last_run() -> ImportRun:
    db.session.rollback()
    return db.session.query(ImportRun).order_by(ImportRun.id.desc()).first()


def try_it(world, client, *, become: str = "exhibitors", fields: list[str] | None = None) -> ImportRun:
    run = last_run()
    chosen = fields or [run.mapping.get(title, "") for title in run.head]
    answer = client.post(f"{DESK}/{run.public_id}/try", data={"field": chosen, "become": become})
    assert answer.status_code == 303
    world.run_jobs()
    return last_run()


def take_it(world, client) -> ImportRun:
    assert client.post(f"{DESK}/{last_run().public_id}/take").status_code == 303
    world.run_jobs()
    return last_run()


def bring(world, client, *lines: str, become: str = "exhibitors", head: str = HEAD) -> ImportRun:
    assert upload(client, *lines, head=head).status_code == 303
    try_it(world, client, become=become)
    return take_it(world, client)


@pytest.fixture
def fair(world):
    return world.make_fair()


@pytest.fixture
def organizer(world, fair):
    return world.sign_in_as(fair, Role.ORGANIZER)


def test_of_307_rows_the_300_good_ones_are_imported_and_the_7_bad_ones_come_back_with_the_reason(
    world, fair, organizer
):
    good = [line(number) for number in range(300)]
    bad = [
        line(900, tax="0012345673"),
        line(901, email="nobody"),
        line(902).replace("Hải Dương", "Atlantis"),
        line(903).replace("Tiện CNC", "Tiện CNC|phép thuật"),
        line(904).replace("0950123456", "12"),
        line(0, name="Trùng"),
        line(905).replace(tax_code(905), ""),
    ]
    upload(organizer, *good[:150], *bad, *good[150:])

    tried = try_it(world, organizer)
    assert tried.tried["counts"] == {"created": 300, "refused": 7}
    assert db.session.query(Exhibitor).count() == 0

    run = take_it(world, organizer)
    assert run.tried["taken"]["counts"] == {"created": 300, "refused": 7}
    assert db.session.query(Exhibitor).filter_by(fair_id=fair.id).count() == 300
    answer = organizer.get(f"{DESK}/{run.public_id}/errors.xlsx")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.data)).get_sheet_by_index(0).to_python()
    assert rows[0] == [*HEAD.split(";"), "What is wrong"]
    assert [row[2] for row in rows[1:]] == [f"Cơ khí {number}" for number in range(900, 905)] + ["Trùng", "Cơ khí 905"]
    reasons = [row[-1] for row in rows[1:]]
    assert reasons[1] == "Mail address of the contact: not a mail address"
    assert reasons[2] == "Province: “Atlantis” is not in the list"
    assert reasons[5] == "The same enterprise is in row 2 already."
    assert reasons[6] == "There is neither a tax code nor an external id."


def test_a_new_row_becomes_an_exhibitor_with_its_contact_profile_and_application(world, fair, organizer):
    bring(world, organizer, line(1, ref="DN-1"))

    exhibitor = db.session.query(Exhibitor).one()
    assert exhibitor.external_ref == "DN-1"
    assert (exhibitor.contact_name, exhibitor.contact_email) == ("Lan", "lan@co.example")
    assert exhibitor.contact_phone == "+84950123456"
    assert exhibitor.enterprise.province == "31"
    assert exhibitor.enterprise.codes("process") == ["cnc_turning"]
    application = db.session.query(Application).one()
    assert (application.status, application.exhibitor_id) == (ApplicationStatus.ACCEPTED, exhibitor.id)
    assert db.session.query(Mail).count() == 0


def test_new_rows_may_become_applications_to_decide(world, fair, organizer):
    run = bring(world, organizer, line(1), line(2), become="applications")

    assert run.tried["taken"]["counts"] == {"created": 2}
    assert db.session.query(Exhibitor).count() == 0
    assert [one.status for one in db.session.query(Application)] == [ApplicationStatus.APPLIED] * 2
    again = bring(world, organizer, line(1), line(2), become="applications")
    assert again.tried["taken"]["counts"] == {"unchanged": 2}


def test_the_same_list_again_changes_nothing_and_a_changed_cell_only_itself(world, fair, organizer):
    bring(world, organizer, line(1, ref="A"), line(2, ref="B"))
    with transaction() as session:
        enterprise = session.query(Enterprise).filter_by(tax_code=tax_code(1)).one()
        enterprise.short_name, enterprise.main_products = "Của mình", {"vi": "Trục"}

    run = bring(world, organizer, line(1, ref="A"), line(2, ref="B", name="Tên Mới"))

    assert run.tried["taken"]["counts"] == {"unchanged": 1, "changed": 1}
    first, second = db.session.query(Enterprise).order_by(Enterprise.tax_code)
    assert (first.short_name, first.main_products) == ("Của mình", {"vi": "Trục"})
    assert second.legal_name == "Tên Mới"


def test_an_empty_cell_takes_nothing_away(world, fair, organizer):
    bring(world, organizer, line(1))

    bring(world, organizer, f";{tax_code(1)};;;;;;;Phay CNC")

    exhibitor = db.session.query(Exhibitor).one()
    assert exhibitor.contact_name == "Lan"
    assert exhibitor.enterprise.legal_name == "Cơ khí 1"
    assert exhibitor.enterprise.codes("sector") == ["precision_mechanical"]
    assert exhibitor.enterprise.codes("process") == ["cnc_milling"]


def test_a_row_is_found_by_the_external_id_without_a_tax_code(world, fair, organizer):
    bring(world, organizer, line(1, ref="DN-1"))

    run = bring(world, organizer, "DN-1;;Tên Mới;;;;;;")

    assert run.tried["taken"]["counts"] == {"changed": 1}
    assert db.session.query(Enterprise).one().legal_name == "Tên Mới"


def test_a_row_whose_two_keys_name_two_enterprises_is_refused(world, fair, organizer):
    bring(world, organizer, line(1, ref="A"), line(2, ref="B"))

    run = bring(
        world,
        organizer,
        line(2, ref="A"),
        line(3, ref="B"),
        line(4, ref="C"),
    )

    assert run.tried["taken"]["counts"] == {"refused": 2, "created": 1}
    codes = [fault["code"] for error in run.tried["taken"]["errors"] for fault in error["faults"]]
    assert codes == ["row_of_two", "row_tax_code_differs"]


def test_an_enterprise_that_has_applied_itself_is_decided_in_the_queue(world, fair, organizer):
    enterprise = world.make_enterprise(tax_code=tax_code(1))
    world.make_application(fair, enterprise)

    upload(organizer, line(1))
    run = try_it(world, organizer)

    assert run.tried["errors"][0]["faults"][0]["code"] == "row_has_application"


def test_an_enterprise_known_from_elsewhere_is_completed_and_not_overwritten(world, fair, organizer):
    known = world.make_enterprise(tax_code=tax_code(1), legal_name="Tên của mình", province=None)

    bring(world, organizer, line(1, name="Tên trong danh sách"))

    enterprise = db.session.get_one(Enterprise, known.id)
    assert enterprise.legal_name == "Tên của mình"
    assert enterprise.province == "31"
    assert db.session.query(Exhibitor).one().enterprise_id == known.id


def test_a_list_takes_no_certificate_away(world, fair, organizer):
    made = world.make_exhibitor(fair, world.make_enterprise(tax_code=tax_code(1)))
    with transaction() as session:
        enterprise = session.get_one(Enterprise, made.enterprise_id)
        enterprise.capabilities.append(Capability(kind=CapabilityKind.CERTIFICATE, code="iso_9001", number="123"))

    bring(world, organizer, f"{tax_code(1)};ISO 14001", head="MST;Chứng nhận")

    certificates = db.session.query(Capability).filter_by(kind=CapabilityKind.CERTIFICATE).order_by(Capability.code)
    assert [(one.code, one.number) for one in certificates] == [("iso_14001", ""), ("iso_9001", "123")]


def test_what_the_columns_mean_is_remembered_for_the_next_file_of_the_same_head(world, fair, organizer):
    head = "Cột A;Cột B"
    upload(organizer, f"{tax_code(1)};Cơ khí", head=head)
    assert last_run().mapping == {}
    try_it(world, organizer, fields=["tax_code", "legal_name"])

    upload(organizer, f"{tax_code(2)};Nhựa", head=head)

    assert last_run().mapping == {"Cột A": "tax_code", "Cột B": "legal_name"}


def test_a_list_is_tried_before_it_is_taken_and_taken_once(world, fair, organizer):
    upload(organizer, line(1))
    path = f"{DESK}/{last_run().public_id}"
    assert organizer.post(f"{path}/take").status_code == 409

    try_it(world, organizer)
    take_it(world, organizer)

    assert organizer.post(f"{path}/take").status_code == 409
    assert organizer.post(f"{path}/try", data={"field": ["", "tax_code"]}).status_code == 409


def test_columns_that_mean_the_same_or_nothing_known_are_refused_and_what_was_chosen_stays(world, fair, organizer):
    upload(organizer, line(1))
    path = f"{DESK}/{last_run().public_id}/try"

    twice = organizer.post(path, data={"field": ["tax_code", "tax_code", "legal_name"]})
    without = organizer.post(path, data={"field": ["", "", "legal_name"]})

    assert (twice.status_code, without.status_code) == (422, 422)
    assert "More than one column means Tax code." in twice.text
    assert '<option value="legal_name" selected>' in without.text


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\x00\x01\x02", "neither a workbook nor a text"),
        (b"MST;Ten\n", "There are no rows below the titles."),
        (b"PK\x03\x04 torn", "neither a workbook nor a text"),
    ],
)
def test_a_file_that_is_no_list_is_refused_beside_the_field(world, fair, organizer, content, sentence):
    answer = organizer.post(f"{DESK}/", data={"file": (io.BytesIO(content), "list.xlsx")})

    assert answer.status_code == 422
    assert sentence in answer.text


def test_a_job_that_is_run_again_goes_on_where_it_was(world, fair, organizer):
    upload(organizer, *[line(number) for number in range(runs.AT_ONCE + 5)])
    run = try_it(world, organizer)
    rows = queries.read_exhibitors(run)
    runs.order_take(fair.id, run.public_id, actor=ACTOR, now=world.now)
    # The worker dies after the first rows.
    runs.take_rows(fair.id, run.id, rows[: runs.AT_ONCE], start=0, become="exhibitors", now=world.now)

    world.run_jobs()

    assert last_run().tried["taken"]["counts"] == {"created": runs.AT_ONCE + 5}
    assert db.session.query(Exhibitor).count() == runs.AT_ONCE + 5


def test_an_import_is_in_the_trail_and_in_the_list_of_imports(world, fair, organizer):
    bring(world, organizer, line(1))

    actions = [entry.action for entry in db.session.query(AuditEntry).order_by(AuditEntry.id)]
    assert [action for action in actions if action.startswith("import.")] == ["import.receive", "import.take"]
    page = organizer.get(f"{DESK}/").text
    assert "list.csv" in page
    assert "Imported" in page


def test_a_formula_in_a_list_stays_harmless_in_the_file_of_errors(world, fair, organizer):
    upload(organizer, line(1, name="=1+1", email="nobody"))
    run = try_it(world, organizer)

    answer = organizer.get(f"{DESK}/{run.public_id}/errors.xlsx")

    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.data)).get_sheet_by_index(0).to_python()
    assert rows[1][2] == "'=1+1"


def test_the_template_can_be_filled_in_and_is_understood(world, fair, organizer):
    answer = organizer.get(f"{DESK}/template.xlsx")
    head = CalamineWorkbook.from_filelike(io.BytesIO(answer.data)).get_sheet_by_index(0).to_python()[0]

    upload(organizer, ";".join("x" for _ in head), head=";".join(head))

    assert sorted(last_run().mapping) == sorted(head)


def test_a_list_shows_in_the_directory_whom_it_says_so_of_and_nobody_who_took_the_consent_back(world, fair, organizer):
    head = f"{HEAD};Đăng danh mục"
    bring(world, organizer, f"{line(1)};có", f"{line(2)};", head=head)
    assert db.session.query(Exhibitor.listed).order_by(Exhibitor.id).all() == [(True,), (False,)]
    application = db.session.query(Application).order_by(Application.id).first()
    with transaction() as session:
        for purpose, withdrawn_at in (("processing", None), ("directory", world.now)):
            session.add(
                Consent(
                    fair_id=fair.id, subject="application", subject_id=str(application.id), purpose=purpose,
                    wording="x", language="vi", given_at=world.now, withdrawn_at=withdrawn_at,
                )
            )  # fmt: skip
        session.get_one(Exhibitor, application.exhibitor_id).listed = False

    run = bring(world, organizer, f"{line(1)};có", f"{line(2)};có", head=head)

    assert [error["row"] for error in run.tried["errors"]] == [2]
    assert db.session.query(Exhibitor.listed).order_by(Exhibitor.id).all() == [(False,), (True,)]
