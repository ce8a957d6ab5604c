"""The first sheet of a workbook that people send, read by a process with little memory and time to use up."""

import json
import subprocess
import sys
from pathlib import Path

from fairapp.files import workbook_process

SIGNATURES = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How XLSX and XLS begin."""

MOST_COLUMNS = 256


class WorkbookBroken(Exception):
    """There is no sheet to read, or more in it than a list of people or money can hold."""


class WorkbookTooLong(Exception):
    """The sheet has more rows than were asked for."""


def read_first_sheet(content: bytes, *, most_rows: int) -> list[list[str]]:
    """Return the cells of the first sheet as text, empty rows and columns included."""
    done = subprocess.run(  # noqa: S603 (our own file, with numbers as arguments)
        [sys.executable, "-I", str(Path(workbook_process.__file__)), str(most_rows), str(MOST_COLUMNS)],
        input=content,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    if done.returncode == workbook_process.TOO_LONG:
        raise WorkbookTooLong()
    if done.returncode != 0:
        raise WorkbookBroken()
    rows: list[list[str]] = json.loads(done.stdout)
    return rows
