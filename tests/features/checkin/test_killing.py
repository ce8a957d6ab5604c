"""The server is killed in the middle of a burst: no acknowledged scan is lost, none counts twice."""

import http.client
import itertools
import json
import os
import pathlib
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest
import sqlalchemy as sa
from flask_migrate import upgrade

from fairapp import create_app
from fairapp.accounts.policy import Role
from fairapp.checkin import service
from fairapp.checkin.models import CheckIn, Scan
from fairapp.database import db
from tests.browser.servers import PATIENCE, ROOT, RealClock
from tests.conftest import settings
from tests.features.world import ACTOR, World

BADGES, SENDERS, BEFORE_THE_KILL = 100, 4, 40


@pytest.fixture
def real_world(tmp_path) -> Iterator[World]:
    """A database file of its own, which another process serves."""
    app = create_app(settings(f"sqlite:///{tmp_path / 'fair.db'}", tmp_path, CLOCK=RealClock()))
    with app.app_context():
        upgrade()
        yield World(app)
        db.session.remove()
        db.engine.dispose()


@contextmanager
def served(world: World, folder: pathlib.Path, port: int) -> Iterator[subprocess.Popen]:
    """Run gunicorn on the world's database, in a process group of its own."""
    config = world.app.config
    environ = {
        **{name: value for name, value in os.environ.items() if name not in {"REDIS_URL", "JOBS", "WEB_CONCURRENCY"}},
        "SECRET_KEY": config["SECRET_KEY"],
        "SECURITY_PASSWORD_SALT": config["SECURITY_PASSWORD_SALT"],
        "DATABASE_URL": config["SQLALCHEMY_DATABASE_URI"],
        "FILES_URL": config["FILES_URL"],
        "MAIL_FOLDER": config["MAIL_FOLDER"],
        "BASE_URL": f"http://127.0.0.1:{port}",
        "BIND": f"127.0.0.1:{port}",
        "LOG_LEVEL": "ERROR",
    }
    with (folder / "log").open("ab") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.py", "wsgi:app"],
            cwd=ROOT, env=environ, stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip
        try:
            wait_for(port, server, folder / "log")
            yield server
        finally:
            kill(server)


def wait_for(port: int, server: subprocess.Popen, log: pathlib.Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            if ask(port, "GET", "/readyz").status == 200:
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise AssertionError(f"the service did not start:\n{log.read_text()[-3000:]}")


def kill(server: subprocess.Popen) -> None:
    """Kill gunicorn and its worker as a power cut would."""
    with suppress(ProcessLookupError):
        os.killpg(server.pid, signal.SIGKILL)
    server.wait()


def ask(port: int, method: str, path: str, body: object = None, **headers: str) -> http.client.HTTPResponse:
    door = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        door.request(
            method, path, None if body is None else json.dumps(body), {"Content-Type": "application/json", **headers}
        )
        answer = door.getresponse()
        answer.text = answer.read().decode()
        return answer
    finally:
        door.close()


class Device:
    """A gate's device: a session, and scans that it keeps until they are answered."""

    def __init__(self, world: World, fair: object, port: int) -> None:
        account = world.make_member(fair, Role.GATE)
        client = world.sign_in(account)
        page = client.get(f"/{fair.code}/gate/A1/")
        self._port, self._path = port, f"/{fair.code}/gate/A1/scans"
        self._cookie = f"fairapp={client.get_cookie('fairapp').value}"
        self._token = re.search(r'data-csrf="([^"]+)"', page.text)[1]

    def send(self, scan: dict[str, str]) -> str:
        answer = ask(
            self._port, "POST", self._path, scan, **{"Cookie": self._cookie, "X-CSRFToken": self._token,
                                                     "Accept": "application/json"},
        )  # fmt: skip
        assert answer.status == 200, answer.text
        return str(json.loads(answer.text)["verdict"])


def test_no_acknowledged_scan_is_lost_when_the_server_is_killed(real_world, tmp_path):
    fair = real_world.make_fair()
    real_world.make_gate(fair, "A1")
    service.set_rehearsal(fair.id, on=True, actor=ACTOR, now=real_world.now)
    badges = [real_world.make_badge(real_world.make_visitor(fair)).credential for _ in range(BADGES)]
    moment = real_world.now.isoformat()
    scans = [{"scan_id": str(uuid.uuid4()), "reading": text, "scanned_at": moment} for text in badges]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    real_world.app.config["WTF_CSRF_ENABLED"] = True
    device = Device(real_world, fair, port)
    db.session.remove()
    answers: dict[str, str] = {}

    with served(real_world, tmp_path, port) as server:
        enough = threading.Event()

        def burst(number: int) -> None:
            for scan in itertools.cycle(scans[number::SENDERS]):  # whenever the kill comes, scans are under way
                try:
                    answers[scan["scan_id"]] = device.send(scan)
                except (OSError, http.client.HTTPException):
                    return
                if len(answers) >= BEFORE_THE_KILL:
                    enough.set()

        senders = [threading.Thread(target=burst, args=(number,)) for number in range(SENDERS)]
        for sender in senders:
            sender.start()
        enough.wait(PATIENCE)
        kill(server)
        for sender in senders:
            sender.join()
    acknowledged = dict(answers)
    kept = set(db.session.scalars(sa.select(Scan.scan_id)))
    db.session.remove()

    # The devices send whatever was not answered, and for good measure everything once more.
    with served(real_world, tmp_path, port):
        again = {scan["scan_id"]: device.send(scan) for scan in scans}

    assert len(acknowledged) >= BEFORE_THE_KILL
    assert kept >= acknowledged.keys()
    assert again == dict.fromkeys(again, "admitted")
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Scan)) == BADGES
    assert db.session.scalar(sa.select(sa.func.count()).select_from(CheckIn)) == BADGES
