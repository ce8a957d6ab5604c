"""A whole fair comes in, again and again, with the same result."""

import json

import sqlalchemy as sa

from fairapp.database import db
from fairapp.fairs.models import Fair
from fairapp.imports import demo, service
from fairapp.imports.reading import read_fair
from tests.features.world import ACTOR


def run(world, seed, *, dry_run=False):
    outcome = service.import_fair(seed, dry_run=dry_run, hash_password=str, actor=ACTOR, now=world.now)
    db.session.rollback()
    return outcome


def test_the_demo_comes_in_and_a_second_import_changes_nothing(world):
    seed = demo.build()

    first, second = run(world, seed), run(world, seed)

    assert first.created["booth"] == 104
    assert (sum(second.created.values()), sum(second.updated.values())) == (0, 0)
    assert second.unchanged == first.created


def test_a_dry_run_says_what_would_happen_and_changes_nothing(world):
    outcome = run(world, demo.build(), dry_run=True)

    assert outcome.created["enterprise"] == 52
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Fair)) == 0


def test_a_changed_booth_is_updated(sqlite_world):
    document = demo.document()
    run(sqlite_world, demo.build())
    document["booths"][0]["corner"] = not document["booths"][0]["corner"]

    outcome = run(sqlite_world, read_fair(json.dumps(document)).seed)

    assert dict(outcome.updated) == {"booth": 1}


def test_the_commands_print_what_they_did(sqlite_world):
    runner = sqlite_world.app.test_cli_runner()

    demo_output = runner.invoke(args=["fair", "demo"]).output
    schedule = runner.invoke(args=["meetings", "schedule", "--fair", "SIE27"]).output

    assert "organizer@sie27.example" in demo_output
    assert "booth                   104 created" in demo_output
    assert "meetings held of at most" in schedule
    assert runner.invoke(args=["meetings", "schedule", "--fair", "NONE"]).exit_code == 1


def test_an_import_with_mistakes_names_every_row_and_imports_nothing(sqlite_world, tmp_path):
    document = demo.document()
    document["exhibitors"][3]["tax_code"] = "0100233489"
    document["needs"][0]["process"] = "magic"
    file = tmp_path / "fair.json"
    file.write_text(json.dumps(document), encoding="utf-8")

    result = sqlite_world.app.test_cli_runner().invoke(args=["fair", "import", str(file)])

    assert result.exit_code == 2
    assert "exhibitors[3].tax_code: tax_code_check_digit" in result.output
    assert "needs[0].process: unknown_code" in result.output
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Fair)) == 0
