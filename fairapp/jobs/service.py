"""The job table: enqueue in the business transaction, claim with a lease, finish, retry, bury."""

import os
import socket
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fairapp.database import add_once, count_changed, db, is_postgres, transaction
from fairapp.errors import FairError
from fairapp.jobs.models import Job, JobState
from fairapp.jobs.registry import DAILY, Done

LEASE = timedelta(minutes=2)
FIRST_HOUR = 1
"""UTC: eight in the morning in Hanoi, when the day's jobs come."""
MOST_ATTEMPTS = 6
"""After so many runs a job is dead: it waits for a person instead of running for ever."""

_wake_ups: list[Callable[[int], None]] = []


def enqueue(
    session: Session,
    name: str,
    payload: dict[str, Any],
    *,
    now: datetime,
    fair_id: int | None = None,
    account_id: int | None = None,
    run_at: datetime | None = None,
) -> Job:
    """Write a job in the running transaction; it runs after the commit, or not at all."""
    job = Job(
        name=name,
        payload=payload,
        fair_id=fair_id,
        account_id=account_id,
        run_at=run_at or now,
        created_at=now,
    )
    session.add(job)
    session.flush()
    job_id = job.id
    sa.event.listen(session, "after_commit", lambda _: _wake(job_id), once=True)
    return job


def call_off(session: Session, name: str, payload: dict[str, Any]) -> bool:
    """Take a job out that nobody has begun; false if somebody has, or there is none."""
    job = session.scalar(
        sa.select(Job)
        .where(Job.name == name, Job.payload == payload, Job.state == JobState.READY, Job.attempts == 0)
        .with_for_update(skip_locked=True)
    )
    if job is None:
        return False
    session.delete(job)
    return True


def enqueue_daily(*, now: datetime) -> int:
    """Write the jobs of the day that are not there yet; return how many were missing."""
    if now.hour < FIRST_HOUR:
        return 0
    today = f"{now:%Y-%m-%d}"
    known = set(db.session.scalars(sa.select(Job.source).where(Job.source.in_([f"{name}:{today}" for name in DAILY]))))
    db.session.rollback()
    return sum(_bring(name, f"{name}:{today}", now=now) for name in sorted(DAILY) if f"{name}:{today}" not in known)


def _bring(name: str, source: str, *, now: datetime) -> bool:
    try:
        with transaction() as session:
            add_once(session, Job(name=name, source=source, run_at=now, created_at=now), FairError())
    except FairError:  # another process was quicker
        return False
    return True


def wake_with(announce: Callable[[int], None]) -> None:
    """Call ``announce`` with a job's id after the commit that brought it; losing a call loses nothing."""
    if announce not in _wake_ups:
        _wake_ups.append(announce)


def _wake(job_id: int) -> None:
    for announce in _wake_ups:
        announce(job_id)


def worker_name() -> str:
    """Return a name that tells machine, process and thread."""
    return f"{socket.gethostname()}:{os.getpid()}:{threading.get_ident()}"[:80]


def claim(*, now: datetime, worker: str, job_id: int | None = None) -> Job | None:
    """Take the lease of the next due job, or of ``job_id`` if it is due; ``None`` if there is none."""
    with transaction() as session:
        due = (
            sa.select(Job)
            .where(
                Job.state.in_((JobState.READY, JobState.RUNNING)),
                Job.run_at <= now,
                sa.or_(Job.lease_until.is_(None), Job.lease_until < now),
            )
            .order_by(Job.run_at, Job.id)
            .limit(1)
        )
        if job_id is not None:
            due = due.where(Job.id == job_id)
        if is_postgres(session):
            due = due.with_for_update(skip_locked=True)
        job = session.scalar(due)
        if job is None:
            return None
        if job.attempts >= MOST_ATTEMPTS:
            job.state, job.lease_until, job.finished_at = JobState.DEAD, None, now
            job.error = job.error or "the worker died each time"
            return None
        job.state, job.worker, job.lease_until = JobState.RUNNING, worker, now + LEASE
        job.attempts += 1
    db.session.refresh(job)
    return job


def renew(job_id: int, *, worker: str, now: datetime, steps_done: int, steps: int) -> bool:
    """Report progress and prolong the lease; false if another worker has taken the job."""
    with transaction() as session:
        changed = count_changed(
            session,
            sa.update(Job)
            .where(Job.id == job_id, Job.worker == worker, Job.state == JobState.RUNNING)
            .values(steps_done=steps_done, steps=steps, lease_until=now + LEASE),
        )
    return bool(changed)


def finish(job_id: int, *, worker: str, done: Done | None, now: datetime) -> None:
    """Note that a job is done, unless another worker has taken it."""
    with transaction() as session:
        job = session.get(Job, job_id)
        if job is None or job.worker != worker:
            return
        job.state, job.lease_until, job.finished_at, job.error = JobState.DONE, None, now, ""
        if job.steps:
            job.steps_done = job.steps
        if done is not None:
            job.outcome, job.file_id = done.outcome, done.file_id


def fail(job_id: int, *, worker: str, error: str, now: datetime) -> None:
    """Note a failed run: again later, each time twice as late, and dead after the last attempt."""
    with transaction() as session:
        job = session.get(Job, job_id)
        if job is None or job.worker != worker:
            return
        job.error, job.lease_until = error[:2000], None
        if job.attempts >= MOST_ATTEMPTS:
            job.state, job.finished_at = JobState.DEAD, now
            return
        job.state, job.run_at = JobState.READY, now + timedelta(seconds=5 * 2 ** (job.attempts - 1))


def revive(job_id: int, *, fair_id: int | None, now: datetime) -> bool:
    """Let a dead job run again; false if it is not dead or not of this fair."""
    with transaction() as session:
        changed = count_changed(
            session,
            sa.update(Job)
            .where(Job.id == job_id, Job.fair_id == fair_id, Job.state == JobState.DEAD)
            .values(state=JobState.READY, attempts=0, run_at=now, lease_until=None, finished_at=None),
        )
    return bool(changed)
