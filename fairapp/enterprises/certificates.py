"""How long a certificate holds, and when its enterprise is warned."""

from datetime import date, timedelta
from enum import StrEnum

WARNED_BEFORE = 60
"""Days before the last one."""


class Validity(StrEnum):
    """Whether a certificate counts."""

    VALID = "valid"
    EXPIRING = "expiring"
    EXPIRED = "expired"


def validity(expires_on: date | None, today: date) -> Validity:
    """Return whether a certificate holds on ``today``; its last day still counts, without one it holds for good."""
    if expires_on is None:
        return Validity.VALID
    if expires_on < today:
        return Validity.EXPIRED
    return Validity.EXPIRING if expires_on <= last_warned_day(today) else Validity.VALID


def last_warned_day(today: date) -> date:
    """Return the latest last day of certificates that are warned of on ``today``."""
    return today + timedelta(days=WARNED_BEFORE)
