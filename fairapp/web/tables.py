"""Lists as XLSX files."""

import io
import re
from collections.abc import Iterable, Sequence
from datetime import datetime

import xlsxwriter
from flask import Response, make_response
from flask_babel import to_user_timezone

_NUMBER = re.compile(r"[+-][0-9][0-9 .,()]*")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def xlsx(name: str, head: Sequence[object], rows: Iterable[Sequence[object]]) -> Response:
    """Answer with a workbook of one sheet; moments are written in the fair's zone."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet("fairapp")
    bold = book.add_format({"bold": True, "bottom": 1})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    widths = [len(str(title)) for title in head]
    for column, title in enumerate(head):
        sheet.write_string(0, column, str(title), bold)
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            widths[column] = max(widths[column], min(60, len(str(value or ""))))
            _write_cell(sheet, number, column, value, moment)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width + 2)
    sheet.freeze_panes(1, 0)
    book.close()
    answer = make_response(target.getvalue())
    answer.content_type = XLSX
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return answer


def _write_cell(sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, value: object, moment: object) -> None:
    """Write a value by its type; text is never read as a formula."""
    if isinstance(value, bool) or value is None:
        sheet.write_string(row, column, "" if value is None else ("1" if value else "0"))
    elif isinstance(value, (int, float)):
        sheet.write_number(row, column, value)
    elif isinstance(value, datetime):
        sheet.write_datetime(row, column, to_user_timezone(value).replace(tzinfo=None), moment)
    else:
        sheet.write_string(row, column, safe_cell(str(value)))


def safe_cell(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula, also after it was saved as CSV."""
    is_formula = text[:1] in {"=", "@", "\t", "\r"} or (text[:1] in {"+", "-"} and not _NUMBER.fullmatch(text))
    return f"'{text}" if is_formula else text
