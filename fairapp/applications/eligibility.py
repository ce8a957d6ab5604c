"""Who may apply, and until when."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fairapp.enterprises.taxonomy import code_list
from fairapp.errors import FairError

REPRESENTATIVE_OFFICE = "rep_office"


class ApplicationsClosed(FairError):
    """The last day for applications has passed."""

    code = "applications_closed"


class ApplicationsNotOpen(FairError):
    """Applications are not taken yet."""

    code = "applications_not_open"


class RepresentativeOffice(FairError):
    """A representative office may not take part itself (Decree 81/2018, chapter III)."""

    code = "representative_office"


class CountryNotAccepted(FairError):
    """The fair takes enterprises of other countries."""

    code = "country_not_accepted"


class SupplyKindNotAccepted(FairError):
    """The fair is not for what the enterprise is in the supply chain."""

    code = "supply_kind_not_accepted"


class SectorsNotAccepted(FairError):
    """None of the enterprise's sectors belongs to the fair."""

    code = "sectors_not_accepted"


class TooYoung(FairError):
    """The enterprise has not existed long enough."""

    code = "enterprise_too_young"


class TooFewEmployees(FairError):
    """The enterprise has fewer employees than the fair asks for."""

    code = "too_few_employees"


@dataclass(frozen=True, kw_only=True)
class Rules:
    """Who may apply to a fair; an empty list takes everybody."""

    countries: Sequence[str] = ()
    supply_kinds: Sequence[str] = ()
    decree_groups: Sequence[str] = ()
    sectors: Sequence[str] = ()
    years: int = 0
    employees: int = 0


@dataclass(frozen=True, kw_only=True)
class Applicant:
    """What the rules look at; what was not given is not held against anybody, the form asks for it."""

    country: str = ""
    legal_form: str = ""
    supply_kind: str = ""
    sectors: Sequence[str] = ()
    established: int | None = None
    employees: int | None = None


def default_rules() -> Rules:
    """Return the rules of a supporting-industry fair whose organizer has set none."""
    kinds = tuple(kind.code for kind in code_list("supply_kinds") if kind.facts["supporting_industry"])
    return Rules(supply_kinds=kinds)


def to_rules(stored: Mapping[str, Any]) -> Rules:
    """Return the rules as a fair keeps them; a fair that keeps none has the default ones."""
    if not stored:
        return default_rules()
    return Rules(
        countries=tuple(stored.get("countries", ())),
        supply_kinds=tuple(stored.get("supply_kinds", ())),
        decree_groups=tuple(stored.get("decree_groups", ())),
        sectors=tuple(stored.get("sectors", ())),
        years=int(stored.get("years") or 0),
        employees=int(stored.get("employees") or 0),
    )


def to_stored(rules: Rules) -> dict[str, Any]:
    """Return the rules as a fair keeps them."""
    return {
        "countries": list(rules.countries),
        "supply_kinds": list(rules.supply_kinds),
        "decree_groups": list(rules.decree_groups),
        "sectors": list(rules.sectors),
        "years": rules.years,
        "employees": rules.employees,
    }


def check_time(*, opens_at: datetime | None, closes_at: datetime | None, now: datetime) -> None:
    """Return quietly if applications are taken now."""
    if opens_at is not None and now < opens_at:
        raise ApplicationsNotOpen(at=opens_at)
    if closes_at is not None and now > closes_at:
        raise ApplicationsClosed(at=closes_at)


def refusals(applicant: Applicant, rules: Rules, *, year: int) -> list[FairError]:
    """Return everything that the rules hold against an applicant, in the order of the form."""
    found: list[FairError] = []
    if rules.countries and applicant.country and applicant.country not in rules.countries:
        found.append(CountryNotAccepted())
    if applicant.legal_form == REPRESENTATIVE_OFFICE:
        found.append(RepresentativeOffice())
    if applicant.established is not None and year - applicant.established < rules.years:
        found.append(TooYoung(years=rules.years))
    if applicant.employees is not None and applicant.employees < rules.employees:
        found.append(TooFewEmployees(employees=rules.employees))
    if rules.supply_kinds and applicant.supply_kind and applicant.supply_kind not in rules.supply_kinds:
        found.append(SupplyKindNotAccepted())
    if applicant.sectors and not any(_is_accepted(sector, rules) for sector in applicant.sectors):
        found.append(SectorsNotAccepted())
    return found


def _is_accepted(sector: str, rules: Rules) -> bool:
    if rules.sectors and sector not in rules.sectors:
        return False
    entry = code_list("sectors").find(sector)
    groups = set(entry.facts["decree_groups"]) if entry else set()
    # A sector without a group of the decree serves all of them.
    return not rules.decree_groups or not groups or bool(groups & set(rules.decree_groups))
