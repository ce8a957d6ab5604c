"""Who runs the jobs: a thread of the only process, or huey workers beside several processes."""

import logging
import threading
from datetime import datetime, timedelta
from typing import Any

from flask import Flask

from fairapp.database import db
from fairapp.jobs import service
from fairapp.jobs.registry import HANDLERS, Done, Task
from fairapp.web import clock

log = logging.getLogger("fairapp.jobs")
SWEEP_EVERY = 1.0
"""Seconds after which a worker looks for due jobs even if nobody woke it."""
ASK_EVERY = timedelta(minutes=5)
"""How often a process looks whether the jobs of the day are there."""


def init_app(app: Flask) -> None:
    """Announce new jobs to the executor that the settings name."""
    if app.config["JOBS"] == "huey":
        app.extensions["fairapp_huey"] = _Huey(app)
        service.wake_with(app.extensions["fairapp_huey"].announce)


def run_due(app: Flask, *, job_id: int | None = None) -> bool:
    """Run one due job, ``job_id`` if given; false if there was none."""
    with app.test_request_context(base_url=app.config["BASE_URL"]):
        try:
            return _run_due(job_id)
        finally:
            db.session.remove()


def run_all(app: Flask) -> int:
    """Run jobs until none is due; return how many ran."""
    count = 0
    while run_due(app):
        count += 1
    return count


def _run_due(job_id: int | None) -> bool:
    worker = service.worker_name()
    job = service.claim(now=clock.now(), worker=worker, job_id=job_id)
    if job is None:
        return False
    number, name, attempt = job.id, job.name, job.attempts

    def progress(done: int, of: int) -> None:
        service.renew(number, worker=worker, now=clock.now(), steps_done=done, steps=of)

    task = Task(
        job_id=number,
        fair_id=job.fair_id,
        account_id=job.account_id,
        payload=dict(job.payload),
        attempt=attempt,
        progress=progress,
    )
    try:
        done: Done | None = HANDLERS[name](task)
    except Exception as error:
        log.exception("job failed: %s", name, extra={"job": number, "attempt": attempt})
        db.session.rollback()
        service.fail(number, worker=worker, error=f"{type(error).__name__}: {error}", now=clock.now())
    else:
        service.finish(number, worker=worker, done=done, now=clock.now())
        log.info("job done: %s", name, extra={"job": number, "attempt": attempt})
    return True


class _Morning:
    """Brings the jobs of the day; asks the database now and then, not at every sweep."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._asked: datetime | None = None

    def bring(self) -> None:
        """Write the jobs of the day unless they are there."""
        with self._app.app_context():
            now = clock.now()
            if self._asked is not None and self._asked <= now < self._asked + ASK_EVERY:
                return
            self._asked = now
            service.enqueue_daily(now=now)


class EmbeddedExecutor:
    """One thread that runs jobs in the process that serves the pages."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._wake = threading.Event()
        self._stop = threading.Event()
        self._morning = _Morning(app)
        self._thread = threading.Thread(target=self._loop, name="jobs", daemon=True)

    def start(self) -> None:
        """Begin to run jobs."""
        service.wake_with(self._announce)
        self._thread.start()

    def stop(self, *, patience: timedelta = timedelta(seconds=10)) -> None:
        """End after the running job; its lease lets another worker take it over if it takes too long."""
        self._stop.set()
        self._wake.set()
        self._thread.join(patience.total_seconds())

    def _announce(self, job_id: int) -> None:
        self._wake.set()

    def _loop(self) -> None:
        while not self._stop.is_set():
            self._wake.clear()
            try:
                self._morning.bring()
                if run_due(self._app):
                    continue
            except Exception:
                log.exception("the job thread goes on after a failure")
            self._wake.wait(SWEEP_EVERY)


class _Huey:
    """huey on Redis, or on PostgreSQL where there is no Redis: it only wakes workers."""

    def __init__(self, app: Flask) -> None:
        self.huey = _make_huey(app)
        self._task = self.huey.task(name="run_job")(lambda job_id: run_due(app, job_id=job_id))

    def announce(self, job_id: int) -> None:
        """Tell the workers of a new job; a lost call is made good by the sweeper."""
        try:
            self._task(job_id)
        except Exception:
            log.exception("could not announce job", extra={"job": job_id})


def _make_huey(app: Flask) -> Any:
    if redis_url := app.config["REDIS_URL"]:
        from huey import RedisHuey  # only where it is used

        return RedisHuey("fairapp", url=redis_url, results=False)
    from huey import PostgresHuey  # only where it is used

    dsn = app.config["SQLALCHEMY_DATABASE_URI"].replace("postgresql+psycopg://", "postgresql://", 1)
    return PostgresHuey("fairapp", dsn=dsn, results=False)


def work(app: Flask, *, workers: int = 2) -> None:
    """Run huey workers and the sweeper in this process until it is told to stop; running jobs end first."""
    stop = threading.Event()
    sweeper = threading.Thread(target=_sweep, args=(app, stop), name="sweeper", daemon=True)
    sweeper.start()
    try:
        huey = app.extensions["fairapp_huey"].huey
        # TERM is how services are stopped; huey would drop its jobs for it and keep INT for a gentle end.
        huey.create_consumer(workers=workers, periodic=False, graceful_signal="TERM").run()
    finally:
        stop.set()
        sweeper.join()


def _sweep(app: Flask, stop: threading.Event) -> None:
    morning = _Morning(app)
    while not stop.is_set():
        try:
            morning.bring()
            if run_due(app):
                continue
        except Exception:
            log.exception("the sweeper goes on after a failure")
        stop.wait(SWEEP_EVERY)
