"""Tables that people send."""

import io
from datetime import date, datetime

import pytest
import xlsxwriter

from fairapp.files.sheets import MOST_ROWS, SheetTooLong, SheetUnreadable, read_rows, read_sheet, write_rows


def workbook(*rows: tuple[object, ...]) -> bytes:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, (date, datetime)):
                    sheet.write_datetime(number, column, value, moment)
                else:
                    sheet.write(number, column, value)
    return target.getvalue()


def test_a_workbook_is_read_as_text_and_whole_numbers_stay_whole():
    content = workbook(("Họ tên", "Điện thoại"), ("Đỗ Thị Hương", 912345678), ("Nam  Văn", 2.5))

    assert read_sheet(content) == [("Họ tên", "Điện thoại"), ("Đỗ Thị Hương", "912345678"), ("Nam Văn", "2.5")]


def test_moments_of_a_workbook_are_written_out():
    assert read_sheet(workbook((datetime(2027, 3, 17, 9, 30),))) == [("2027-03-17 09:30:00",)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_is_read_in_the_encodings_that_spreadsheets_write(encoding):
    assert read_sheet("Đỗ Thị Hương;Kỹ sư\r\nNam;\r\n".encode(encoding)) == [("Đỗ Thị Hương", "Kỹ sư"), ("Nam", "")]


def test_cells_are_parted_by_tabs_semicolons_or_commas():
    assert read_rows("a\tb;c\n") == [("a", "b;c")]
    assert read_rows("a;b\n") == [("a", "b")]
    assert read_rows("a;b\nc\td;e\n") == [("a", "b"), ("c d", "e")]  # one stray tab parts nothing
    assert read_rows('a,"b,c"\n') == [("a", "b,c")]


def test_rows_read_back_as_they_were_written():
    rows = [("a", 'b "quoted"', "c;d"), ("", "e", "f")]

    assert read_rows(write_rows(rows)) == rows


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04 torn", b"\xd0\xcf\x11\xe0 torn", b"\x89PNG\x00\x00", "a\x00;b".encode("utf-16")]
)
def test_what_is_no_table_is_refused(content):
    with pytest.raises(SheetUnreadable):
        read_sheet(content)


def test_a_table_of_too_many_rows_is_refused():
    with pytest.raises(SheetTooLong):
        read_sheet(b"a;b\n" * (MOST_ROWS + 1))


def sparse_workbook() -> bytes:
    """Two cells, as far from each other as a sheet goes: 17 thousand million cells in one kilobyte."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "first")
        sheet.write(1_048_575, 16_383, "last")
    return target.getvalue()


def test_a_workbook_whose_cells_fit_into_no_memory_is_refused_and_the_service_lives_on():
    with pytest.raises((SheetUnreadable, SheetTooLong)):
        read_sheet(sparse_workbook())


def test_a_workbook_of_too_many_rows_is_refused():
    with pytest.raises(SheetTooLong):
        read_sheet(workbook(*[("a",)] * (MOST_ROWS + 1)))


def test_a_table_of_more_columns_than_a_list_can_have_is_refused():
    with pytest.raises(SheetUnreadable):
        read_rows(";".join("a" * 300))
    with pytest.raises(SheetUnreadable):
        read_sheet(workbook(tuple("a" * 300)))
