"""What a living fair has beside its file: each furnisher adds one part of it to the demo."""

from collections.abc import Callable
from datetime import datetime

from fairapp.demo.service import (
    applications,
    co_organizers,
    directory,
    fees,
    letters,
    manual,
    payments,
    profiles,
    staff,
)

FURNISHERS: tuple[Callable[..., None], ...] = (
    profiles.furnish,
    applications.furnish,
    co_organizers.furnish,
    staff.furnish,
    directory.furnish,
    manual.furnish,
    fees.furnish,
    payments.furnish,
    letters.furnish,
)
"""Called in this order with ``fair_id`` and ``now``; each writes in one transaction and makes the same every time."""


def furnish(fair_id: int, *, now: datetime) -> None:
    """Add to a fair that was just imported what its file does not hold."""
    for furnisher in FURNISHERS:
        furnisher(fair_id, now=now)
