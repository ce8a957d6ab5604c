"""Reading what banks export."""

import io
from datetime import date, datetime

import pytest
import xlsxwriter

from fairapp.fees.bank_files import (
    BadRow,
    BankFileTooLong,
    BankFileUnreadable,
    find_columns,
    parse_amount,
    parse_day,
    read_table,
    read_transfers,
)  # fmt: skip

VIETCOMBANK = """NGAN HANG TMCP NGOAI THUONG VIET NAM
SAO KE TAI KHOAN,,0011001234567

Ngày giao dịch/ Transaction date,Số tham chiếu/ Reference No.,Số tiền ghi nợ/ Debit,Số tiền ghi có/ Credit,Mô tả/ Transactions in detail
23/11/2026,5219 - 1,,"32,400,000","CT DEN SIE27PR00018"
24/11/2026,5219 - 2,"1,100",,Phi dich vu
24/11/2026,5219 - 3,,"18,000,000",NHUA TAN TIEN
Tổng số,,"1,100","50,400,000",
"""  # noqa: E501
TECHCOMBANK = """Ngày giao dịch;Đối tác;Diễn giải;Số bút toán;Số tiền
2026-11-23 10:15:00;CTY TIEN PHONG;SIE27PR00018;FT2632;32.400.000
2026-11-24 08:00:00;NGAN HANG;Thu phi;FT2633;-11.000
"""
MB = "Posting Date\tTransaction Date\tDescription\tCredit Amount\tDebit Amount\n23/11/2026\t23/11/2026\tA\t1000000\t0\n"


def columns_of(content):
    table = read_table(content.encode())
    return {kind: table.head[place] for kind, place in find_columns(table.head).items()}


def read(content):
    table = read_table(content if isinstance(content, bytes) else content.encode())
    return read_transfers(table, find_columns(table.head))


def workbook(rows):
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet, day = book.add_worksheet(), book.add_format({"num_format": "dd/mm/yyyy"})
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, datetime):
                sheet.write_datetime(number, column, value, day)
            else:
                sheet.write(number, column, value)
    book.close()
    return target.getvalue()


def test_the_columns_of_several_banks_are_found():
    assert columns_of(VIETCOMBANK) == {
        "booked_on": "Ngày giao dịch/ Transaction date",
        "credit": "Số tiền ghi có/ Credit",
        "debit": "Số tiền ghi nợ/ Debit",
        "text": "Mô tả/ Transactions in detail",
        "bank_reference": "Số tham chiếu/ Reference No.",
    }
    assert columns_of(TECHCOMBANK) == {
        "booked_on": "Ngày giao dịch",
        "amount": "Số tiền",
        "text": "Diễn giải",
        "payer": "Đối tác",
        "bank_reference": "Số bút toán",
    }
    assert columns_of(MB) == {
        "booked_on": "Transaction Date",
        "credit": "Credit Amount",
        "debit": "Debit Amount",
        "text": "Description",
    }


def test_only_what_came_in_is_read_and_totals_are_left_out():
    found = read(VIETCOMBANK)

    assert [(one.booked_on, one.amount, one.text, one.bank_reference) for one in found.transfers] == [
        (date(2026, 11, 23), 32_400_000, "CT DEN SIE27PR00018", "5219 - 1"),
        (date(2026, 11, 24), 18_000_000, "NHUA TAN TIEN", "5219 - 3"),
    ]
    assert (found.bad, found.outgoing) == ((), 1)


def test_one_column_with_signs_is_read_too():
    found = read(TECHCOMBANK)

    assert [(one.amount, one.payer) for one in found.transfers] == [(32_400_000, "CTY TIEN PHONG")]
    assert found.outgoing == 1


def test_a_workbook_with_a_letter_head_is_read():
    found = read(
        workbook(
            [
                ["NGÂN HÀNG TMCP QUÂN ĐỘI"],
                ["Tài khoản", "0011001234567"],
                ["STT", "Ngày GD", "Phát sinh có", "Nội dung", "Tên người chuyển"],
                [1, datetime(2026, 11, 23), 32_400_000, "SIE27PR00018", "TIEN PHONG"],
                ["", "Tổng cộng", 32_400_000, "", ""],
            ]
        )
    )

    assert [(one.booked_on, one.amount, one.payer) for one in found.transfers] == [
        (date(2026, 11, 23), 32_400_000, "TIEN PHONG")
    ]


