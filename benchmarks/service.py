"""The service on a fresh SQLite file, as one machine runs it."""

import contextlib
import io
import logging
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from pathlib import Path

from flask import Flask
from flask_migrate import upgrade

from config import from_environment
from fairapp import create_app
from fairapp.database import db, transaction
from fairapp.fairs.models import Fair, FairDay

OPEN = datetime(2027, 3, 17, 3, tzinfo=UTC)
"""Ten o'clock in Hanoi on the first fair day."""


@contextmanager
def running() -> Iterator[tuple[Flask, Path]]:
    """Yield the service inside its context, and the folder of its database."""
    with tempfile.TemporaryDirectory(prefix="fairapp-bench-") as name:
        folder = Path(name)
        environ = {
            "SECRET_KEY": "bench",
            "SECURITY_PASSWORD_SALT": "bench",
            "DATABASE_URL": f"sqlite:///{folder / 'fair.db'}",
            "FILES_URL": f"file://{folder / 'files'}",
            "MAIL_FOLDER": str(folder / "mail"),
            "LOG_LEVEL": "ERROR",
        }
        app = create_app(from_environment(environ))
        with app.app_context():
            with contextlib.redirect_stderr(io.StringIO()), contextlib.redirect_stdout(io.StringIO()):
                logging.getLogger("alembic").setLevel(logging.ERROR)
                upgrade()
            yield app, folder
            db.session.remove()
            db.engine.dispose()


def make_fair() -> Fair:
    """Return a fair of one day."""
    day = date(2027, 3, 17)
    days = [FairDay(day=day, opens_at=time(9), closes_at=time(17), exhibitors_from=time(8))]
    fair = Fair(code="BENCH", name={"vi": "Hội chợ", "en": "Fair"}, starts_on=day, ends_on=day, days=days)
    with transaction() as session:
        session.add(fair)
    return fair
