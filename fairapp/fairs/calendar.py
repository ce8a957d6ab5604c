"""Days and hours of a fair in its own zone, and the clock of a rehearsal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from fairapp.errors import FairError


class OpeningHoursRefused(FairError):
    """A day that closes before it opens, or that lets exhibitors in after everybody else."""

    code = "opening_hours"


@dataclass(frozen=True, kw_only=True)
class Hours:
    """The opening hours of a day, in the fair's zone."""

    opens: time
    closes: time
    early: time
    """From when exhibitors, contractors and organizers may enter."""


def check_hours(hours: Mapping[date, Hours]) -> None:
    """Return quietly if on every day exhibitors come first, then everybody, and then the fair closes."""
    for day, one in hours.items():
        if not one.early <= one.opens < one.closes:
            raise OpeningHoursRefused(day=day)


@dataclass(frozen=True, kw_only=True)
class Day:
    """A fair day as moments."""

    day: date
    opens_at: datetime
    closes_at: datetime
    early_from: datetime


def to_day(day: date, *, opens: time, closes: time, early: time, timezone: str) -> Day:
    """Return a fair day's hours as moments."""
    zone = ZoneInfo(timezone)
    return Day(
        day=day,
        opens_at=datetime.combine(day, opens, zone),
        closes_at=datetime.combine(day, closes, zone),
        early_from=datetime.combine(day, early, zone),
    )


def find_day(days: Sequence[Day], moment: datetime, timezone: str) -> Day | None:
    """Return the fair day on which a moment lies in the fair's zone."""
    local = moment.astimezone(ZoneInfo(timezone)).date()
    return next((day for day in days if day.day == local), None)


def fair_time(now: datetime, *, days: Sequence[Day], rehearsal_started_at: datetime | None) -> datetime:
    """Return the moment by the fair's clock: a rehearsal runs from the first opening."""
    if rehearsal_started_at is None or not days:
        return now
    return days[0].opens_at + (now - rehearsal_started_at)


def days_of(mask: int, days: Sequence[date]) -> frozenset[date]:
    """Return the days that a badge's bits mean; bit 0 is the first fair day."""
    return frozenset(day for number, day in enumerate(days) if mask >> number & 1)


def mask_of(chosen: Sequence[date], days: Sequence[date]) -> int:
    """Return the bits for some of a fair's days."""
    return sum(1 << number for number, day in enumerate(days) if day in chosen)


@dataclass(frozen=True, kw_only=True)
class Building:
    """When contractors build and dismantle, as the fair's settings say."""

    move_in: frozenset[date] = frozenset()
    """Whole days, in the fair's zone."""
    out_from: datetime | None = None
    out_until: datetime | None = None

    def includes(self, moment: datetime, timezone: str) -> bool:
        """Whether contractors may work at a moment."""
        if moment.astimezone(ZoneInfo(timezone)).date() in self.move_in:
            return True
        return self.out_from is not None and self.out_until is not None and self.out_from <= moment < self.out_until

    @property
    def days(self) -> tuple[date, ...]:
        """Every day on which there is work, in order."""
        out = {self.out_from.date()} if self.out_from else set()
        return tuple(sorted(self.move_in | out))


def building_times(move_in: Sequence[str], move_out_at: datetime | None, *, timezone: str) -> Building:
    """Return when contractors work: on the days of move-in, and from the move-out to the end of the day after it."""
    days = frozenset(date.fromisoformat(day) for day in move_in)
    if move_out_at is None:
        return Building(move_in=days)
    zone = ZoneInfo(timezone)
    starts = move_out_at.astimezone(zone)
    ends = datetime.combine(starts.date() + timedelta(days=2), time(), zone)
    return Building(move_in=days, out_from=starts, out_until=ends)
