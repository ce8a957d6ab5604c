"""Commands for jobs."""

import click
from flask import current_app
from flask.cli import with_appcontext

from fairapp.jobs import executors


@click.group("jobs")
def jobs_group() -> None:
    """Run long work."""


@jobs_group.command("work")
@click.option("--workers", default=2, show_default=True, help="Threads that run jobs.")
@with_appcontext
def work(workers: int) -> None:
    """Run jobs beside the web processes until stopped (needs JOBS=huey)."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    if app.config["JOBS"] != "huey":
        raise click.ClickException("JOBS is not huey: the web process runs the jobs itself")
    executors.work(app, workers=workers)


@jobs_group.command("run")
@with_appcontext
def run() -> None:
    """Run every job that is due now, then end."""
    count = executors.run_all(current_app._get_current_object())  # type: ignore[attr-defined]
    click.echo(f"{count} jobs run")
