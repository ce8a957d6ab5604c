"""The answers of an application in words, for a page, for paper, and for a comparison."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import FieldList

from fairapp.applications import answers, space
from fairapp.applications.answers import Question
from fairapp.applications.forms.enterprise import EnterpriseForm
from fairapp.applications.forms.participation import ParticipationForm
from fairapp.enterprises.taxonomy import code_list
from fairapp.web import languages, moments

TITLES = {
    "enterprise": _("Enterprise"),
    "address": _("Address"),
    "making": _("What you make"),
    "market": _("Customers and markets"),
    "catalogue": _("Catalogue"),
    "booth": _("Booth"),
    "money": _("Subsidy and invoice"),
    "contact": _("Contact"),
}


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One answer in words; of several, one line each."""

    name: str
    label: str
    lines: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class Section:
    """Answers that belong together."""

    title: str
    facts: Sequence[Fact]


def tell(
    values: Mapping[str, Any], *, bodies: Mapping[str, str], without: frozenset[str] = frozenset()
) -> list[Section]:
    """Return what an application says in the reader's language; questions without an answer are left out."""
    told = []
    for name, questions in answers.SECTIONS.items():
        facts = [
            Fact(name=one.name, label=label_of(one.name), lines=lines)
            for one in questions
            if one.name not in without and (lines := lines_of(one, values, bodies=bodies))
        ]
        if facts:
            told.append(Section(title=str(TITLES[name]), facts=facts))
    return told


def label_of(name: str) -> str:
    """Return the words beside the field of a question."""
    for form in (EnterpriseForm, ParticipationForm):
        field = getattr(form, name, None)
        if field is not None:
            # Rows keep their label behind what a row is made of.
            return str(field.args[1] if field.field_class is FieldList else field.args[0])
    return name


def lines_of(question: Question, values: Mapping[str, Any], *, bodies: Mapping[str, str]) -> list[str]:
    """Return an answer in words, one line for each of several."""
    answer = values.get(question.name)
    if answer in (None, "", [], False):
        return []
    language = languages.current_language()
    match question.kind:
        case "switch":
            return [gettext("Yes")]
        case "code":
            return [code_list(question.code_list).label(answer, language)]
        case "codes":
            return [", ".join(code_list(question.code_list).label(code, language) for code in answer)]
        case "rows":
            return [_ROWS[question.name](row, language) for row in answer]
        case "area":
            wanted = values.get("booth_type") == space.RAW_SPACE
            return [f"{answer} m²"] if wanted else []
        case "file":
            return [gettext("attached")]
        case "body":
            return [bodies.get(answer, "")] if bodies.get(answer) else []
        case _:
            return str(answer).splitlines()


def _certificate(row: Mapping[str, Any], language: str) -> str:
    until = date.fromisoformat(row["expires_on"]) if row.get("expires_on") else None
    parts = [
        code_list("certificates").label(row.get("code"), language),
        row.get("number"),
        row.get("issuer"),
        gettext("until %(day)s", day=moments.short_day(until)) if until else "",
    ]
    return ", ".join(str(part) for part in parts if part)


def _machine(row: Mapping[str, Any], language: str) -> str:
    name = " ".join(str(row[part]) for part in ("maker", "model") if row.get(part))
    parts = [row.get("kind"), name, row.get("year"), row.get("key_size")]
    return f"{row.get('quantity') or 1} × " + ", ".join(str(part) for part in parts if part)


def _customer(row: Mapping[str, Any], language: str) -> str:
    since = gettext("since %(year)s", year=row["since"]) if row.get("since") else ""
    country = code_list("countries").label(row.get("country"), language)
    return ", ".join(str(part) for part in (row.get("name"), country, row.get("products"), since) if part)


_ROWS = {"certificates": _certificate, "machines": _machine, "customers": _customer}
