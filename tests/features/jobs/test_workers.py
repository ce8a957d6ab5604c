"""Workers in processes of their own, killed in the middle of their work: no job is lost, no mail comes twice."""

import os
import pathlib
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy

import pytest
import sqlalchemy as sa
from flask_migrate import upgrade

from fairapp import create_app
from fairapp.badges.models import Badge
from fairapp.database import db, transaction
from fairapp.jobs import service
from fairapp.jobs.models import Job, JobState
from fairapp.mail import service as mails
from fairapp.mail.models import Mail
from fairapp.visitors.service import SEND_BADGE
from tests.browser.servers import PATIENCE, ROOT, RealClock, own_database
from tests.conftest import settings
from tests.features.world import World

JOBS, BADGES = 40, 8
"""So many jobs, of which some print a badge and bring a mail of their own."""

KILLS = (8, 22)
"""How many jobs are done when the worker is killed."""

FLASK = (sys.executable, "-m", "flask", "--app", "wsgi")
GUNICORN = (sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.py", "wsgi:app")


@contextmanager
def database_of(kind: str, request: pytest.FixtureRequest, folder: pathlib.Path) -> Iterator[str]:
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'fair.db'}"
        return
    with own_database(request.getfixturevalue("postgres_url"), f"fairapp_jobs_{os.getpid()}") as url:
        yield url


@contextmanager
def world_of(database: str, folder: pathlib.Path, **others: object) -> Iterator[World]:
    before = list(service._wake_ups)
    app = create_app(settings(database, folder, CLOCK=RealClock(), **others))
    try:
        with app.app_context():
            upgrade()
            yield World(app)
            db.session.remove()
            db.engine.dispose()
    finally:
        if queue := app.extensions.get("fairapp_huey"):
            queue.huey.storage.close()
        service._wake_ups[:] = before  # the process of the tests serves other databases too


@contextmanager
def running(world: World, folder: pathlib.Path, command: tuple[str, ...]) -> Iterator[subprocess.Popen]:
    """Run a process of the service in a group of its own, and kill it at the end as a power cut would."""
    config = world.app.config
    environ = {
        **{name: value for name, value in os.environ.items() if name != "WEB_CONCURRENCY"},
        **{name: config[name] for name in ("SECRET_KEY", "SECURITY_PASSWORD_SALT", "FILES_URL", "MAIL_FOLDER")},
        "DATABASE_URL": config["SQLALCHEMY_DATABASE_URI"],
        "REDIS_URL": config["REDIS_URL"],
        "JOBS": config["JOBS"],
        "BASE_URL": "http://127.0.0.1:1",
        "BIND": f"unix:{folder / 'web.sock'}",
        "SMTP_URL": "",
    }
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=log, stderr=log, start_new_session=True)
        try:
            yield process
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def fill(world: World) -> None:
    """Write mails, and visitors whose badges are to be printed and sent."""
    fair = world.make_fair()
    visitors = [world.make_visitor(fair, email=f"visitor{number}@x.example") for number in range(BADGES)]
    context = {"name": "Long", "role": "gate", "fair_name": {"vi": "Hội chợ"}, "fair_code": fair.code}
    with transaction() as session:
        for number in range(JOBS - BADGES):
            mails.queue(
                session, "member_invited", to=f"member{number}@x.example", language="vi", context=context,
                now=world.now, fair_id=fair.id,
            )  # fmt: skip
            if number < BADGES:
                payload = {"visitor_id": visitors[number].id}
                service.enqueue(session, SEND_BADGE, payload, now=world.now, fair_id=fair.id)


def states() -> Counter[JobState]:
    db.session.rollback()
    return Counter(db.session.scalars(sa.select(Job.state).where(Job.source.is_(None))))


def wait(least: int, process: subprocess.Popen, folder: pathlib.Path) -> None:
    """Wait until so many jobs are done."""
    until = time.monotonic() + PATIENCE
    while states()[JobState.DONE] < least:
        log = (folder / "log").read_text(errors="replace")[-3000:]
        assert process.poll() is None, f"the worker ended:\n{log}"
        assert time.monotonic() < until, f"only {states()}:\n{log}"
        time.sleep(0.02)


