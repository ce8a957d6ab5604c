"""The pages of payments: what is typed stays, mistakes are told at once, doors are closed."""

import io
from datetime import date

import pytest
import sqlalchemy as sa

from fairapp import qr
from fairapp.accounts.policy import Role
from fairapp.applications.models import Application
from fairapp.database import db, transaction
from fairapp.fairs.models import Fair
from fairapp.fees import vietqr
from fairapp.fees.models import BankLine, PaymentRequest
from fairapp.fees.queries import payments as queries
from fairapp.fees.queries.payments import Payer
from fairapp.fees.schedule import RequestKind, read_terms
from fairapp.fees.service import payment_requests
from tests.browser.pdf import codes_in
from tests.features.counting import count_queries
from tests.features.fees.paying import DEPOSIT, OWED, TERMS, ask, make_fair, statement_file
from tests.features.world import ACTOR

DESK = "/SIE27/organizer"
SETTINGS = {
    "seen": "1",
    "name_vi": "Trung tâm",
    "bank": "970436",
    "account": "0011 0012 34567",
    "holder": "TRUNG TAM",
    "deposit_percent": "30",
    "deposit_days": "10",
    "balance_days": "15",
    "remind_before": "3, 1",
    "remind_after": "2",
    "steps-0-days": "45",
    "steps-0-percent": "0",
    "steps-1-days": "0",
    "steps-1-percent": "80",
}


def test_the_settings_are_kept_and_a_trial_code_is_shown(world):
    fair = make_fair(world, payment={})
    client = world.sign_in_as(fair, Role.ORGANIZER)
    assert "Nobody can be asked to pay yet" in client.get(f"{DESK}/payments/").text

    answer = client.post(f"{DESK}/set-up/payment", data=SETTINGS, follow_redirects=True)

    terms = read_terms(db.session.get_one(Fair, fair.id).payment)
    assert (terms.account, terms.deposit_percent, terms.remind_before) == ("0011001234567", 30, (1, 3))
    assert [(step.days, step.percent) for step in terms.cancellation] == [(45, 0), (0, 80)]
    assert "Try the account" in answer.text


def test_every_mistake_of_the_settings_is_told_in_one_round_and_what_was_typed_stays(world):
    fair = make_fair(world)
    wrong = {
        "account": "123/4", "bank": "999999", "tax_code": "0100233489", "phone": "12", "remind_after": "soon",
        "steps-1-percent": "", "name_vi": "",
    }  # fmt: skip

    answer = world.sign_in_as(fair, Role.ORGANIZER).post(f"{DESK}/set-up/payment", data={**SETTINGS, **wrong})

    assert answer.status_code == 422
    for told in ("4 to 19 digits", "the tenth digit does not fit", "This is not a phone number", "Numbers of days",
                 "A step has days and per cent"):  # fmt: skip
        assert told in answer.text, told
    assert 'value="123/4"' in answer.text
    assert read_terms(db.session.get_one(Fair, fair.id).payment) == TERMS


def test_two_who_change_the_settings_never_overwrite_each_other(world):
    fair = make_fair(world)
    client = world.sign_in_as(fair, Role.ORGANIZER)
    client.post(f"{DESK}/set-up/payment", data=SETTINGS)

    answer = client.post(f"{DESK}/set-up/payment", data={**SETTINGS, "holder": "OTHER"})

    assert answer.status_code == 409
    assert read_terms(db.session.get_one(Fair, fair.id).payment).holder == "TRUNG TAM"


def test_one_is_asked_on_its_page_and_the_undo_withdraws(world):
    fair = make_fair(world)
    exhibitor = world.make_exhibitor(fair)
    client = world.sign_in_as(fair, Role.ORGANIZER)
    page = f"{DESK}/exhibitors/{exhibitor.public_id}/payments/"

    answer = client.post(
        f"{page}issue", data={"issue-kind": "deposit", "issue-due_on": "2026-12-24"}, follow_redirects=True
    )

    (request,) = db.session.scalars(sa.select(PaymentRequest))
    assert (request.amount, request.due_on) == (DEPOSIT, date(2026, 12, 24))
    assert f"/payments/{request.public_id}/withdraw" in answer.text
    again = client.post(f"{page}issue", data={"issue-kind": "deposit"})
    assert again.status_code == 409
    assert "There is nothing to ask for." in again.text


def test_who_waits_for_a_subsidy_is_marked_and_not_ticked_until_it_is_entered(world):
    fair = make_fair(world)
    waits, granted = world.make_exhibitor(fair), world.make_exhibitor(fair)
    with transaction() as session:
        session.execute(sa.update(Application).values(subsidy_wanted=True))
    world.make_subsidy(granted)

    page = world.sign_in_as(fair, Role.ORGANIZER).get(f"{DESK}/payments/issue").text

    assert page.count("Subsidy not decided") == 1
    assert f'value="e:{waits.public_id}" aria' in page
    assert f'value="e:{granted.public_id}" checked' in page


