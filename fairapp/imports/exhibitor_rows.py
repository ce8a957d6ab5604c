"""Rows of a list of exhibitors: cells read by the rules of the forms, every mistake of a row named at once."""

import dataclasses
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

from email_validator import EmailNotValidError, validate_email

from fairapp.enterprises import phones, tax_code
from fairapp.enterprises.taxonomy import code_list, find_province
from fairapp.errors import FairError
from fairapp.folding import fold
from fairapp.imports.columns import BY_FIELD, Column, Kind

YES = {"yes", "y", "x", "1", "true", "co", "dung", "v", "はい", "예"}
NO = {"no", "n", "0", "false", "khong", "sai", "いいえ", "아니요"}
LANGUAGES = {
    "vi": "vi", "vietnamese": "vi", "tieng viet": "vi", "en": "en", "english": "en", "tieng anh": "en",
    "ja": "ja", "japanese": "ja", "tieng nhat": "ja", "日本語": "ja", "ko": "ko", "korean": "ko",
    "tieng han": "ko", "한국어": "ko",
}  # fmt: skip
_PARTS = re.compile(r"\s*[;|]\s*")
_WHOLE = re.compile(r"(\d{1,3}(?:[.,\s]\d{3})+|\d+)(?:[.,]0{1,2})?")
"""Thousands may be parted; zeros behind a sign say nothing."""
_UNIT = re.compile(r"(?i)\s*(?:m2|m²|người|people)\s*$")
_HOST = re.compile(r"(?i)(?:https?://)?[^\s/@]+\.[^\s/@]{2,}(?:/\S*)?")


@dataclasses.dataclass(frozen=True, kw_only=True)
class Fault:
    """What is wrong with one cell, or with the row as a whole where ``field`` is empty."""

    field: str
    code: str
    facts: Mapping[str, str] = dataclasses.field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """Return the fault as the run keeps it."""
        return {"field": self.field, "code": self.code, "facts": dict(self.facts)}


@dataclasses.dataclass(frozen=True, kw_only=True)
class ExhibitorRow:
    """One row: its number in the file, what its filled cells say, and what is wrong with them."""

    number: int
    values: Mapping[str, Any]
    faults: tuple[Fault, ...] = ()

    @property
    def key(self) -> tuple[str, str] | None:
        """Return by what the enterprise is known, or ``None``."""
        if self.values.get("tax_code"):
            return f"tax:{self.values['country']}", str(self.values["tax_code"])
        return ("ref", str(self.values["external_ref"])) if self.values.get("external_ref") else None


def read_rows(
    rows: Sequence[Sequence[str]], head: Sequence[str], mapping: Mapping[str, str], *, first: int = 2
) -> list[ExhibitorRow]:
    """Read the rows below the head, the first of which has number ``first`` in the file.

    Empty ones are passed over, and one that repeats another is a mistake.
    """
    seen: dict[tuple[str, str], int] = {}
    found = []
    for number, cells in enumerate(rows, start=first):
        if not any(cell.strip() for cell in cells):
            continue
        row = read_row(number, dict(zip(head, cells, strict=False)), mapping)
        found.append(_told_apart(row, seen))
    return found


def _told_apart(row: ExhibitorRow, seen: dict[tuple[str, str], int]) -> ExhibitorRow:
    names = [row.key, ("ref", str(row.values.get("external_ref", "")))]
    for key in dict.fromkeys(name for name in names if name and name[1]):
        first = seen.setdefault(key, row.number)
        if first != row.number:
            again = Fault(field="", code="row_twice", facts={"row": str(first)})
            return ExhibitorRow(number=row.number, values=row.values, faults=(*row.faults, again))
    return row


def read_row(number: int, cells: Mapping[str, str], mapping: Mapping[str, str]) -> ExhibitorRow:
    """Read one row; an empty cell says nothing."""
    texts = {name: cells.get(title, "").strip() for title, name in mapping.items()}
    texts = {name: text for name, text in texts.items() if text}
    values: dict[str, Any] = {}
    faults: list[Fault] = []
    # What a tax code and a phone number are depends on the country, so it is read first.
    for name in sorted(texts, key=lambda name: name != "country"):
        column = BY_FIELD[name]
        try:
            values[name] = _READERS[column.kind](texts[name], column, str(values.get("country", "VN")))
        except _Wrong as wrong:
            faults.append(Fault(field=name, code=wrong.code, facts=wrong.facts))
    values.setdefault("country", "VN")
    if "tax_code" not in texts and "external_ref" not in texts:
        faults.append(Fault(field="", code="row_without_key"))
    return ExhibitorRow(number=number, values=values, faults=tuple(faults))


class _Wrong(Exception):
    """A cell that cannot be read."""

    def __init__(self, code: str, **facts: str) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


