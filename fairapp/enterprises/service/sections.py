"""The pages of a profile that are one form each: texts, capabilities, figures."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fairapp.audit.service import ActorLike
from fairapp.database import transaction
from fairapp.enterprises import phones
from fairapp.enterprises.models import CapabilityKind, Enterprise, QualityFigure
from fairapp.enterprises.service.shared import Change, lock, note, set_capabilities, settle
from fairapp.enterprises.taxonomy import code_list, enterprise_size

LANGUAGES = ("vi", "en", "ja", "ko")
PLAIN = (
    "short_name", "english_name", "website", "phone", "address", "industrial_park", "ward", "postal_code",
    "province", "capital_country", "ownership", "employees", "established", "women_owned", "revenue_band",
    "export_percent", "export_markets", "seeks",
)  # fmt: skip
"""Columns of the first page that are kept as they are typed."""

ABLE = (
    "tightest_tolerance", "lot_sizes", "capacity", "languages", "supply_kind", "supply_tier", "programs",
    "smart_factory_level",
)  # fmt: skip
"""Columns of the page of capabilities."""

KINDS = {
    "sectors": CapabilityKind.SECTOR,
    "processes": CapabilityKind.PROCESS,
    "materials": CapabilityKind.MATERIAL,
    "practices": CapabilityKind.PRACTICE,
}


@dataclass(frozen=True, kw_only=True)
class Section:
    """How one page is read from an entry and written into it."""

    name: str
    read: Callable[[Enterprise], dict[str, Any]]
    write: Callable[[Enterprise, Mapping[str, Any]], None]


def save_section(
    enterprise_id: int, section: Section, change: Change, *, fair_id: int, actor: ActorLike, now: datetime
) -> Enterprise:
    """Change one page of a profile; raise ``ProfileChanged`` where somebody saved other values meanwhile."""
    with transaction() as session:
        enterprise = lock(session, enterprise_id)
        before = section.read(enterprise)
        values = settle(session, enterprise, change, before)
        changed = sorted(name for name, value in values.items() if value != before.get(name))
        if changed:
            section.write(enterprise, values)
            note(
                session,
                "enterprise.update",
                enterprise,
                fair_id=fair_id,
                actor=actor,
                now=now,
                section=section.name,
                fields=changed,
            )
    return enterprise


def _read_texts(enterprise: Enterprise) -> dict[str, Any]:
    values: dict[str, Any] = {name: getattr(enterprise, name) for name in PLAIN}
    values["export_markets"] = sorted(enterprise.export_markets)
    values["province"] = enterprise.province or ""
    values["phone"] = phones.show_phone(enterprise.phone)
    for code in LANGUAGES:
        values[f"main_products_{code}"] = enterprise.main_products.get(code, "")
        values[f"summary_{code}"] = enterprise.summary.get(code, "")
    return values


def _write_texts(enterprise: Enterprise, values: Mapping[str, Any]) -> None:
    for name in PLAIN:
        setattr(enterprise, name, values[name])
    enterprise.province = values["province"] or None
    enterprise.phone = phones.parse_phone(values["phone"], country=enterprise.country)
    enterprise.size = enterprise_size(values["employees"])
    enterprise.main_products = {code: values[f"main_products_{code}"] for code in LANGUAGES}
    enterprise.summary = {code: values[f"summary_{code}"] for code in LANGUAGES}


def _read_capabilities(enterprise: Enterprise) -> dict[str, Any]:
    values: dict[str, Any] = {name: getattr(enterprise, name) for name in ABLE}
    for name in ("lot_sizes", "languages", "programs"):
        values[name] = sorted(values[name])
    for name, kind in KINDS.items():
        values[name] = sorted(enterprise.codes(kind))
    return values


def _write_capabilities(enterprise: Enterprise, values: Mapping[str, Any]) -> None:
    for name in ABLE:
        setattr(enterprise, name, values[name])
    for name, kind in KINDS.items():
        set_capabilities(enterprise, kind, values[name])


def _read_figures(enterprise: Enterprise) -> dict[str, Any]:
    known = {figure.code: figure for figure in enterprise.figures}
    values: dict[str, Any] = {}
    for measure in code_list("measures"):
        figure = known.get(measure.code)
        values[f"value_{measure.code}"] = _whole(figure.value) if figure else None
        values[f"year_{measure.code}"] = figure.year if figure else None
    return values


def _whole(value: float) -> float:
    return int(value) if value.is_integer() else value


def _write_figures(enterprise: Enterprise, values: Mapping[str, Any]) -> None:
    known = {figure.code: figure for figure in enterprise.figures}
    for measure in code_list("measures"):
        value, figure = values[f"value_{measure.code}"], known.get(measure.code)
        if value is None:
            if figure is not None:
                enterprise.figures.remove(figure)
            continue
        if figure is None:
            figure = QualityFigure(code=measure.code)
            enterprise.figures.append(figure)
        figure.value, figure.year = value, values[f"year_{measure.code}"]


TEXTS = Section(name="profile", read=_read_texts, write=_write_texts)
CAPABILITIES = Section(name="capabilities", read=_read_capabilities, write=_write_capabilities)
FIGURES = Section(name="figures", read=_read_figures, write=_write_figures)
