"""The project's own data files: code lists, provinces, banks and holidays, each read once."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, kw_only=True)
class Bank:
    """A bank of Vietnam; ``bin`` is its number in a VietQR code."""

    bin: str
    code: str
    short_name: str
    name: str
    vietqr_transfer: bool


@dataclass(frozen=True, kw_only=True)
class Holiday:
    """A public holiday of Vietnam."""

    day: date
    name: str


@cache
def taxonomy() -> Mapping[str, Any]:
    """Return the code lists as they stand in the file."""
    return _read("taxonomy.json")


def provinces() -> Sequence[Mapping[str, Any]]:
    """Return the 34 provinces and cities as they stand in the file."""
    found: list[Mapping[str, Any]] = _vietnam()["provinces"]
    return found


@cache
def banks() -> tuple[Bank, ...]:
    """Return the banks of Vietnam that have a number for VietQR."""
    return tuple(Bank(**bank) for bank in _vietnam()["banks"])


def find_bank(number: str) -> Bank | None:
    """Return the bank with this number for VietQR."""
    return next((bank for bank in banks() if bank.bin == number), None)


@cache
def holidays() -> tuple[Holiday, ...]:
    """Return the known public holidays in order."""
    return tuple(
        Holiday(day=date.fromisoformat(holiday["date"]), name=holiday["name"]) for holiday in _vietnam()["holidays"]
    )


@cache
def _vietnam() -> Mapping[str, Any]:
    return _read("vn_reference.json")


def _read(name: str) -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = json.loads((DATA / name).read_text(encoding="utf-8"))
    return loaded
