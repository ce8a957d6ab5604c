"""Fee lines in words for files: the same words as on the pages, without marks."""

from flask import get_template_attribute
from markupsafe import Markup

from fairapp.fees.lines import FeeLine
from fairapp.web import languages


def name_of(line: FeeLine) -> str:
    """Return what a line is for, in the language that is in force."""
    return _written("line_name", line)


def note_of(line: FeeLine) -> str:
    """Return what explains a line."""
    return _written("line_note", line)


def unit_of(line: FeeLine) -> str:
    """Return in what a line is counted; empty where it is not counted."""
    if line.facts.get("per") == "m2":
        return "m²"
    return languages.text_in(line.facts.get("unit"), languages.current_language())


def _written(macro: str, line: FeeLine) -> str:
    return Markup(get_template_attribute("fees/words.html", macro)(line)).striptags()  # noqa: S704
