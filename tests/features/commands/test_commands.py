"""The commands parse, call a service and print what was done."""

import io

import pikepdf
import pytest


def run(world, *args):
    return world.app.test_cli_runner().invoke(args=list(args))


def test_badges_are_printed_into_a_file(sqlite_world, tmp_path):
    fair = sqlite_world.make_fair()
    sqlite_world.make_visitor(fair)
    sqlite_world.make_buyer(fair)
    target = tmp_path / "badges.pdf"

    result = run(sqlite_world, "badges", "print", "--fair", "SIE27", "--output", str(target))

    assert result.exit_code == 0
    assert "2 badges issued, 2 badges in" in result.output
    assert len(pikepdf.open(io.BytesIO(target.read_bytes())).pages) == 2


@pytest.mark.parametrize(
    "args",
    [
        ("badges", "print", "--fair", "NONE", "--output", "unused.pdf"),
        ("meetings", "schedule", "--fair", "NONE"),
    ],
)
def test_a_fair_that_is_not_there_is_named(sqlite_world, args):
    result = run(sqlite_world, *args)

    assert result.exit_code == 1
    assert "there is no fair NONE" in result.output


def test_a_grid_without_tables_is_told_in_a_sentence(sqlite_world):
    sqlite_world.make_grid(sqlite_world.make_fair(), slots=2, tables=0)

    result = run(sqlite_world, "meetings", "schedule", "--fair", "SIE27")

    assert result.exit_code == 1
    assert result.output.startswith("Error: ")


def test_the_demo_with_its_known_passwords_is_refused_in_production(sqlite_world):
    sqlite_world.app.config["PRODUCTION"] = True
    try:
        result = run(sqlite_world, "fair", "demo")
    finally:
        sqlite_world.app.config["PRODUCTION"] = False

    assert result.exit_code == 1
    assert "known passwords" in result.output


def test_due_jobs_are_run_and_counted(sqlite_world):
    sqlite_world.make_job(sqlite_world.make_fair())

    assert "1 jobs run" in run(sqlite_world, "jobs", "run").output


def test_workers_are_for_installations_that_use_them(sqlite_world):
    result = run(sqlite_world, "jobs", "work")

    assert result.exit_code == 1
    assert "the web process runs the jobs itself" in result.output
