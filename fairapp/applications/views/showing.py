"""An application in words: what it lacks, and what changed in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext

from fairapp.applications import answers
from fairapp.applications.answers import Question
from fairapp.applications.differences import find_changes
from fairapp.applications.missing import Facts, Missing, find_missing
from fairapp.applications.models import Application
from fairapp.applications.views import telling
from fairapp.enterprises.models import CapabilityKind


@dataclass(frozen=True, kw_only=True)
class ShownChange:
    """A change as people read it."""

    label: str
    before: list[str]
    after: list[str]


def missing_in(application: Application, *, today: date) -> list[Missing]:
    """Return what an application lacks."""
    enterprise = application.enterprise
    facts = Facts(
        has_form=application.scan_id is not None,
        form_state=application.scan_state,
        representative=enterprise.representative,
        address=enterprise.address,
        province=enterprise.province,
        country=enterprise.country,
        employees=enterprise.employees,
        sectors=enterprise.codes(CapabilityKind.SECTOR),
        processes=enterprise.codes(CapabilityKind.PROCESS),
        has_products=bool(enterprise.main_products),
        fascia_name=application.fascia_name,
        contact_name=application.contact_name,
        contact_email=application.contact_email,
        contact_phone=application.contact_phone,
        subsidy_wanted=application.subsidy_wanted,
        subsidy_source=application.subsidy_source,
        expiries=[one.expires_on for one in enterprise.capabilities if one.kind == CapabilityKind.CERTIFICATE],
    )
    return find_missing(facts, today=today)


def show_changes(
    before: Mapping[str, Any], after: Mapping[str, Any], *, bodies: Mapping[str, str]
) -> list[ShownChange]:
    """Return what changed between two submissions, with the words of the form, in its order."""
    questions = {one.name: one for section in answers.SECTIONS.values() for one in section}
    changes = find_changes(before, after, order=list(questions))
    return [
        ShownChange(
            label=telling.label_of(change.field),
            before=_told(questions[change.field], change.before, before, bodies),
            after=_told(questions[change.field], change.after, after, bodies),
        )
        for change in changes
        if change.field in questions
    ]


def _told(
    question: Question, entries: Sequence[Any], values: Mapping[str, Any], bodies: Mapping[str, str]
) -> list[str]:
    """Return the entries of one answer in words, each for itself."""
    if question.kind == "switch":
        return [gettext("yes") if entry else gettext("no") for entry in entries]
    several = question.kind in ("codes", "rows")
    lines = (
        telling.lines_of(question, {**values, question.name: [entry] if several else entry}, bodies=bodies)
        for entry in entries
    )
    return [" ".join(line) for line in lines if line]
