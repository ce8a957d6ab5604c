"""Amounts in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairapp.fees.amounts import LARGEST, english, in_words, vietnamese

VALUES = {
    word: value for value, word in enumerate(("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"))
}
VALUES |= {"mốt": 1, "tư": 4, "lăm": 5}


def read_vietnamese(words):
    """Return the number that words say."""
    whole = part = digit = 0
    for word in words.split():
        if word in VALUES:
            digit += VALUES[word]
        elif word == "mười":
            part, digit = part + 10, 0
        elif word in ("trăm", "mươi"):
            part, digit = part + digit * (100 if word == "trăm" else 10), 0
        elif word in ("nghìn", "triệu"):
            whole, part, digit = whole + (part + digit) * (1_000 if word == "nghìn" else 1_000_000), 0, 0
        elif word == "tỷ":
            whole, part, digit = (whole + part + digit) * 1_000_000_000, 0, 0
    return whole + part + digit


def test_an_amount_stands_on_the_paper_as_a_sentence():
    assert in_words(32_400_000, "vi") == "Ba mươi hai triệu bốn trăm nghìn đồng"
    assert in_words(32_400_000, "en") == "Thirty-two million four hundred thousand Vietnamese dong"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (4, "bốn"),
        (10, "mười"),
        (15, "mười lăm"),
        (21, "hai mươi mốt"),
        (11, "mười một"),
        (24, "hai mươi tư"),
        (14, "mười bốn"),
        (105, "một trăm linh năm"),
        (104, "một trăm linh bốn"),
        (155, "một trăm năm mươi lăm"),
        (1_001, "một nghìn không trăm linh một"),
        (1_024, "một nghìn không trăm hai mươi tư"),
        (20_000, "hai mươi nghìn"),
        (1_005_000, "một triệu không trăm linh năm nghìn"),
        (76_000_000, "bảy mươi sáu triệu"),
        (2_000_000_000, "hai tỷ"),
        (1_000_000_021, "một tỷ không trăm hai mươi mốt"),
        (3_000_000_000_000, "ba nghìn tỷ"),
    ],
)
def test_a_number_is_read_as_one_says_it(number, words):
    assert vietnamese(number) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "zero"),
        (13, "thirteen"),
        (40, "forty"),
        (105, "one hundred five"),
        (1_234_567, "one million two hundred thirty-four thousand five hundred sixty-seven"),
    ],
)
def test_a_number_in_english(number, words):
    assert english(number) == words


@given(st.integers(0, LARGEST - 1))
def test_words_say_exactly_one_number(number):
    assert read_vietnamese(vietnamese(number)) == number


@given(st.integers(0, LARGEST - 1), st.integers(0, LARGEST - 1))
def test_two_numbers_never_have_the_same_words(one, other):
    assert (english(one) == english(other)) is (one == other)


@pytest.mark.parametrize("number", [-1, LARGEST])
def test_what_cannot_be_said_is_refused(number):
    with pytest.raises(ValueError, match="no "):
        vietnamese(number)
