"""Commands for badges."""

from pathlib import Path
from typing import Any

import click
from flask import current_app
from flask.cli import with_appcontext

from fairapp.badges import queries, service
from fairapp.badges.views.cards import badges_pdf
from fairapp.errors import FairError
from fairapp.fairs import queries as fairs
from fairapp.web import clock
from fairapp.web.access import SYSTEM


@click.group("badges")
def badges_group() -> None:
    """Print badges and change the key that signs them."""


@badges_group.command("print")
@click.option("--fair", "code", required=True, help="The fair's code, such as SIE27.")
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), required=True)
@click.option("--category", default="", help="One category only.")
@click.option("--language", default=None, help="All in one language instead of each holder's.")
@with_appcontext
def print_badges(code: str, output: Path, category: str, language: str | None) -> None:
    """Write every valid badge of a fair into one PDF; who has none gets one."""
    fair, now = _get_fair(code), clock.now()
    issued = service.issue_missing(fair.id, actor=SYSTEM, now=now)
    badges = list(queries.list_to_print(fair.id, category=category))
    if not badges:
        raise click.ClickException("there are no badges to print")
    with current_app.test_request_context():
        pdf = badges_pdf(fair, badges, language=language)
    output.write_bytes(pdf)
    service.mark_printed([badge.id for badge in badges], now=now)
    click.echo(f"{issued} badges issued, {len(badges)} badges in {output} ({len(pdf) // 1024} KiB)")


@badges_group.command("rotate-key")
@click.option("--fair", "code", required=True, help="The fair's code, such as SIE27.")
@with_appcontext
def rotate_key(code: str) -> None:
    """Sign new badges with a new key; printed ones stay valid."""
    key = service.rotate_key(_get_fair(code).id, actor=SYSTEM, now=clock.now())
    click.echo(f"key {key.number} signs the badges of {code} from now on")


def _get_fair(code: str) -> Any:
    try:
        return fairs.get_fair(code)
    except FairError as error:
        raise click.ClickException(f"there is no fair {code}") from error
