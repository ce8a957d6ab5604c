"""What an accountant's program needs for e-invoices, and reading back what it issued.

We issue no e-invoices: a payment request becomes rows of goods with VAT that add up to exactly its amount.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from fairapp.fees.bank_files import Table, parse_amount, parse_day
from fairapp.fees.lines import BOOTH_CODES, FeeLine, Statement
from fairapp.fees.schedule import RequestKind
from fairapp.folding import fold

_NAMES: dict[str, tuple[str, ...]] = {
    "reference": ("reference", "ma tham chieu", "so tham chieu", "ma don hang", "payment request"),
    "symbol": ("symbol", "ky hieu", "ky hieu hoa don", "invoice series", "series"),
    "number": ("e invoice number", "so hoa don", "so hd", "invoice number", "number", "so"),
    "issued_on": ("e invoice day", "ngay hoa don", "ngay lap", "ngay phat hanh", "invoice date", "date", "ngay"),
    "amount": ("amount", "tong tien", "tong cong", "thanh tien", "so tien", "total"),
}


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """One e-invoice as the accountant's program tells of it."""

    row: int
    reference: str
    symbol: str
    number: str
    issued_on: date
    amount: int | None


@dataclass(frozen=True, kw_only=True)
class BadRecord:
    """A row that cannot be read: ``reference``, ``symbol``, ``number`` or ``issued_on`` is missing or wrong."""

    row: int
    missing: str
    shown: str


def rows_of(
    kind: RequestKind, statement: Statement, amount: int, *, previous: Statement | None = None
) -> list[FeeLine]:
    """Return the lines that an e-invoice over ``amount`` has; with VAT they add up to it."""
    if kind is RequestKind.DIFFERENCE and previous is not None:
        changed = _changed_lines(previous, statement)
        if sum(line.gross for line in changed) == amount:
            return changed
    if not statement.shares and amount == statement.gross:
        return list(statement.lines)
    own = _own_parts(statement)
    whole = sum(own)
    if whole <= 0:
        return []
    lines, before, running = [], 0, 0
    for line, part in zip(statement.lines, own, strict=True):
        running += part
        after = _rounded(amount * running, whole)
        gross = after - before
        before = after
        if gross:
            net = _rounded(gross * 100, 100 + line.vat_percent)
            lines.append(replace(line, quantity=1, unit_price=net, net=net, vat=gross - net))
    return lines


def _own_parts(statement: Statement) -> list[int]:
    """Return of each line what the enterprise pays: subsidies pay of the booth's lines in proportion."""
    booth = sum(line.gross for line in statement.lines if line.code in BOOTH_CODES)
    paid, parts, running, before = statement.budget_pays, [], 0, 0
    for line in statement.lines:
        if line.code not in BOOTH_CODES or booth <= 0:
            parts.append(line.gross)
            continue
        running += line.gross
        after = _rounded(paid * running, booth)
        parts.append(line.gross - (after - before))
        before = after
    return parts


def _changed_lines(previous: Statement, statement: Statement) -> list[FeeLine]:
    """Return what came new, and what went as negative lines."""
    gone = list(previous.lines)
    new = []
    for line in statement.lines:
        if line in gone:
            gone.remove(line)
        else:
            new.append(line)
    return [*new, *(replace(line, unit_price=-line.unit_price, net=-line.net, vat=-line.vat) for line in gone)]


def _rounded(top: int, bottom: int) -> int:
    """Return a quotient rounded halves up, also of negative numbers."""
    return (2 * top + bottom) // (2 * bottom)


def find_columns(head: Sequence[str]) -> dict[str, int]:
    """Return which column holds what of an e-invoice."""
    folded = [fold(name) for name in head]
    columns: dict[str, int] = {}
    for kind, names in _NAMES.items():
        place = next((folded.index(name) for name in names if name in folded), None)
        if place is not None and place not in columns.values():
            columns[kind] = place
    return columns


def read_records(table: Table, columns: Mapping[str, int], *, head_row: int) -> tuple[list[Recorded], list[BadRecord]]:
    """Return the e-invoices of a file, one for each reference, and the rows that cannot be read."""
    records: dict[tuple[str, str, str], Recorded] = {}
    bad = []
    for number, row in enumerate(table.rows[head_row + 1 :], start=head_row + 2):
        cells = {kind: row[place].strip() if place < len(row) else "" for kind, place in columns.items()}
        if not cells.get("symbol") and not cells.get("number"):
            continue  # not issued yet
        day = parse_day(cells.get("issued_on", ""))
        missing = [kind for kind in ("reference", "symbol", "number") if not cells.get(kind)]
        if day is None:
            missing.append("issued_on")
        if missing or day is None:
            bad.append(BadRecord(row=number, missing=missing[0], shown=" · ".join(cell for cell in row if cell)[:200]))
            continue
        key = (cells["reference"], cells["symbol"], cells["number"])
        records.setdefault(
            key,
            Recorded(
                row=number,
                reference=key[0].upper(),
                symbol=key[1][:20],
                number=key[2][:20],
                issued_on=day,
                amount=parse_amount(cells.get("amount", "")) if "amount" in columns else None,
            ),
        )
    return list(records.values()), bad


def find_head(table: Table) -> int:
    """Return the row with the names of the columns; -1 if there is none."""
    for number, row in enumerate(table.rows[:40]):
        if {"reference", "symbol", "number", "issued_on"} <= find_columns(row).keys():
            return number
    return -1
