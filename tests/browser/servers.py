"""The service as it runs in a hall: gunicorn, and workers where the settings name some, on a free port."""

import os
import pathlib
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import sqlalchemy as sa
from flask import Flask

from config import from_environment
from fairapp import create_app
from tests.features.world import World

ROOT = pathlib.Path(__file__).parents[2]
PATIENCE = 240
"""Seconds for the service to answer; a slow machine is no failure."""


class RealClock:
    """The clock of the service, for what a test puts into its database."""

    @property
    def now(self) -> datetime:
        return datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.now


@dataclass(frozen=True, kw_only=True)
class Service:
    """A running service, and the same settings once more in the test's own process."""

    name: str
    url: str
    app: Flask
    world: World
    log: pathlib.Path

    def size_of_log(self) -> int:
        return self.log.stat().st_size

    def errors_since(self, start: int) -> list[str]:
        """Return what the service logged as an error after ``start``."""
        with self.log.open("rb") as log:
            log.seek(start)
            text = log.read().decode(errors="replace")
        return [line for line in text.splitlines() if '"level": "error"' in line or line.startswith("Traceback")]


@contextmanager
def serve(name: str, folder: pathlib.Path, database: str, *, redis: str = "", demo: bool = False) -> Iterator[Service]:
    """Migrate ``database`` and run the service on it, with the demo fair if ``demo``."""
    port = _free_port()
    environ = {
        **{key: value for key, value in os.environ.items() if key not in {"REDIS_URL", "JOBS", "WEB_CONCURRENCY"}},
        "SECRET_KEY": "t" * 40,
        "SECURITY_PASSWORD_SALT": "t" * 20,
        "DATABASE_URL": database,
        "BASE_URL": f"http://localhost:{port}",
        "BIND": f"127.0.0.1:{port}",
        "FILES_URL": f"file://{folder / 'files'}",
        "MAIL_FOLDER": str(folder / "mail"),
        "PYTHONUNBUFFERED": "1",
    }
    if redis:
        environ |= {"REDIS_URL": redis, "JOBS": "huey", "WEB_CONCURRENCY": "2"}
    log = folder / "log"
    with log.open("ab") as out, ExitStack() as running:
        flask = (sys.executable, "-m", "flask", "--app", "wsgi")
        _run(*flask, "db", "upgrade", environ=environ, log=log)
        if demo:
            _run(*flask, "fair", "demo", environ=environ, log=log)
        web = _start(running, (sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.py", "wsgi:app"), environ, out)
        if redis:
            _start(running, (*flask, "jobs", "work"), environ, out)
        app = create_app({**from_environment(environ), "JOBS": "embedded", "CLOCK": RealClock(), "LOG_LEVEL": "ERROR"})
        # A bare machine may not know the name localhost; browsers always do, and passkeys want a name.
        _wait(f"http://{environ['BIND']}", web, log)
        yield Service(name=name, url=environ["BASE_URL"], app=app, world=World(app), log=log)
        _close(app)


@contextmanager
def own_database(url: str, name: str) -> Iterator[str]:
    """Yield an empty database beside the one at ``url``: the feature tests empty theirs."""
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.text(f'CREATE DATABASE "{name}"'))
    try:
        yield engine.url.set(database=name).render_as_string(hide_password=False)
    finally:
        with engine.connect() as connection:
            connection.execute(sa.text(f'DROP DATABASE "{name}" WITH (FORCE)'))
        engine.dispose()


def _run(*command: str, environ: dict[str, str], log: pathlib.Path) -> None:
    with log.open("ab") as out:
        done = subprocess.run(command, cwd=ROOT, env=environ, stdout=out, stderr=out)
    assert done.returncode == 0, f"{command} failed:\n{log.read_text()[-3000:]}"


def _start(running: ExitStack, command: tuple[str, ...], environ: dict[str, str], out: object) -> subprocess.Popen:
    process = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=out, stderr=out)
    running.callback(process.wait)
    running.callback(process.terminate)
    return process


def _wait(url: str, web: subprocess.Popen, log: pathlib.Path) -> None:
    until, said = time.monotonic() + PATIENCE, ""
    while time.monotonic() < until and web.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/readyz", timeout=10):
                return
        except urllib.error.HTTPError as error:
            said = error.read().decode()
        except OSError as error:
            said = str(error)
        time.sleep(0.1)
    raise AssertionError(f"the service did not start: {said}\n{log.read_text()[:3000]}")


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _close(app: Flask) -> None:
    from fairapp.database import db

    with app.app_context():
        for engine in db.engines.values():
            engine.dispose()
