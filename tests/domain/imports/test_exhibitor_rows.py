"""Reading a list of exhibitors: columns by their titles, cells by the rules of the forms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairapp.enterprises.taxonomy import LANGUAGES, code_list, find_province
from fairapp.imports.columns import BY_FIELD, COLUMNS, check_mapping, clean_head, guess, twice
from fairapp.imports.exhibitor_rows import Fault, find_code, read_row, read_rows


def faults(mapping: dict[str, str]) -> list[tuple[str, str]]:
    row = read_row(2, mapping, {name: name for name in mapping})
    return [(fault.field, fault.code) for fault in row.faults]


def value(name: str, text: str, **others: str) -> object:
    cells = {name: text, "external_ref": "X", **others}
    row = read_row(2, cells, {title: title for title in cells})
    assert row.faults == ()
    return row.values[name]


def test_titles_are_known_in_vietnamese_and_english_with_notes_and_numbers():
    head = ["1. Tên doanh nghiệp", "Mã số thuế (*)", "Tỉnh/Thành phố", "Email", "Contact person", "Ghi chú", "Mobile"]

    assert guess(head) == {
        "1. Tên doanh nghiệp": "legal_name",
        "Mã số thuế (*)": "tax_code",
        "Tỉnh/Thành phố": "province",
        "Email": "contact_email",
        "Contact person": "contact_name",
        "Mobile": "contact_phone",
    }


def test_every_title_means_one_field():
    titles = [title for column in COLUMNS for title in column.titles]

    assert sorted(titles) == sorted(set(titles))
    assert {column.field for column in COLUMNS} == set(BY_FIELD)


def test_the_second_column_of_a_meaning_is_left_for_a_person_to_decide():
    assert guess(["Email", "E-mail"]) == {"Email": "contact_email"}


def test_titles_that_are_empty_or_there_twice_get_names_of_their_own():
    assert clean_head(["Tên", "", "Tên"]) == ["Tên", "#2", "Tên #3"]


def test_a_mapping_keeps_what_the_head_and_the_fields_know():
    assert check_mapping({"A": "tax_code", "B": "colour", "C": "phone"}, ["A", "B"]) == {"A": "tax_code"}
    assert twice({"A": "phone", "B": "phone", "C": "area"}) == ["phone"]


@pytest.mark.parametrize(
    ("name", "text", "read"),
    [
        ("tax_code", "0012345672", "0012345672"),
        ("tax_code", "012345672", "0012345672"),
        ("contact_phone", "0950 123 456", "+84950123456"),
        ("contact_phone", "950123456", "+84950123456"),
        ("contact_email", "Long@Co.Example", "long@co.example"),
        ("website", "www.co.example", "https://www.co.example"),
        ("area", "18 m2", 18),
        ("employees", "1.200", 1200),
        ("employees", "12.0", 12),
        ("corner", "Có", True),
        ("corner", "no", False),
        ("language", "Tiếng Anh", "en"),
        ("country", "Nhật Bản", "JP"),
        ("country", "jp", "JP"),
        ("province", "Hải Dương", find_province("Hải Phòng")),
        ("sectors", "precision_mechanical", ["precision_mechanical"]),
        ("sectors", "Cơ khí chính xác, chi tiết máy", ["precision_mechanical"]),
        ("processes", "Tiện CNC; cnc_milling, CNC旋盤加工", ["cnc_turning", "cnc_milling"]),
        ("certificates", "ISO 9001, ISO 14001", ["iso_9001", "iso_14001"]),
    ],
)
def test_a_cell_is_read_as_people_write_it(name, text, read):
    assert value(name, text) == read


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("tax_code", "0012345673", "tax_code_check_digit"),
        ("tax_code", "abc", "tax_code_malformed"),
        ("contact_phone", "12", "phone_invalid"),
        ("contact_email", "nobody", "cell_no_email"),
        ("website", "none", "cell_no_website"),
        ("area", "many", "cell_no_number"),
        ("area", "0", "cell_out_of_range"),
        ("area", "1,5", "cell_no_number"),
        ("corner", "maybe", "cell_no_switch"),
        ("province", "Atlantis", "cell_unknown"),
        ("processes", "Tiện CNC; magic", "cell_unknown"),
        ("fascia_name", "F" * 31, "cell_too_long"),
    ],
)
def test_a_wrong_cell_is_named_with_its_column(name, text, code):
    assert faults({name: text, "external_ref": "X"}) == [(name, code)]


def test_every_mistake_of_a_row_is_named_at_once():
    assert set(faults({"contact_email": "x", "area": "y"})) == {
        ("area", "cell_no_number"),
        ("contact_email", "cell_no_email"),
        ("", "row_without_key"),
    }


def test_a_foreign_row_has_a_registration_number_and_a_phone_of_its_country():
    row = read_row(
        2,
        {"c": "Nhật Bản", "t": "1234-56-789012", "p": "03-1234-5678"},
        {"t": "tax_code", "p": "phone", "c": "country"},
    )

    assert row.faults == ()
    assert row.values == {"country": "JP", "tax_code": "1234-56-789012", "phone": "+81312345678"}


def test_empty_rows_are_passed_over_and_a_row_that_comes_again_is_a_mistake():
    rows = [("0012345672", "A"), ("", ""), ("0012345672", "B"), ("", "A")]

    found = read_rows(rows, ["mst", "id"], {"mst": "tax_code", "id": "external_ref"}, first=5)

    assert [(row.number, row.faults) for row in found] == [
        (5, ()),
        (7, (Fault(field="", code="row_twice", facts={"row": "5"}),)),
        (8, (Fault(field="", code="row_twice", facts={"row": "5"}),)),
    ]


@pytest.mark.parametrize("name", ["sectors", "processes", "materials", "certificates", "practices", "supply_tiers"])
def test_every_name_of_every_list_is_read_in_every_language(name):
    for entry in code_list(name):
        for language in LANGUAGES:
            found = find_code(name, entry.label[language])
            # Two codes of one list may have the same name in a language: either is right there.
            assert found == entry.code or code_list(name)[found].label[language] == entry.label[language]


@given(st.text(max_size=40), st.sampled_from([column.field for column in COLUMNS]))
def test_no_text_breaks_the_reading(text, name):
    row = read_row(2, {"a": text, "b": "X"}, {"a": name, "b": "external_ref" if name != "external_ref" else "tax_code"})

    assert all(fault.code for fault in row.faults)
