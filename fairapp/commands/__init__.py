"""The ``flask`` commands: parse, call one service, print."""

from flask import Flask

from fairapp.commands.jobs import jobs_group

GROUPS = (jobs_group,)


def register(app: Flask) -> None:
    """Register every command group."""
    for group in GROUPS:
        app.cli.add_command(group)
