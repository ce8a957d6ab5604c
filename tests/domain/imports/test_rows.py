"""Single values of a file."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairapp.imports.rows import Errors, Row

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")


def row_of(**values) -> Row:
    return Row(values, "rows[0]", Errors())


def errors_of(row: Row) -> list[tuple[str, str]]:
    return [(error.path, error.code) for error in row.errors]


def test_a_text_is_composed_trimmed_and_free_of_control_characters():
    assert row_of(name="  Bu\u0300i\x00 Quo\u0302\u0301c\x1b Long ").text("name", longest=80) == "Bùi Quốc Long"


@pytest.mark.parametrize("value", [None, "", "   ", "\x00"])
def test_an_empty_text_is_missing_where_it_is_required(value):
    row = row_of(name=value)

    assert row.text("name", longest=80, required=True) == ""
    assert errors_of(row) == [("rows[0].name", "missing")]


@pytest.mark.parametrize(
    ("take", "value", "expected"),
    [
        (lambda row: row.day("x"), "2027-03-17", date(2027, 3, 17)),
        (lambda row: row.clock("x"), "09:30", time(9, 30)),
        (lambda row: row.moment("x", HANOI), "2027-03-17T09:30", datetime(2027, 3, 17, 2, 30, tzinfo=UTC)),
        (lambda row: row.moment("x", HANOI), "2027-03-17T09:30+00:00", datetime(2027, 3, 17, 9, 30, tzinfo=UTC)),
        (lambda row: row.month("x"), "2027-07", "2027-07"),
        (lambda row: row.whole("x", least=0, most=9), 9, 9),
        (lambda row: row.number("x", least=0, most=9), 0.5, 0.5),
        (lambda row: row.switch("x", default=True), False, False),
        (lambda row: row.email("x"), "Long@Enterprise.Example", "long@enterprise.example"),
        (lambda row: row.phone("x", country="VN"), "0912 345 678", "+84912345678"),
        (lambda row: row.tax_code("x", country="VN"), "0100233488", "0100233488"),
        (lambda row: row.codes("x", "sectors"), ["precision_mechanical"], ("precision_mechanical",)),
        (lambda row: row.numbers("x"), {"defect_rate": 1.5}, {"defect_rate": 1.5}),
    ],
)
def test_a_value_is_read(take, value, expected):
    row = row_of(x=value)

    assert take(row) == expected
    assert errors_of(row) == []


@pytest.mark.parametrize(
    ("take", "value", "code"),
    [
        (lambda row: row.day("x"), "17/03/2027", "bad_day"),
        (lambda row: row.clock("x"), "9h30", "bad_clock"),
        (lambda row: row.moment("x", HANOI), "2027-03-17", "bad_moment"),
        (lambda row: row.month("x"), "07/2027", "bad_month"),
        (lambda row: row.whole("x", least=0, most=9), 10, "out_of_range"),
        (lambda row: row.whole("x", least=0, most=9), 1.5, "wrong_type"),
        (lambda row: row.number("x", least=0, most=9), True, "wrong_type"),
        (lambda row: row.number("x", least=0, most=9), "3", "wrong_type"),
        (lambda row: row.switch("x", default=True), 1, "wrong_type"),
        (lambda row: row.text("x", longest=3), "four", "too_long"),
        (lambda row: row.text("x", longest=3), 4, "wrong_type"),
        (lambda row: row.email("x"), "a@b", "email_invalid"),
        (lambda row: row.email("x"), "a@b.example, c@d.example", "email_invalid"),
        (lambda row: row.phone("x", country="VN"), "12", "phone_invalid"),
        (lambda row: row.tax_code("x", country="VN"), "001200012345", "tax_code_personal"),
        (lambda row: row.codes("x", "sectors"), "precision_mechanical", "wrong_type"),
        (lambda row: row.row("x"), [], "wrong_type"),
        (lambda row: row.rows("x"), {}, "wrong_type"),
    ],
)
def test_a_wrong_value_is_noted_and_reading_goes_on(take, value, code):
    row = row_of(x=value)

    take(row)

    assert errors_of(row) == [("rows[0].x", code)]


def test_words_are_kept_once_and_the_second_is_noted():
    row = row_of(x=["b", "a", "b", 3])

    assert [word for word, _ in row.words("x", ("a", "b"))] == ["b", "a"]
    assert errors_of(row) == [("rows[0].x[2]", "duplicate"), ("rows[0].x[3]", "wrong_type")]


def test_a_key_that_nobody_takes_is_noted():
    row = row_of(name="x", nmae="y")

    row.text("name", longest=9)
    row.finish()

    assert errors_of(row) == [("rows[0].nmae", "unknown_key")]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)


@given(json_values)
def test_no_value_stops_the_reading(value):
    row = row_of(x=value)

    row.text("x", longest=5, required=True)
    row.texts("x", longest=5)
    row.whole("x", least=0, most=9)
    row.day("x")
    row.clock("x")
    row.moment("x", HANOI)
    row.month("x")
    row.email("x")
    row.phone("x", country="VN")
    row.tax_code("x", country="VN")
    row.codes("x", "sectors")
    row.numbers("x")
    row.rows("x")
    row.finish()


def test_an_address_to_which_no_message_can_be_written_is_refused():
    row = row_of(email="đại@x.example")
    row.email("email")

    assert errors_of(row) == [("rows[0].email", "email_invalid")]
