"""The database: types, one transaction per use case, and inserts that a rival may have made first.

Nothing here knows a feature. SQLite serves one process (through ``pysqlite3``, whose SQLite is free
of the WAL-reset bug of Debian 12's own); PostgreSQL serves several. Both enforce the same constraints.
"""

import functools
import json
import random
import secrets
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from enum import Enum
from typing import TYPE_CHECKING, Any, TypeVar

import sqlalchemy as sa
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from fairapp.folding import fold

LONGEST_WAIT = 30
"""Seconds that a writer waits for another before SQLite gives up."""

MOST_WORDS = 12
"""So many words of a query count: SQLite refuses a condition of a thousand."""

ATTEMPTS = 5
"""How often a use case is run again when the database asks for it."""

_READABLE = "23456789abcdefghjkmnpqrstuvwxyz"
_AGAIN = frozenset({"40001", "40P01", "55P03"})
_writing: ContextVar[bool] = ContextVar("writing", default=False)


class Base(DeclarativeBase):
    """The base of every table; constraints get names so that migrations can drop them."""

    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


db = SQLAlchemy(model_class=Base)

if TYPE_CHECKING:

    class Model(Base):
        """What every table derives from; type checkers cannot follow ``db.Model``."""

else:
    Model = db.Model


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """A moment: refuses naive values, stores UTC, returns aware UTC."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment needs its time zone: {value!r}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Json(sa.types.TypeDecorator[Any]):
    """Plain JSON text, the same on both engines; letters outside ASCII stay readable."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: sa.Dialect) -> str | None:
        return None if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True)

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> Any:
        return None if value is None else json.loads(value)

    def compare_values(self, x: Any, y: Any) -> bool:
        return bool(x == y)


class Translated(Json):
    """A text in several languages, ``{"vi": …, "en": …}``; empty texts are left out."""

    cache_ok = True

    def process_bind_param(self, value: Mapping[str, str] | None, dialect: sa.Dialect) -> str | None:
        if value is None:
            return None
        kept = {language: text.strip() for language, text in value.items() if text and text.strip()}
        return super().process_bind_param(kept, dialect)


def enum_type(enum: type[Enum]) -> sa.Enum:
    """Store an enum by its value, as text, so that adding a member needs no migration."""
    return sa.Enum(
        enum,
        native_enum=False,
        create_constraint=False,
        length=32,
        validate_strings=True,
        values_callable=lambda members: [member.value for member in members],
    )


def new_public_id() -> str:
    """Return a random name for a row, safe to show in a URL (59 bits)."""
    return "".join(secrets.choice(_READABLE) for _ in range(12))


class PublicId:
    """A row that is named in URLs by a random text instead of its number."""

    public_id: Mapped[str] = mapped_column(sa.String(12), unique=True, default=new_public_id)


class Searchable:
    """A row found by words without diacritics; ``search_parts`` says by which texts."""

    search_text: Mapped[str] = mapped_column(sa.Text, default="", server_default="")

    def search_parts(self) -> Iterable[str | None]:
        """Return the texts by which the row shall be found."""
        raise NotImplementedError

    def refresh_search_text(self) -> None:
        """Fold the texts; called before every insert and update."""
        self.search_text = " " + fold(" ".join(part for part in self.search_parts() if part))


@event.listens_for(Searchable, "before_insert", propagate=True)
@event.listens_for(Searchable, "before_update", propagate=True)
def _refresh_search_text(mapper: object, connection: object, row: Searchable) -> None:
    row.refresh_search_text()


