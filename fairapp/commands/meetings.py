"""Commands for meetings."""

import time

import click
from flask.cli import with_appcontext

from fairapp.errors import FairError
from fairapp.fairs import queries as fairs
from fairapp.meetings import service
from fairapp.web import clock, refusals
from fairapp.web.access import SYSTEM


@click.group("meetings")
def meetings_group() -> None:
    """Schedule meetings."""


@meetings_group.command("schedule")
@click.option("--fair", "code", required=True, help="The fair's code, such as SIE27.")
@with_appcontext
def schedule(code: str) -> None:
    """Give every accepted request a slot and a table; what was scheduled before does not move."""
    started = time.perf_counter()
    fair = fairs.find_fair(code)
    if fair is None:
        raise click.ClickException(f"there is no fair {code}")
    try:
        answer = service.schedule(fair.id, actor=SYSTEM, now=clock.now())
    except FairError as error:
        raise click.ClickException(str(refusals.sentence_of(error))) from error
    for rest in answer.unscheduled:
        click.echo(f"request {rest.match}: {rest.reason.value}")
    click.echo(
        f"{len(answer.placements)} meetings held of at most {answer.weight_bound}, "
        f"{answer.idle} idle periods, {answer.table_changes} changes of table, "
        f"{len(answer.unscheduled)} without a place, {time.perf_counter() - started:.1f} s"
    )
