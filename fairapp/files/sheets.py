"""Rows of a table that people send: a workbook of Excel, or text separated by commas, semicolons or tabs."""

import csv
import io
from collections.abc import Sequence
from itertools import islice

from fairapp.errors import FairError
from fairapp.files import workbooks

MOST_ROWS = 5_000
SEPARATORS = ";\t,|"
SAMPLE = 20_000
"""So many letters tell which sign parts the cells."""


class SheetUnreadable(FairError):
    """Neither a workbook nor a text of rows."""

    code = "sheet_unreadable"


class SheetTooLong(FairError):
    """More rows than are read at once."""

    code = "sheet_too_long"


def read_sheet(content: bytes, *, most_rows: int = MOST_ROWS) -> list[tuple[str, ...]]:
    """Return the rows of the first sheet of a workbook, or of a text file, as text; empty rows stay."""
    if content.startswith(workbooks.SIGNATURES):
        return _checked(_read_workbook(content, most_rows), most_rows)
    return read_rows(_decode(content), most_rows=most_rows)


def read_rows(text: str, *, most_rows: int = MOST_ROWS) -> list[tuple[str, ...]]:
    """Return the rows of a text, such as was copied out of a spreadsheet."""
    separator = separator_of(text[:SAMPLE])
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        return _checked([_cells(row) for row in islice(rows, most_rows + 1)], most_rows)
    except csv.Error as error:
        raise SheetUnreadable() from error


def separator_of(text: str) -> str:
    """Return what parts the cells of a text: a tab if every line has one, else the most frequent sign."""
    lines = [line for line in text.splitlines() if line.strip()]
    if lines and text.count("\t") >= len(lines):
        return "\t"
    return max(SEPARATORS, key=lambda sign: (text.count(sign), sign == ";"))


def write_rows(rows: Sequence[Sequence[str]], *, separator: str = "\t") -> str:
    """Return rows as text that ``read_rows`` reads back."""
    target = io.StringIO()
    csv.writer(target, delimiter=separator, lineterminator="\n").writerows(rows)
    return target.getvalue()


def _checked(rows: list[tuple[str, ...]], most_rows: int) -> list[tuple[str, ...]]:
    if len(rows) > most_rows:
        raise SheetTooLong(most=most_rows)
    if any(len(row) > workbooks.MOST_COLUMNS for row in rows):
        raise SheetUnreadable()
    return rows


def _cells(row: Sequence[str]) -> tuple[str, ...]:
    return tuple(" ".join(cell.split()) for cell in row)


def _read_workbook(content: bytes, most_rows: int) -> list[tuple[str, ...]]:
    try:
        rows = workbooks.read_first_sheet(content, most_rows=most_rows)
    except workbooks.WorkbookTooLong as error:
        raise SheetTooLong(most=most_rows) from error
    except workbooks.WorkbookBroken as error:
        raise SheetUnreadable() from error
    return [_cells(row) for row in rows]


def _decode(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = content.decode("utf-16", errors="replace")
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("cp1258", errors="replace")
    if "\x00" in text:  # no letter: this is no text, and no database keeps it
        raise SheetUnreadable()
    return text
