"""The ``flask`` commands: parse, call one service, print."""

from flask import Flask

from fairapp.commands.badges import badges_group
from fairapp.commands.fair import fair_group
from fairapp.commands.jobs import jobs_group
from fairapp.commands.meetings import meetings_group

GROUPS = (badges_group, fair_group, jobs_group, meetings_group)


def register(app: Flask) -> None:
    """Register every command group."""
    for group in GROUPS:
        app.cli.add_command(group)
