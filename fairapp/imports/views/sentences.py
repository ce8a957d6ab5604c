"""What the columns of a list are called, and what is wrong with a cell, in words."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import force_locale
from flask_babel import lazy_gettext as _

from fairapp.folding import fold
from fairapp.imports.columns import COLUMNS
from fairapp.web import languages, refusals

LABELS: Mapping[str, Any] = {
    "external_ref": _("External id"),
    "tax_code": _("Tax code"),
    "legal_name": _("Legal name"),
    "short_name": _("Short name"),
    "english_name": _("English name"),
    "country": _("Country"),
    "province": _("Province"),
    "address": _("Address"),
    "industrial_park": _("Industrial park"),
    "website": _("Website"),
    "phone": _("Phone of the enterprise"),
    "employees": _("Employees"),
    "established": _("Founded in"),
    "sectors": _("Sectors"),
    "processes": _("Processes"),
    "materials": _("Materials"),
    "certificates": _("Certificates"),
    "practices": _("Practices"),
    "supply_tier": _("Supply tier"),
    "main_products_vi": _("Main products in Vietnamese"),
    "main_products_en": _("Main products in English"),
    "summary_vi": _("Introduction in Vietnamese"),
    "summary_en": _("Introduction in English"),
    "contact_name": _("Contact"),
    "contact_title": _("Position of the contact"),
    "contact_email": _("Mail address of the contact"),
    "contact_phone": _("Phone of the contact"),
    "language": _("Language of mails"),
    "fascia_name": _("Fascia name"),
    "booth_type": _("Booth type"),
    "area": _("Net area in m²"),
    "quantity": _("Number of booths"),
    "corner": _("Corner"),
    "listed": _("In the directory"),
    "invoice_name": _("Name on the invoice"),
    "invoice_address": _("Address on the invoice"),
    "invoice_email": _("Mail address for the invoice"),
}

CELLS: Mapping[str, Any] = {
    "cell_too_long": _("longer than %(longest)s characters"),
    "cell_no_number": _("not a whole number"),
    "cell_out_of_range": _("not between %(least)s and %(most)s"),
    "cell_no_switch": _("neither yes nor no"),
    "cell_unknown": _("“%(value)s” is not in the list"),
    "cell_no_email": _("not a mail address"),
    "cell_no_website": _("not a web address"),
    "row_twice": _("The same enterprise is in row %(row)s already."),
    "row_without_key": _("There is neither a tax code nor an external id."),
}
"""Of what reading finds; what the fair's rules refuse has its sentence with the refusals."""


def choices() -> list[tuple[str, str]]:
    """Return the fields with their names, for a list to choose from."""
    return [(column.field, str(LABELS[column.field])) for column in COLUMNS]


def named() -> dict[str, str]:
    """Return the field by its name in each language, folded: what stands above the columns of our templates."""
    found: dict[str, str] = {}
    for language in languages.LANGUAGES:
        with force_locale(language):
            found |= {fold(str(label)): field for field, label in LABELS.items()}
    return found


def sentence(fault: Mapping[str, Any]) -> str:
    """Return what is wrong, beginning with the name of the column if it is one cell."""
    code, facts = str(fault["code"]), dict(fault["facts"])
    if "fields" in facts:
        facts["fields"] = ", ".join(str(LABELS.get(name, name)) for name in facts["fields"].split(", "))
    text = str(CELLS[code]) % facts if code in CELLS else refusals.sentence(code, facts)
    return f"{LABELS[fault['field']]}: {text}" if fault["field"] else text


def sentences(faults: Sequence[Mapping[str, Any]]) -> str:
    """Return everything that is wrong with a row."""
    return "; ".join(sentence(fault) for fault in faults)
