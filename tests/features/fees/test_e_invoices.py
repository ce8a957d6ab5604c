"""E-invoices: data for the accountant's program, numbers recorded once."""

import io
from datetime import date

import pytest
import sqlalchemy as sa
from python_calamine import CalamineWorkbook

from fairapp.accounts.policy import Role
from fairapp.database import db
from fairapp.fees.models import EInvoice, PaymentRequest
from fairapp.fees.queries.payments import Payer
from fairapp.fees.schedule import RequestKind
from fairapp.fees.service import payment_invoices as service
from fairapp.fees.service import payment_records
from fairapp.fees.service.payment_invoices import EInvoiceExists
from tests.features.fees.paying import DEPOSIT, OWED, ask, make_fair
from tests.features.threads import at_once
from tests.features.world import ACTOR

PAGE = "/SIE27/organizer/e-invoices/"


def paid_request(world, fair, kind=RequestKind.DEPOSIT, day=date(2026, 11, 23)):
    request = ask(world, world.make_exhibitor(fair), kind)
    payment_records.receive(
        fair.id,
        Payer(exhibitor_id=request.exhibitor_id),
        request_id=request.public_id,
        amount=request.amount,
        paid_on=day,
        note_text="",
        actor=ACTOR,
        now=world.now,
    )
    return request


def record(world, request, number="00000001"):
    return service.record_one(
        request.fair_id,
        request.public_id,
        symbol="1C26TAA",
        number=number,
        issued_on=date(2026, 11, 24),
        amount=None,
        actor=ACTOR,
        now=world.now,
    )


def rows_of(answer):
    return CalamineWorkbook.from_filelike(io.BytesIO(answer.data)).get_sheet_by_index(0).to_python()


def test_the_export_has_a_row_for_each_line_and_adds_up(world):
    fair = make_fair(world)
    whole, half = paid_request(world, fair, RequestKind.FULL), paid_request(world, fair)
    ask(world, world.make_exhibitor(fair))  # unpaid: not to be exported yet
    client = world.sign_in_as(fair, Role.ORGANIZER)

    head, *rows = rows_of(client.post(f"{PAGE}export", data={"paid": "paid"}))

    place = {name: number for number, name in enumerate(head)}
    sums = {}
    for row in rows:
        reference = row[place["Reference"]]
        sums[reference] = sums.get(reference, 0) + row[place["Before VAT"]] + row[place["VAT"]]
    assert sums == {whole.reference: OWED, half.reference: DEPOSIT}
    assert {row[place["VAT rate in per cent"]] for row in rows} == {10}
    assert all(row[place["Tax code"]] and row[place["Buyer"]] and row[place["Item"]] for row in rows)


def test_what_was_exported_is_not_offered_as_new_again(world):
    fair = make_fair(world)
    request = paid_request(world, fair)
    client = world.sign_in_as(fair, Role.ORGANIZER)
    assert request.reference in client.get(f"{PAGE}?stage=new").text

    client.post(f"{PAGE}export", data={"paid": "paid", "stage": "new"})

    assert request.reference not in client.get(f"{PAGE}?stage=new").text
    assert request.reference in client.get(f"{PAGE}?stage=exported").text


@pytest.mark.parametrize(
    ("query", "found"),
    [("", True), ("?paid=unpaid", False), ("?since=2026-11-24", False), ("?until=2026-11-23", True), ("?q=xyz", False)],
)
def test_the_list_is_filtered_by_payment_and_period(world, query, found):
    fair = make_fair(world)
    request = paid_request(world, fair)

    text = world.sign_in_as(fair, Role.ORGANIZER).get(f"{PAGE}{query}").text

    assert (request.reference in text) is found


def test_a_number_is_recorded_once_and_shown_to_both_sides(world):
    fair = make_fair(world)
    enterprise = world.make_enterprise()
    request = ask(world, world.make_exhibitor(fair, enterprise))
    record(world, request)

    with pytest.raises(EInvoiceExists):
        record(world, request)

    organizer = world.sign_in_as(fair, Role.ORGANIZER)
    exhibitor = world.sign_in_as(fair, Role.EXHIBITOR_CONTACT, enterprise)
    assert "1C26TAA 00000001" in organizer.get(f"/SIE27/organizer/payments/{request.public_id}/").text
    assert "1C26TAA 00000001" in exhibitor.get("/SIE27/exhibitor/payments/").text


def test_two_who_record_the_same_number_at_once_record_it_once(world):
    fair = make_fair(world)
    ids = [(fair.id, ask(world, world.make_exhibitor(fair)).public_id) for _number in range(2)]

    def note(number):
        fair_id, request_id = ids[number]
        return service.record_one(
            fair_id,
            request_id,
            symbol="1C26TAA",
            number="7",
            issued_on=date(2026, 11, 24),
            amount=None,
            actor=ACTOR,
            now=world.now,
        ).number

    assert sorted(at_once(world, 2, note)) == ["7", "e_invoice_exists"]


def test_numbers_come_back_by_file_and_bad_rows_are_told(world):
    fair = make_fair(world)
    first, second = paid_request(world, fair), paid_request(world, fair)
    client = world.sign_in_as(fair, Role.ORGANIZER)
    content = (
        "Reference;Symbol;E-invoice number;E-invoice day\n"
        f"{first.reference};1C26TAA;00000001;24/11/2026\n"
        f"{second.reference};1C26TAA;00000001;24/11/2026\n"
        f"SIE27PR99999;1C26TAA;00000003;24/11/2026\n"
        f"{second.reference};1C26TAA;00000004;gestern\n"
    ).encode()

    answer = client.post(f"{PAGE}import", data={"file": (io.BytesIO(content), "numbers.csv")})

    assert answer.status_code == 422
    for told in ("Row 3: This symbol and number are recorded already.", "Row 4: There is no payment request",
                 "Row 5: The day cannot be read."):  # fmt: skip
        assert told in " ".join(answer.text.split())
    (found,) = db.session.scalars(sa.select(EInvoice))
    assert (found.request_id, found.number, found.amount) == (first.id, "00000001", DEPOSIT)


def test_a_wrong_record_is_taken_out_and_can_be_recorded_again(world):
    fair = make_fair(world)
    request = ask(world, world.make_exhibitor(fair))
    found = record(world, request)

    request_id, values = service.remove(fair.id, found.public_id, actor=ACTOR, now=world.now)

    assert request_id == request.public_id
    assert values == {"symbol": "1C26TAA", "number": "00000001", "issued_on": "2026-11-24", "amount": str(DEPOSIT)}
    assert record(world, db.session.get(PaymentRequest, request.id)).number == "00000001"


@pytest.mark.parametrize("content", [b"%PDF-1.7\x00", b"no table", b"a;b\n1;2\n"])
def test_a_file_without_the_columns_is_refused(world, content):
    fair = make_fair(world)

    answer = world.sign_in_as(fair, Role.ORGANIZER).post(
        f"{PAGE}import", data={"file": (io.BytesIO(content), "numbers.csv")}
    )

    assert answer.status_code == 422
