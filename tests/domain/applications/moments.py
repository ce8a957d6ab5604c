"""Moments of a test."""

from datetime import UTC, datetime


def at(day: int) -> datetime:
    """Return noon of a day in December."""
    return datetime(2026, 12, day, 12, tzinfo=UTC)
