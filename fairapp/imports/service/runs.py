"""A list of exhibitors from file to fair: received, its columns mapped, tried, taken over."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fairapp.audit.service import ActorLike, record
from fairapp.database import retried, transaction
from fairapp.errors import FairError, NotFound
from fairapp.files import service as files
from fairapp.files.sheets import read_sheet
from fairapp.imports.columns import KEYS, MOST_COLUMNS, check_mapping, clean_head, guess, twice
from fairapp.imports.exhibitor_rows import ExhibitorRow, Fault
from fairapp.imports.models import ImportRun
from fairapp.imports.service.exhibitors import RowOutcome, RowRefused, take
from fairapp.jobs import service as jobs
from fairapp.jobs.models import Job

KIND = "exhibitors"
TRY, TAKE = "imports.try_exhibitors", "imports.take_exhibitors"
AT_ONCE = 20
"""Rows in one transaction: gates must not wait for a whole list."""

EXHIBITORS, APPLICATIONS = "exhibitors", "applications"
"""What new rows become."""


class ListEmpty(FairError):
    """No row below the head."""

    code = "list_empty"


class ColumnsTwice(FairError):
    """Two columns are said to be the same."""

    code = "columns_twice"


class KeyMissing(FairError):
    """Neither tax code nor external id is among the columns."""

    code = "key_missing"


class AlreadyImported(FairError):
    """The list was taken over already."""

    code = "already_imported"


class NotTried(FairError):
    """The columns have changed since the dry run, or there was none."""

    code = "not_tried"


class Undone(Exception):
    """Ends the transaction of a dry run."""


def receive(
    fair_id: int,
    content: bytes,
    *,
    name: str,
    actor: ActorLike,
    now: datetime,
    named: Mapping[str, str] | None = None,
) -> ImportRun:
    """Keep a file and say what its columns seem to mean: as last time for the same head, else by their titles.

    ``named`` are the folded names of the fields in our own templates.
    """
    rows = read_sheet(content)
    first = next((number for number, row in enumerate(rows) if any(row)), None)
    if first is None or not any(any(row) for row in rows[first + 1 :]):
        raise ListEmpty()
    head = clean_head(rows[first])[:MOST_COLUMNS]
    with transaction() as session:
        file = files.store(
            session, content, name=name, content_type="application/octet-stream", fair_id=fair_id, now=now
        )
        run = ImportRun(
            fair_id=fair_id,
            kind=KIND,
            file_id=file.id,
            head=head,
            mapping=_remembered(session, fair_id, head) or guess(head, named),
            account_id=actor.account_id,
            created_at=now,
        )
        session.add(run)
        session.flush()
        record(session, "import.receive", fair_id=fair_id, thing_id=run.id, actor=actor, now=now, label=file.name)
    return run


def _remembered(session: Session, fair_id: int, head: Sequence[str]) -> dict[str, str]:
    last = session.scalar(
        sa.select(ImportRun)
        .where(
            ImportRun.fair_id == fair_id,
            ImportRun.kind == KIND,
            ImportRun.head == list(head),
            ImportRun.tried.is_not(None),
        )
        .order_by(ImportRun.id.desc())
        .limit(1)
    )
    return dict(last.mapping) if last is not None else {}


def order_try(
    fair_id: int, public_id: str, mapping: Mapping[str, str], *, become: str, actor: ActorLike, now: datetime
) -> Job:
    """Keep what the columns mean, and order a dry run."""
    with transaction() as session:
        run = _lock(session, fair_id, public_id)
        if run.imported_at is not None:
            raise AlreadyImported()
        known = check_mapping(mapping, run.head)
        if fields := twice(known):
            raise ColumnsTwice(fields=", ".join(fields))
        if not set(KEYS) & set(known.values()):
            raise KeyMissing()
        run.mapping = known
        job = jobs.enqueue(session, TRY, {"run_id": run.id}, now=now, fair_id=fair_id, account_id=actor.account_id)
        run.tried = {"become": APPLICATIONS if become == APPLICATIONS else EXHIBITORS, **_named(job)}
    return job


def order_take(fair_id: int, public_id: str, *, actor: ActorLike, now: datetime) -> Job:
    """Order that the good rows of a tried list are taken over."""
    with transaction() as session:
        run = _lock(session, fair_id, public_id)
        tried = dict(run.tried or {})
        if run.imported_at is not None or "ordered" in tried:
            raise AlreadyImported()
        if "counts" not in tried:
            raise NotTried()
        job = jobs.enqueue(session, TAKE, {"run_id": run.id}, now=now, fair_id=fair_id, account_id=actor.account_id)
        run.tried = {**tried, "ordered": now.isoformat(), **_named(job)}
        record(
            session,
            "import.take",
            fair_id=fair_id,
            thing_id=run.id,
            actor=actor,
            now=now,
            label=run.file.name,
        )
    return job


def _named(job: Job) -> dict[str, Any]:
    return {"job": job.public_id, "job_id": job.id}


def _lock(session: Session, fair_id: int, public_id: str) -> ImportRun:
    run = session.scalar(
        sa.select(ImportRun).where(ImportRun.fair_id == fair_id, ImportRun.public_id == public_id).with_for_update()
    )
    if run is None:
        raise NotFound()
    return run


@retried
def try_rows(
    fair_id: int, run_id: int, rows: Sequence[ExhibitorRow], *, become: str, now: datetime
) -> list[tuple[RowOutcome, list[Fault]]]:
    """Say what would become of rows, and change nothing."""
    outcomes: list[tuple[RowOutcome, list[Fault]]] = []
    try:
        with transaction() as session:
            outcomes = _take_all(session, fair_id, run_id, rows, become=become, now=now)
            raise Undone
    except Undone:
        return outcomes


@retried
def take_rows(
    fair_id: int, run_id: int, rows: Sequence[ExhibitorRow], *, start: int, become: str, now: datetime
) -> list[tuple[RowOutcome, list[Fault]]]:
    """Take rows over and note with them how far the list is: a job that is run again goes on from there."""
    with transaction() as session:
        run = session.get_one(ImportRun, run_id, with_for_update=True)
        taken: dict[str, Any] = dict((run.tried or {}).get("taken") or {"done": 0, "counts": {}, "errors": []})
        if taken["done"] != start:
            return []
        outcomes = _take_all(session, fair_id, run_id, rows, become=become, now=now)
        counts = dict(taken["counts"])
        for outcome, _faults in outcomes:
            counts[outcome.value] = counts.get(outcome.value, 0) + 1
        errors = [*taken["errors"], *as_errors(rows, outcomes)]
        run.tried = {
            **(run.tried or {}),
            "taken": {"done": start + len(rows), "counts": counts, "errors": errors},
        }
    return outcomes


def _take_all(
    session: Session, fair_id: int, run_id: int, rows: Sequence[ExhibitorRow], *, become: str, now: datetime
) -> list[tuple[RowOutcome, list[Fault]]]:
    outcomes = []
    for row in rows:
        faults = list(row.faults)
        outcome = RowOutcome.REFUSED
        if not faults:
            try:
                with session.begin_nested():
                    outcome = take(
                        session,
                        fair_id,
                        row.values,
                        as_applications=become == APPLICATIONS,
                        source=f"list:{run_id}",
                        now=now,
                    )
            except RowRefused as refusal:
                facts = {name: str(value) for name, value in refusal.facts.items()}
                faults.append(Fault(field="", code=refusal.code, facts=facts))
        outcomes.append((outcome, faults))
    return outcomes


def as_errors(rows: Sequence[ExhibitorRow], outcomes: Sequence[tuple[RowOutcome, list[Fault]]]) -> list[dict[str, Any]]:
    """Return the refused rows by number with what is wrong, as the run keeps them."""
    return [
        {"row": row.number, "faults": [fault.as_json() for fault in faults]}
        for row, (_outcome, faults) in zip(rows, outcomes, strict=True)
        if faults
    ]


def finish_try(run_id: int, counts: Mapping[str, int], errors: Sequence[Mapping[str, Any]], *, job_id: int) -> None:
    """Keep what a dry run found, unless another was ordered meanwhile."""
    with transaction() as session:
        run = session.get_one(ImportRun, run_id, with_for_update=True)
        if run.imported_at is None and (run.tried or {}).get("job_id") == job_id:
            run.tried = {**(run.tried or {}), "counts": dict(counts), "errors": list(errors)}


def finish_take(run_id: int, *, now: datetime) -> None:
    """Close a list that was taken over."""
    with transaction() as session:
        run = session.get_one(ImportRun, run_id, with_for_update=True)
        run.imported_at = run.imported_at or now
