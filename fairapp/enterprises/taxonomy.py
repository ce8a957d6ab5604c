"""The code lists of the trade: sectors, processes, materials, certificates, provinces and more.

Codes are stable: never renamed, only added. Labels come in Vietnamese, English, Japanese and Korean.
Sources: ``data/taxonomy.json`` and ``data/vn_reference.json``.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale

from fairapp.folding import fold

DATA = Path(__file__).parent / "data"
FALLBACK = ("en", "vi")


@dataclass(frozen=True, kw_only=True)
class Code:
    """One entry of a code list; ``facts`` are whatever else the list says of it."""

    code: str
    label: Mapping[str, str]
    facts: Mapping[str, Any] = field(default_factory=dict)


class CodeList:
    """Codes in their order, with labels."""

    def __init__(self, entries: list[Code]) -> None:
        self._by_code = {entry.code: entry for entry in entries}

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def __iter__(self) -> Iterator[Code]:
        return iter(self._by_code.values())

    def __len__(self) -> int:
        return len(self._by_code)

    def __getitem__(self, code: str) -> Code:
        return self._by_code[code]

    def label(self, code: str | None, language: str) -> str:
        """Return a code's name in a language, or the nearest; an unknown code names itself."""
        if not code:
            return ""
        entry = self._by_code.get(code)
        if entry is None:
            return code
        return next((entry.label[tongue] for tongue in (language, *FALLBACK) if tongue in entry.label), code)

    def choices(self, language: str) -> list[tuple[str, str]]:
        """Return pairs of code and name, in the order of the list."""
        return [(code, self.label(code, language)) for code in self._by_code]


LISTS = (
    "sectors", "process_groups", "processes", "materials", "certificates", "practices", "qcd_metrics",
    "tolerance_bands", "lot_size_bands", "enterprise_sizes", "ownership_types", "legal_forms",
    "supply_tiers", "need_kinds", "outcomes", "badge_categories", "booth_types", "booth_extras",
    "support_programs", "decree_groups",
)  # fmt: skip


@cache
def code_list(name: str) -> CodeList:
    """Return the code list of a name in ``LISTS``, or ``provinces`` or ``countries``."""
    if name == "provinces":
        return _provinces()
    if name == "countries":
        return _countries()
    if name not in LISTS:
        raise KeyError(name)
    return CodeList([_code(entry) for entry in _taxonomy()[name]])


def label(name: str, code: str | None, language: str) -> str:
    """Return the name of a code of list ``name``."""
    return code_list(name).label(code, language)


def find_province(text: str) -> str | None:
    """Return the code of a province by its name of today or before 2025-07-01, without diacritics."""
    return _province_names().get(fold(text))


def enterprise_size(employees: int | None) -> str:
    """Return the size class by employees alone (Decree 80/2021, industry)."""
    if employees is None:
        return ""
    for entry in code_list("enterprise_sizes"):
        most = entry.facts.get("max_employees")
        if most is not None and employees <= most:
            return entry.code
    return "large"


@cache
def _taxonomy() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((DATA / "taxonomy.json").read_text(encoding="utf-8"))
    return loaded


@cache
def _reference() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((DATA / "vn_reference.json").read_text(encoding="utf-8"))
    return loaded


def _code(entry: dict[str, Any]) -> Code:
    facts = {key: value for key, value in entry.items() if key not in {"code", "label"}}
    return Code(code=entry["code"], label=entry["label"], facts=facts)


def _provinces() -> CodeList:
    entries = []
    for province in _reference()["provinces"]:
        formed = [name for name in province["formed_from"] if name != province["name"]]
        label = {"vi": province["name"], "en": _latin(province["name"])}
        facts = {"formed_from": formed, "kind": province["kind"]}
        entries.append(Code(code=province["code"], label=label, facts=facts))
    return CodeList(entries)


def _latin(name: str) -> str:
    return " ".join(word.capitalize() for word in fold(name).split())


@cache
def _province_names() -> dict[str, str]:
    names = {}
    for province in code_list("provinces"):
        for name in province.facts["formed_from"]:
            names[fold(name)] = province.code
    for province in code_list("provinces"):
        names[fold(province.label["vi"])] = province.code
    return names


def _countries() -> CodeList:
    first = ("VN", "JP", "KR", "TH", "TW", "CN", "DE", "US")
    tongues = {tongue: Locale(tongue).territories for tongue in ("vi", "en", "ja", "ko")}
    known = [code for code in tongues["en"] if len(code) == 2 and code.isalpha() and code not in {"ZZ", "EU", "EZ", "UN", "QO", "XA", "XB"}]
    ordered = [*first, *sorted(set(known) - set(first), key=lambda code: str(tongues["en"][code]))]
    return CodeList(
        [Code(code=code, label={tongue: names[code] for tongue, names in tongues.items() if code in names}) for code in ordered]
    )
