"""What an application still lacks before one can decide on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Missing(StrEnum):
    """One thing that is not there, or not as it must be."""

    FORM = "form"
    FORM_OLDER = "form_older"
    FORM_UNREADABLE = "form_unreadable"
    REPRESENTATIVE = "representative"
    ADDRESS = "address"
    EMPLOYEES = "employees"
    SECTORS = "sectors"
    PROCESSES = "processes"
    PRODUCTS = "products"
    FASCIA_NAME = "fascia_name"
    CONTACT = "contact"
    SUBSIDY_SOURCE = "subsidy_source"
    CERTIFICATE_EXPIRED = "certificate_expired"


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is looked at."""

    has_form: bool
    form_state: str
    representative: str
    address: str
    province: str | None
    country: str
    employees: int | None
    sectors: Sequence[str]
    processes: Sequence[str]
    has_products: bool
    fascia_name: str
    contact_name: str
    contact_email: str
    contact_phone: str
    subsidy_wanted: bool
    subsidy_source: str
    expiries: Sequence[date | None]
    """Of the certificates."""


FORM_STATES = {"older": Missing.FORM_OLDER, "unreadable": Missing.FORM_UNREADABLE}


def find_missing(facts: Facts, *, today: date) -> list[Missing]:
    """Return what an application lacks, the paper first."""
    lacking = {
        Missing.REPRESENTATIVE: not facts.representative,
        Missing.ADDRESS: not facts.address or (facts.country == "VN" and not facts.province),
        Missing.EMPLOYEES: facts.employees is None,
        Missing.SECTORS: not facts.sectors,
        Missing.PROCESSES: not facts.processes,
        Missing.PRODUCTS: not facts.has_products,
        Missing.FASCIA_NAME: not facts.fascia_name,
        Missing.CONTACT: not (facts.contact_name and facts.contact_email and facts.contact_phone),
        Missing.SUBSIDY_SOURCE: facts.subsidy_wanted and not facts.subsidy_source,
        Missing.CERTIFICATE_EXPIRED: any(expiry is not None and expiry < today for expiry in facts.expiries),
    }
    return [*_form(facts), *(one for one, lacks in lacking.items() if lacks)]


def _form(facts: Facts) -> list[Missing]:
    if not facts.has_form:
        return [Missing.FORM]
    return [FORM_STATES[facts.form_state]] if facts.form_state in FORM_STATES else []