def matches(column: sa.ColumnElement[str] | Mapped[str], query: str) -> sa.ColumnElement[bool]:
    """Return the condition that every word of ``query`` begins a word of the folded ``column``."""
    words = fold(query).split()[:MOST_WORDS]
    escaped = (word.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_") for word in words)
    return sa.and_(sa.true(), *(column.like(f"% {word}%", escape="\\") for word in escaped))


@contextmanager
def transaction(*, serializable: bool = False) -> Iterator[Session]:
    """Run one use case: commit when it returns, roll back when it raises.

    Whatever was read before is read again, so the decision stands on what is true now. On SQLite the
    writer takes its turn at the start (``BEGIN IMMEDIATE``); on PostgreSQL ``serializable`` guards
    rules that span rows no constraint can see, and wants ``@retried`` around the use case.
    """
    session = db.session()
    if session.info.get("in_use_case"):
        raise RuntimeError("transaction() does not nest: one use case, one commit")
    session.rollback()
    session.info["in_use_case"] = True
    writing = _writing.set(True)
    try:
        options = {"isolation_level": "SERIALIZABLE"} if serializable and is_postgres(session) else {}
        session.connection(execution_options=options)
        yield session
        session.commit()
    except BaseException:
        session.rollback()
        raise
    finally:
        _writing.reset(writing)
        session.info["in_use_case"] = False


def write_at_once() -> None:
    """Let the rest of this request write from its first statement: for libraries that commit themselves."""
    db.session.rollback()
    _writing.set(True)


def commit_at_last() -> None:
    """Keep what a library has written in this request and left to us to commit."""
    db.session.commit()


def read_again() -> None:
    """End what ``write_at_once`` began; threads serve many requests."""
    _writing.set(False)


Result = TypeVar("Result")


def retried(use_case: Callable[..., Result]) -> Callable[..., Result]:
    """Run a whole use case again when the database could not serialize it with a rival.

    Also when a rival took a unique key that ``add_once`` does not expect: the next run finds the rival's row.
    """

    @functools.wraps(use_case)
    def run(*args: Any, **kwargs: Any) -> Result:
        for attempt in range(1, ATTEMPTS):
            try:
                return use_case(*args, **kwargs)
            except DBAPIError as error:
                if not may_be_run_again(error):
                    raise
                time.sleep(random.random() * 0.02 * attempt)  # noqa: S311 (spreads rivals, guards nothing)
        return use_case(*args, **kwargs)

    return run


def may_be_run_again(error: DBAPIError) -> bool:
    """Whether the database refused for the moment only: a rival was quicker, or holds what we want."""
    if getattr(error.orig, "sqlstate", None) in _AGAIN:
        return True
    if isinstance(error, IntegrityError) and is_unique_violation(error):
        return True
    return "database is locked" in str(error.orig)


def count_changed(session: Session, statement: sa.Update | sa.Delete) -> int:
    """Run a bulk change and return how many rows it touched."""
    outcome: Any = session.execute(statement)
    return int(outcome.rowcount)


def add_once(session: Session, row: Base, refusal: Exception | Callable[[], Exception]) -> None:
    """Insert ``row``; if a rival took its unique key first, raise ``refusal``.

    ``refusal`` may be a function: it is called in the same transaction and can look at the rival's row.
    """
    try:
        with session.begin_nested():
            session.add(row)
            session.flush()
    except IntegrityError as error:
        if not is_unique_violation(error):
            raise
        raise (refusal() if callable(refusal) else refusal) from error


def is_unique_violation(error: IntegrityError) -> bool:
    """Whether a unique key refused, not a foreign key or a missing value."""
    if getattr(error.orig, "sqlstate", None) == "23505":
        return True
    return "UNIQUE constraint failed" in str(error.orig)


def is_postgres(session: Session) -> bool:
    """Whether the session speaks to PostgreSQL."""
    return bool(session.get_bind().dialect.name == "postgresql")


def engine_options(url: str) -> dict[str, Any]:
    """Return what ``create_engine`` needs for ``url``; failures reach logs, which keep no personal data."""
    if not url.startswith("sqlite"):
        return {"pool_size": 20, "max_overflow": 20, "pool_pre_ping": True, "hide_parameters": True}
    import pysqlite3  # only where SQLite is used: a PostgreSQL installation can do without it

    options: dict[str, Any] = {
        "module": pysqlite3.dbapi2,
        "connect_args": {"timeout": LONGEST_WAIT},
        "hide_parameters": True,
    }
    if ":memory:" not in url:
        options |= {"pool_size": 40, "max_overflow": 40}
    return options


def prepare_engine(engine: sa.Engine) -> None:
    """Make SQLite check foreign keys, survive a power cut, and let writers take turns."""
    if engine.dialect.name != "sqlite":
        return
    event.listen(engine, "connect", _configure_sqlite)
    event.listen(engine, "begin", _begin_sqlite)


def _configure_sqlite(connection: Any, record: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, see _begin_sqlite
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        f"busy_timeout={LONGEST_WAIT * 1000}",
        "foreign_keys=ON",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: sa.Connection) -> None:
    # A deferred transaction that reads and then writes fails at once when a rival wrote in between.
    connection.exec_driver_sql("BEGIN IMMEDIATE" if _writing.get() else "BEGIN")
