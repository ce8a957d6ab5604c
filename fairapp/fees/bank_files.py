"""Reading what banks export: any columns in any order, in Vietnamese or English, as XLSX or CSV.

The row with the column names is looked for, since banks put their letter head above it; totals below are left out.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from fairapp.errors import FairError
from fairapp.files.sheets import SheetTooLong, SheetUnreadable, read_sheet
from fairapp.folding import fold

MOST_ROWS = 20_000
MOST_DIGITS = 15
"""Of an amount of money: more are an account number in the wrong column."""

_FAR_DOWN = 40
"""So many rows a letter head may have."""

_NAMES: dict[str, tuple[str, ...]] = {
    "booked_on": (
        "ngay giao dich", "ngay gd", "ngay hach toan", "ngay hieu luc", "ngay", "transaction date", "posting date",
        "booking date", "value date", "date", "thoi gian",
    ),
    "credit": (
        "so tien ghi co", "phat sinh co", "ps co", "ghi co", "tien vao", "credit amount", "credit", "co",
        "money in", "deposit",
    ),
    "debit": (
        "so tien ghi no", "phat sinh no", "ps no", "ghi no", "tien ra", "debit amount", "debit", "no",
        "money out", "withdrawal",
    ),
    "amount": ("so tien giao dich", "so tien", "gia tri", "transaction amount", "amount"),
    "text": (
        "noi dung giao dich", "noi dung chi tiet", "noi dung", "dien giai", "mo ta", "transactions in detail",
        "transaction description", "transaction details", "description", "details", "remark", "remarks", "narrative",
    ),
    "payer": (
        "ten nguoi chuyen", "nguoi chuyen", "ten tai khoan doi ung", "ten doi ung", "doi tac", "ben doi ung",
        "remitter name", "remitter", "corresponsive name", "counterparty name", "counterparty", "sender",
    ),
    "bank_reference": (
        "so tham chieu", "ma giao dich", "so giao dich", "so but toan", "so chung tu", "so ct", "ma tham chieu",
        "reference number", "reference no", "reference", "ref no", "transaction no", "transaction id", "doc no",
    ),
}  # fmt: skip
COLUMNS = tuple(_NAMES)
"""What a column may hold."""

_TOTALS = ("tong", "cong", "so du", "total", "balance", "opening", "closing", "phat sinh trong")
_DAYS = (
    (re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})"), (3, 2, 1)),
    (re.compile(r"(\d{4})[/.-](\d{1,2})[/.-](\d{1,2})"), (1, 2, 3)),
    (re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{2})(?!\d)"), (3, 2, 1)),
)


class BankFileUnreadable(FairError):
    """The file is neither a workbook nor a table of text."""

    code = "bank_file_unreadable"


class BankFileTooLong(FairError):
    """The file has more rows than are read at once."""

    code = "bank_file_too_long"


@dataclass(frozen=True, kw_only=True)
class Table:
    """The rows of a file as text, and where the column names stand."""

    rows: tuple[tuple[str, ...], ...]
    head_row: int
    """-1 where no row looks like column names."""

    @property
    def head(self) -> tuple[str, ...]:
        """The names of the columns; numbers where there are none."""
        if self.head_row < 0:
            return tuple(str(number) for number in range(1, self.width + 1))
        names = self.rows[self.head_row]
        return names + tuple(str(number) for number in range(len(names) + 1, self.width + 1))

    @property
    def width(self) -> int:
        """How many columns there are."""
        return max((len(row) for row in self.rows), default=0)

    @property
    def layout(self) -> str:
        """A name of this layout of columns, by which a choice of columns is remembered."""
        return hashlib.sha256("|".join(fold(name) for name in self.head).encode()).hexdigest()[:16]


@dataclass(frozen=True, kw_only=True)
class Transfer:
    """Money that came in."""

    booked_on: date
    amount: int
    text: str = ""
    payer: str = ""
    bank_reference: str = ""
    fingerprint: str = ""


@dataclass(frozen=True, kw_only=True)
class BadRow:
    """A row that looks like a transfer and cannot be read."""

    number: int
    """As a spreadsheet counts."""
    code: str
    """``no_day``, ``no_amount``, ``not_whole``."""
    shown: str


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What came of a file."""

    transfers: tuple[Transfer, ...]
    bad: tuple[BadRow, ...]
    outgoing: int
    """How many rows are money that went out; they are left alone."""


def read_table(content: bytes) -> Table:
    """Return the rows of a workbook or of a text with separators."""
    try:
        rows = read_sheet(content, most_rows=MOST_ROWS)
    except SheetTooLong as error:
        raise BankFileTooLong(most=MOST_ROWS) from error
    except SheetUnreadable as error:
        raise BankFileUnreadable() from error
    if not any(len(row) > 1 for row in rows):
        raise BankFileUnreadable()
    return Table(rows=tuple(rows), head_row=_find_head(rows))


