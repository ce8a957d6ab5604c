import pathlib
import unicodedata

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from fairapp.badges.fitting import Step, Text, fit, lines, longest_word, measure, parts_of

FONTS = (pathlib.Path(__file__).parents[3] / ".sys/root/usr/share/fonts", pathlib.Path("/usr/share/fonts"))
LETTERS = st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn"))
SIZES = (20.0, 16.0, 12.0, 6.0)
STEPS = (*(Step(size=size, lines=2) for size in SIZES[:-1]), Step(size=SIZES[-1], lines=float("inf")))
ENTERPRISE = "Công ty Trách nhiệm hữu hạn Một thành viên Sản xuất Thương mại Dịch vụ Xuất nhập khẩu Đại Nghĩa"


def text(words, **values):
    return Text(text=words, **{"steps": STEPS, **values})


@pytest.fixture(scope="module")
def drawn():
    """Widths of letters in type sizes, as the font of the badges draws them."""
    font = TTFont(next(file for folder in FONTS for file in folder.rglob("NotoSans-Bold.ttf")))
    widths, units = font["hmtx"], font["head"].unitsPerEm
    return {chr(code): widths[glyph][0] / units for code, glyph in font.getBestCmap().items()}


@pytest.mark.parametrize(
    "block",
    [(0x20, 0x7F), (0xC0, 0x180), (0x1A0, 0x1A2), (0x1AF, 0x1B1), (0x1EA0, 0x1EFA), (0x400, 0x460), (0x2010, 0x2027)],
)
def test_no_letter_of_a_name_is_drawn_wider_than_measured(drawn, block):
    too_wide = [
        letter
        for letter in map(chr, range(*block))
        if letter in drawn and unicodedata.category(letter) != "Cf" and drawn[letter] > measure(letter)
    ]

    assert too_wide == []


@pytest.mark.parametrize("name", ["김민수", "田中太郎", "タナカ"])
def test_every_letter_of_east_asia_is_one_type_size_wide(name):
    assert measure(name) == len(name)


@given(st.text(LETTERS, max_size=60))
def test_composed_and_decomposed_letters_are_equally_wide(words):
    assert measure(unicodedata.normalize("NFD", words)) == pytest.approx(measure(unicodedata.normalize("NFC", words)))


@given(st.text(LETTERS, min_size=1, max_size=80), st.floats(50, 400))
def test_lines_have_room_for_all_letters(words, width):
    count = lines(words, size=10, width=width)

    assert count >= 1
    assert measure("".join(words.split())) * 10 <= count * width + 0.001


@given(st.text(LETTERS, max_size=80), st.floats(100, 400))
def test_smaller_type_never_needs_more_lines(words, width):
    assert lines(words, size=6, width=width) <= lines(words, size=12, width=width)


@given(st.lists(st.text(LETTERS, max_size=60), min_size=1, max_size=4), st.floats(200, 400), st.floats(60, 400))
def test_what_fits_at_the_smallest_size_stays_in_its_box(texts, width, height):
    sizes = fit([text(words) for words in texts], width=width, height=height)

    def filled(chosen):
        return sum(
            lines(words, size=size, width=width) * size * 1.3
            for words, size in zip(texts, chosen, strict=True)
            if words
        )

    assert set(sizes) <= set(SIZES)
    assert filled(sizes) <= height or sizes == [SIZES[-1]] * len(texts)


@given(st.text(LETTERS, max_size=60))
def test_a_word_is_broken_only_where_even_the_smallest_size_is_too_large(words):
    one = text(words)
    [size] = fit([one], width=246, height=1000)

    assert longest_word(one) * size <= 246 or size == SIZES[-1]


def test_a_short_text_is_set_as_large_as_it_may():
    assert fit([text("Lê An")], width=246, height=100) == [20.0]


def test_a_long_enterprise_name_goes_down_until_two_lines_hold_it():
    [size] = fit([text(ENTERPRISE)], width=246, height=100)

    assert size == 6.0
    assert lines(ENTERPRISE, size=size, width=246) == 2


def test_in_a_full_box_the_tallest_gives_way_first():
    name, position = text("Nguyễn Thị Phương Thảo"), text("Kỹ sư")

    assert fit([name, position], width=150, height=70) == [16.0, 20.0]


def test_an_empty_text_takes_no_room():
    assert fit([text("Lê An"), text("", space=500.0)], width=246, height=30) == [20.0, 20.0]


def test_a_japanese_line_breaks_between_letters_but_a_name_does_not():
    assert lines("株式会社電装技研", size=20, width=100) == 2
    assert longest_word(text("株式会社")) == 1
    assert longest_word(text("健太郎", whole_words=True)) == 3


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("クリストファー・ジョンソン", ["クリストファー・", "ジョンソン"]),
        ("Anna-Maria", ["Anna-", "Maria"]),
        ("A-4", ["A-4"]),
        ("Thảo", ["Thảo"]),
        ("-", ["-"]),
    ],
)
def test_a_word_may_break_after_its_joints(word, parts):
    assert parts_of(word) == parts
