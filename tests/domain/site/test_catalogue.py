"""The indexes of the printed catalogue, and how it is set."""

import pytest

from fairapp.site.catalogue import BoothLine, Entry, Group, by_booth, by_letter, by_sector, initial
from fairapp.site.typesetting import quoted


def entry(key: int, name: str, **values: object) -> Entry:
    return Entry(key=key, name=name, legal_name=f"Công ty {name}", **values)


def test_names_stand_under_their_letter_in_the_order_of_a_vietnamese_dictionary():
    named = [entry(1, "Đúc Hà Nội"), entry(2, "Dũng"), entry(3, "Ánh"), entry(4, "Ân"), entry(5, "An"), entry(6, "3D")]

    assert [(group.title, [one.name for one in group.entries]) for group in by_letter(named)] == [
        ("#", ["3D"]),
        ("A", ["An", "Ánh"]),
        ("Â", ["Ân"]),
        ("D", ["Dũng"]),
        ("Đ", ["Đúc Hà Nội"]),
    ]


@pytest.mark.parametrize(
    ("name", "letter"), [("ớt", "Ơ"), ("Ỷ Lan", "Y"), ("  bánh", "B"), ("", "#"), ("日本", "日"), ("(giả)", "#")]
)
def test_a_letter_loses_its_tone_and_nothing_else(name, letter):
    assert initial(name) == letter


def test_an_exhibitor_stands_in_each_of_its_sectors_and_empty_sectors_are_left_out():
    one, two = entry(1, "B", sectors=("moulds", "plastics")), entry(2, "A", sectors=("plastics",))
    titles = {"plastics": ("Nhựa", "Plastics"), "textile": ("Dệt", "Textile"), "moulds": ("Khuôn", "Moulds")}

    assert by_sector([one, two], titles) == [
        Group(title="Nhựa", second="Plastics", entries=(two, one)),
        Group(title="Khuôn", second="Moulds", entries=(one,)),
    ]


def test_booths_stand_hall_by_hall_and_a_co_exhibitor_under_its_main_exhibitor():
    main, guest = entry(1, "Z", booths=("A10",), hall="A"), entry(2, "A", booths=("A10",), hall="A", main="Z")
    other, none = entry(3, "C", booths=("A9",), hall="A"), entry(4, "D")

    assert by_booth([main, guest, other, none]) == {
        "A": [
            BoothLine(code="A9", entry=other),
            BoothLine(code="A10", entry=main),
            BoothLine(code="A10", entry=guest),
        ]
    }


def test_no_name_can_leave_the_style_sheet():
    assert quoted('Hội chợ "2027" \\ }') == '"Hội chợ \\0000222027\\000022 \\00005c \\00007d"'
