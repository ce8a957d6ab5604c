"""When exhibitors are reminded of a deadline: 7, 2 and 1 days before, and once after it."""

from collections.abc import Collection
from datetime import datetime, tzinfo

from fairapp.manual.progress import days_to

STAGES = (7, 2, 1, -1)
"""Days before the deadline; -1 is once it has passed."""

LONGEST_AFTER = 14
"""Days after the deadline in which the last reminder still makes sense."""


def stage_of(deadline: datetime, *, now: datetime, zone: tzinfo) -> int | None:
    """Return the reminder that is due at ``now``, ``None`` far from the deadline.

    A day on which no job ran loses nothing: the stage lasts until the next one begins.
    """
    days = days_to(deadline, now=now, zone=zone)
    if now > deadline:
        return -1 if days >= -LONGEST_AFTER else None
    if days <= 1:
        return 1
    if days <= 2:
        return 2
    return 7 if days <= 7 else None


def is_due(deadline: datetime, *, chosen: Collection[int], sent: Collection[int], now: datetime, zone: tzinfo) -> bool:
    """Whether a reminder must go out now: its stage is switched on and none of the stage went out."""
    stage = stage_of(deadline, now=now, zone=zone)
    return stage is not None and stage in chosen and stage not in sent
