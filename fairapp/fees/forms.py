"""What is filled in about fees: rules, extras, orders, subsidies, adjustments."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _
from wtforms import FieldList, FormField
from wtforms import Form as SubForm
from wtforms.validators import Regexp

from fairapp.enterprises.taxonomy import code_list
from fairapp.errors import FairError
from fairapp.fairs.forms import local_moment
from fairapp.fees.extras import GROUPS
from fairapp.fees.models import Extra, Subsidy
from fairapp.fees.ordering import OrderRefused
from fairapp.fees.rules import ACCEPTED, APPLIED, PER_BOOTH, PER_M2, BoothPrice, Rules
from fairapp.fees.service.extras import ExtraData
from fairapp.fees.service.subsidies import SubsidyData
from fairapp.web import fields, languages, refusals, words
from fairapp.web.fields import Form

VAT_ROWS = 4
MOST_UNITS = 9_999


class BoothPriceForm(SubForm):  # type: ignore[misc]
    """The price of one booth type."""

    price = fields.money(_("Price"))
    per = fields.choice(_("For"), [(PER_BOOTH, _("one booth")), (PER_M2, _("one m²"))])
    least_area = fields.count(_("At least m²"), least=0, most=1000, required=False)


class VatForm(SubForm):  # type: ignore[misc]
    """A VAT rate and the first day on which it holds."""

    since = fields.day(_("From this day"), required=False)
    percent = fields.count(_("Per cent"), least=0, most=100, required=False)


class RulesForm(Form):
    """The fee rules of a fair."""

    seen = fields.count("", least=0, most=1_000_000, required=False)
    booths = FieldList(FormField(BoothPriceForm))
    corner_percent = fields.count(_("Surcharge in per cent"), least=0, most=200, required=False)
    corner_amount = fields.money(_("Surcharge as an amount"), required=False)
    early_percent = fields.count(_("Early bird in per cent"), least=0, most=100, required=False)
    early_until = fields.day(_("Until, this day included"), required=False)
    early_by = fields.choice(
        _("Which day counts"), [(APPLIED, _("of the application")), (ACCEPTED, _("of its acceptance"))]
    )
    registration = fields.money(_("Registration of a main exhibitor"), required=False)
    co_exhibitor = fields.money(_("Each co-exhibitor"), required=False)
    badge = fields.money(_("Each staff badge beyond the free ones"), required=False)
    vat = FieldList(FormField(VatForm), min_entries=VAT_ROWS)

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        valid = super().validate(*args, **kwargs)
        wrong: list[tuple[Any, Any]] = []
        if self.corner_percent.data and self.corner_amount.data:
            wrong.append((self.corner_amount, _("Give a percentage or an amount, not both.")))
        if self.early_percent.data and not self.early_until.data and not self.early_until.errors:
            wrong.append((self.early_until, _("Until when is the early bird given?")))
        given = [row.form for row in self.vat if row.form.since.data or row.form.percent.data is not None]
        for row in given:
            for missing in (row.since, row.percent):
                if missing.data is None and not missing.errors:
                    wrong.append((missing, fields.REQUIRED))
        if not given:
            wrong.append((self.vat[0].form.percent, _("At least one VAT rate is needed.")))
        days = [row.since.data for row in given if row.since.data]
        for row in given:
            if row.since.data and days.count(row.since.data) > 1:
                wrong.append((row.since, _("This day is here twice.")))
        for field, text in wrong:
            field.errors = [*field.errors, str(text)]
        if wrong:
            self.answer_with = 422
        return valid and not wrong

    def to_rules(self) -> Rules:
        """Return the rules that were filled in."""
        types = code_list("booth_types").codes
        vat = [(row.form.since.data, row.form.percent.data) for row in self.vat if row.form.since.data]
        return Rules(
            booths={
                code: BoothPrice(
                    price=row.form.price.data, per=row.form.per.data, least_area=row.form.least_area.data or 0
                )
                for code, row in zip(types, self.booths, strict=False)
            },
            corner_percent=self.corner_percent.data or 0,
            corner_amount=self.corner_amount.data or 0,
            early_percent=self.early_percent.data or 0,
            early_until=self.early_until.data,
            early_by=self.early_by.data,
            registration=self.registration.data or 0,
            co_exhibitor=self.co_exhibitor.data or 0,
            badge=self.badge.data or 0,
            vat=tuple(sorted(vat)),
        )

    @classmethod
    def values_of(cls, number: int, rules: Rules) -> dict[str, Any]:
        """Return the values of rules that are edited."""
        nothing = BoothPrice(price=0)
        rows = [{"since": since, "percent": percent} for since, percent in sorted(rules.vat)]
        plain = {name: value or None for name, value in vars(rules).items() if isinstance(value, int)}
        return plain | {
            "seen": number,
            "booths": [_price_values(rules.booths.get(code, nothing)) for code in code_list("booth_types").codes],
            "early_until": rules.early_until,
            "early_by": rules.early_by,
            "vat": [*rows, *({} for _more in range(max(1, VAT_ROWS - len(rows))))],
        }


class ExtraForm(Form):
    """One extra of the catalogue."""

    refused_at: ClassVar[Mapping[str, str]] = {"extra_code_taken": "code"}

    code = fields.line(_("Code"), longest=40, hint=_("Letters, digits and _; short, such as power_3p."))
    group = fields.choice(_("Group"))
    name_vi = fields.line(_("Name in Vietnamese"), longest=120)
    name_en = fields.line(_("Name in English"), longest=120)
    name_ja = fields.line(_("Name in Japanese"), longest=120, required=False)
    name_ko = fields.line(_("Name in Korean"), longest=120, required=False)
    unit_vi = fields.line(_("Unit in Vietnamese"), longest=40, required=False, hint=_("Such as: cái, ngày, m²"))
    unit_en = fields.line(_("Unit in English"), longest=40, required=False)
    text_vi = fields.paragraph(_("What is in it, in Vietnamese"), longest=500, required=False)
    text_en = fields.paragraph(_("What is in it, in English"), longest=500, required=False)
    price = fields.money(_("Price of one, before VAT"))
    vat_percent = fields.count(
        _("VAT in per cent"), least=0, most=100, required=False, hint=_("Only where it differs from the fair's.")
    )
    late_from = local_moment(_("Late from"))
    late_percent = fields.count(_("Surcharge in per cent"), least=0, most=300, required=False)
    closes_at = local_moment(
        _("Closed from"), hint=_("From then on nothing is ordered, changed or cancelled but by you.")
    )
    most = fields.count(_("Most for one exhibitor"), least=1, most=MOST_UNITS, required=False)
    position = fields.count(_("Place in the list"), least=0, most=9_999, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.group.choices = fields.options((code, words.word(code, "extra_group")) for code in GROUPS)
        self.code.validators = [
            *self.code.validators,
            Regexp(r"[a-z0-9_]+\Z", message=_("Small letters, digits and _ only.")),
        ]

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        valid = super().validate(*args, **kwargs)
        wrong: list[tuple[Any, Any]] = []
        if self.late_percent.data and not self.late_from.data and not self.late_from.errors:
            wrong.append((self.late_from, _("From when is an order late?")))
        if self.late_from.data and not self.late_percent.data and not self.late_percent.errors:
            wrong.append((self.late_percent, _("How much is the surcharge?")))
        if self.late_from.data and self.closes_at.data and self.closes_at.data <= self.late_from.data:
            wrong.append((self.closes_at, _("The close comes after the surcharge begins.")))
        for field, text in wrong:
            field.errors = [*field.errors, str(text)]
        if wrong:
            self.answer_with = 422
        return valid and not wrong

    def to_data(self, timezone: str) -> ExtraData:
        """Return the extra that was filled in, its moments in the fair's zone."""
        return ExtraData(
            code=self.code.data,
            group=self.group.data,
            name=self._texts("name", languages.LANGUAGES),
            text=self._texts("text", ("vi", "en")),
            unit=self._texts("unit", ("vi", "en")),
            price=self.price.data,
            vat_percent=self.vat_percent.data,
            late_from=_in_zone(self.late_from.data, timezone),
            late_percent=self.late_percent.data or 0,
            closes_at=_in_zone(self.closes_at.data, timezone),
            most=self.most.data,
            position=self.position.data or 0,
        )

    def _texts(self, name: str, codes: Iterable[str]) -> dict[str, str]:
        return {code: self[f"{name}_{code}"].data or "" for code in codes}

    @classmethod
    def values_of(cls, extra: Extra, timezone: str) -> dict[str, Any]:
        """Return the values of an extra that is edited."""
        plain = ("code", "group", "price", "vat_percent", "most", "position")
        values: dict[str, Any] = {name: getattr(extra, name) for name in plain}
        values["late_percent"] = extra.late_percent or None
        for name in ("late_from", "closes_at"):
            moment = getattr(extra, name)
            values[name] = moment.astimezone(ZoneInfo(timezone)) if moment else None
        for code in languages.LANGUAGES:
            for name in ("name", "text", "unit"):
                values[f"{name}_{code}"] = getattr(extra, name).get(code, "")
        return values


