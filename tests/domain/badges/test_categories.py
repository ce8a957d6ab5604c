import re

from fairapp.badges.categories import BY_NUMBER, CATEGORIES
from fairapp.badges.credentials import ALPHABET
from fairapp.enterprises.taxonomy import code_list


def test_every_category_of_the_code_list_has_a_badge():
    assert sorted(CATEGORIES) == sorted(code_list("badge_categories").codes)


def test_numbers_in_signed_credentials_never_change():
    assert {number: category.code for number, category in BY_NUMBER.items()} == {
        1: "exhibitor",
        2: "buyer",
        3: "visitor",
        4: "vip",
        5: "press",
        6: "speaker",
        7: "interpreter",
        8: "contractor",
        9: "organizer",
    }


def test_letters_tell_the_categories_apart_and_look_like_nothing_else():
    letters = [category.letter for category in CATEGORIES.values()]

    assert len(set(letters)) == len(letters)
    assert set(letters) <= set(ALPHABET)


def test_every_band_has_a_colour_on_which_white_letters_can_be_read():
    for category in CATEGORIES.values():
        assert re.fullmatch(r"#[0-9A-F]{6}", category.colour)
        assert _contrast_with_white(category.colour) >= 4, category.code


def _contrast_with_white(colour):
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)
