"""What an application asks, by step and section, and how an answer is written down."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

ENTERPRISE = "enterprise"
PARTICIPATION = "participation"
STEPS = (ENTERPRISE, PARTICIPATION)


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question: the name of its field, and the code list of its answers if they are codes."""

    name: str
    code_list: str = ""
    kind: str = "text"
    """``text``, ``switch``, ``code``, ``codes``, ``rows``, ``area``, ``file`` or ``body``."""


def _texts(*names: str) -> tuple[Question, ...]:
    return tuple(Question(name=name) for name in names)


def _code(name: str, code_list: str) -> Question:
    return Question(name=name, code_list=code_list, kind="code")


def _codes(name: str, code_list: str) -> Question:
    return Question(name=name, code_list=code_list, kind="codes")


def _rows(name: str) -> Question:
    return Question(name=name, kind="rows")


SECTIONS: Mapping[str, Sequence[Question]] = {
    "enterprise": (
        *_texts("legal_name", "english_name"),
        _code("country", "countries"),
        *_texts("tax_code"),
        _code("legal_form", "legal_forms"),
        _code("ownership", "ownership_types"),
        _code("capital_country", "countries"),
        Question(name="women_owned", kind="switch"),
        *_texts("established", "employees"),
        _code("revenue_band", "revenue_bands"),
        *_texts("representative", "representative_title"),
    ),
    "address": (
        *_texts("address", "industrial_park", "ward"),
        _code("province", "provinces"),
        *_texts("postal_code", "phone", "website"),
    ),
    "making": (
        _code("supply_kind", "supply_kinds"),
        _code("supply_tier", "supply_tiers"),
        *_texts("main_products_vi", "main_products_en"),
        _codes("sectors", "sectors"),
        _codes("processes", "processes"),
        _codes("materials", "materials"),
        _code("tightest_tolerance", "tolerance_bands"),
        _codes("lot_sizes", "lot_size_bands"),
        *_texts("capacity"),
        _rows("machines"),
        _rows("certificates"),
    ),
    "market": (
        _rows("customers"),
        *_texts("export_percent"),
        _codes("export_markets", "countries"),
        _codes("languages", "languages"),
        _codes("programs", "support_programs"),
    ),
    "catalogue": (*_texts("summary_vi", "summary_en"), Question(name="logo", kind="file")),
    "booth": (
        *_texts("fascia_name"),
        _code("booth_type", "booth_types"),
        *_texts("quantity"),
        Question(name="area", kind="area"),
        Question(name="corner", kind="switch"),
        _codes("extras", "booth_extras"),
        Question(name="co_organizer", kind="body"),
        *_texts("seeks", "message"),
    ),
    "money": (
        Question(name="subsidy_wanted", kind="switch"),
        *_texts("subsidy_source", "invoice_name", "invoice_tax_code", "invoice_address", "invoice_email"),
    ),
    "contact": _texts("contact_name", "contact_title", "contact_email", "contact_phone"),
}
"""The questions in the order in which they are asked, shown and printed."""

REGISTER_TEXTS = (
    "legal_name", "english_name", "legal_form", "ownership", "capital_country", "representative",
    "representative_title", "address", "industrial_park", "ward", "postal_code", "website", "revenue_band",
    "supply_kind", "supply_tier", "tightest_tolerance", "capacity", "seeks",
)  # fmt: skip
"""Answers that the register keeps as they are."""

REGISTER_NUMBERS = ("employees", "established", "export_percent")
REGISTER_CODES = ("export_markets", "lot_sizes", "languages", "programs")

APPLICATION_TEXTS = (
    "fascia_name", "contact_name", "contact_title", "contact_email", "booth_type", "message", "subsidy_source",
    "invoice_name", "invoice_address", "invoice_email",
)  # fmt: skip
"""Answers that the application itself keeps as they are."""

ROW_FIELDS: Mapping[str, Sequence[str]] = {
    "certificates": ("code", "number", "issuer", "expires_on", "file"),
    "machines": ("kind", "maker", "model", "year", "quantity", "key_size"),
    "customers": ("name", "country", "products", "since"),
}


def text(values: Mapping[str, Any], name: str) -> str:
    """Return an answer in words, nothing where there is none."""
    answer = values.get(name)
    return "" if answer is None else str(answer)