def test_rows_that_cannot_be_read_are_told_with_their_number():
    found = read(
        "Ngày,Ghi có,Nội dung\n32/13/2026,1000,A\n23/11/2026,nhiều,B\n23/11/2026,1000.50,C\n23/11/2026,1000,D\n"
    )

    assert [one.amount for one in found.transfers] == [1000]
    assert found.bad == (
        BadRow(number=2, code="no_day", shown="32/13/2026 · 1000 · A"),
        BadRow(number=3, code="no_amount", shown="23/11/2026 · nhiều · B"),
        BadRow(number=4, code="not_whole", shown="23/11/2026 · 1000.50 · C"),
    )


def test_the_same_transfer_has_the_same_fingerprint_in_every_file():
    again = VIETCOMBANK.replace("CT DEN SIE27PR00018", "CT  DEN  SIE27PR00018 cat bot")

    assert [one.fingerprint for one in read(VIETCOMBANK).transfers] == [
        one.fingerprint for one in read(again).transfers
    ]


def test_two_transfers_alike_are_two():
    found = read("Ngày,Ghi có,Nội dung\n23/11/2026,1000,A\n23/11/2026,1000,A\n")

    assert len({one.fingerprint for one in found.transfers}) == 2


def test_the_layout_is_the_same_for_next_months_file():
    later = VIETCOMBANK.replace("23/11/2026", "23/12/2026")

    assert read_table(VIETCOMBANK.encode()).layout == read_table(later.encode()).layout
    assert read_table(VIETCOMBANK.encode()).layout != read_table(MB.encode()).layout


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16"])
def test_any_usual_coding_is_read(coding):
    assert len(read(VIETCOMBANK.encode(coding)).transfers) == 2


def test_a_file_without_names_can_still_be_told_its_columns():
    table = read_table(b"23/11/2026;1000;A\n24/11/2026;2000;B\n")

    assert (table.head_row, table.head) == (-1, ("1", "2", "3"))
    assert [one.amount for one in read_transfers(table, {"booked_on": 0, "amount": 1, "text": 2}).transfers] == [
        1000, 2000,
    ]  # fmt: skip


@pytest.mark.parametrize("content", [b"", b"no table", b"PK\x03\x04broken", b"%PDF-1.7\x00\x01", b"\x89PNG\x00"])
def test_what_is_no_statement_is_refused(content):
    with pytest.raises(BankFileUnreadable):
        read_table(content)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("32.400.000", 32_400_000),
        ("32,400,000.00", 32_400_000),
        ("32.400.000,00 ₫", 32_400_000),
        ("+32400000 VND", 32_400_000),
        ("1.500", 1_500),
        ("(1,100)", -1_100),
        ("- 11.000đ", -11_000),
        ("1000.5", None),
        ("12.34.567", None),
        ("", None),
        ("x", None),
    ],
)
def test_amounts_as_banks_write_them(text, amount):
    assert parse_amount(text) == amount


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("23/11/2026 10:15:00", date(2026, 11, 23)),
        ("2026-11-23", date(2026, 11, 23)),
        ("23-11-26", date(2026, 11, 23)),
        ("31/02/2026", None),
        ("yesterday", None),
    ],
)
def test_days_as_banks_write_them(text, day):
    assert parse_day(text) == day


def test_a_workbook_whose_cells_fit_into_no_memory_is_refused_and_the_service_lives_on():
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "first")
        sheet.write(1_048_575, 16_383, "last")

    with pytest.raises((BankFileUnreadable, BankFileTooLong)):
        read_table(target.getvalue())


@pytest.mark.parametrize("text", ["9" * 16, "9" * 5000, "9" + ".999" * 6])
def test_what_is_no_amount_of_money_that_a_bank_moves_is_not_read_as_one(text):
    assert parse_amount(text) is None


def test_a_text_with_a_letter_that_no_database_keeps_is_no_table():
    with pytest.raises(BankFileUnreadable):
        read_table("Ngày;Số tiền;Nội dung\n2026-11-23;1000;a\x00b\n".encode("utf-16"))
