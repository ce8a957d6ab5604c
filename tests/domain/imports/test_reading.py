"""A fair's file: every mistake is named at its place, and nothing comes in with a single one."""

import copy
import json

import pytest

from fairapp.imports import demo
from fairapp.imports.reading import FORMAT, read_fair

FILE = json.loads(demo.FILE.read_text(encoding="utf-8"))
KEPT = {"booths": 3, "exhibitors": 3, "buyers": 2, "needs": 3, "visitors": 2, "b2b_slots": 3, "b2b_tables": 2}
"""A few rows of each list are enough here; the whole demo comes in by the feature tests."""


def small_fair() -> dict:
    document = copy.deepcopy({name: FILE[name][: KEPT[name]] if name in KEPT else FILE[name] for name in FILE})
    booths = {booth["code"] for booth in document["booths"]}
    for exhibitor in document["exhibitors"]:
        exhibitor["booths"] = [code for code in exhibitor.get("booths", []) if code in booths]
        exhibitor.pop("choices", None)
    buyers = {buyer["ref"] for buyer in document["buyers"]}
    document["needs"] = [need for need in document["needs"] if need["buyer"] in buyers]
    return document


def read(document) -> object:
    return read_fair(json.dumps(document, ensure_ascii=False))


def errors_after(change) -> list[tuple[str, str]]:
    """Return place and code of each error after one change of a sound file."""
    document = small_fair()
    change(document)
    reading = read(document)
    assert (reading.seed is None) is bool(reading.errors)
    return [(error.path, error.code) for error in reading.errors]


def put(*path, value):
    """Return a change that puts ``value`` at a place of the file."""

    def change(document):
        for part in path[:-1]:
            document = document[part]
        document[path[-1]] = value

    return change


def take(*path):
    def change(document):
        for part in path[:-1]:
            document = document[part]
        del document[path[-1]]

    return change


def twice(*path):
    def change(document):
        for part in path:
            document = document[part]
        document.append(copy.deepcopy(document[0]))

    return change


def test_a_sound_file_gives_the_whole_fair():
    reading = read(small_fair())

    assert reading.errors == ()
    assert (reading.seed.fair.code, len(reading.seed.booths), len(reading.seed.exhibitors)) == ("SIE27", 3, 3)


def test_a_plain_text_is_vietnamese():
    document = small_fair()
    document["fair"]["theme"] = "Nội địa hóa"

    assert read(document).seed.fair.theme == {"vi": "Nội địa hóa"}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (put("format", value="fairapp-fair-9"), [("format", "unknown_code")]),
        (put("guests", value=[]), [("guests", "unknown_key")]),
        (put("visitors", value={}), [("visitors", "wrong_type")]),
        (put("booths", 0, value="A101"), [("booths[0]", "wrong_type")]),
        (put("fair", "timezone", value="Asia/Hanoi"), [("fair.timezone", "unknown_zone")]),
        (put("fair", "colour", value="green"), [("fair.colour", "bad_shape")]),
        (put("fair", "code", value="sie 27"), [("fair.code", "bad_shape")]),
        (put("fair", "visitor_hours", 0, "close", value="25:00"), [("fair.visitor_hours[0].close", "bad_clock")]),
        (put("fair", "visitor_hours", 0, "date", value="2027-02-30"), [("fair.visitor_hours[0].date", "bad_day")]),
        (put("fair", "applications_close", value="2027-02-15"), [("fair.applications_close", "bad_moment")]),
        (put("fair", "name", value={"vi": "Hội chợ", "fr": "Salon"}), [("fair.name.fr", "unknown_key")]),
        (put("fair", "name", value="x" * 201), [("fair.name", "too_long")]),
        (put("fair", "vat_percent", value=101), [("fair.vat_percent", "out_of_range")]),
        (put("fair", "vat_percent", value=True), [("fair.vat_percent", "wrong_type")]),
        (put("booths", 0, "area_m2", value=10), [("booths[0].area_m2", "area_mismatch")]),
        (put("booths", 0, "type", value="castle"), [("booths[0].type", "unknown_code")]),
        (put("booths", 0, "hall", value="Z"), [("booths[0].hall", "unknown_ref")]),
        (put("booths", 0, "x_m", value=999), [("booths[0].hall", "booth_outside_hall")]),
        (put("b2b_tables", 0, "seats", value=1), [("b2b_tables[0].seats", "out_of_range")]),
        (put("exhibitors", 1, "tax_code", value="0100233489"), [("exhibitors[1].tax_code", "tax_code_check_digit")]),
        (put("exhibitors", 1, "contact", "email", value="long@"), [("exhibitors[1].contact.email", "email_invalid")]),
        (put("exhibitors", 0, "processes", value=["magic"]), [("exhibitors[0].processes[0]", "unknown_code")]),
        (put("exhibitors", 0, "choices", value=["Z9"]), [("exhibitors[0].choices[0]", "unknown_ref")]),
        (put("needs", 0, "buyer", value="B99"), [("needs[0].buyer", "unknown_ref")]),
        (put("needs", 0, "target_sop", value="2027-13"), [("needs[0].target_sop", "bad_month")]),
        (take("fair", "start"), [("fair.start", "missing")]),
        (take("exhibitors", 0, "name"), [("exhibitors[0].name", "missing")]),
        (twice("b2b_tables"), [("b2b_tables[2].code", "duplicate")]),
        (twice("b2b_slots"), [("b2b_slots[3].start", "duplicate"), ("b2b_slots[3].start", "slots_overlap")]),
    ],
    ids=lambda value: value[0][0] if isinstance(value, list) else "",
)
def test_a_mistake_is_named_at_its_place(change, expected):
    assert errors_after(change) == expected


def test_a_fair_that_ends_before_it_begins_is_told_so_at_every_day():
    found = errors_after(put("fair", "end", value="2020-01-01"))

    assert ("fair.end", "ends_before_start") in found
    assert ("fair.visitor_hours[0].date", "outside_fair") in found


def test_two_booths_on_the_same_floor_are_told():
    document = small_fair()
    document["booths"][1] |= {key: document["booths"][0][key] for key in ("hall", "x_m", "y_m")}

    assert ("booths[1].x_m", "booths_overlap") in [(error.path, error.code) for error in read(document).errors]


def test_every_mistake_is_named_at_once():
    def change(document):
        document["fair"]["colour"] = "green"
        document["booths"][2]["type"] = "castle"
        document["needs"][0]["kind"] = "wish"

    assert errors_after(change) == [
        ("fair.colour", "bad_shape"),
        ("booths[2].type", "unknown_code"),
        ("needs[0].kind", "unknown_code"),
    ]


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[1,]", b"\xff\xfe", "[" * 100_000], ids=["empty", "torn", "comma", "bytes", "deep"]
)
def test_what_is_no_json_is_told_with_its_line(content):
    (error,) = read_fair(content).errors

    assert (error.path, error.code) == ("", "not_json")
    assert error.facts["line"] >= 1


@pytest.mark.parametrize("content", ["[]", '"fair"', "null", "3"])
def test_a_file_is_one_object(content):
    (error,) = read_fair(content).errors

    assert (error.path, error.code, error.facts) == ("", "wrong_type", {"expected": "object"})


def test_an_empty_object_lacks_the_fair():
    assert ("fair", "missing") in [(error.path, error.code) for error in read_fair("{}").errors]
    assert read_fair(json.dumps({"format": FORMAT})).seed is None