class OrderForm(Form):
    """An order; ``order_form`` adds a quantity for each extra."""

    reference = fields.line(
        _("Your purchase number"),
        longest=60,
        required=False,
        hint=_("It is written on the order and the payment request."),
    )
    note = fields.paragraph(_("Note"), longest=1000, required=False)
    waive_late = fields.switch(_("Without the late surcharge"))
    seen_total = fields.count("", least=0, most=10**15, required=False)

    def refuse(self, error: FairError) -> None:
        """Put the reason of each line beside its quantity."""
        super().refuse(error)
        if isinstance(error, OrderRefused):
            for key, reason in error.by_line.items():
                field = self[f"q_{key}"]
                field.errors = [*field.errors, refusals.sentence_of(reason)]

    def wanted(self) -> dict[str, int]:
        """Return the units by the key after ``q_``."""
        return {name[2:]: field.data or 0 for name, field in self._fields.items() if name.startswith("q_")}


def order_form(quantities: Mapping[str, str], **kwargs: Any) -> OrderForm:
    """Return a form with a quantity for each key, labelled by the extra's name."""
    counts = {
        f"q_{key}": fields.count(label, least=0, most=MOST_UNITS, required=False) for key, label in quantities.items()
    }
    form: OrderForm = type("OrderFormOfFair", (OrderForm,), counts)(**kwargs)
    return form


