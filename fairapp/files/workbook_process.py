"""Reads the first sheet of a workbook in a process of its own: ``python workbook_process.py ROWS COLUMNS``.

A workbook of one kilobyte can say that it has seventeen thousand million cells, and a library that believes it ends
the process for want of memory. So this one has little to use up, and nobody else is in it. It imports nothing of the
application, which would take a second to load.
"""

import io
import json
import resource
import sys
from datetime import date, datetime

MOST_MEMORY = 1 << 30
MOST_SECONDS = 20
BROKEN, TOO_LONG = 3, 4
"""How the process ends where there is nothing to answer; any other way is for want of memory or time."""


def text_of(value: object) -> str:
    """Return a cell as text."""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        # A phone number that Excel took for a number has lost its zero, but not its digits.
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value)


def main(most_rows: int, most_columns: int) -> int:
    """Write the rows of the workbook on the standard input as JSON."""
    from python_calamine import CalamineError, CalamineWorkbook  # the limits hold before anything is loaded

    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(sys.stdin.buffer.read())).get_sheet_by_index(0)
        if sheet.total_height > most_rows:
            return TOO_LONG
        if sheet.total_width > most_columns:
            return BROKEN
        rows = sheet.to_python(skip_empty_area=False)
    except (CalamineError, IndexError, ValueError, OSError):
        return BROKEN
    json.dump([[text_of(value) for value in row] for row in rows], sys.stdout)
    return 0


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
