"""How migrations reach the database."""

from alembic import context

from fairapp.database import db


def render_item(kind, thing, autogen_context):
    """Write our column types as the plain types that they are in the database."""
    name = type(thing).__name__
    if kind == "type" and name == "UtcDateTime":
        return "sa.DateTime(timezone=True)"
    if kind == "type" and name in {"Json", "Translated", "AsaList"}:
        return "sa.Text()"
    if kind == "type" and name == "Enum":
        return f"sa.String(length={thing.length})"
    return False


def compare_type(context_, inspected, metadata, inspected_type, metadata_type):
    """Compare what the database knows: enums and JSON are text there."""
    if type(metadata_type).__name__ in {"Enum", "Json", "Translated", "AsaList", "MutableList"}:
        return False
    return None


def include_name(name, kind, parents):
    """Leave the tables alone in which huey keeps its queue where there is no Redis."""
    return not (kind == "table" and name.startswith("huey_"))


def run() -> None:
    """Take every step or none: both engines undo what a failed step has begun."""
    with db.engine.connect() as connection:
        is_sqlite = connection.dialect.name == "sqlite"
        raw = connection.connection.dbapi_connection
        if is_sqlite:
            # Batch mode copies tables; with foreign keys on, dropping the old one would delete child rows.
            raw.execute("PRAGMA foreign_keys=OFF")
        context.configure(
            connection=connection,
            target_metadata=db.metadata,
            render_as_batch=True,
            compare_type=compare_type,
            include_name=include_name,
            render_item=render_item,
            # Alembic thinks that SQLite cannot undo a CREATE TABLE; it can, for we say BEGIN ourselves.
            transactional_ddl=True,
        )
        try:
            with context.begin_transaction():
                context.run_migrations()
                if is_sqlite and (broken := raw.execute("PRAGMA foreign_key_check").fetchall()):
                    raise RuntimeError(f"the migration left rows without their parents: {broken[:3]}")
            connection.commit()
        finally:
            connection.rollback()
            if is_sqlite:
                raw.execute("PRAGMA foreign_keys=ON")


run()
