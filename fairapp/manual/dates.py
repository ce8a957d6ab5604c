"""Deadlines as moments: counted from the opening, or moved with a fair."""

from datetime import date, datetime, time, timedelta, tzinfo

CLOSE_OF_BUSINESS = time(17, 0)


def before_opening(starts_on: date, *, days: int, zone: tzinfo) -> datetime:
    """Return the end of the working day ``days`` before a fair opens."""
    return datetime.combine(starts_on - timedelta(days=days), CLOSE_OF_BUSINESS, zone)


def shifted(deadline: datetime, *, old_start: date, old_zone: tzinfo, new_start: date, new_zone: tzinfo) -> datetime:
    """Return a deadline at the same distance from another fair's opening, at the same time of day."""
    local = deadline.astimezone(old_zone).replace(tzinfo=None)
    return (local + (new_start - old_start)).replace(tzinfo=new_zone)
