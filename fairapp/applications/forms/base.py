"""What the two steps of an application have in common: rows, provinces, answers, and what was typed."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _
from werkzeug.datastructures import ImmutableMultiDict, MultiDict
from wtforms import FieldList, FormField, HiddenField, StringField
from wtforms import Form as SubForm
from wtforms.validators import ValidationError

from fairapp.applications.judging import Mistake
from fairapp.enterprises.taxonomy import code_list, find_province
from fairapp.errors import FairError
from fairapp.web import languages, refusals
from fairapp.web.fields import Form

LONGEST = 5000
"""So many letters of one answer are kept; the form says beside the field how many it takes."""

NEVER_KEPT = ("csrf_token", "draft_version", "based_on", "step")
"""Controls of a form that are not answers."""


class ProvinceField(StringField):  # type: ignore[misc]
    """A province by its name of today or before 2025-07-01; the answer is its code."""

    def process_formdata(self, valuelist: list[str]) -> None:
        if valuelist:
            typed = valuelist[0].strip()
            self.data = find_province(typed) or typed

    def _value(self) -> str:
        return code_list("provinces").label(self.data, languages.current_language()) if self.data else ""

    def pre_validate(self, form: object) -> None:
        if self.data and self.data not in code_list("provinces"):
            raise ValidationError(_("There is no province of this name. Choose one of the list; old names do too."))


def province_names(language: str) -> list[tuple[str, str]]:
    """Return what one may type for a province: each name, old ones too, and the province it is today."""
    names = []
    for province in code_list("provinces"):
        label = province.label_in(language)
        names.append((label, ""))
        names.extend((old, label) for old in province.facts["formed_from"] if old != province.label["vi"])
    return names


class Row(SubForm):  # type: ignore[misc]
    """One row of several; a row in which nothing was typed is none."""

    def is_blank(self) -> bool:
        """Whether nothing was typed."""
        return not any(_is_answer(field) for field in self)

    def validate(self, extra_validators: Any = None) -> bool:
        if self.is_blank():
            return True
        return bool(super().validate(extra_validators))

    def answers(self) -> dict[str, Any]:
        """Return what was filled in, as JSON."""
        return {name: _plain(field.data) for name, field in self._fields.items()}


def _is_answer(field: Any) -> bool:
    return field.type != "FileField" and field.name.rpartition("-")[2] != "quantity" and field.data not in (None, "")


class StepForm(Form):
    """One step of an application."""

    step: ClassVar[str] = ""
    repeated: ClassVar[tuple[str, ...]] = ()

    draft_version = HiddenField(default="0")
    based_on = HiddenField(default="")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.refused_files: list[tuple[Any, FairError]] = []

    def is_token_right(self) -> bool:
        """Whether the form comes from a page of ours; says so above the form if it does not."""
        if "csrf_token" not in self._fields or self["csrf_token"].validate(self):
            return True
        self.answer_with = 400
        return False

    def based_on_number(self) -> int | None:
        """Return the number of the submission that is changed, where the page said it."""
        text = self.based_on.data or ""
        return int(text) if text.isdecimal() else None

    def answers(self) -> dict[str, Any]:
        """Return what was filled in, as JSON by name of the field."""
        found = {}
        for name, field in self._fields.items():
            if name in NEVER_KEPT or field.type == "FileField":
                continue
            if isinstance(field, FieldList):
                found[name] = [one.form.answers() for one in field if not one.form.is_blank()]
            else:
                found[name] = _plain(field.data)
        return found

    def judge(self, mistakes: Iterable[Mistake]) -> bool:
        """Show mistakes beside their fields, also those that hide behind one found before; true if there is none."""
        fine = True
        for name, error in mistakes:
            field, fine = self._fields[name], False
            self.refuse_at(field, error)
        return fine

    def refuse_at(self, field: Any, error: FairError) -> None:
        """Show a refusal beside a field."""
        status = refusals.status_of(error)
        self.answer_with = status if self.answer_with in (200, 422) else self.answer_with
        field.errors = [*field.errors, refusals.sentence_of(error)]

    def needs(self, *names: str) -> bool:
        """Ask for answers that are needed in this case; true if all are there."""
        missing = [name for name in names if self[name].data in (None, "", [])]
        for name in missing:
            self[name].errors = [*self[name].errors, str(_("Please fill this in."))]
            self.answer_with = 422
        return not missing


def typed_in(form: type[StepForm], sent: Mapping[str, Any], *, without: Iterable[str] = ()) -> dict[str, list[str]]:
    """Return what was typed into a form, right or wrong, by name of the control."""
    known = {name for name in dir(form) if hasattr(getattr(form, name), "field_class")} - set(without)
    kept = known - set(NEVER_KEPT)
    values: ImmutableMultiDict[str, str] = sent  # type: ignore[assignment]
    places = {name: _places(name, values) for name in form.repeated}
    return {
        _renumbered(key, places): [one[:LONGEST] for one in values.getlist(key)]
        for key in values
        if key.split("-")[0] in kept
    }


def _places(name: str, sent: Mapping[str, Any]) -> dict[str, int]:
    """Return the place of each row: rows that were taken away leave gaps."""
    numbers = {parts[1] for key in sent if (parts := key.split("-"))[0] == name and len(parts) == 3}
    return {number: place for place, number in enumerate(sorted(filter(str.isdecimal, numbers), key=int))}


def _renumbered(key: str, places: Mapping[str, Mapping[str, int]]) -> str:
    name, _sep, rest = key.partition("-")
    number, _sep, of = rest.partition("-")
    place = places.get(name, {}).get(number)
    return key if place is None else f"{name}-{place}-{of}"


def as_sent(typed: Mapping[str, list[str]]) -> MultiDict[str, str]:
    """Return what was typed as a browser would send it."""
    return MultiDict([(name, one) for name, values in typed.items() for one in values])


def rows(of: type[Row], label: str, *, most: int) -> FieldList:
    """Some rows of one kind."""
    return FieldList(FormField(of), label, max_entries=most)


def _plain(answer: Any) -> Any:
    return answer.isoformat() if isinstance(answer, date) else answer


def typed_of(form: Any) -> dict[str, list[str]]:
    """Return what one would have typed into a form to make it say what it says."""
    typed: dict[str, list[str]] = {}
    for field in form:
        if isinstance(field, FieldList):
            for row in field:
                typed |= typed_of(row.form)
        elif field.short_name not in NEVER_KEPT and field.type != "FileField" and (said := _as_typed(field)):
            typed[field.name] = said
    return typed


def _as_typed(field: Any) -> list[str]:
    if isinstance(field.data, bool):
        return ["y"] if field.data else []
    if isinstance(field.data, list | tuple):
        return [str(one) for one in field.data]
    return [] if field.data in (None, "") else [str(_plain(field.data))]


def to_form(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return answers as a form takes them."""
    certificates = [
        {
            **{name: row.get(name) for name in ("code", "number", "issuer")},
            "expires_on": date.fromisoformat(row["expires_on"]) if row.get("expires_on") else None,
            "kept": row.get("file") or "",
        }
        for row in values.get("certificates") or ()
    ]
    return {**values, "certificates": certificates, "logo_kept": values.get("logo") or ""}
