"""Databases grow without losing a row: empty and filled, on both engines, up, down and up again."""

import json
import pathlib
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.script import ScriptDirectory
from flask import Flask

from fairapp import create_app
from fairapp.database import db
from fairapp.imports import demo, service
from fairapp.imports.reading import read_fair
from tests.conftest import NOW, settings
from tests.features.world import ACTOR

ROOT = pathlib.Path(__file__).parents[3]
MIGRATIONS = ROOT / "migrations"
STEP = '''
"""A step that rebuilds the parents of many rows."""

import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "9999", {head!r}, None, None


def upgrade():
    for name in ("fair", "enterprise", "badge"):
        with op.batch_alter_table(name) as batch:
            batch.add_column(sa.Column("extra", sa.String(20), nullable=False, server_default="x"))
    with op.batch_alter_table("fair") as batch:
        batch.alter_column("code", existing_type=sa.String(16), type_=sa.String(40), existing_nullable=False)


def downgrade():
    with op.batch_alter_table("fair") as batch:
        batch.alter_column("code", existing_type=sa.String(40), type_=sa.String(16), existing_nullable=False)
    for name in ("badge", "enterprise", "fair"):
        with op.batch_alter_table(name) as batch:
            batch.drop_column("extra")
'''


@pytest.fixture
def empty_postgres(postgres_url: str) -> Iterator[str]:
    """A database of its own beside the one that the other tests share."""
    server = sa.create_engine(postgres_url, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.exec_driver_sql("DROP DATABASE IF EXISTS fairapp_migrations")
        connection.exec_driver_sql("CREATE DATABASE fairapp_migrations")
    yield sa.make_url(postgres_url).set(database="fairapp_migrations").render_as_string(hide_password=False)
    with server.connect() as connection:
        connection.exec_driver_sql("DROP DATABASE fairapp_migrations WITH (FORCE)")
    server.dispose()


Make = Callable[..., Flask]


@pytest.fixture(params=["sqlite", "postgresql"])
def make_service(request: pytest.FixtureRequest, tmp_path: pathlib.Path) -> Iterator[Make]:
    """Return a maker of services on one database that is empty at first."""
    made = []
    url = (
        request.getfixturevalue("empty_postgres")
        if request.param == "postgresql"
        else f"sqlite:///{tmp_path / 'fair.db'}"
    )

    def make(**others: Any) -> Flask:
        app = create_app(settings(url, tmp_path, **others))
        made.append(app)
        return app

    yield make
    for app in made:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()


def run(app: Flask, *command: str) -> str:
    done = app.test_cli_runner().invoke(args=["db", *command])
    assert done.exit_code == 0, f"{done.output}\n{done.exception!r}"
    return done.output


def steps(folder: pathlib.Path = MIGRATIONS) -> list[str]:
    """Return the revisions from the first to the last."""
    return [script.revision for script in ScriptDirectory(str(folder)).walk_revisions()][::-1]


def fill(app: Flask) -> dict[str, int]:
    with app.app_context():
        seed = read_fair(json.dumps(demo.document())).seed
        service.import_fair(seed, dry_run=False, hash_password=str, actor=ACTOR, now=NOW)
        db.session.remove()
    return count(app)


def count(app: Flask) -> dict[str, int]:
    """Return the rows of every table."""
    with app.app_context(), db.engine.connect() as connection:
        return {
            table.name: connection.scalar(sa.select(sa.func.count()).select_from(table))
            for table in db.metadata.sorted_tables
        }


def tables(app: Flask) -> set[str]:
    with app.app_context():
        return set(sa.inspect(db.engine).get_table_names()) - {"alembic_version"}


def test_there_is_one_head_and_a_file_names_it():
    # Two branches that each add a migration change the same line: git tells of it before the database does.
    assert ScriptDirectory(str(MIGRATIONS)).get_heads() == [(MIGRATIONS / "HEAD").read_text(encoding="utf-8").strip()]


def test_migrations_are_numbered_without_a_gap():
    assert [revision[:4] for revision in steps()] == [f"{number:04}" for number in range(1, len(steps()) + 1)]
    files = sorted(path.stem for path in (MIGRATIONS / "versions").glob("*.py"))
    assert [name[:4] for name in files] == [revision[:4] for revision in steps()]


def test_an_empty_database_becomes_what_the_tables_say(make_service):
    app = make_service()

    run(app, "upgrade")

    run(app, "check")
    assert tables(app) == {table.name for table in db.metadata.sorted_tables}


def test_every_step_goes_up_down_and_up_again(make_service):
    app = make_service()

    for revision in steps():
        run(app, "upgrade", revision)
    run(app, "downgrade", "base")
    assert tables(app) == set()
    run(app, "upgrade")

    run(app, "check")


def test_a_filled_database_keeps_every_row(make_service):
    app = make_service()
    run(app, "upgrade")
    before = fill(app)
    assert min(before[name] for name in ("fair", "enterprise", "booth", "need", "visitor", "membership")) > 0

    run(app, "upgrade")

    run(app, "check")
    assert count(app) == before


def test_a_filled_database_goes_down_to_nothing_and_up_again(make_service):
    app = make_service()
    run(app, "upgrade")
    before = fill(app)

    run(app, "downgrade", "base")
    run(app, "upgrade")

    assert set(count(app).values()) == {0}
    assert fill(app) == before


def test_a_step_that_rebuilds_a_table_keeps_its_child_rows(make_service, tmp_path):
    folder = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    run(make_service(), "upgrade")
    before = fill(make_service())
    (folder / "versions" / "9999_step.py").write_text(STEP.format(head=steps()[-1]), encoding="utf-8")
    app = make_service(MIGRATIONS=str(folder))

    run(app, "upgrade")
    assert count(app) == before
    with app.app_context(), db.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT extra FROM fair").scalar() == "x"
    run(app, "downgrade", steps()[-1])

    assert count(app) == before
    run(make_service(), "check")


def test_a_step_that_fails_halfway_leaves_nothing_behind(make_service, tmp_path):
    folder = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    run(make_service(), "upgrade")
    before = fill(make_service())
    body = STEP.format(head=steps()[-1]).replace("def downgrade", "    raise ValueError('halfway')\n\n\ndef downgrade")
    (folder / "versions" / "9999_step.py").write_text(body, encoding="utf-8")

    done = make_service(MIGRATIONS=str(folder)).test_cli_runner().invoke(args=["db", "upgrade"])

    assert done.exit_code == 1
    assert count(make_service()) == before
    run(make_service(), "check")


def test_foreign_keys_are_checked_again_after_migrating(make_service):
    app = make_service()
    run(app, "upgrade")

    with app.app_context(), pytest.raises(sa.exc.IntegrityError), db.engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO gate (fair_id, code, name, categories) VALUES (77, 'A1', 'A1', '[]')")


def test_a_step_that_leaves_orphans_is_refused_and_undone(tmp_path, caplog):
    folder = tmp_path / "migrations"
    shutil.copytree(MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    body = STEP.format(head=steps()[-1]).split("def upgrade")[0]
    body += 'def upgrade():\n    op.execute("DELETE FROM fair")\n\n\ndef downgrade():\n    pass\n'
    app = create_app(settings(f"sqlite:///{tmp_path / 'fair.db'}", tmp_path))
    run(app, "upgrade")
    fill(app)
    (folder / "versions" / "9999_step.py").write_text(body, encoding="utf-8")
    app = create_app(settings(f"sqlite:///{tmp_path / 'fair.db'}", tmp_path, MIGRATIONS=str(folder)))

    done = app.test_cli_runner().invoke(args=["db", "upgrade"])

    assert done.exit_code == 1
    assert "without their parents" in caplog.text
    assert count(app)["fair"] == 1
