"""Rows for the accountant's program, and what it tells afterwards."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from fairapp.fees.bank_files import read_table
from fairapp.fees.e_invoices import BadRecord, Recorded, find_columns, find_head, read_records, rows_of
from fairapp.fees.lines import FeeLine, Share, Statement, with_vat
from fairapp.fees.schedule import RequestKind

BOOTH = FeeLine(code="booth", net=24_000_000, unit_price=24_000_000, vat_percent=10)
EARLY = FeeLine(code="early_bird", net=-1_200_000, unit_price=-1_200_000, vat_percent=10)
CHAIR = FeeLine(code="extra", quantity=4, net=280_000, unit_price=70_000, vat_percent=8)


def statement(*lines, shares=()):
    return Statement(lines=with_vat(lines), shares=shares)


def test_a_whole_statement_is_handed_over_line_by_line():
    whole = statement(BOOTH, EARLY, CHAIR)

    assert rows_of(RequestKind.FULL, whole, whole.gross) == list(whole.lines)


@given(
    st.lists(st.tuples(st.sampled_from(["booth", "extra", "registration"]), st.integers(1, 10**9)), min_size=1),
    st.integers(0, 100),
    st.integers(1, 100),
    st.sampled_from([0, 8, 10]),
)
def test_rows_add_up_to_the_amount_and_their_vat_is_that_of_the_rate(priced, budget, part, rate):
    lines = with_vat([FeeLine(code=code, net=net, vat_percent=rate) for code, net in priced])
    booth = sum(line.gross for line in lines if line.code == "booth")
    paid = booth * budget // 100
    whole = Statement(lines=lines, shares=(Share(source="S", amount=paid, net=paid, vat=0),) if paid else ())
    amount = whole.enterprise_pays * part // 100

    rows = rows_of(RequestKind.DEPOSIT, whole, amount)

    assert sum(row.gross for row in rows) == amount or whole.enterprise_pays == 0
    if part < 100:
        assert all(abs(row.net * rate - row.vat * 100) <= 110 for row in rows)


def test_a_difference_names_what_came_new():
    before, after = statement(BOOTH, EARLY), statement(BOOTH, EARLY, CHAIR)

    rows = rows_of(RequestKind.DIFFERENCE, after, after.gross - before.gross, previous=before)

    assert [(row.code, row.gross) for row in rows] == [("extra", 302_400)]


def test_what_went_is_a_negative_row():
    before, after = statement(BOOTH, CHAIR), statement(BOOTH, EARLY)

    rows = rows_of(RequestKind.DIFFERENCE, after, after.gross - before.gross, previous=before)

    assert sum(row.gross for row in rows) == after.gross - before.gross
    assert {row.code for row in rows} == {"early_bird", "extra"}


def test_symbols_and_numbers_are_read_back_once_for_each_request():
    table = read_table(
        b"Reference;Item;Symbol;E-invoice number;E-invoice day\n"
        b"sie27pr00018;Booth;1C26TAA;00000012;24/11/2026\n"
        b"SIE27PR00018;Chair;1C26TAA;00000012;24/11/2026\n"
        b"SIE27PR00026;Booth;;;\n"
        b"SIE27PR00034;Booth;1C26TAA;13;morgen\n"
    )
    head = find_head(table)

    records, bad = read_records(table, find_columns(table.rows[head]), head_row=head)

    assert {(one.reference, one.symbol, one.number, one.issued_on) for one in records} == {
        ("SIE27PR00018", "1C26TAA", "00000012", date(2026, 11, 24))
    }
    assert bad == [BadRecord(row=5, missing="issued_on", shown="SIE27PR00034 · Booth · 1C26TAA · 13 · morgen")]
    assert isinstance(records[0], Recorded)