def test_the_list_of_who_can_be_asked_issues_to_those_who_are_ticked(world):
    fair = make_fair(world)
    ticked, left = world.make_exhibitor(fair), world.make_exhibitor(fair)
    client = world.sign_in_as(fair, Role.ORGANIZER)
    assert "52,800,000" not in client.get(f"{DESK}/payments/issue").text
    assert "26,400,000" in client.get(f"{DESK}/payments/issue").text  # two deposits

    client.post(f"{DESK}/payments/issue", data={"kind": "deposit", "payer": [f"e:{ticked.public_id}", "e:strange"]})
    world.run_jobs()

    assert [one.exhibitor_id for one in db.session.scalars(sa.select(PaymentRequest))] == [ticked.id]
    assert left.id != ticked.id


def test_a_payment_is_recorded_by_hand_with_mistakes_beside_the_field(world):
    fair = make_fair(world)
    exhibitor = world.make_exhibitor(fair)
    request = ask(world, exhibitor)
    client = world.sign_in_as(fair, Role.ORGANIZER)
    page = f"{DESK}/exhibitors/{exhibitor.public_id}/payments/"

    wrong = client.post(f"{page}receive", data={"receive-amount": "much", "receive-paid_on": "2026-11-23"})
    right = client.post(
        f"{page}receive",
        data={
            "receive-amount": "13.200.000",
            "receive-paid_on": "2026-11-23",
            "receive-request_id": request.public_id,
        },
    )

    assert (wrong.status_code, right.status_code) == (422, 303)
    assert 'value="much"' in wrong.text
    assert queries.paid_of([request.id])[request.id] == DEPOSIT
    too_much = client.post(f"{page}refund", data={"refund-amount": "1", "refund-paid_on": "2026-11-23"})
    assert too_much.status_code == 422


def test_a_statement_goes_from_the_upload_over_the_dry_run_to_the_list(world):
    fair = make_fair(world)
    request = ask(world, world.make_exhibitor(fair))
    client = world.sign_in_as(fair, Role.ORGANIZER)
    content = statement_file(("24/11/2026", DEPOSIT, request.reference), ("24/11/2026", 5, "x"), ("?", 5, "y"))

    upload = client.post(f"{DESK}/bank/upload", data={"file": (io.BytesIO(content), "sao-ke.csv")})
    dry_run = client.get(upload.location).text
    assert "Row 4: The day cannot be read." in " ".join(dry_run.split())
    client.post(upload.location, data={"booked_on": "0", "credit": "1", "text": "2"})

    text = client.get(f"{DESK}/bank/").text
    assert request.reference in text
    assert "No reference that we know." in text
    assert queries.paid_of([request.id])[request.id] == DEPOSIT


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\x00", b"\x89PNG\r\n\x1a\n\x00", b"just words"])
def test_an_upload_that_is_no_statement_is_refused_beside_its_field(world, content):
    fair = make_fair(world)

    answer = world.sign_in_as(fair, Role.ORGANIZER).post(
        f"{DESK}/bank/upload", data={"file": (io.BytesIO(content), "sao-ke.xlsx")}
    )

    assert answer.status_code == 422


def test_a_line_is_assigned_on_its_page_and_taken_back(world):
    fair = make_fair(world)
    request = ask(world, world.make_exhibitor(fair))
    client = world.sign_in_as(fair, Role.ORGANIZER)
    upload = client.post(
        f"{DESK}/bank/upload",
        data={"file": (io.BytesIO(statement_file(("24/11/2026", 20_000_000, "gop"))), "a.csv")},
    )
    client.post(upload.location, data={"booked_on": "0", "credit": "1", "text": "2"})
    (line,) = db.session.scalars(sa.select(BankLine))
    page = f"{DESK}/bank/lines/{line.public_id}/"
    assert request.reference in client.get(page).text

    too_much = client.post(page, data={f"part_{request.public_id}": "20.000.000"})
    right = client.post(page, data={f"part_{request.public_id}": "13.200.000"})

    assert (too_much.status_code, right.status_code) == (422, 303)
    assert queries.paid_of([request.id])[request.id] == DEPOSIT
    client.post(f"{page}unassign")
    assert queries.paid_of([request.id])[request.id] == 0


def test_an_exhibitor_sees_its_own_requests_with_a_code_for_what_is_left(world):
    fair = make_fair(world)
    enterprise = world.make_enterprise()
    own, other = ask(world, world.make_exhibitor(fair, enterprise)), ask(world, world.make_exhibitor(fair))
    client = world.sign_in_as(fair, Role.EXHIBITOR_CONTACT, enterprise)

    text = client.get("/SIE27/exhibitor/payments/").text

    assert own.reference in text
    assert 'aria-label="VietQR"' in text
    assert other.reference not in text
    assert client.get(f"/SIE27/exhibitor/payments/{own.public_id}/request.pdf").status_code == 200
    assert client.get(f"/SIE27/exhibitor/payments/{other.public_id}/request.pdf").status_code == 404