def find_columns(head: Sequence[str]) -> dict[str, int]:
    """Return which column holds what, as far as the names say; the longest known name decides first."""
    columns: dict[str, int] = {}
    # Banks write two languages into one cell: «Ngày GD / Transaction date».
    folded = [fold(name) for name in head]
    guesses = [(name, kind) for kind, names in _NAMES.items() for name in names]
    for exact in (True, False):
        for name, kind in sorted(guesses, key=lambda guess: -len(guess[0])):
            if kind in columns or (not exact and len(name) < 4):
                continue
            for place, title in enumerate(folded):
                fits = title == name if exact else f" {name} " in f" {title} "
                if fits and place not in columns.values():
                    columns[kind] = place
                    break
    if "credit" in columns:
        columns.pop("amount", None)
    return columns


def read_transfers(table: Table, columns: Mapping[str, int]) -> Reading:
    """Return the money that came in, and the rows that cannot be read."""
    transfers: list[Transfer] = []
    bad: list[BadRow] = []
    outgoing, seen = 0, Counter[str]()
    for number, row in enumerate(table.rows[table.head_row + 1 :], start=table.head_row + 2):
        cells = {kind: row[place].strip() if place < len(row) else "" for kind, place in columns.items()}
        if _is_no_transfer(cells, row):
            continue
        amount = _amount_of(cells)
        day = parse_day(cells.get("booked_on", ""))
        if amount is not None and amount <= 0:
            outgoing += 1
            continue
        if day is None or amount is None:
            code = _complaint(cells, day)
            bad.append(BadRow(number=number, code=code, shown=" · ".join(cell for cell in row if cell)[:200]))
            continue
        transfer = Transfer(
            booked_on=day,
            amount=amount,
            text=" ".join(cells.get("text", "").split())[:500],
            payer=" ".join(cells.get("payer", "").split())[:200],
            bank_reference=cells.get("bank_reference", "")[:80],
        )
        key = _key(transfer)
        seen[key] += 1
        fingerprint = hashlib.sha256(f"{key}|{seen[key]}".encode()).hexdigest()
        transfers.append(Transfer(**{**vars(transfer), "fingerprint": fingerprint}))
    return Reading(transfers=tuple(transfers), bad=tuple(bad), outgoing=outgoing)


def parse_amount(text: str) -> int | None:
    """Return whole đồng: ``32.400.000``, ``32,400,000.00``, ``+32400000 VND``; ``None`` if it is none of these."""
    plain = re.sub(r"(?i)vn[dđ]|[₫đ\s\u00a0']", "", text)
    negative = plain.startswith("-") or (plain.startswith("(") and plain.endswith(")"))
    plain = plain.strip("()+-")
    if not re.fullmatch(r"\d+([.,]\d+)*", plain):
        return None
    parts = re.split(r"[.,]", plain)
    if len(parts) > 1 and len(parts[-1]) != 3:  # so it is a fraction, and đồng have none
        if parts[-1].strip("0"):
            return None
        parts.pop()
    if any(len(part) != 3 for part in parts[1:]) or sum(map(len, parts)) > MOST_DIGITS:
        return None
    return -int("".join(parts)) if negative else int("".join(parts))


def parse_day(text: str) -> date | None:
    """Return the day of a cell, whatever time follows it."""
    for pattern, (year, month, day) in _DAYS:
        if found := pattern.match(text.strip()):
            full = int(found[year]) + (2000 if len(found[year]) == 2 else 0)
            try:
                return date(full, int(found[month]), int(found[day]))
            except ValueError:
                return None
    return None


def _key(transfer: Transfer) -> str:
    # The bank's own number is the surest; texts are cut differently in different exports.
    told = transfer.bank_reference or f"{fold(transfer.text)}|{fold(transfer.payer)}"
    return f"{transfer.booked_on}|{transfer.amount}|{told}"


def _is_no_transfer(cells: Mapping[str, str], row: Sequence[str]) -> bool:
    money = any(cells.get(kind) for kind in ("credit", "debit", "amount"))
    first = next((fold(cell) for cell in row if cell.strip()), "")
    told = fold(cells.get("text", ""))
    is_total = parse_day(cells.get("booked_on", "")) is None and any(
        f"{word} " in f"{first} " or f"{told} ".startswith(f"{word} ") for word in _TOTALS
    )
    return is_total or not (money and (cells.get("booked_on") or told))


def _amount_of(cells: Mapping[str, str]) -> int | None:
    """Return what came in; what went out is negative."""
    if cells.get("credit"):
        credit = parse_amount(cells["credit"])
        if credit or credit is None or not cells.get("debit"):
            return credit
    if cells.get("debit"):
        debit = parse_amount(cells["debit"])
        return None if debit is None else -abs(debit)
    return parse_amount(cells.get("amount", ""))


def _complaint(cells: Mapping[str, str], day: date | None) -> str:
    money = cells.get("credit") or cells.get("amount") or ""
    if day is None:
        return "no_day"
    return "not_whole" if re.search(r"\d", money) else "no_amount"


def _find_head(rows: Sequence[Sequence[str]]) -> int:
    """Return the row whose cells name most columns, a day and money among them; -1 if there is none."""
    best, place = 0, -1
    for number, row in enumerate(rows[:_FAR_DOWN]):
        found = find_columns(row)
        if "booked_on" in found and found.keys() & {"credit", "amount"} and len(found) > best:
            best, place = len(found), number
    return place
