"""The pages of an enterprise's profile: what is typed over what was seen."""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import FloatField, HiddenField, IntegerField
from wtforms.validators import NumberRange, Optional

from fairapp.enterprises.changes import ProfileChanged
from fairapp.enterprises.service.shared import Change, Upload
from fairapp.enterprises.taxonomy import USUAL_COUNTRIES, code_list
from fairapp.web import fields, languages
from fairapp.web.fields import Form

LANGUAGE_NAMES = {"vi": _("Vietnamese"), "en": _("English"), "ja": _("Japanese"), "ko": _("Korean"), "zh": _("Chinese")}
EARLIEST, LATEST = 1800, 2100


class SeenForm(Form):
    """A form that carries along what was seen, so that two people never overwrite each other unasked."""

    seen = HiddenField()
    OUTSIDE = frozenset({"seen", "csrf_token", "file", "photo", "code"})
    """Fields that are no values of the row."""

    @classmethod
    def showing(cls, values: dict[str, Any], **kwargs: Any) -> Any:
        """Return the form with what is saved now."""
        data = {name: _as_data(name, value) for name, value in values.items()}
        return cls(formdata=None, data={**data, "seen": json.dumps(values, ensure_ascii=False)}, **kwargs)

    def change(self) -> Change:
        """Return what was typed over what was seen, as plain values."""
        typed = {name: _as_value(field) for name, field in self._fields.items() if name not in self.OUTSIDE}
        try:
            seen = json.loads(self.seen.data or "{}")
        except ValueError:
            seen = {}
        return Change(typed=typed, seen=seen if isinstance(seen, dict) else {})

    @classmethod
    def after(cls, changed: ProfileChanged, **kwargs: Any) -> Any:
        """Return the form with what was typed and, beside each field on which two disagree, what is saved now."""
        form = cls.showing(changed.outcome.values, **kwargs)
        form.seen.data = json.dumps(changed.outcome.saved, ensure_ascii=False)
        for name in changed.outcome.conflicts:
            saved = form.shown(name, changed.outcome.saved[name]) or gettext("nothing")
            form[name].errors = [gettext("%(by)s saved meanwhile: %(value)s", by=changed.by or "?", value=saved)]
        form.refuse(changed)
        return form

    def shown(self, name: str, value: Any) -> str:
        """Return a value as people read it: names for codes."""
        choices = {str(option.value): str(option.label) for option in getattr(self[name], "choices", None) or []}
        values = value if isinstance(value, list) else [value]
        if isinstance(value, bool):
            return gettext("yes") if value else gettext("no")
        return ", ".join(choices.get(str(one), str(one)) for one in values if one not in (None, ""))


def read_upload(field: Any) -> Upload | None:
    """Return the file of an upload field, if one was chosen."""
    return Upload(name=field.data.filename or "file", content=field.data.read()) if field.data else None


def _as_data(name: str, value: Any) -> Any:
    return date.fromisoformat(value) if name.endswith("_on") and value else value


def _as_value(field: Any) -> Any:
    value = field.data
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return sorted(value)
    if isinstance(value, str):
        return value.replace("\r\n", "\n")
    is_number = isinstance(field, (FloatField, IntegerField)) or getattr(field, "coerce", None) is _level
    return "" if value is None and not is_number else value


def _codes(name: str, *, empty: bool = False) -> Any:
    listed = code_list(name).choices(languages.current_language())
    return fields.options([("", "–"), *listed] if empty else listed)


def _countries(codes: Iterable[str] | None = None) -> Any:
    names = dict(code_list("countries").choices(languages.current_language()))
    return [("", "–"), *names.items()] if codes is None else [(code, names[code]) for code in codes if code in names]


def _level(text: Any) -> int | None:
    return int(text) if text else None


def _percent(label: str) -> Any:
    return fields.count(label, least=0, most=100, required=False)


