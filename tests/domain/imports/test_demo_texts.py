"""The demo fair speaks to every reader in their own language."""

import json

import pytest

from fairapp.imports import demo
from fairapp.imports.rows import LANGUAGES

FILE = json.loads(demo.FILE.read_text(encoding="utf-8"))
TEXTS = {
    "halls": "name",
    "exhibitors": "main_products",
    "buyers": "products",
    "needs": "title",
}


@pytest.fixture(scope="module", params=[1, 3])
def document(request):
    return demo.document(request.param)


@pytest.mark.parametrize("rows", TEXTS)
def test_every_text_of_it_has_all_four_languages(document, rows):
    found = document[rows] + (document["applications"] if rows == "exhibitors" else [])

    for row in found:
        texts = row[TEXTS[rows]]
        assert tuple(texts) == LANGUAGES
        assert all(text.strip() for text in texts.values())
        assert len(set(texts.values())) == len(LANGUAGES)


@pytest.mark.parametrize("rows", TEXTS)
def test_its_vietnamese_stays_as_it_was(rows):
    document = demo.document()
    found = document[rows] + (document["applications"] if rows == "exhibitors" else [])
    key = "code" if rows == "halls" else "ref"

    assert {row[key]: row[TEXTS[rows]]["vi"] for row in found} == {row[key]: row[TEXTS[rows]] for row in FILE[rows]}


def test_the_fair_itself_has_all_four_languages(document):
    for name in ("name", "theme", "venue"):
        assert tuple(document["fair"][name]) == LANGUAGES


@pytest.mark.parametrize("scale", [1, 3])
def test_a_fair_of_any_size_is_read_with_all_of_them(scale):
    seed = demo.build(scale)

    assert len(seed.needs) == 36 * scale
    assert {tuple(need.title) for need in seed.needs} == {LANGUAGES}
    assert {tuple(hall.name) for hall in seed.halls} == {LANGUAGES}
    assert {tuple(one.enterprise.main_products) for one in (*seed.exhibitors, *seed.buyers)} == {LANGUAGES}


def test_a_further_hall_is_called_by_its_own_code_in_every_language():
    halls = {hall["code"]: hall["name"] for hall in demo.document(2)["halls"]}

    assert {language: text.replace("D", "A", 1) for language, text in halls["D"].items()} == halls["A"]


def test_no_translation_is_left_over():
    read = {FILE["fair"]["theme"], FILE["fair"]["venue"]}
    read |= {row[key] for rows, key in TEXTS.items() for row in FILE[rows]}

    assert set(json.loads(demo.TEXTS.read_text(encoding="utf-8"))) == read
