"""The columns of the queue's workbook: key, title and value, in one list from which columns can be chosen."""

from collections.abc import Callable
from dataclasses import dataclass

from flask_babel import lazy_gettext as _

from fairapp.applications.models import Application
from fairapp.enterprises.models import CapabilityKind
from fairapp.enterprises.taxonomy import code_list, label
from fairapp.web import exports, languages, words


@dataclass(frozen=True, kw_only=True)
class Column(exports.Column):
    """One column of the queue and how its value is found."""

    value: Callable[[Application], object]


def _code(codes: str, code: str | None) -> str:
    return label(codes, code, languages.current_language())


def _codes(one: Application, kind: CapabilityKind, codes: str) -> str:
    known = code_list(codes)
    return ", ".join(known.label(code, languages.current_language()) for code in one.enterprise.codes(kind))


def _yes(value: bool) -> str:
    return str(_("yes")) if value else ""


def _form(one: Application) -> str:
    state = one.scan_state if one.scan_id else "missing"
    return words.word(state, "form_state") if state else str(_("there"))


COLUMNS: tuple[Column, ...] = (
    Column(key="name", title=_("Enterprise"), value=lambda one: one.enterprise.legal_name),
    Column(key="english_name", title=_("English name"), value=lambda one: one.enterprise.english_name),
    Column(key="tax_code", title=_("Tax code"), value=lambda one: one.enterprise.tax_code),
    Column(key="country", title=_("Country"), value=lambda one: _code("countries", one.enterprise.country)),
    Column(key="province", title=_("Province"), value=lambda one: _code("provinces", one.enterprise.province)),
    Column(key="address", title=_("Address"), value=lambda one: one.enterprise.address),
    Column(key="sectors", title=_("Sectors"), value=lambda one: _codes(one, CapabilityKind.SECTOR, "sectors")),
    Column(key="processes", title=_("Processes"), value=lambda one: _codes(one, CapabilityKind.PROCESS, "processes")),
    Column(key="employees", title=_("Employees"), value=lambda one: one.enterprise.employees),
    Column(key="fascia_name", title=_("Fascia name"), value=lambda one: one.fascia_name),
    Column(key="contact", title=_("Contact"), value=lambda one: one.contact_name),
    Column(key="mail", title=_("Mail address"), value=lambda one: one.contact_email),
    Column(key="phone", title=_("Phone"), value=lambda one: one.contact_phone),
    Column(key="booth_type", title=_("Booth type"), value=lambda one: _code("booth_types", one.booth_type)),
    Column(key="quantity", title=_("Booths"), value=lambda one: one.quantity),
    Column(key="area", title=_("Net area in m²"), value=lambda one: one.area),
    Column(key="corner", title=_("Corner"), value=lambda one: _yes(one.corner)),
    Column(key="subsidy", title=_("Subsidy wanted"), value=lambda one: _yes(one.subsidy_wanted)),
    Column(key="subsidy_source", title=_("Subsidy from"), value=lambda one: one.subsidy_source),
    Column(key="body", title=_("Co-organizer"), value=lambda one: one.co_organizer.code if one.co_organizer else ""),
    Column(key="form", title=_("Stamped form"), value=_form),
    Column(key="state", title=_("State"), value=lambda one: words.word(one.status, "application")),
    Column(key="reason", title=_("Reason"), value=lambda one: one.reason),
    Column(key="applied", title=_("Applied"), value=lambda one: one.applied_at),
    Column(key="decided", title=_("Decided"), value=lambda one: one.decided_at),
)