class TextsForm(SeenForm):
    """Names, address, figures of size and the texts of the catalogue."""

    refused_at = {"phone_invalid": "phone"}

    short_name = fields.line(_("Short name"), longest=120, required=False, hint=_("The name people use."))
    english_name = fields.line(_("English name"), longest=200, required=False)
    website = fields.web_address(_("Website"))
    phone = fields.phone(_("Phone"), required=False)
    address = fields.line(_("Address"), longest=300, required=False)
    industrial_park = fields.line(_("Industrial park"), longest=160, required=False)
    ward = fields.line(_("Ward or commune"), longest=120, required=False)
    province = fields.choice(_("Province"), required=False)
    postal_code = fields.line(_("Postal code"), longest=12, required=False)
    ownership = fields.choice(_("Ownership"), required=False)
    capital_country = fields.choice(_("Capital from"), required=False)
    employees = fields.count(_("Employees"), least=1, most=500000, required=False)
    established = fields.count(_("Founded in"), least=EARLIEST, most=LATEST, required=False)
    revenue_band = fields.choice(_("Revenue in a year"), required=False)
    export_percent = _percent(_("Exports in per cent of revenue"))
    export_markets = fields.choices(_("Export markets"), required=False)
    women_owned = fields.switch(_("Owned by women to more than half"))
    seeks = fields.paragraph(_("What you look for at the fair"), longest=500, required=False)
    main_products_vi = fields.line(_("Main products in Vietnamese"), longest=200)
    main_products_en = fields.line(_("Main products in English"), longest=200, required=False)
    main_products_ja = fields.line(_("Main products in Japanese"), longest=200, required=False)
    main_products_ko = fields.line(_("Main products in Korean"), longest=200, required=False)
    summary_vi = fields.paragraph(_("Catalogue text in Vietnamese"), longest=500, required=False)
    summary_en = fields.paragraph(_("Catalogue text in English"), longest=500, required=False)
    summary_ja = fields.paragraph(_("Catalogue text in Japanese"), longest=500, required=False)
    summary_ko = fields.paragraph(_("Catalogue text in Korean"), longest=500, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.province.choices = _codes("provinces", empty=True)
        self.ownership.choices = _codes("ownership_types", empty=True)
        self.capital_country.choices = _codes("countries", empty=True)
        self.revenue_band.choices = _codes("revenue_bands", empty=True)
        codes = dict.fromkeys([*USUAL_COUNTRIES[1:], *(kwargs.get("data") or {}).get("export_markets", [])])
        self.export_markets.choices = fields.options(_countries(codes))


class CapabilitiesForm(SeenForm):
    """What an enterprise can make, by code."""

    sectors = fields.choices(_("Sectors"), most=3, hint=_("At most 3."))
    processes = fields.choices(_("Processes"), most=10, hint=_("At most 10."))
    materials = fields.choices(_("Materials"), required=False)
    practices = fields.choices(_("Practices"), required=False)
    tightest_tolerance = fields.choice(_("Tightest tolerance"), required=False)
    capacity = fields.line(
        _("Capacity in a month"), longest=200, required=False, hint=_("In your words, with the unit.")
    )
    lot_sizes = fields.choices(_("Lot sizes"), required=False)
    languages = fields.choices(_("Languages spoken with buyers"), required=False)
    supply_kind = fields.choice(_("What you do in the supply chain"), required=False)
    supply_tier = fields.choice(_("Supply tier"), required=False)
    programs = fields.choices(_("Support programs you joined"), required=False)
    smart_factory_level = fields.choice(_("Smart factory level"), required=False, coerce=_level)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, listed in (
            ("sectors", "sectors"),
            ("processes", "processes"),
            ("materials", "materials"),
            ("practices", "practices"),
            ("lot_sizes", "lot_size_bands"),
            ("programs", "support_programs"),
        ):
            self[name].choices = _codes(listed)
        for name, listed in (
            ("tightest_tolerance", "tolerance_bands"),
            ("supply_kind", "supply_kinds"),
            ("supply_tier", "supply_tiers"),
        ):
            self[name].choices = _codes(listed, empty=True)
        self.languages.choices = fields.options((code, str(name)) for code, name in LANGUAGE_NAMES.items())
        levels = [("", "–"), *((str(level), gettext("Level %(number)s", number=level)) for level in range(1, 6))]
        self.smart_factory_level.choices = fields.options(levels)


class MachineForm(SeenForm):
    """A kind of machine."""

    kind = fields.line(_("Type"), longest=120, hint=_("Such as: CNC lathe."))
    maker = fields.line(_("Maker"), longest=80, required=False)
    model = fields.line(_("Model"), longest=80, required=False)
    year = fields.count(_("Year"), least=1900, most=LATEST, required=False)
    quantity = fields.count(_("Quantity"), least=1, most=9999, default=1)
    key_size = fields.line(
        _("Key size"), longest=80, required=False, hint=_("Stroke, tonnage or table, with its unit.")
    )


class PasteForm(Form):
    """Rows from a spreadsheet."""

    refused_at = {"paste_refused": "rows"}

    rows = fields.paragraph(
        _("Rows from a spreadsheet"),
        longest=40000,
        hint=_("Columns: type, maker, model, year, quantity, key size. Copy the cells and paste them here."),
    )


class CertificateForm(SeenForm):
    """A certificate; the standard cannot be changed afterwards."""

    refused_at = {
        "certificate_exists": "code",
        "certificate_dates": "expires_on",
        "file_kind": "file",
        "file_broken": "file",
        "file_empty": "file",
        "image_too_large": "file",
    }

    code = fields.choice(_("Standard"))
    number = fields.line(_("Number"), longest=60, required=False)
    issuer = fields.line(_("Issuer"), longest=120, required=False)
    scope = fields.line(_("Scope"), longest=300, required=False)
    issued_on = fields.day(_("Issued on"), required=False)
    expires_on = fields.day(_("Valid until"), required=False)
    file = fields.upload(
        _("Scan"),
        megabytes=10,
        required=False,
        accept=".pdf,.jpg,.jpeg,.png",
        hint=_("PDF, JPEG or PNG, at most 10 MB. You and the organizers see it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.code.choices = _codes("certificates", empty=True)


class Figure(FloatField):
    """A number with a point or a comma before its decimals."""

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata([text.strip().replace(",", ".") for text in valuelist])


class FiguresForm(SeenForm):
    """A value and a year for each figure of quality, cost and delivery."""

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        valid = super().validate(*args, **kwargs)
        for _measure, value, year in self.pairs():
            if year.data is not None and value.data is None and not value.errors:
                value.errors = [gettext("Fill in the value too, or leave out the year.")]
                valid, self.answer_with = False, 422
        return valid

    def pairs(self) -> list[tuple[Any, Any, Any]]:
        """Return each measure with its two fields."""
        return [(one, self[f"value_{one.code}"], self[f"year_{one.code}"]) for one in code_list("measures")]


def measure_unit(code: str) -> str:
    """Return the unit of a measure as people read it."""
    known = code_list("measures").find(code)
    unit = str(known.facts["unit"]) if known else ""
    return {"day": gettext("days"), "min": gettext("minutes"), "count": gettext("number")}.get(unit, unit)


def figures_form() -> type[FiguresForm]:
    """Return the form of the figures with a pair of fields for each measure, named in the reader's language."""
    language = languages.current_language()
    made: dict[str, Any] = {}
    for one in code_list("measures"):
        name = f"{one.label_in(language)} ({measure_unit(one.code)})"
        made[f"value_{one.code}"] = Figure(name, [Optional(), NumberRange(-1_000_000, 1_000_000_000)])
        made[f"year_{one.code}"] = fields.count(gettext("Year"), least=2000, most=LATEST, required=False)
    return type("FiguresFormOfMeasures", (FiguresForm,), made)


class CustomerForm(SeenForm):
    """Whom the enterprise supplies."""

    name = fields.line(_("Customer"), longest=160)
    country = fields.choice(_("Country"), required=False)
    products = fields.line(_("What you supply"), longest=200, required=False)
    since = fields.count(_("Since"), least=EARLIEST, most=LATEST, required=False)
    public = fields.switch(_("Show in the directory"), hint=_("Without this tick only you and the organizers see it."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.country.choices = _codes("countries", empty=True)


PICTURE_REFUSALS = ("file_kind", "file_broken", "file_empty", "image_too_large", "svg_refused", "picture_too_small")


class LogoForm(Form):
    """The logo."""

    refused_at = dict.fromkeys(PICTURE_REFUSALS, "file")

    file = fields.upload(
        _("Logo"),
        megabytes=10,
        accept=".png,.jpg,.jpeg,.webp",
        hint=_("PNG, JPEG or WebP, at most 10 MB; 600 pixels or more print well."),
    )


class ProductForm(SeenForm):
    """A product with its photo."""

    refused_at = dict.fromkeys(PICTURE_REFUSALS, "photo")

    name_vi = fields.line(_("Name in Vietnamese"), longest=120)
    name_en = fields.line(_("Name in English"), longest=120, required=False)
    name_ja = fields.line(_("Name in Japanese"), longest=120, required=False)
    name_ko = fields.line(_("Name in Korean"), longest=120, required=False)
    text_vi = fields.paragraph(_("Text in Vietnamese"), longest=500, required=False)
    text_en = fields.paragraph(_("Text in English"), longest=500, required=False)
    text_ja = fields.paragraph(_("Text in Japanese"), longest=500, required=False)
    text_ko = fields.paragraph(_("Text in Korean"), longest=500, required=False)
    photo = fields.upload(
        _("Photo"),
        megabytes=10,
        required=False,
        accept=".jpg,.jpeg,.png,.webp",
        hint=_("JPEG, PNG or WebP, at most 10 MB. We make it smaller."),
    )