def _line(text: str, column: Column, country: str) -> str:
    if len(text) > column.longest:
        raise _Wrong("cell_too_long", longest=str(column.longest))
    return text


def _count(text: str, column: Column, country: str) -> int:
    found = _WHOLE.fullmatch(_UNIT.sub("", text))
    if found is None:
        raise _Wrong("cell_no_number")
    number = int(re.sub(r"\D", "", found[1]))
    if not column.least <= number <= column.most:
        raise _Wrong("cell_out_of_range", least=str(column.least), most=str(column.most))
    return number


def _switch(text: str, column: Column, country: str) -> bool:
    folded = fold(text)
    if folded not in YES | NO:
        raise _Wrong("cell_no_switch")
    return folded in YES


def _language(text: str, column: Column, country: str) -> str:
    found = LANGUAGES.get(fold(text))
    if found is None:
        raise _Wrong("cell_unknown", value=text)
    return found


def _code(text: str, column: Column, country: str) -> str:
    found = find_code(column.code_list, text)
    if found is None:
        raise _Wrong("cell_unknown", value=text[:60])
    return found


def _codes(text: str, column: Column, country: str) -> list[str]:
    found: list[str] = []
    unknown = []
    for part in (part for part in _PARTS.split(text) if part):
        codes = _by_commas(column.code_list, part)
        if codes is None:
            unknown.append(part)
        else:
            found += codes
    if unknown and (whole := find_code(column.code_list, text)):
        return [whole]
    if unknown:
        raise _Wrong("cell_unknown", value="; ".join(unknown)[:120])
    return list(dict.fromkeys(found))


def _by_commas(list_name: str, text: str) -> list[str] | None:
    """Return the codes of names that commas part, though some names hold commas themselves: longest first."""
    parts = [part.strip() for part in text.split(",")]
    found: list[str] = []
    start = 0
    while start < len(parts):
        for end in range(len(parts), start, -1):
            code = find_code(list_name, ", ".join(parts[start:end]))
            if code is not None:
                found.append(code)
                start = end
                break
        else:
            return None
    return found


def find_code(list_name: str, text: str) -> str | None:
    """Return the code that a text means: the code itself, or its name in any language, whole or without its note."""
    if list_name == "provinces":
        return find_province(text)
    plain = text.strip()
    known = code_list(list_name)
    if plain in known:
        return plain
    if list_name == "countries" and plain.upper() in known:
        return plain.upper()
    return _named(list_name).get(fold(plain))


@cache
def _named(list_name: str) -> dict[str, str]:
    whole: dict[str, str] = {}
    short: dict[str, set[str]] = {}
    for entry in code_list(list_name):
        for label in entry.label.values():
            whole.setdefault(fold(label), entry.code)
            for cut in (" – ", " (", "（"):
                if cut in label:
                    short.setdefault(fold(label.partition(cut)[0]), set()).add(entry.code)
    # What is written before a dash or a bracket counts where it means one thing only: "ISO 9001", "5S".
    unique = {name: next(iter(codes)) for name, codes in short.items() if len(codes) == 1 and name}
    return {**unique, **whole}


def _email(text: str, column: Column, country: str) -> str:
    try:
        validate_email(text, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError as error:
        raise _Wrong("cell_no_email") from error
    return text.lower()


def _phone(text: str, column: Column, country: str) -> str:
    return str(_by_rule(lambda: phones.parse_phone(text, country=country)))


def _tax_code(text: str, column: Column, country: str) -> str:
    digits = text.strip()
    if country == "VN" and len(digits) == 9 and digits.isascii() and digits.isdigit():
        # A spreadsheet that took the code for a number has dropped the zero before it.
        digits = f"0{digits}"
    return str(_by_rule(lambda: tax_code.parse_tax_code(digits, country=country).text))


def _by_rule(rule: Callable[[], str]) -> str:
    try:
        return rule()
    except FairError as error:
        raise _Wrong(error.code) from error


def _website(text: str, column: Column, country: str) -> str:
    if not _HOST.fullmatch(text) or len(text) > column.longest - 8:
        raise _Wrong("cell_no_website")
    return text if text.lower().startswith(("http://", "https://")) else f"https://{text}"


_READERS: Mapping[Kind, Callable[[str, Column, str], Any]] = {
    Kind.LINE: _line,
    Kind.TEXT: _line,
    Kind.COUNT: _count,
    Kind.SWITCH: _switch,
    Kind.CODE: _code,
    Kind.CODES: _codes,
    Kind.EMAIL: _email,
    Kind.PHONE: _phone,
    Kind.TAX_CODE: _tax_code,
    Kind.WEBSITE: _website,
    Kind.LANGUAGE: _language,
}
