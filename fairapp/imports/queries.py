"""Looking up imports of lists."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from fairapp.database import db
from fairapp.errors import NotFound
from fairapp.files import service as files
from fairapp.files.sheets import read_sheet
from fairapp.imports.exhibitor_rows import ExhibitorRow, read_rows
from fairapp.imports.models import ImportRun


def list_runs(fair_id: int, kind: str, *, most: int = 20) -> Sequence[ImportRun]:
    """Return the last imports of a kind, the latest first."""
    return db.session.scalars(
        sa.select(ImportRun)
        .where(ImportRun.fair_id == fair_id, ImportRun.kind == kind)
        .options(joinedload(ImportRun.file))
        .order_by(ImportRun.id.desc())
        .limit(most)
    ).all()


def get_run(fair_id: int, public_id: str) -> ImportRun:
    """Return an import of a fair; raise ``NotFound``."""
    run = db.session.scalar(
        sa.select(ImportRun)
        .where(ImportRun.fair_id == fair_id, ImportRun.public_id == public_id)
        .options(joinedload(ImportRun.file))
    )
    if run is None:
        raise NotFound()
    return run


@dataclass(frozen=True, kw_only=True)
class Table:
    """The rows below the head, each as wide as the head; the first has number ``first`` in the file."""

    rows: list[tuple[str, ...]]
    first: int


def read_table(run: ImportRun) -> Table:
    """Return what stands below the head of a list."""
    rows = read_sheet(files.read(run.file))
    head = next(number for number, row in enumerate(rows) if any(row))
    width = len(run.head)
    below = [(*row[:width], *[""] * (width - len(row))) for row in rows[head + 1 :]]
    return Table(rows=below, first=head + 2)


def read_exhibitors(run: ImportRun) -> list[ExhibitorRow]:
    """Return the rows of a list of exhibitors as its mapping reads them."""
    table = read_table(run)
    return read_rows(table.rows, run.head, run.mapping, first=table.first)
