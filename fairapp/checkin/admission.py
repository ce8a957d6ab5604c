"""Who may pass a gate: one pure decision with a stable code for every outcome.

The codes beside pretix's: admitted = valid, already_in = used, revoked = revoked, wrong_day and
not_open = invalid_time, wrong_category = product; not_ours, wrong_fair, forged and unknown_badge = invalid.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from fairapp.fairs.calendar import Building


class Code(StrEnum):
    """What a gate says; never renamed, devices and reports rely on them."""

    ADMITTED = "admitted"
    ALREADY_IN = "already_in"
    WRONG_DAY = "wrong_day"
    NOT_OPEN = "not_open"
    WRONG_CATEGORY = "wrong_category"
    REVOKED = "revoked"
    NOT_OURS = "not_ours"
    WRONG_FAIR = "wrong_fair"
    FORGED = "forged"
    UNKNOWN_BADGE = "unknown_badge"


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """The answer of a gate; ``facts`` fill the sentence that explains it."""

    code: Code
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def admitted(self) -> bool:
        """Whether the holder may pass."""
        return self.code is Code.ADMITTED


@dataclass(frozen=True, kw_only=True)
class Hours:
    """When a fair day lets people in; ``early_from`` for those who work there."""

    day: date
    opens_at: datetime
    closes_at: datetime
    early_from: datetime


@dataclass(frozen=True, kw_only=True)
class BadgeStatus:
    """What is known of a badge at the moment of the scan."""

    category: str
    days: frozenset[date]
    revoked_reason: str | None = None
    replaced_by: str = ""
    """Serial of the badge that was printed instead."""
    checked_in_at: datetime | None = None
    checked_in_gate: str = ""


NO_BUILDING = Building()

EARLY = frozenset({"exhibitor", "organizer", "contractor", "interpreter", "speaker"})
"""Categories that may enter before the visitors' opening hour."""


BUILDERS = frozenset({"contractor"})
"""Categories that may enter while booths are built and dismantled."""


def decide(
    badge: BadgeStatus,
    *,
    admitted_categories: frozenset[str],
    hours: Hours | None,
    building: Building = NO_BUILDING,
    timezone: str = "UTC",
    now: datetime,
) -> Verdict:
    """Return whether the holder of ``badge`` may pass now; ``hours`` is ``None`` on days without fair.

    A contractor's badge for move-in and move-out has no fair day: in the fair's hours it is refused as any badge
    on a wrong day, and at the times of ``building`` it opens the gate, fair day or not.

    An empty ``admitted_categories`` admits all. The order of the checks is the order of what the gate
    must do: a revoked badge is taken away whatever the day.
    """
    if badge.revoked_reason is not None:
        facts = {"reason": badge.revoked_reason, "replaced_by": badge.replaced_by}
        return Verdict(code=Code.REVOKED, facts=facts)
    builds = badge.category in BUILDERS and building.includes(now, timezone)
    on_day = hours is not None and hours.day in badge.days
    if not builds and not on_day:
        days = badge.days or (building.days if badge.category in BUILDERS else ())
        return Verdict(code=Code.WRONG_DAY, facts={"days": tuple(sorted(days))})
    if admitted_categories and badge.category not in admitted_categories:
        return Verdict(code=Code.WRONG_CATEGORY, facts={"category": badge.category})
    if hours is not None and not builds:
        opens_at = hours.early_from if badge.category in EARLY else hours.opens_at
        if not opens_at <= now <= hours.closes_at:
            return Verdict(code=Code.NOT_OPEN, facts={"opens_at": opens_at, "closes_at": hours.closes_at})
    if badge.checked_in_at is not None:
        return Verdict(code=Code.ALREADY_IN, facts={"at": badge.checked_in_at, "gate": badge.checked_in_gate})
    return Verdict(code=Code.ADMITTED)


LONGEST_WAIT = timedelta(days=30)
"""No scan waits longer for the network; a clock that was set in between makes it seem so."""


def moment_of(*, scanned_at: datetime, sent_at: datetime, now: datetime) -> datetime:
    """Return when a scan happened by the server's clock.

    Both other moments are by the device's clock, whose error cancels out in their difference: a scan that
    waited for the network counts for the time it was made, also when the device's clock is wrong.
    """
    return now - min(max(sent_at - scanned_at, timedelta()), LONGEST_WAIT)
