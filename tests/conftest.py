"""What every test may use: the service on both databases, a clock, people who are signed in."""

import pathlib
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask
from flask_migrate import upgrade

from fairapp import create_app
from fairapp.database import db
from fairapp.web.limits import limiter
from tests import servers

NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
"""Ten o'clock in Hanoi, before the applications close."""


KNOWN_WARNINGS = (
    # Flask-Security lists its second factors and uses of passkeys as tuples; ours are SelectChoice.
    "ignore:Passing SelectField choices as tuples is deprecated:DeprecationWarning",
)
"""Every other warning fails the test in which it comes."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Bear the known warnings, also under ``-W error``."""
    for item in items:
        for warning in KNOWN_WARNINGS:
            item.add_marker(pytest.mark.filterwarnings(warning))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Iterator[None]:
    """Count a skipped test as a failed one: what is not tried is not known."""
    return _refuse_skip((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Iterator[None]:
    """Count a skipped module as a failed one."""
    return _refuse_skip((yield))


def _refuse_skip(report: Any) -> Any:
    if report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped: {report.longrepr}"
    return report


class Clock:
    """A clock that stands until a test sets it."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


def settings(url: str, folder: pathlib.Path, **others: object) -> dict[str, object]:
    """Return the settings of a service under test."""
    return {
        "SECRET_KEY": "t" * 40,
        "SECURITY_PASSWORD_SALT": "t" * 20,
        "SECURITY_TOTP_SECRETS": {"1": "t" * 40},
        "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": {"argon2__time_cost": 1, "argon2__memory_cost": 64},
        "SQLALCHEMY_DATABASE_URI": url,
        "BASE_URL": "http://fair.example",
        "PRODUCTION": False,
        "SESSION_COOKIE_SECURE": False,
        "TRUSTED_PROXIES": 0,
        "REDIS_URL": "",
        "JOBS": "embedded",
        "FILES_URL": f"file://{folder / 'files'}",
        "SMTP_URL": "",
        "MAIL_FROM": "fairapp <no-reply@fair.example>",
        "MAIL_FOLDER": str(folder / "mail"),
        "LOG_LEVEL": "ERROR",
        "TESTING": True,
        "WTF_CSRF_ENABLED": False,
        "RATELIMIT_ENABLED": False,
        "LONGEST_STREAM": 0.0,
        "CLOCK": Clock(),
        **others,
    }


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    with servers.postgres() as url:
        yield url


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    with servers.redis() as url:
        yield url


def _migrated(url: str, folder: pathlib.Path) -> Flask:
    app = create_app(settings(url, folder))
    with app.app_context():
        upgrade()
    return app


@pytest.fixture(scope="session")
def sqlite_service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    folder = tmp_path_factory.mktemp("sqlite")
    app = _migrated(f"sqlite:///{folder / 'fair.db'}", folder)
    yield app
    _close(app)


@pytest.fixture(scope="session")
def postgres_service(postgres_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    app = _migrated(postgres_url, tmp_path_factory.mktemp("postgres"))
    yield app
    _close(app)


def _close(app: Flask) -> None:
    with app.app_context():
        for engine in db.engines.values():
            engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def app(request: pytest.FixtureRequest) -> Iterator[Flask]:
    """The service on SQLite and on PostgreSQL: every test that asks for it runs twice."""
    service = request.getfixturevalue(f"{'postgres' if request.param == 'postgresql' else 'sqlite'}_service")
    yield from _fresh(service)


@pytest.fixture
def sqlite_app(sqlite_service: Flask) -> Iterator[Flask]:
    """The service on SQLite only, for what no database changes."""
    yield from _fresh(sqlite_service)


def _fresh(service: Flask) -> Iterator[Flask]:
    service.config["CLOCK"] = Clock()
    limiter.enabled = False  # one for every service: a test of the limits may have left it on
    with service.app_context():
        yield service
        db.session.remove()
        tables = [table for table in reversed(db.metadata.sorted_tables) if table.name != "alembic_version"]
        with db.engine.connect() as connection:
            if connection.dialect.name == "postgresql":
                names = ", ".join(f'"{table.name}"' for table in tables)
                connection.execute(sa.text(f"TRUNCATE {names} RESTART IDENTITY CASCADE"))
            else:
                connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
                for table in tables:
                    connection.execute(table.delete())
            connection.commit()
        db.session.remove()