def let_leases_end() -> None:
    """Set the end of every lease to a moment that has passed, as two minutes would."""
    with transaction() as session:
        session.execute(sa.update(Job).values(lease_until=datetime.now(UTC) - timedelta(seconds=1)).where(
            Job.state == JobState.RUNNING
        ))  # fmt: skip


def everything_is_there_once(world: World) -> None:
    db.session.rollback()
    expected = sorted(
        [f"member{number}@x.example" for number in range(JOBS - BADGES)]
        + [f"visitor{number}@x.example" for number in range(BADGES)]
    )
    assert states() == {JobState.DONE: JOBS + BADGES}
    assert sorted(db.session.scalars(sa.select(Mail.to))) == expected
    assert set(db.session.scalars(sa.select(Mail.state))) == {"kept"}
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Badge)) == BADGES
    files = list(pathlib.Path(world.app.config["MAIL_FOLDER"]).glob("*.eml"))
    kept = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]
    assert sorted(str(one["To"].addresses[0].addr_spec) for one in kept) == expected
    pdfs = [file.get_content() for one in kept for file in one.iter_attachments()]
    assert [pdf[:5] for pdf in pdfs] == [b"%PDF-"] * BADGES


@pytest.mark.parametrize("broker", ["redis", "postgresql"])
def test_jobs_survive_workers_that_are_killed(broker, request, tmp_path):
    redis = request.getfixturevalue("redis_url") if broker == "redis" else ""
    with (
        database_of("postgresql", request, tmp_path) as database,
        world_of(database, tmp_path, JOBS="huey", REDIS_URL=redis) as world,
    ):
        world.app.extensions["fairapp_huey"].huey.flush()
        fill(world)
        queue = world.app.extensions["fairapp_huey"].huey
        assert queue.pending_count() == JOBS  # every commit has told the workers
        for done in KILLS:
            with running(world, tmp_path, (*FLASK, "jobs", "work")) as worker:
                wait(done, worker, tmp_path)
            let_leases_end()
        with running(world, tmp_path, (*FLASK, "jobs", "work")) as worker:
            wait(JOBS + BADGES, worker, tmp_path)

        everything_is_there_once(world)
        own = service.worker_name().rsplit(":", 1)[0]
        workers = {name.rsplit(":", 1)[0] for name in db.session.scalars(sa.select(Job.worker))}
        assert own not in workers
        assert len(workers) > 1
        # The workers' own tables are none of ours, and no difference to the migrations.
        assert world.app.test_cli_runner().invoke(args=["db", "check"]).exit_code == 0


def test_jobs_survive_a_web_process_that_is_killed(request, tmp_path):
    with database_of("sqlite", request, tmp_path) as database, world_of(database, tmp_path) as world:
        fill(world)
        for done in KILLS:
            with running(world, tmp_path, GUNICORN) as web:
                wait(done, web, tmp_path)
            let_leases_end()
        with running(world, tmp_path, GUNICORN) as web:
            wait(JOBS + BADGES, web, tmp_path)

        everything_is_there_once(world)


def test_a_worker_that_is_told_to_stop_ends_its_job_first(request, tmp_path):
    with (
        database_of("postgresql", request, tmp_path) as database,
        world_of(database, tmp_path, JOBS="huey", REDIS_URL=request.getfixturevalue("redis_url")) as world,
    ):
        fill(world)
        with running(world, tmp_path, (*FLASK, "jobs", "work")) as worker:
            wait(3, worker, tmp_path)
            worker.send_signal(signal.SIGTERM)
            assert worker.wait(PATIENCE) == 0

        assert states()[JobState.RUNNING] == 0


def test_workers_beside_an_embedded_thread_are_refused(sqlite_world):
    done = sqlite_world.app.test_cli_runner().invoke(args=["jobs", "work"])

    assert done.exit_code == 1
    assert "JOBS is not huey" in done.output
