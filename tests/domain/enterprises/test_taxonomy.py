import unicodedata

import pytest

from fairapp.enterprises import reference
from fairapp.enterprises.code_list import Code, CodeList
from fairapp.enterprises.taxonomy import (
    LISTS,
    code_list,
    enterprise_size,
    find_province,
    fit_weights,
    label,
)


@pytest.mark.parametrize("name", [*LISTS, "provinces", "countries"])
def test_every_code_has_a_name_in_all_four_languages(name):
    incomplete = [entry.code for entry in code_list(name) if set(entry.label) != {"vi", "en", "ja", "ko"}]

    assert incomplete == []


@pytest.mark.parametrize("name", LISTS)
def test_every_name_is_composed_and_trimmed(name):
    labels = [text for entry in code_list(name) for text in entry.label.values()]

    assert labels == [unicodedata.normalize("NFC", text).strip() for text in labels]


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("sectors", 13),
        ("process_groups", 13),
        ("processes", 78),
        ("materials", 31),
        ("certificates", 25),
        ("practices", 13),
        ("measures", 10),
        ("tolerance_bands", 6),
        ("lot_size_bands", 5),
        ("booth_types", 6),
        ("booth_extras", 12),
        ("badge_categories", 9),
        ("provinces", 34),
        ("countries", 249),
    ],
)
def test_the_lists_are_whole(name, number):
    assert len(code_list(name)) == number


def test_every_process_belongs_to_a_group_and_is_offered_under_its_name():
    grouped = code_list("processes").grouped_choices("en")

    assert list(grouped) == [title for _, title in code_list("process_groups").choices("en")]
    assert grouped["Machining"][0] == ("cnc_turning", "CNC turning")


def test_a_name_falls_back_to_english_and_then_to_vietnamese():
    entries = CodeList(
        [
            Code(code="both", label={"vi": "Tiện", "en": "Turning"}),
            Code(code="one", label={"vi": "Mạ"}),
        ]
    )

    assert [entries.label(code, "ko") for code in ("both", "one", "unknown", "", None)] == [
        "Turning",
        "Mạ",
        "unknown",
        "",
        "",
    ]


def test_a_deprecated_code_keeps_its_name_and_is_offered_no_more():
    entries = CodeList([Code(code="old", label={"en": "Old"}, deprecated=True)])

    assert (entries.label("old", "vi"), entries.choices("vi")) == ("Old", [])


def test_a_code_twice_in_a_list_is_an_error():
    with pytest.raises(ValueError, match="twice"):
        CodeList([Code(code="a", label={"en": "A"}), Code(code="a", label={"en": "B"})])


def test_an_unknown_list_is_an_error():
    with pytest.raises(KeyError):
        code_list("weather")


def test_a_code_speaks_the_language_asked_for():
    assert [label("sectors", "mould_die_jig", language) for language in ("vi", "ja")] == [
        code_list("sectors")["mould_die_jig"].label["vi"],
        code_list("sectors")["mould_die_jig"].label["ja"],
    ]


def test_the_weights_of_a_fit_add_up_to_a_hundred():
    assert sum(fit_weights().values()) == 100


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Hải Dương", "Hải Phòng"),
        ("hai duong", "Hải Phòng"),
        ("Tỉnh Bắc Giang", "Bắc Ninh"),
        ("TP.HCM", "TP. Hồ Chí Minh"),
        ("TPHCM", "TP. Hồ Chí Minh"),
        ("Thành phố Hồ Chí Minh", "TP. Hồ Chí Minh"),
        ("Bà Rịa – Vũng Tàu", "TP. Hồ Chí Minh"),
        ("Hanoi", "Hà Nội"),
        ("ハイフォン", "Hải Phòng"),
        ("Hoà Bình", "Phú Thọ"),
        ("Thừa Thiên Huế", "Huế"),
        (" 31 ", "Hải Phòng"),
    ],
)
def test_a_province_is_found_by_its_names_of_today_and_of_yesterday(text, name):
    assert code_list("provinces").label(find_province(text), "vi") == name


@pytest.mark.parametrize("text", ["", "Tokyo", "99", "Hải"])
def test_what_is_no_province_is_not_found(text):
    assert find_province(text) is None


def test_all_63_old_provinces_are_found():
    old = [name for province in code_list("provinces") for name in province.facts["formed_from"]]

    assert len(old) == 63
    assert None not in [find_province(name) for name in old]


def test_no_two_provinces_share_a_name():
    names = [
        name
        for province in code_list("provinces")
        for name in {*province.label.values(), *province.facts["formed_from"], *province.facts["aliases"]}
    ]

    assert all(sum(find_province(name) == province.code for province in code_list("provinces")) == 1 for name in names)
    assert [find_province(province.label["vi"]) for province in code_list("provinces")] == list(
        code_list("provinces").codes
    )


@pytest.mark.parametrize(
    ("employees", "size"),
    [(None, ""), (1, "micro"), (10, "micro"), (11, "small"), (100, "small"), (200, "medium"), (201, "large")],
)
def test_the_size_of_an_enterprise_follows_its_employees(employees, size):
    assert enterprise_size(employees) == size


def test_the_usual_countries_come_first():
    assert code_list("countries").choices("en")[:3] == [
        ("VN", "Vietnam"),
        ("JP", "Japan"),
        ("KR", "South Korea"),
    ]


def test_banks_have_numbers_of_their_own():
    bins = [bank.bin for bank in reference.banks()]

    assert len(bins) == 57
    assert len(set(bins)) == 57
    assert {len(number) for number in bins} == {6}


def test_holidays_come_in_order():
    days = [holiday.day for holiday in reference.holidays()]

    assert days == sorted(days)
