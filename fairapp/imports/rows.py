"""Reading values out of a file row by row, noting every error instead of stopping at the first."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, tzinfo
from typing import Any, TypeVar

from fairapp.enterprises import phones, tax_code
from fairapp.enterprises.taxonomy import code_list
from fairapp.errors import FairError

LANGUAGES = ("vi", "en", "ja", "ko")
_EMAIL = re.compile(r"[^@\s,;<>\x80-\U0010ffff]+@[^@\s,;<>]+\.[^@\s,;<>.]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

Value = TypeVar("Value")


@dataclass(frozen=True, kw_only=True)
class RowError:
    """What is wrong at one place of a file: ``exhibitors[3].tax_code``, a stable code, and facts."""

    path: str
    code: str
    facts: Mapping[str, object] = field(default_factory=dict)


class Errors:
    """The errors found so far, in the order of the file."""

    def __init__(self) -> None:
        self._errors: list[RowError] = []

    def add(self, path: str, code: str, /, **facts: object) -> None:
        """Note an error."""
        self._errors.append(RowError(path=path, code=code, facts=facts))

    def __iter__(self) -> Iterator[RowError]:
        return iter(self._errors)

    def __len__(self) -> int:
        return len(self._errors)


class Row:
    """One object of the file; every value taken from it is checked, and what nobody takes is an error.

    A value that is missing or wrong is noted and replaced by a neutral one, so that reading goes on.
    """

    def __init__(self, values: Mapping[str, Any], path: str, errors: Errors) -> None:
        self._values = values
        self._taken: set[str] = set()
        self.path = path
        self.errors = errors

    def __contains__(self, key: str) -> bool:
        return self._values.get(key) is not None

    def at(self, key: str) -> str:
        """Return the path of a value of this row."""
        return f"{self.path}.{key}" if self.path else key

    def refuse(self, key: str, code: str, /, **facts: object) -> None:
        """Note an error at a value of this row."""
        self.errors.add(self.at(key), code, **facts)

    def finish(self) -> None:
        """Note every key that no reader knows."""
        for key in self._values:
            if key not in self._taken:
                self.refuse(key, "unknown_key", key=key)

    def skip(self, *keys: str) -> None:
        """Accept keys whose values say nothing new."""
        self._taken.update(keys)

    def text(self, key: str, *, longest: int, required: bool = False) -> str:
        """Return a text: composed, trimmed, without control characters; empty if there is none."""
        value = self._take(key, str, "text", required=required)
        if value is None:
            return ""
        text = _CONTROL.sub("", unicodedata.normalize("NFC", value)).strip()
        if required and not text:
            self.refuse(key, "missing")
        if len(text) > longest:
            self.refuse(key, "too_long", longest=longest, length=len(text))
        return text

    def texts(self, key: str, *, longest: int, required: bool = False) -> dict[str, str]:
        """Return a text by language; a plain text is Vietnamese."""
        if isinstance(self._values.get(key), str):
            text = self.text(key, longest=longest, required=required)
            return {"vi": text} if text else {}
        value = self._take(key, dict, "texts", required=required)
        if value is None:
            return {}
        row = Row(value, self.at(key), self.errors)
        texts = {language: row.text(language, longest=longest) for language in LANGUAGES if language in value}
        row.finish()
        if required and not any(texts.values()):
            self.refuse(key, "missing")
        return {language: text for language, text in texts.items() if text}

    def whole(self, key: str, *, least: int, most: int, required: bool = False) -> int | None:
        """Return a whole number, or ``None`` if there is none."""
        value = self._take(key, int, "whole_number", required=required)
        return value if value is None or self._within(key, value, least, most) else None

    def number(self, key: str, *, least: float, most: float, required: bool = False) -> float | None:
        """Return a number, or ``None`` if there is none."""
        value = self._take(key, (int, float), "number", required=required)
        return value if value is None or self._within(key, value, least, most) else None

    def switch(self, key: str, *, default: bool) -> bool:
        """Return yes or no."""
        value = self._take(key, bool, "switch")
        return default if value is None else bool(value)

    def day(self, key: str, *, required: bool = False) -> date | None:
        """Return a day, ``2027-03-17``."""
        return self._parsed(key, date.fromisoformat, "bad_day", required=required)

    def clock(self, key: str, *, required: bool = False) -> time | None:
        """Return a time of day, ``09:30``."""
        return self._parsed(key, _parse_clock, "bad_clock", required=required)

    def moment(self, key: str, zone: tzinfo, *, required: bool = False) -> datetime | None:
        """Return a moment, ``2027-03-17T09:30`` in ``zone`` unless it names its own."""
        return self._parsed(key, lambda text: _parse_moment(text, zone), "bad_moment", required=required)

    def month(self, key: str) -> str:
        """Return a month, ``2027-07``, or an empty text."""
        return self._parsed(key, _parse_month, "bad_month") or ""

    def code(self, key: str, list_name: str, *, required: bool = False) -> str:
        """Return a code of a code list, or an empty text."""
        return self.one_of(key, code_list(list_name).codes, required=required, list_name=list_name)

    def one_of(self, key: str, allowed: Collection[str], *, required: bool = False, list_name: str = "") -> str:
        """Return one of the words that are allowed, or an empty text."""
        value = self.text(key, longest=200, required=required)
        if value and value not in allowed:
            self.refuse(key, "unknown_code", value=value, list=list_name or ", ".join(allowed))
            return ""
        return value

    def codes(self, key: str, list_name: str) -> tuple[str, ...]:
        """Return codes of a code list, each once, in their order."""
        return tuple(code for code, _ in self.words(key, code_list(list_name).codes, list_name=list_name))

    def words(self, key: str, allowed: Collection[str] | None = None, *, list_name: str = "") -> list[tuple[str, str]]:
        """Return the words of a list with their paths, each once."""
        found: dict[str, str] = {}
        for number, value in enumerate(self._take(key, list, "list") or ()):
            path = f"{self.at(key)}[{number}]"
            if not isinstance(value, str):
                self.errors.add(path, "wrong_type", expected="text")
            elif allowed is not None and value not in allowed:
                self.errors.add(path, "unknown_code", value=value, list=list_name or ", ".join(allowed))
            elif value in found:
                self.errors.add(path, "duplicate", value=value, first=found[value])
            else:
                found[value] = path
        return list(found.items())

    def email(self, key: str, *, required: bool = False) -> str:
        """Return a mail address in small letters, or an empty text."""
        value = self.text(key, longest=255, required=required).lower()
        if value and not _EMAIL.fullmatch(value):
            self.refuse(key, "email_invalid", value=value)
        return value

    def phone(self, key: str, *, country: str) -> str:
        """Return a phone number in E.164, or an empty text."""
        value = self.text(key, longest=40)
        return self._ruled(key, value, lambda text: phones.parse_phone(text, country=country)) or ""

    def tax_code(self, key: str, *, country: str) -> str:
        """Return a tax code as it is kept."""
        value = self.text(key, longest=64, required=True)
        if not value:
            return ""
        found = self._ruled(key, value, lambda text: tax_code.parse_tax_code(text, country=country))
        return found.text if found else ""

    def row(self, key: str, *, required: bool = False) -> "Row | None":
        """Return an object within this one."""
        value = self._take(key, dict, "object", required=required)
        return None if value is None else Row(value, self.at(key), self.errors)

    def rows(self, key: str, *, required: bool = False) -> list["Row"]:
        """Return the objects of a list."""
        rows = []
        for number, value in enumerate(self._take(key, list, "list", required=required) or ()):
            path = f"{self.at(key)}[{number}]"
            if isinstance(value, dict):
                rows.append(Row(value, path, self.errors))
            else:
                self.errors.add(path, "wrong_type", expected="object")
        return rows

    def numbers(self, key: str, allowed: Collection[str] | None = None) -> dict[str, float]:
        """Return numbers by name."""
        row = self.row(key)
        if row is None:
            return {}
        found = {name: row.number(name, least=-1e15, most=1e15) for name in row.keys(allowed)}
        row.finish()
        return {name: value for name, value in found.items() if value is not None}

    def keys(self, allowed: Collection[str] | None = None) -> list[str]:
        """Return the keys that are there and allowed."""
        return [key for key in self._values if allowed is None or key in allowed]

    def _take(self, key: str, kind: type | tuple[type, ...], expected: str, *, required: bool = False) -> Any:
        self._taken.add(key)
        value = self._values.get(key)
        if value is None:
            if required:
                self.refuse(key, "missing")
            return None
        # JSON's true and false are whole numbers to Python, to nobody else.
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            self.refuse(key, "wrong_type", expected=expected)
            return None
        return value

    def _within(self, key: str, value: float, least: float, most: float) -> bool:
        if least <= value <= most:
            return True
        self.refuse(key, "out_of_range", value=value, least=least, most=most)
        return False

    def _parsed(self, key: str, parse: Callable[[str], Value], code: str, *, required: bool = False) -> Value | None:
        value = self._take(key, str, "text", required=required)
        if value is None:
            return None
        try:
            return parse(value.strip())
        except ValueError:
            self.refuse(key, code, value=value)
            return None

    def _ruled(self, key: str, value: str, rule: Callable[[str], Value]) -> Value | None:
        try:
            return rule(value)
        except FairError as error:
            self.refuse(key, error.code, value=value)
            return None


def _parse_clock(text: str) -> time:
    return datetime.strptime(text, "%H:%M").time()  # noqa: DTZ007 (a time of day has no zone)


def _parse_moment(text: str, zone: tzinfo) -> datetime:
    if "T" not in text:
        raise ValueError("a day without a time")
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _parse_month(text: str) -> str:
    return datetime.strptime(text, "%Y-%m").strftime("%Y-%m")  # noqa: DTZ007 (a month has no zone)
