"""How far an exhibitor is with its tasks: decided from what it answered and what it did elsewhere."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from enum import StrEnum

from fairapp.manual.actions import TaskAction

LONGEST_FASCIA = 30
ENOUGH_PROFILE = 80
"""Per cent: certificates and customers, which nobody can be made to have, are the rest."""
SOON = timedelta(days=7)
GRACE = timedelta(days=7)
"""Whoever is accepted late has so long for every task."""


class TaskState(StrEnum):
    """Where one task of one exhibitor stands."""

    OPEN = "open"
    SOON = "soon"
    """Open, and the deadline is within a week."""
    LATE = "late"
    RETURNED = "returned"
    """Answered, and the organizer sent it back."""
    DONE = "done"
    WAIVED = "waived"
    NOT_YET = "not_yet"
    """Waits for the organizer: nothing has been asked for yet."""
    MISSED = "missed"
    """Voluntary, and the deadline has passed."""


OPEN_STATES = frozenset({TaskState.OPEN, TaskState.SOON, TaskState.LATE, TaskState.RETURNED})
"""The exhibitor has something to do."""


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What an exhibitor did elsewhere."""

    fascia_name: str = ""
    profile_percent: int = 0
    has_catalogue_text: bool = False
    certificates: int = 0
    certificates_without_file: int = 0
    staff: int = 0
    contractors: int = 0
    orders: int = 0
    payments_asked: int = 0
    payments_owed: int = 0
    """Whole đồng of what was asked for and has not come."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What stands in the row of a task and an exhibitor."""

    answered_at: datetime | None = None
    returned: bool = False
    waived: bool = False


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where one task of one exhibitor stands, and how its deadline."""

    state: TaskState
    late: bool
    """Open after the deadline, or answered after it."""
    days: int
    """Calendar days to the deadline; negative once it has passed."""
    deadline: datetime
    """The one that counts for this exhibitor."""

    @property
    def is_open(self) -> bool:
        """Whether the exhibitor has something to do."""
        return self.state in OPEN_STATES

    @property
    def is_late(self) -> bool:
        """Whether the exhibitor should have done it by now."""
        return self.is_open and self.late


@dataclass(frozen=True, kw_only=True)
class Score:
    """How many tasks are done, of how many."""

    done: int
    of: int
    late: int

    @property
    def percent(self) -> int:
        """The share that is done; of nothing everything is."""
        return 100 * self.done // self.of if self.of else 100


def deadline_for(deadline: datetime, *, accepted_at: datetime) -> datetime:
    """Return the deadline of an exhibitor that was accepted at a moment: nobody is late on the day it comes."""
    return max(deadline, accepted_at + GRACE)


def judge(
    action: TaskAction,
    *,
    deadline: datetime,
    required: bool,
    facts: Facts,
    answer: Answer,
    now: datetime,
    zone: tzinfo,
) -> Standing:
    """Return where a task stands."""
    state, late = _state_of(action, deadline=deadline, required=required, facts=facts, answer=answer, now=now)
    return Standing(state=state, late=late, days=days_to(deadline, now=now, zone=zone), deadline=deadline)


def _state_of(
    action: TaskAction, *, deadline: datetime, required: bool, facts: Facts, answer: Answer, now: datetime
) -> tuple[TaskState, bool]:
    past = now > deadline
    if answer.waived:
        return TaskState.WAIVED, False
    if answer.returned:
        return TaskState.RETURNED, past and required
    if answer.answered_at is not None:
        return TaskState.DONE, answer.answered_at > deadline
    if is_seen(action, facts):
        return TaskState.DONE, False
    if action is TaskAction.PAYMENT and not facts.payments_asked:
        return TaskState.NOT_YET, False
    if past:
        return (TaskState.LATE if required else TaskState.MISSED), required
    return (TaskState.SOON if deadline - now <= SOON else TaskState.OPEN), False


def is_seen(action: TaskAction, facts: Facts) -> bool:
    """Whether what the exhibitor did elsewhere does the task; what is answered here never is."""
    seen = {
        TaskAction.FASCIA: 0 < len(facts.fascia_name.strip()) <= LONGEST_FASCIA,
        TaskAction.PROFILE: facts.profile_percent >= ENOUGH_PROFILE,
        TaskAction.CATALOGUE_TEXT: facts.has_catalogue_text,
        TaskAction.CERTIFICATES: facts.certificates > 0 and facts.certificates_without_file == 0,
        TaskAction.STAFF: facts.staff > 0,
        TaskAction.CONTRACTORS: facts.contractors > 0,
        TaskAction.ORDERS: facts.orders > 0,
        TaskAction.PAYMENT: facts.payments_asked > 0 and facts.payments_owed <= 0,
    }
    return seen.get(action, False)


def days_to(deadline: datetime, *, now: datetime, zone: tzinfo) -> int:
    """Return the calendar days from today to a deadline, in the fair's zone."""
    return (deadline.astimezone(zone).date() - now.astimezone(zone).date()).days


def score(standings: Iterable[Standing]) -> Score:
    """Count what is done; what was waived, missed or waits for the organizer does not count."""
    counted = [one for one in standings if one.is_open or one.state is TaskState.DONE]
    return Score(
        done=sum(one.state is TaskState.DONE for one in counted),
        of=len(counted),
        late=sum(one.is_late for one in counted),
    )
