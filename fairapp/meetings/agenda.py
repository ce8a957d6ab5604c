"""One person's meetings as a calendar file (RFC 5545)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vText


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A meeting as a calendar shows it; ``uid`` stays when it moves, ``sequence`` counts the moves."""

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    title: str
    place: str
    description: str
    scheduled_at: datetime


def to_ics(meetings: Iterable[Entry], *, name: str, timezone: str) -> bytes:
    """Return a calendar of the meetings, times in the fair's zone."""
    zone = ZoneInfo(timezone)
    calendar = Calendar()
    calendar.add("prodid", "-//fairapp//agenda//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar["x-wr-calname"] = vText(name)
    for meeting in meetings:
        entry = Event()
        entry.add("uid", f"{meeting.uid}@fairapp")
        entry.add("sequence", meeting.sequence)
        entry.add("dtstamp", meeting.scheduled_at)
        entry.add("dtstart", meeting.starts_at.astimezone(zone))
        entry.add("dtend", meeting.ends_at.astimezone(zone))
        entry.add("summary", meeting.title)
        entry.add("location", meeting.place)
        entry.add("description", meeting.description)
        entry.add("status", "CONFIRMED")
        calendar.add_component(entry)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())
