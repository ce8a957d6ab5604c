"""Jobs run at least once, and again after a worker has died."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from fairapp.database import db, transaction
from fairapp.jobs import service
from fairapp.jobs.models import Job
from fairapp.jobs.registry import HANDLERS, Done, handles
from fairapp.jobs.service import LEASE, MOST_ATTEMPTS
from tests.features.threads import at_once

RUNS: list[int] = []
if "test.count" not in HANDLERS:

    @handles("test.count")
    def count(task):
        RUNS.append(task.job_id)
        task.progress(1, 2)
        return Done(outcome={"attempt": task.attempt})

    @handles("test.fail")
    def fail(task):
        raise ValueError("no")


@pytest.fixture(autouse=True)
def _empty_runs():
    RUNS.clear()


def enqueue(world, name="test.count"):
    with transaction() as session:
        return service.enqueue(session, name, {}, now=world.now).id


def test_a_job_runs_once_after_the_commit_that_brought_it(world):
    number = enqueue(world)

    world.run_jobs()
    world.run_jobs()

    job = db.session.get(Job, number)
    assert [number] == RUNS
    assert (job.state, job.outcome, job.steps_done, job.steps) == ("done", {"attempt": 1}, 2, 2)


def test_a_job_of_a_failed_transaction_never_runs(world):
    with pytest.raises(RuntimeError), transaction() as session:
        service.enqueue(session, "test.count", {}, now=world.now)
        raise RuntimeError

    assert world.run_jobs() == 0


def test_a_job_whose_worker_died_is_taken_over_when_its_lease_ends(world):
    number = enqueue(world)
    assert service.claim(now=world.now, worker="dead").id == number

    assert world.run_jobs() == 0
    world.app.config["CLOCK"].now += LEASE + timedelta(seconds=1)
    world.run_jobs()

    assert [number] == RUNS


def test_a_worker_that_lost_its_lease_cannot_finish_the_job(world):
    number = enqueue(world)
    service.claim(now=world.now, worker="slow")
    service.claim(now=world.now + LEASE * 2, worker="quick")

    service.finish(number, worker="slow", done=None, now=world.now)

    assert db.session.get(Job, number).state == "running"


def test_a_job_that_always_fails_is_buried_and_can_be_revived(world, caplog):
    number = enqueue(world, "test.fail")

    for _ in range(MOST_ATTEMPTS):
        world.run_jobs()
        world.app.config["CLOCK"].now += timedelta(hours=1)

    job = db.session.get(Job, number)
    assert (job.state, job.attempts, job.error) == ("dead", MOST_ATTEMPTS, "ValueError: no")
    assert service.revive(number, fair_id=None, now=world.now)
    assert db.session.scalar(sa.select(Job.state)) == "ready"


def test_the_jobs_of_a_day_come_once(world, monkeypatch):
    monkeypatch.setattr(service, "DAILY", {"test.count"})
    world.set_clock(2027, 3, 1, 1)

    assert [service.enqueue_daily(now=world.now) for _ in range(2)] == [1, 0]
    assert world.run_jobs() == 1
    world.set_clock(2027, 3, 2, 0, 59)
    assert service.enqueue_daily(now=world.now) == 0
    world.set_clock(2027, 3, 2, 1)
    assert service.enqueue_daily(now=world.now) == 1


def test_rivals_bring_the_jobs_of_a_day_once(world, monkeypatch):
    monkeypatch.setattr(service, "DAILY", {"test.count"})
    world.set_clock(2027, 3, 1, 1)

    brought = at_once(world, 4, lambda _: service.enqueue_daily(now=world.now))

    assert sum(brought) == 1
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Job)) == 1
