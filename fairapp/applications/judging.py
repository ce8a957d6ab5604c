"""Everything that speaks against an application, found in one round: each mistake with the field it stands beside."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from fairapp.applications import eligibility, space
from fairapp.applications.eligibility import Applicant, Rules
from fairapp.enterprises import phones, tax_code
from fairapp.errors import FairError

Mistake = tuple[str, FairError]

_BESIDE = {
    "country_not_accepted": "country",
    "representative_office": "legal_form",
    "enterprise_too_young": "established",
    "too_few_employees": "employees",
    "supply_kind_not_accepted": "supply_kind",
    "sectors_not_accepted": "sectors",
}


def judge_enterprise(values: Mapping[str, Any], rules: Rules, *, year: int) -> list[Mistake]:
    """Return what is wrong with the enterprise that applies; empty answers are the form's to find."""
    country = values.get("country") or "VN"
    mistakes = [
        *_refused("tax_code", values, lambda text: tax_code.parse_tax_code(text, country=country)),
        *_refused("phone", values, lambda text: phones.parse_phone(text, country=country)),
    ]
    applicant = Applicant(
        country=country,
        legal_form=values.get("legal_form") or "",
        supply_kind=values.get("supply_kind") or "",
        sectors=values.get("sectors") or (),
        established=values.get("established"),
        employees=values.get("employees"),
    )
    mistakes += [(_BESIDE[error.code], error) for error in eligibility.refusals(applicant, rules, year=year)]
    return mistakes


def judge_participation(values: Mapping[str, Any], *, country: str) -> list[Mistake]:
    """Return what is wrong with how the enterprise wants to take part."""
    mistakes = [
        *_refused("contact_phone", values, lambda text: phones.parse_phone(text, country=country)),
        *_refused("invoice_tax_code", values, lambda text: tax_code.parse_tax_code(text, country=country)),
    ]
    if values.get("booth_type") and values.get("quantity"):
        try:
            space.wanted_area(values["booth_type"], values["quantity"], values.get("area"))
        except FairError as error:
            mistakes.append(("area", error))
    return mistakes


def _refused(name: str, values: Mapping[str, Any], parse: Callable[[str], object]) -> Sequence[Mistake]:
    text = values.get(name)
    if not text:
        return ()
    try:
        parse(text)
    except FairError as error:
        return ((name, error),)
    return ()