class CancelForm(Form):
    """Why an order is cancelled."""

    note = fields.line(_("Note"), longest=300, required=False)


class SubsidyForm(Form):
    """A subsidy: a percentage or an amount."""

    source = fields.line(_("Who pays"), longest=200, hint=_("The body whose budget pays."))
    percent = fields.count(_("Per cent of the booth"), least=1, most=100, required=False)
    amount = fields.money(_("Or an amount, with VAT"), least=1, required=False)
    cap = fields.money(_("At most, with VAT"), least=1, required=False)
    decision_number = fields.line(_("Number of the decision"), longest=60, required=False)
    decided_on = fields.day(_("Day of the decision"), required=False)

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        valid = super().validate(*args, **kwargs)
        wrong = []
        if not self.percent.errors and not self.amount.errors:
            if self.percent.data is None and self.amount.data is None:
                wrong.append((self.percent, _("Give a percentage or an amount.")))
            if self.percent.data is not None and self.amount.data is not None:
                wrong.append((self.amount, _("Give a percentage or an amount, not both.")))
        if self.decided_on.data and not 2000 <= self.decided_on.data.year <= 2100:
            wrong.append((self.decided_on, _("Check the year.")))
        for field, text in wrong:
            field.errors = [*field.errors, str(text)]
        if wrong:
            self.answer_with = 422
        return valid and not wrong

    def to_data(self) -> SubsidyData:
        """Return the subsidy that was filled in."""
        return SubsidyData(
            source=self.source.data,
            percent=self.percent.data,
            amount=self.amount.data,
            cap=self.cap.data,
            decision_number=self.decision_number.data or "",
            decided_on=self.decided_on.data,
        )

    @classmethod
    def values_of(cls, subsidy: Subsidy) -> dict[str, Any]:
        """Return the values of a subsidy that is edited."""
        return {name: getattr(subsidy, name) for name in SubsidyData.__dataclass_fields__}


class AdjustmentForm(Form):
    """A fee line that is added by hand."""

    label = fields.line(_("What for"), longest=200)
    amount = fields.money(
        _("Amount before VAT"), least=-1_000_000_000_000, hint=_("With a minus in front it takes away.")
    )


def _price_values(price: BoothPrice) -> dict[str, Any]:
    return {**vars(price), "least_area": price.least_area or None}


def _in_zone(moment: datetime | None, timezone: str) -> datetime | None:
    return moment.replace(tzinfo=ZoneInfo(timezone)) if moment else None
