"""Form fields that cannot forget a check, and the form that keeps what was typed.

A form parses; it does not judge. A refusal of a service is put beside the field it belongs to:

    with form.refusals():
        service.apply(form.to_application(), …)
        return redirect(…)
    return render_template("…", form=form), form.answer_with
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, ClassVar

from flask_babel import format_decimal
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired, FileSize
from wtforms import (
    BooleanField,
    DateField,
    EmailField,
    Field,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TelField,
    TextAreaField,
    TimeField,
    URLField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import URL, DataRequired, Email, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget, TextInput

from fairapp.errors import FairError
from fairapp.web import refusals

REQUIRED = _("Please fill this in.")
_GROUPS = re.compile(r"(?<=[0-9])[.,\s\u00a0\u202f](?=[0-9]{3}(?:[^0-9]|$))")
"""A dot, comma or space before three digits parts thousands; any other is a mistake that stays in the text."""
_CURRENCY = re.compile(r"(?i)\s*(?:₫|đ|vnd|vnđ)?\s*$")
_BREAKS = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")


class Form(FlaskForm):  # type: ignore[misc]
    """A form that can show a service's refusal beside the field it belongs to."""

    refused_at: ClassVar[Mapping[str, str]] = {}
    """Field names by refusal code; other refusals stand above the form."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.answer_with = 200

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        valid = bool(super().validate(*args, **kwargs))
        if not valid:
            self.answer_with = 422
        return valid

    def refuse(self, error: FairError) -> None:
        """Show a refusal in the form, beside its field if it has one."""
        self.answer_with = refusals.status_of(error)
        field = self._fields.get(self.refused_at.get(error.code, ""))
        errors = field.errors if field is not None else self.form_errors
        text = refusals.sentence_of(error)
        if field is not None:
            field.errors = [*errors, text]
        else:
            self.form_errors.append(text)

    @contextmanager
    def refusals(self) -> Iterator[None]:
        """Keep a refusal that is raised inside, so that the page can show it."""
        try:
            yield
        except FairError as error:
            self.refuse(error)


def strip(text: str | None) -> str | None:
    """Take white space off both ends."""
    return text.strip() if isinstance(text, str) else text


def one_line(text: str | None) -> str | None:
    """Make spaces of line breaks and other control characters, and take white space off both ends."""
    return strip(_BREAKS.sub(" ", text)) if isinstance(text, str) else text


def lower(text: str | None) -> str | None:
    """Write an address in lower case, as it is kept."""
    return text.lower() if isinstance(text, str) else text


def line(label: str, *, longest: int, required: bool = True, hint: str = "", **kwargs: Any) -> StringField:
    """A single line of text, stripped before it is checked."""
    return StringField(label, [*_presence(required), Length(max=longest)], [one_line], description=hint, **kwargs)


def paragraph(label: str, *, longest: int, required: bool = True, hint: str = "", **kwargs: Any) -> TextAreaField:
    """Several lines of text."""
    checks = [*_presence(required), Length(max=longest)]
    return TextAreaField(label, checks, [strip], description=hint, **kwargs)


def email(label: str, *, required: bool = True, hint: str = "", **kwargs: Any) -> EmailField:
    """A mail address, kept in lower case."""
    # Letters outside ASCII before the @: no message can be addressed so, and few servers would take it.
    is_address = Email(_("This is not a mail address. One looks like name@domain."), allow_smtputf8=False)
    checks = [*_presence(required), Length(max=255), is_address]
    return EmailField(label, checks, [strip, lower], description=hint, **kwargs)


def phone(label: str, *, required: bool = True, hint: str = "", **kwargs: Any) -> TelField:
    """A phone number as people write it; the service makes it E.164."""
    return TelField(label, [*_presence(required), Length(max=40)], [strip], description=hint, **kwargs)


def web_address(label: str, *, required: bool = False, hint: str = "", **kwargs: Any) -> URLField:
    """A web address with its scheme."""
    checks = [*_presence(required), Length(max=200), URL(message=_("Write the whole address: https://…"))]
    return URLField(label, checks, [strip], description=hint, **kwargs)


def count(label: str, *, least: int, most: int, required: bool = True, hint: str = "", **kwargs: Any) -> IntegerField:
    """A whole number in a range."""
    presence = InputRequired(REQUIRED) if required else Optional()
    return IntegerField(label, [presence, NumberRange(least, most)], description=hint, **kwargs)


class MoneyField(IntegerField):
    """Whole đồng as people write them: ``24.000.000``, ``24,000,000 ₫`` or ``24000000``."""

    def process_formdata(self, valuelist: list[str]) -> None:
        text = "".join(valuelist[:1])
        grouped = _GROUPS.sub("", _CURRENCY.sub("", text))
        super().process_formdata([grouped] if grouped else [])

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else str(format_decimal(self.data))


def money(
    label: str,
    *,
    least: int = 0,
    most: int = 1_000_000_000_000,
    required: bool = True,
    hint: str = "",
    **kwargs: Any,
) -> MoneyField:
    """Whole đồng in a range."""
    presence = InputRequired(REQUIRED) if required else Optional()
    return MoneyField(
        label,
        [presence, NumberRange(least, most)],
        description=hint,
        widget=TextInput(),
        render_kw={"inputmode": "numeric"},
        **kwargs,
    )


def choice(
    label: str, choices: Iterable[tuple[str, Any]] = (), *, required: bool = True, hint: str = "", **kwargs: Any
) -> SelectField:
    """One of a list; set ``form.x.choices`` in the view where the list depends on the fair."""
    return SelectField(label, _presence(required), choices=options(choices), description=hint, **kwargs)


def choices(
    label: str,
    choices: Iterable[tuple[str, Any]] = (),
    *,
    most: int | None = None,
    required: bool = True,
    hint: str = "",
    **kwargs: Any,
) -> SelectMultipleField:
    """Some of a list, as boxes to tick; at most ``most``."""
    checks: list[Any] = [*_presence(required)]
    if most is not None:
        checks.append(Length(max=most, message=_("Choose at most %(max)d.")))
    return SelectMultipleField(
        label,
        checks,
        choices=options(choices),
        description=hint,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        **kwargs,
    )


def options(pairs: Iterable[tuple[str, Any]]) -> list[SelectChoice]:
    """Return pairs of code and name as a select field takes them."""
    return [SelectChoice(value=code, label=name) for code, name in pairs]


def switch(label: str, *, hint: str = "", **kwargs: Any) -> BooleanField:
    """Yes or no."""
    return BooleanField(label, description=hint, **kwargs)


def consent(label: str, *, required: bool = True, hint: str = "") -> BooleanField:
    """A consent: never ticked beforehand, and its words are kept as proof."""
    needed = [InputRequired(_("We need this consent to go on."))] if required else []
    return BooleanField(label, needed, description=hint)


def day(label: str, *, required: bool = True, hint: str = "", **kwargs: Any) -> DateField:
    """A day."""
    return DateField(label, _entry(required), description=hint, **kwargs)


def clock_time(label: str, *, required: bool = True, hint: str = "", **kwargs: Any) -> TimeField:
    """A time of day in the fair's zone."""
    return TimeField(label, _entry(required), description=hint, **kwargs)


def upload(label: str, *, megabytes: int, required: bool = True, hint: str = "", accept: str = "") -> FileField:
    """A file; what it really is is checked by its content in ``files.service``."""
    too_large = _("The file is larger than %(size)s MB.", size=megabytes)
    checks: list[Any] = [FileRequired(REQUIRED)] if required else []
    checks.append(FileSize(max_size=megabytes * 1024 * 1024, message=too_large))
    shown = {"data-most": megabytes, "data-large": too_large}
    return FileField(label, checks, description=hint, render_kw={**shown, "accept": accept} if accept else shown)


def label_of(field: Field) -> str:
    """Return the words beside a field, as proof of what was agreed to."""
    return str(field.label.text)


def _presence(required: bool) -> list[Any]:
    return [DataRequired(REQUIRED)] if required else [Optional()]


def _entry(required: bool) -> list[Any]:
    # DataRequired would call a malformed day empty; this one leaves the field's own message standing.
    return [InputRequired(REQUIRED) if required else Optional()]
