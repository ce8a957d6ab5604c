"""Jobs of lists: the dry run, and taking the good rows over."""

from collections import Counter
from typing import Any

from fairapp.database import db
from fairapp.imports import queries
from fairapp.imports.models import ImportRun
from fairapp.imports.service import runs
from fairapp.jobs.registry import Done, Task, handles
from fairapp.web import clock


@handles(runs.TRY)
def try_exhibitors(task: Task) -> Done:
    """Read every row and say what would become of it."""
    run_id, fair_id, become = _of(task)
    rows = queries.read_exhibitors(db.session.get_one(ImportRun, run_id))
    counts: Counter[str] = Counter()
    errors: list[dict[str, Any]] = []
    for start in range(0, len(rows), runs.AT_ONCE):
        some = rows[start : start + runs.AT_ONCE]
        outcomes = runs.try_rows(fair_id, run_id, some, become=become, now=clock.now())
        counts.update(outcome.value for outcome, _ in outcomes)
        errors += runs.as_errors(some, outcomes)
        task.progress(start + len(some), len(rows))
    runs.finish_try(run_id, counts, errors, job_id=task.job_id)
    return Done(outcome=dict(counts))


@handles(runs.TAKE)
def take_exhibitors(task: Task) -> Done:
    """Take the good rows over; run again after a failure it goes on where it was."""
    run_id, fair_id, become = _of(task)
    rows = queries.read_exhibitors(db.session.get_one(ImportRun, run_id))
    for start in range(0, len(rows), runs.AT_ONCE):
        some = rows[start : start + runs.AT_ONCE]
        runs.take_rows(fair_id, run_id, some, start=start, become=become, now=clock.now())
        task.progress(start + len(some), len(rows))
    runs.finish_take(run_id, now=clock.now())
    run = db.session.get_one(ImportRun, run_id)
    return Done(outcome=dict((run.tried or {}).get("taken", {}).get("counts", {})))


def _of(task: Task) -> tuple[int, int, str]:
    if task.fair_id is None:
        raise ValueError("a list belongs to a fair")
    run_id = int(task.payload["run_id"])
    run = db.session.get_one(ImportRun, run_id)
    return run_id, task.fair_id, str((run.tried or {}).get("become", runs.EXHIBITORS))
