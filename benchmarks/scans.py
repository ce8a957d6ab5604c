"""Scans on SQLite: the service against the bare floor of verify, look up, insert under a unique key, commit."""

import uuid
from pathlib import Path

import pysqlite3
import sqlalchemy as sa

from benchmarks.figures import Figure, ratio_of
from benchmarks.service import OPEN, make_fair, running
from fairapp.badges import credentials
from fairapp.badges import service as badges
from fairapp.badges.models import Badge
from fairapp.badges.queries import public_keys
from fairapp.checkin import service
from fairapp.checkin.models import CheckIn, Gate
from fairapp.checkin.service import Reading
from fairapp.database import db, transaction
from fairapp.visitors.models import Visitor
from fairapp.web.access import SYSTEM

ROUNDS, AT_ONCE = 10, 60


def measure() -> list[Figure]:
    """Compare accepted scans per second; every scan of both is on the disk before the next begins."""
    with running() as (_app, folder):
        fair_id, texts = _prepare()
        floor = _Floor(folder / "floor.db", fair_id, texts)
        for_service, for_floor = iter(texts), iter(texts)

        def scan() -> None:
            for _ in range(AT_ONCE):
                reading = Reading(scan_id=str(uuid.uuid4()), text=next(for_service), scanned_at=OPEN, sent_at=OPEN)
                service.scan(fair_id, "A1", reading, actor=SYSTEM, now=OPEN)

        def insert() -> None:
            for _ in range(AT_ONCE):
                floor.check_in(next(for_floor))

        ratio, bare, whole = ratio_of(insert, scan, rounds=ROUNDS)
        accepted = db.session.scalar(sa.select(sa.func.count()).select_from(CheckIn)) or 0
    return [
        Figure(
            name="accepted scans of the service against the floor",
            unit="×",
            measured=ratio,
            least=0.05,
            remark=f"{AT_ONCE / whole:.0f} against {AT_ONCE / bare:.0f} per second",
        ),
        Figure(name="scans accepted of those sent", unit="%", measured=accepted / len(texts) * 100, least=100),
    ]


def _prepare() -> tuple[int, list[str]]:
    fair = make_fair()
    with transaction() as session:
        session.add(Gate(fair_id=fair.id, code="A1", name="A1"))
        session.add_all(
            Visitor(fair_id=fair.id, full_name=f"Khách {number}", registered_at=OPEN)
            for number in range(ROUNDS * AT_ONCE)
        )
    badges.issue_missing(fair.id, actor=SYSTEM, now=OPEN)
    texts = db.session.scalars(sa.select(Badge.credential).where(Badge.fair_id == fair.id).order_by(Badge.id)).all()
    return fair.id, list(texts)


class _Floor:
    """As little as an honest check-in can do, without framework or mapper."""

    def __init__(self, path: Path, fair_id: int, texts: list[str]) -> None:
        self._fair_id, self._keys = fair_id, public_keys(fair_id)
        self._database = pysqlite3.dbapi2.connect(str(path), isolation_level=None)
        for statement in (
            "PRAGMA journal_mode=WAL",
            "PRAGMA synchronous=FULL",
            "CREATE TABLE badge (id INTEGER PRIMARY KEY, serial TEXT UNIQUE)",
            "CREATE TABLE check_in (id INTEGER PRIMARY KEY, badge_id INTEGER, day TEXT, UNIQUE (badge_id, day))",
            "BEGIN",
        ):
            self._database.execute(statement)
        for text in texts:
            self._database.execute("INSERT INTO badge (serial) VALUES (?)", (self._read(text),))
        self._database.execute("COMMIT")

    def check_in(self, text: str) -> None:
        run = self._database.execute
        serial = self._read(text)
        run("BEGIN IMMEDIATE")
        (badge_id,) = run("SELECT id FROM badge WHERE serial = ?", (serial,)).fetchone()
        run("INSERT INTO check_in (badge_id, day) VALUES (?, ?)", (badge_id, "2027-03-17"))
        run("COMMIT")

    def _read(self, text: str) -> str:
        return credentials.read(text, fair_number=self._fair_id, public_keys=self._keys).serial
