"""Rows of a table that people send: a workbook of Excel, or text separated by commas, semicolons or tabs."""

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime

from fairapp.errors import FairError

MOST_ROWS = 5_000
SEPARATORS = ";\t,|"
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


class SheetUnreadable(FairError):
    """Neither a workbook nor a text of rows."""

    code = "sheet_unreadable"


class SheetTooLong(FairError):
    """More rows than are read at once."""

    code = "sheet_too_long"


def read_sheet(content: bytes) -> list[tuple[str, ...]]:
    """Return the rows of the first sheet of a workbook, or of a text file, as text; empty rows stay."""
    rows = _read_workbook(content) if content.startswith(_WORKBOOKS) else read_rows(_decode(content))
    return _checked(rows)


def read_rows(text: str) -> list[tuple[str, ...]]:
    """Return the rows of a text, such as was copied out of a spreadsheet."""
    separator = separator_of(text)
    try:
        return _checked([_cells(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator)])
    except csv.Error as error:
        raise SheetUnreadable() from error


def separator_of(text: str) -> str:
    """Return what parts the cells of a text: a tab if there is one, else the most frequent sign."""
    if "\t" in text:
        return "\t"
    return max(SEPARATORS, key=lambda sign: (text.count(sign), sign == ";"))


def write_rows(rows: Sequence[Sequence[str]], *, separator: str = "\t") -> str:
    """Return rows as text that ``read_rows`` reads back."""
    target = io.StringIO()
    csv.writer(target, delimiter=separator, lineterminator="\n").writerows(rows)
    return target.getvalue()


def _checked(rows: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    if len(rows) > MOST_ROWS:
        raise SheetTooLong(most=MOST_ROWS)
    return rows


def _cells(row: Sequence[str]) -> tuple[str, ...]:
    return tuple(" ".join(cell.split()) for cell in row)


def _read_workbook(content: bytes) -> list[tuple[str, ...]]:
    from python_calamine import CalamineError, CalamineWorkbook  # slow import: few requests read a workbook

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, ValueError, OSError) as error:
        raise SheetUnreadable() from error
    return [_cells([_text(value) for value in row]) for row in rows]


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        # A phone number that Excel took for a number has lost its zero, but not its digits.
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)


def _decode(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    if b"\x00" in content:
        raise SheetUnreadable()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1258", errors="replace")
