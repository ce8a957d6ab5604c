"""Staff as pasted rows and as tables."""

import pytest

from fairapp.exhibitors.people import MOST_ROWS, Fault, NoRows, StaffData, StaffKind, read_people, read_sheet_text


def test_lines_name_position_mail_and_phone_by_semicolons():
    sheet = read_sheet_text("Đỗ Thị Hương; Kỹ sư; Huong@Enterprise.example; 0912345678\nBùi Quốc Long")

    assert sheet.good == [
        StaffData(full_name="Đỗ Thị Hương", position="Kỹ sư", email="huong@enterprise.example", phone="+84912345678"),
        StaffData(full_name="Bùi Quốc Long"),
    ]
    assert sheet.bad == []


@pytest.mark.parametrize(
    "head",
    [
        "STT\tHọ và tên\tĐiện thoại\tChức vụ",
        "No\tFull name\tPhone\tPosition",
        "番号\t氏名\t電話\t役職",
        "번호\t성명\t전화\t직책",
    ],
)
def test_a_first_row_that_names_the_columns_orders_them(head):
    sheet = read_sheet_text(f"{head}\n1\tTrần Văn Nam\t0987654321\tGiám đốc")

    assert sheet.good == [StaffData(full_name="Trần Văn Nam", phone="+84987654321", position="Giám đốc")]


def test_a_column_that_nobody_knows_is_passed_over():
    sheet = read_sheet_text("Họ tên;Ngày sinh;Email\nTrần Văn Nam;01/02/1990;nam@enterprise.example")

    assert sheet.good == [StaffData(full_name="Trần Văn Nam", email="nam@enterprise.example")]


def test_a_running_number_before_the_name_is_no_name():
    assert read_sheet_text("1;Trần Văn Nam;Thợ hàn").good == [StaffData(full_name="Trần Văn Nam", position="Thợ hàn")]


def test_the_zero_that_a_spreadsheet_took_comes_back():
    assert read_people([("Trần Văn Nam", "", "", "912345678")]).good[0].phone == "+84912345678"


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (("", "Kỹ sư", "", ""), Fault.NO_NAME),
        (("N" * 121, "", "", ""), Fault.TOO_LONG),
        (("Nam", "", "nam@", ""), Fault.EMAIL),
        (("Nam", "", "", "0162 123"), Fault.PHONE),
        (("Nam", "", "", "", "", "more"), Fault.TOO_MANY_CELLS),
    ],
)
def test_a_bad_row_says_what_is_wrong_and_the_good_ones_stay_good(row, fault):
    sheet = read_people([("Trần Văn Nam",), row])

    assert [one.faults for one in sheet.rows] == [(), (fault,)]
    assert sheet.good == [StaffData(full_name="Trần Văn Nam")]


def test_all_mistakes_of_a_row_are_named_at_once():
    [row] = read_people([("", "", "x", "y")]).bad

    assert row.faults == (Fault.NO_NAME, Fault.EMAIL, Fault.PHONE)


def test_a_person_comes_once_also_in_other_letters_or_beside_the_list():
    known = {StaffData(full_name="Lê Thị Mai").key}
    sheet = read_people([("Trần Văn Nam",), ("tran van nam",), ("Le Thi Mai",)], known=known)

    assert [row.faults for row in sheet.rows] == [(), (Fault.TWICE,), (Fault.ON_LIST,)]


def test_two_people_of_one_name_with_different_phones_are_two():
    assert read_people([("Nam", "", "", "0912345678"), ("Nam", "", "", "0912345679")]).bad == []


def test_bad_rows_read_back_as_they_were():
    text = 'Nam;"a ""quoted"" title";not a mail;0912345678\nLong\n'
    sheet = read_sheet_text(text)

    assert [row.cells for row in read_sheet_text(sheet.rest).rows] == [row.cells for row in sheet.bad]


def test_contractors_name_their_firm_or_take_the_one_of_the_page():
    sheet = read_people(
        [("Nam",), ("Long", "", "", "", "Minh Phát")], kind=StaffKind.CONTRACTOR, contractor="Nhật Minh"
    )

    assert [one.contractor for one in sheet.good] == ["Nhật Minh", "Minh Phát"]


def test_a_firm_says_nothing_of_staff():
    assert read_people([("Nam", "", "", "", "Minh Phát")]).good[0].contractor == ""


@pytest.mark.parametrize("text", ["", "\n\n", "Họ tên;Email", "Nam\n" * (MOST_ROWS + 1)])
def test_nothing_to_read_and_too_much_are_refused(text):
    with pytest.raises(NoRows):
        read_sheet_text(text)
