"""Small rules at the edge of the web that need no request."""

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import LanguageAccept

from fairapp.web.languages import accepted_language, language_of, safe_path, text_in
from fairapp.web.limits import Places, storage_address
from fairapp.web.lists import Page
from fairapp.web.tables import safe_cell

# Lists


def page(number=1, per_page=50, total=0):
    return Page(rows=(), number=number, per_page=per_page, total=total)


@pytest.mark.parametrize(
    ("total", "number", "pages", "first", "last"),
    [(0, 1, 1, 0, 0), (1, 1, 1, 1, 1), (50, 1, 1, 1, 50), (51, 1, 2, 1, 50), (51, 2, 2, 51, 51), (120, 3, 3, 101, 120)],
)
def test_a_page_knows_where_it_lies(total, number, pages, first, last):
    one = page(number=number, total=total)

    assert (one.pages, one.first, one.last) == (pages, first, last)


@given(st.integers(0, 2000), st.integers(1, 100))
def test_the_pages_of_a_list_hold_every_row_once(total, per_page):
    pages = page(per_page=per_page, total=total).pages
    rows = [
        row
        for number in range(1, pages + 1)
        for one in [page(number=number, per_page=per_page, total=total)]
        for row in range(one.first, one.last + 1)
        if total
    ]

    assert rows == list(range(1, total + 1))


# Cells


@pytest.mark.parametrize(
    "text",
    ["=1+1", "=cmd|' /C calc'!A0", "@SUM(A1)", "+1+1", "-1+cmd", "\t=1", "\r=1", "+HYPERLINK(1)", "-2+3+cmd|x", "+"],
)
def test_a_text_that_a_spreadsheet_would_run_is_quoted(text):
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Bùi Quốc Long", "+84 24 3825 0000", "-3.5", "1+1", "a=b", "0100233488", "'x"])
def test_other_texts_stay_as_they_are(text):
    assert safe_cell(text) == text


@given(st.text(max_size=12))
def test_no_cell_begins_like_a_formula(text):
    cell = safe_cell(text)

    assert cell[:1] not in {"=", "@", "\t", "\r"}
    assert cell.removeprefix("'") == text.removeprefix("'")


# Languages


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ([("ja", 1.0), ("en", 0.8)], "ja"),
        ([("fr", 1.0), ("ko-KR", 0.5)], "ko"),
        ([("en_US", 1.0)], "en"),
        ([("VI-vn", 1.0)], "vi"),
        ([("fr", 1.0), ("de", 0.8)], None),
        ([], None),
    ],
)
def test_the_browser_says_which_of_our_languages_it_prefers(header, language):
    assert accepted_language(LanguageAccept(header)) == language


@pytest.mark.parametrize(
    ("texts", "wanted", "text", "language"),
    [
        ({"vi": "Trục", "en": "Shafts"}, "vi", "Trục", "vi"),
        ({"vi": "Trục", "en": "Shafts"}, "ja", "Shafts", "en"),
        ({"vi": "Trục"}, "ko", "Trục", "vi"),
        ({"vi": "", "ko": "축"}, "vi", "축", "ko"),
        ({}, "vi", "", "vi"),
        (None, "en", "", "en"),
    ],
)
def test_a_text_falls_back_to_the_nearest_language_and_says_which(texts, wanted, text, language):
    assert (text_in(texts, wanted), language_of(texts, wanted)) == (text, language)


@pytest.mark.parametrize("target", ["/", "/SIE27/", "/SIE27/exhibitors?q=d%E1%BA%A1i&page=2"])
def test_a_path_of_ours_is_followed(target):
    assert safe_path(target) == target


@pytest.mark.parametrize(
    "target",
    [None, "", "SIE27", "//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", "\\\\evil"],
)
def test_every_other_target_leads_to_the_start_page(target):
    assert safe_path(target) == "/"


@pytest.mark.parametrize("space", ["\t", "\n", "\r", "\x00", "\x0b"])
def test_a_control_character_leads_nowhere_else(space):
    # Browsers take tabs and line breaks out of an address: /<tab>/evil.example is //evil.example to them.
    assert safe_path(f"/{space}/evil.example") == "/"
    assert safe_path(f"/{space}\\evil.example") == "/"


# Limits


def test_a_place_is_given_out_once_and_again_when_it_comes_back():
    places = Places(2)

    assert [places.take(), places.take(), places.take()] == [True, True, False]
    places.give_back()
    assert [places.take(), places.take()] == [True, False]


def test_many_threads_never_get_more_places_than_there_are():
    places, taken, begin = Places(5), [], threading.Barrier(16)

    def guest():
        begin.wait()
        taken.append(places.take())

    threads = [threading.Thread(target=guest) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(taken) == [False] * 11 + [True] * 5


@pytest.mark.parametrize(
    ("redis_url", "storage"),
    [("", "memory://"), ("redis://db/0", "redis://db/0"), ("unix:///run/redis.sock", "redis+unix:///run/redis.sock")],
)
def test_tries_are_counted_in_redis_where_there_is_one(redis_url, storage):
    assert storage_address(redis_url) == storage
