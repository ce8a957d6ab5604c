"""What is filled in about payments: settings, payments, bank columns, parts of a transfer, e-invoices."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, ClassVar

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import FieldList, FormField, HiddenField
from wtforms import Form as SubForm
from wtforms.validators import ValidationError

from fairapp.enterprises import phones, tax_code
from fairapp.enterprises.reference import banks, find_bank
from fairapp.errors import FairError
from fairapp.fairs.models import Fair
from fairapp.fees.bank_files import COLUMNS, Table
from fairapp.fees.cancellation import Step
from fairapp.fees.models import PaymentRequest
from fairapp.fees.schedule import PaymentTerms, read_terms
from fairapp.fees.service.payment_terms import PayeeData
from fairapp.fees.vietqr import parse_account
from fairapp.web import fields, refusals, words
from fairapp.web.fields import Form

STEPS = 5
MOST_DAYS = 365


def read_by(parse: Callable[[str], object]) -> Callable[[Any, Any], None]:
    """Return a check that a field can be read by ``parse``, so that all mistakes are told at once."""

    def check(form: Form, field: Any) -> None:
        try:
            if field.data:
                parse(field.data)
        except FairError as error:
            raise ValidationError(refusals.sentence_of(error)) from error

    return check


def read_days(text: str | None) -> tuple[int, ...]:
    """Return numbers of days as they were typed: ``1, 7, 14``."""
    return tuple(sorted({int(part) for part in (text or "").replace(";", ",").split(",") if part.strip()}))


def check_days(form: Form, field: Any) -> None:
    """Refuse what are no numbers of days."""
    try:
        days = read_days(field.data)
    except ValueError:
        days = (-1,)
    if any(not 0 <= day <= MOST_DAYS for day in days):
        raise ValidationError(gettext("Numbers of days with commas between them, such as 1, 7, 14."))


class StepForm(SubForm):  # type: ignore[misc]
    """One step of the cancellation schedule."""

    days = fields.count(_("Days before the opening, at least"), least=0, most=MOST_DAYS, required=False)
    percent = fields.count(_("Per cent of the fees"), least=0, most=100, required=False)


class TermsForm(Form):
    """Whereto and until when exhibitors pay."""

    refused_at: ClassVar[Mapping[str, str]] = {"bank_account_malformed": "account"}

    seen = HiddenField()
    name_vi = fields.line(_("Legal name"), longest=200, hint=_("As on the registration certificate."))
    name_en = fields.line(_("Name in English"), longest=200, required=False)
    tax_code = fields.line(_("Tax code"), longest=32, required=False)
    address = fields.line(_("Address"), longest=300, required=False)
    phone = fields.phone(_("Phone"), required=False)
    bank = fields.choice(_("Bank"))
    account = fields.line(_("Account number"), longest=40)
    holder = fields.line(
        _("Account holder"), longest=120, hint=_("As the bank shows it, mostly in capitals without marks.")
    )
    deposit_percent = fields.count(
        _("Deposit in per cent"), least=0, most=100, hint=_("With 0 or 100 all is asked for at once.")
    )
    deposit_days = fields.count(_("Days to pay the deposit"), least=1, most=MOST_DAYS, hint=_("After the acceptance."))
    balance_days = fields.count(_("Days before the opening by which the balance is paid"), least=0, most=MOST_DAYS)
    remind_before = fields.line(
        _("Days before"), longest=60, required=False, hint=_("With commas between them; empty for none.")
    )
    remind_after = fields.line(_("Days after"), longest=60, required=False, hint=_("Such as 1, 7, 14."))
    steps = FieldList(FormField(StepForm), min_entries=STEPS, max_entries=STEPS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(bank.bin, f"{bank.short_name} – {bank.name}") for bank in banks()]
        self.bank.choices = fields.options([("", _("Choose a bank")), *sorted(named, key=lambda one: one[1])])
        self.tax_code.validators = [*self.tax_code.validators, read_by(_vietnamese_tax_code)]
        self.phone.validators = [*self.phone.validators, read_by(_phone)]
        self.account.validators = [*self.account.validators, read_by(parse_account)]
        for control in (self.remind_before, self.remind_after):
            control.validators = [*control.validators, check_days]

    def validate_bank(self, field: Any) -> None:
        """Refuse a bank that is not in the list."""
        if field.data and find_bank(field.data) is None:
            raise ValidationError(gettext("Choose a bank of the list."))

    def validate_steps(self, field: Any) -> None:
        """Refuse half a step, and the same day twice."""
        days = [step.days.data for step in field if step.days.data is not None]
        if any((step.days.data is None) != (step.percent.data is None) for step in field):
            raise ValidationError(gettext("A step has days and per cent."))
        if len(days) != len(set(days)):
            raise ValidationError(gettext("Two steps begin on the same day."))

    def terms(self) -> PaymentTerms:
        """Return the terms."""
        return PaymentTerms(
            bank=self.bank.data,
            account=self.account.data,
            holder=self.holder.data,
            deposit_percent=self.deposit_percent.data,
            deposit_days=self.deposit_days.data,
            balance_days=self.balance_days.data,
            remind_before=read_days(self.remind_before.data),
            remind_after=read_days(self.remind_after.data),
            cancellation=tuple(
                Step(days=step.days.data, percent=step.percent.data)
                for step in self.steps
                if step.days.data is not None
            ),
        )

    def payee(self) -> PayeeData:
        """Return who is paid."""
        return PayeeData(
            name={"vi": self.name_vi.data, "en": self.name_en.data or ""},
            tax_code=self.tax_code.data or "",
            address=self.address.data or "",
            phone=self.phone.data or "",
        )

    @classmethod
    def values_of(cls, fair: Fair) -> dict[str, Any]:
        """Return the values that are edited."""
        terms = read_terms(fair.payment)
        steps: list[dict[str, Any]] = [{"days": step.days, "percent": step.percent} for step in terms.cancellation]
        return {
            **{name: value for name, value in vars(terms).items() if name != "cancellation"},
            "remind_before": ", ".join(map(str, terms.remind_before)),
            "remind_after": ", ".join(map(str, terms.remind_after)),
            "steps": [*steps, *[{} for _step in range(STEPS - len(steps))]],
            "seen": str(fair.version),
            "name_vi": fair.organizer_name.get("vi", ""),
            "name_en": fair.organizer_name.get("en", ""),
            "tax_code": fair.organizer_tax_code,
            "address": fair.organizer_address,
            "phone": phones.show_phone(fair.organizer_phone) if fair.organizer_phone else "",
        }


def _vietnamese_tax_code(text: str) -> object:
    return tax_code.parse_tax_code(text, country="VN")


def _phone(text: str) -> object:
    return phones.parse_phone(text, country="VN")


class IssueForm(Form):
    """What one payer is asked for."""

    kind = fields.choice(_("What is asked for"))
    due_on = fields.day(_("Pay until"), required=False, hint=_("Empty: as the settings say."))


class ReceiveForm(Form):
    """Money that came in by another way than a bank statement."""

    amount = fields.money(_("Amount"), least=1)
    paid_on = fields.day(_("Day"))
    request_id = fields.choice(_("For"), required=False)
    note = fields.line(
        _("Note"), longest=300, required=False, hint=_("Such as: cash, receipt 12. It is shown beside the payment.")
    )

    def offer(self, requests: Iterable[PaymentRequest]) -> None:
        """Let one choose among the open requests, the oldest first."""
        named = [(one.public_id, f"{one.reference} – {words.word(one.kind, 'request_kind')}") for one in requests]
        self.request_id.choices = fields.options([*named, ("", _("No request: a credit"))])


class RefundForm(Form):
    """Money that went back."""

    refused_at: ClassVar[Mapping[str, str]] = {"refund_too_large": "amount"}

    amount = fields.money(_("Amount"), least=1)
    paid_on = fields.day(_("Day"))
    note = fields.line(_("Note"), longest=300, required=False)


class EInvoiceForm(Form):
    """Symbol and number of an e-invoice that was issued."""

    refused_at: ClassVar[Mapping[str, str]] = {"e_invoice_exists": "number"}

    symbol = fields.line(_("Symbol"), longest=20, hint=_("Such as 1C26TAA."))
    number = fields.line(_("Number"), longest=20)
    issued_on = fields.day(_("Day"))
    amount = fields.money(_("Amount"), required=False, hint=_("Empty: the amount of the request."))


class TableForm(Form):
    """A table that is taken in."""

    refused_at: ClassVar[Mapping[str, str]] = {
        "bank_file_unreadable": "file",
        "bank_file_too_long": "file",
        "bank_file_without_transfers": "file",
    }

    file = fields.upload(_("XLSX or CSV"), megabytes=10, accept=".xlsx,.xls,.csv,.txt")


def columns_form(table: Table, columns: Mapping[str, int], **kwargs: Any) -> Form:
    """Return a form that says which column of a bank's file holds what."""
    titles = [(str(place), title or str(place + 1)) for place, title in enumerate(table.head)]
    controls = {
        kind: fields.choice(words.word(kind, "bank_column"), [("", "–"), *titles], required=False) for kind in COLUMNS
    }
    data = {kind: str(place) for kind, place in columns.items() if place < len(titles)}
    return type("ColumnsForm", (Form,), controls)(data=data, **kwargs)


def chosen_columns(form: Form) -> dict[str, int]:
    """Return the columns that were chosen."""
    return {kind: int(form[kind].data) for kind in COLUMNS if form[kind].data}


def parts_form(requests: Sequence[PaymentRequest], **kwargs: Any) -> Form:
    """Return a form that says how much of a transfer pays which request, and whose credit the rest is."""
    controls: dict[str, Any] = {
        f"part_{one.public_id}": fields.money(one.reference, required=False) for one in requests
    }
    controls["credit"] = fields.choice(_("The rest is a credit of"), required=False)
    controls["refused_at"] = {}
    return type("PartsForm", (Form,), controls)(**kwargs)