def test_the_pdf_of_the_page_has_the_code_in_both_languages(sqlite_world):
    world = sqlite_world
    fair = make_fair(world)
    request = ask(world, world.make_exhibitor(fair))
    client = world.sign_in_as(fair, Role.ORGANIZER)

    answers = [
        client.get(f"{DESK}/payments/{request.public_id}/request.pdf?language={language}") for language in ("vi", "en")
    ]

    assert [codes_in(one.data) for one in answers] == [[request.statement["qr"]]] * 2
    assert {one.content_type for one in answers} == {"application/pdf"}


def test_the_organizer_sees_how_much_the_fees_have_changed_since(world):
    fair = make_fair(world)
    exhibitor = world.make_exhibitor(fair)
    request = ask(world, exhibitor, RequestKind.FULL)
    client = world.sign_in_as(fair, Role.ORGANIZER)
    page = f"{DESK}/payments/{request.public_id}/"
    assert "since it was issued" not in client.get(page).text
    world.make_adjustment(exhibitor, amount=-1_000_000)

    text = client.get(page).text

    assert "1,100,000" in text
    assert "less since it was issued" in text


@pytest.mark.parametrize("page", ["payments/", "payments/issue", "e-invoices/?paid=all"])
def test_a_list_costs_the_same_for_three_rows_or_thirty(world, page):
    fair = make_fair(world)
    client = world.sign_in_as(fair, Role.ORGANIZER)
    costs = []
    for many in (3, 27):
        for _number in range(many):
            exhibitor = world.make_exhibitor(fair)
            if page != "payments/issue":
                ask(world, exhibitor)
        with count_queries(world) as statements:
            assert client.get(f"{DESK}/{page}").status_code == 200
        costs.append(len(statements))

    assert costs[0] == costs[1]


@pytest.mark.parametrize(
    ("state", "found"), [("open", True), ("paid", False), ("overdue", False), ("withdrawn", False), ("", True)]
)
def test_requests_are_filtered_by_state(world, state, found):
    fair = make_fair(world)
    request = ask(world, world.make_exhibitor(fair))

    text = world.sign_in_as(fair, Role.ORGANIZER).get(f"{DESK}/payments/?state={state}").text

    assert (request.reference in text) is found


def test_a_pavilion_of_a_co_organizer_is_asked_for_all_its_members(world):
    fair = make_fair(world)
    body = world.make_body(fair, contact_email="so@congthuong.example")
    pavilion = world.make_pavilion(fair, co_organizer_id=body.id)
    members = [world.make_exhibitor(fair, pavilion_id=pavilion.id) for _number in range(2)]
    payer = Payer(pavilion_id=pavilion.id)

    request = payment_requests.issue(fair.id, payer, RequestKind.FULL, actor=ACTOR, now=world.now)

    assert request.amount == 2 * OWED
    assert queries.ledger_of(Payer(exhibitor_id=members[0].id)).owed == 0
    text = world.sign_in_as(fair, Role.ORGANIZER).get(f"{DESK}/pavilions/{pavilion.public_id}/payments/").text
    assert request.reference in text


def test_who_has_paid_a_part_gets_a_code_for_the_rest(world):
    fair = make_fair(world)
    enterprise = world.make_enterprise()
    request = ask(world, world.make_exhibitor(fair, enterprise))
    world.make_payment(request, amount=DEPOSIT - 1_500_000)

    text = world.sign_in_as(fair, Role.EXHIBITOR_CONTACT, enterprise).get("/SIE27/exhibitor/payments/").text

    assert (
        qr.svg(
            vietqr.transfer(bank=TERMS.bank, account=TERMS.account, amount=1_500_000, purpose=request.reference),
            label="VietQR",
        )
        in text
    )


def test_looking_again_at_a_statement_imports_nothing_and_keeps_the_token_out_of_the_address(world):
    fair = make_fair(world)
    client = world.sign_in_as(fair, Role.ORGANIZER)
    file = world.make_bank_file(fair, "Ngày;Ghi có;Nội dung;Mô tả\n23/11/2026;1000;A;KHÁCH\n")
    columns = {
        "booked_on": "0",
        "credit": "1",
        "debit": "",
        "amount": "",
        "text": "3",
        "payer": "",
        "bank_reference": "",
    }

    answer = client.post(f"{DESK}/bank/import/{file.public_id}", data={**columns, "csrf_token": "x", "do": "look"})

    assert answer.status_code == 303
    assert "csrf_token" not in answer.location
    assert "KHÁCH" in client.get(answer.location).text
    assert db.session.scalar(sa.select(sa.func.count()).select_from(BankLine)) == 0
