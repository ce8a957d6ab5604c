"""What time it is: the only place that asks."""

from collections.abc import Callable
from datetime import UTC, datetime

from flask import current_app


def utc_now() -> datetime:
    """Return the moment of the machine's clock."""
    return datetime.now(UTC)


def now() -> datetime:
    """Return the moment by the application's clock, which a test or a rehearsal may set."""
    ask: Callable[[], datetime] = current_app.config["CLOCK"]
    return ask()
