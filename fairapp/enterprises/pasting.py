"""Machines pasted as rows from a spreadsheet: type, maker, model, year, quantity, key size."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from fairapp.errors import FairError
from fairapp.folding import fold

COLUMNS = ("kind", "maker", "model", "year", "quantity", "key_size")
LONGEST = {"kind": 120, "maker": 80, "model": 80, "key_size": 80}
MOST_ROWS = 200
EARLIEST_YEAR, MOST_MACHINES = 1900, 9999
_HEADS = {"type", "loai", "loai may", "ten may", "may", "machine", "kind", "thiet bi", "種類", "機械", "종류", "기계"}


class PasteRefused(FairError):
    """Nothing to read, or more rows than are taken at once."""

    code = "paste_refused"


class Fault(StrEnum):
    """What is wrong with a row."""

    NO_KIND = "no_kind"
    TOO_LONG = "too_long"
    YEAR = "year"
    QUANTITY = "quantity"
    TOO_MANY_CELLS = "too_many_cells"


@dataclass(frozen=True, kw_only=True)
class MachineData:
    """A kind of machine that an enterprise has."""

    kind: str
    maker: str = ""
    model: str = ""
    year: int | None = None
    quantity: int = 1
    key_size: str = ""


@dataclass(frozen=True, kw_only=True)
class BadRow:
    """A row that cannot be taken; ``number`` counts the pasted lines from 1."""

    number: int
    text: str
    faults: tuple[Fault, ...]


def read_machines(text: str, *, this_year: int) -> tuple[list[MachineData], list[BadRow]]:
    """Return the machines of pasted rows and the rows that cannot be taken; a row of heads is passed over."""
    rows = [(number, cells) for number, cells in _rows(text) if any(cells)]
    if rows and fold(rows[0][1][0]) in _HEADS:
        rows = rows[1:]
    if not rows or len(rows) > MOST_ROWS:
        raise PasteRefused(most=MOST_ROWS)
    good, bad = [], []
    for number, cells in rows:
        machine, faults = _read_row(cells, this_year)
        if machine is None:
            bad.append(BadRow(number=number, text="\t".join(cells), faults=faults))
        else:
            good.append(machine)
    return good, bad


def _rows(text: str) -> list[tuple[int, list[str]]]:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    delimiter = next((sign for sign in "\t;" if sign in lines), ",")
    reader = csv.reader(io.StringIO(lines), delimiter=delimiter)
    return [(reader.line_num, [" ".join(cell.split()) for cell in cells]) for cells in reader if cells]


def _read_row(cells: Sequence[str], this_year: int) -> tuple[MachineData | None, tuple[Fault, ...]]:
    given = dict(zip(COLUMNS, [*cells, *[""] * len(COLUMNS)], strict=False))
    faults = []
    if any(cells[len(COLUMNS) :]):
        faults.append(Fault.TOO_MANY_CELLS)
    if not given["kind"]:
        faults.append(Fault.NO_KIND)
    if any(len(given[name]) > most for name, most in LONGEST.items()):
        faults.append(Fault.TOO_LONG)
    year = _number(given["year"], EARLIEST_YEAR, this_year)
    if given["year"] and year is None:
        faults.append(Fault.YEAR)
    quantity = _number(given["quantity"] or "1", 1, MOST_MACHINES)
    if quantity is None:
        faults.append(Fault.QUANTITY)
    if faults or quantity is None:
        return None, tuple(faults)
    texts = {name: given[name] for name in LONGEST}
    return MachineData(year=year, quantity=quantity, **texts), ()


def _number(text: str, least: int, most: int) -> int | None:
    digits = text.removesuffix(".0")
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 9:
        return None
    return int(digits) if least <= int(digits) <= most else None
