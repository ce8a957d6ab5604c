"""Commands for whole fairs."""

import json
import sys
from collections.abc import Iterable
from pathlib import Path

import click
from flask import current_app
from flask.cli import with_appcontext
from flask_security import hash_password

from fairapp.badges import service as badges
from fairapp.checkin import service as gates
from fairapp.demo.service.everything import furnish
from fairapp.fairs import queries as fairs
from fairapp.imports import demo, service
from fairapp.imports.reading import read_fair
from fairapp.imports.rows import RowError
from fairapp.imports.seeds import Seed
from fairapp.web import clock
from fairapp.web.access import SYSTEM


@click.group("fair")
def fair_group() -> None:
    """Bring in whole fairs."""


@fair_group.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would happen, change nothing.")
@with_appcontext
def import_fair(file: Path, dry_run: bool) -> None:
    """Import a fair from FILE (JSON); again with the same file changes nothing."""
    reading = read_fair(file.read_bytes())
    if reading.seed is None:
        _show_errors(reading.errors)
        sys.exit(2)
    _run(reading.seed, dry_run=dry_run)


@fair_group.command("demo")
@click.option("--scale", type=click.IntRange(1, 20), default=1, show_default=True, help="So many times as large.")
@click.option("--unless-there", is_flag=True, help="Do nothing if the demo fair is there.")
@with_appcontext
def demo_fair(scale: int, unless_there: bool) -> None:
    """Create the demo fair SIE27 with one account for each role."""
    if current_app.config["PRODUCTION"]:
        raise click.ClickException("the demo has accounts with known passwords: not where PRODUCTION=1")
    seed = demo.build(scale)
    if unless_there and fairs.find_fair(seed.fair.code) is not None:
        click.echo(f"{seed.fair.code} is there")
    else:
        _run(seed, dry_run=False)
        fair = fairs.get_fair(seed.fair.code)
        now = clock.now()
        furnish(fair.id, now=now)
        issued = badges.issue_missing(fair.id, actor=SYSTEM, now=now)
        click.echo(f"{issued} badges issued")
        gates.set_rehearsal(fair.id, on=True, actor=SYSTEM, now=now)
        click.echo("the gates rehearse: for them it is the first opening")
    _show_accounts(seed)


def _run(seed: Seed, *, dry_run: bool) -> None:
    outcome = service.import_fair(seed, dry_run=dry_run, hash_password=hash_password, actor=SYSTEM, now=clock.now())
    for line in outcome.lines():
        click.echo(line)
    click.echo(f"{seed.fair.code}: nothing was changed (dry run)" if dry_run else f"{seed.fair.code}: done")


def _show_errors(errors: Iterable[RowError]) -> None:
    number = 0
    for error in errors:
        number += 1
        facts = json.dumps(error.facts, ensure_ascii=False, default=str) if error.facts else ""
        click.echo(f"{error.path or 'file'}: {error.code} {facts}".rstrip(), err=True)
    click.echo(f"{number} errors; nothing was imported", err=True)


def _show_accounts(seed: Seed) -> None:
    click.echo("\nEverybody and everything here is invented. Accounts (password in the last column):")
    for account in seed.accounts:
        click.echo(f"  {account.role.value:<18} {account.email:<34} {account.password}")
