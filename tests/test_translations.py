"""Every text of code and templates is there in every language, whole."""

import re
from collections.abc import Iterator
from pathlib import Path

import flask_security
import pytest
import wtforms
from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[1]
TRANSLATIONS = ROOT / "fairapp" / "translations"
LIBRARIES = {
    "flask_security": Path(flask_security.__file__).parent / "translations" / "flask_security.pot",
    "wtforms": Path(wtforms.__file__).parent / "locale" / "wtforms.pot",
}
"""Domains of libraries, with the texts that the installed version has."""
BROKEN = {"Value entered must be less than %(length) characters"}
"""Texts that lack a letter in the library, and that no page shows."""
PLACEHOLDER = re.compile(r"%\(\w+\)|%s")

Text = str | tuple[str, ...]


def read(language: str, domain: str) -> Catalog:
    path = TRANSLATIONS / language / "LC_MESSAGES" / f"{domain}.po"
    with path.open("rb") as file:
        return read_po(file, locale=language)


def texts_of(catalog: Catalog) -> set[Text]:
    return {message.id for message in catalog if message.id}


def texts_in_use() -> Iterator[Text]:
    with (TRANSLATIONS / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    keywords = {**DEFAULT_KEYWORDS, "lazy_gettext": None, "_l": None}
    found = extract_from_dir(ROOT, methods, options, keywords, directory_filter=is_ours)
    for _file, _line, text, _comments, _context in found:
        yield text


def is_ours(folder: str) -> bool:
    path = Path(folder)
    return path == ROOT or path.relative_to(ROOT).parts[0] in ("fairapp", "templates")


@pytest.mark.parametrize("language", ["vi", "ja", "ko"])
@pytest.mark.parametrize("domain", ["messages", *LIBRARIES])
def test_every_text_is_translated(language: str, domain: str) -> None:
    catalog = read(language, domain)
    for message in catalog:
        if not message.id:
            continue
        sources = message.id if message.pluralizable else (message.id,)
        targets = message.string if message.pluralizable else (message.string,)
        assert len(targets) == (catalog.num_plurals if message.pluralizable else 1), message.id
        assert all(target.strip() for target in targets), message.id
        assert not message.fuzzy, message.id
        for target in targets:
            assert sorted(PLACEHOLDER.findall(target)) == sorted(PLACEHOLDER.findall(sources[-1])), message.id


@pytest.mark.parametrize("language", ["vi", "ja", "ko"])
def test_catalogue_has_every_text_in_use(language: str) -> None:
    known, used = texts_of(read(language, "messages")), set(texts_in_use())
    assert len(used) > 500, "the texts are not found any more"
    assert used - known == set(), "run ./dev messages and translate"
    assert known - used == set(), "run ./dev messages"


@pytest.mark.parametrize("language", ["vi", "ja", "ko"])
@pytest.mark.parametrize("domain", LIBRARIES)
def test_catalogue_has_every_text_of_the_library(language: str, domain: str) -> None:
    with LIBRARIES[domain].open("rb") as file:
        upstream = read_po(file)
    # Flask-Security's templates of features that are off, and its mails, never reach a page.
    shown = {
        message.id
        for message in upstream
        if message.id and any(path.endswith(".py") for path, _line in message.locations)
    }
    known = texts_of(read(language, domain))
    assert shown - known - BROKEN == set()
    assert known - texts_of(upstream) == set()
