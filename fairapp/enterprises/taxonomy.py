"""The code lists of the trade: sectors, processes, materials, certificates, provinces and more.

Codes are stable: never renamed, only added or deprecated. Names come in Vietnamese, English, Japanese
and Korean. Sources: ``data/taxonomy.json``, ``data/vn_reference.json`` and Unicode's names of countries.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from babel import Locale

from fairapp.enterprises import reference
from fairapp.enterprises.code_list import Code, CodeList
from fairapp.folding import fold

LISTS = (
    "badge_categories",
    "booth_extras",
    "booth_types",
    "certificates",
    "decree_groups",
    "enterprise_sizes",
    "legal_forms",
    "lot_size_bands",
    "materials",
    "measures",
    "meeting_statuses",
    "need_kinds",
    "outcomes",
    "ownership_types",
    "practices",
    "process_groups",
    "processes",
    "revenue_bands",
    "sectors",
    "supply_kinds",
    "supply_tiers",
    "support_programs",
    "tolerance_bands",
)
LANGUAGES = ("vi", "en", "ja", "ko")

USUAL_COUNTRIES = ("VN", "JP", "KR", "CN", "TW", "TH", "SG", "MY", "US", "DE")
"""The countries that come most to fairs of Vietnam, shown first."""

SPOKEN = ("vi", "en", "ja", "ko", "zh")
"""Languages in which firms here deal with buyers."""

_NO_COUNTRIES = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"}
"""Codes of Unicode that ISO 3166 does not give to a country."""

_KINDS_OF_PLACE = ("thanh pho", "tinh", "tp", "t p", "city", "province")


@cache
def code_list(name: str) -> CodeList:
    """Return the code list of a name in ``LISTS``, or ``provinces``, ``countries`` or ``languages``."""
    if name == "provinces":
        return _provinces()
    if name == "countries":
        return _countries()
    if name == "languages":
        return _spoken_languages()
    if name not in LISTS:
        raise KeyError(f"there is no code list {name!r}")
    groups = code_list("process_groups") if name == "processes" else None
    return CodeList([_code(entry) for entry in reference.taxonomy()[name]], groups)


def label(name: str, code: str | None, language: str) -> str:
    """Return the name of a code of list ``name``."""
    return code_list(name).label(code, language)


def fit_weights() -> Mapping[str, int]:
    """Return how much each part counts when a capability is compared with a need; they add up to 100."""
    return dict(reference.taxonomy()["fit_weights"])


def find_province(text: str) -> str | None:
    """Return the code of the province that ``text`` names, by its name of today or before 2025-07-01."""
    known = code_list("provinces").find(text.strip())
    return known.code if known else _province_codes().get(_name_key(text))


def enterprise_size(employees: int | None) -> str:
    """Return the size that an enterprise has by its employees alone (Decree 80/2021, industry)."""
    if employees is None:
        return ""
    for size in code_list("enterprise_sizes"):
        most = size.facts["max_employees"]
        if most is None or employees <= most:
            return size.code
    raise AssertionError("the largest size has no limit")


def _code(entry: Mapping[str, Any]) -> Code:
    own = {"code", "label", "group", "deprecated"}
    facts = {key: value for key, value in entry.items() if key not in own}
    return Code(facts=facts, **{key: value for key, value in entry.items() if key in own})


def _provinces() -> CodeList:
    return CodeList([_code(entry) for entry in reference.provinces()])


@cache
def _province_codes() -> dict[str, str]:
    codes = {}
    for province in code_list("provinces"):
        for name in (*province.label.values(), *province.facts["formed_from"], *province.facts["aliases"]):
            codes[_name_key(name)] = province.code
    return codes


def _name_key(text: str) -> str:
    folded = fold(text)
    for kind in _KINDS_OF_PLACE:
        folded = folded.removeprefix(f"{kind} ").removesuffix(f" {kind}")
    return folded.replace(" ", "")


def _countries() -> CodeList:
    names: dict[str, Mapping[str, str]] = {
        language: Locale(language).territories  # type: ignore[dict-item]
        for language in LANGUAGES
    }
    known = {code for code in names["en"] if len(code) == 2 and code.isalpha()} - _NO_COUNTRIES
    others = sorted(known - set(USUAL_COUNTRIES), key=lambda code: fold(names["en"][code]))
    return CodeList(
        [
            Code(code=code, label={language: names[language][code] for language in LANGUAGES})
            for code in (*USUAL_COUNTRIES, *others)
        ]
    )


def _spoken_languages() -> CodeList:
    return CodeList(
        [
            Code(code=code, label={language: Locale(language).languages[code] for language in LANGUAGES})
            for code in SPOKEN
        ]
    )
