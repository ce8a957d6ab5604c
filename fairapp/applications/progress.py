"""What an exhibitor has done for its application, and what is still to be done."""

from dataclasses import dataclass
from enum import StrEnum

from fairapp.applications.lifecycle import ApplicationStatus
from fairapp.applications.scans import ScanState


class Task(StrEnum):
    """One thing an exhibitor does on the way to the fair."""

    SEND = "send"
    SIGN = "sign"
    CONFIRM = "confirm"
    PROFILE = "profile"
    STAFF = "staff"


class Standing(StrEnum):
    """How far a task is."""

    DONE = "done"
    NOW = "now"
    LATER = "later"
    AGAIN = "again"
    """It was done and has to be done once more."""


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is looked at."""

    status: ApplicationStatus
    scan_state: str
    has_scan: bool
    profile_complete: bool
    has_staff: bool


S = ApplicationStatus
SENT = frozenset({S.APPLIED, S.WAITING_LIST, S.ACCEPTED, S.CONFIRMED})


def list_tasks(facts: Facts) -> list[tuple[Task, Standing]]:
    """Return the tasks in the order of the way, each with how far it is."""
    accepted = facts.status in (S.ACCEPTED, S.CONFIRMED)
    confirm = Standing.NOW if facts.status is S.ACCEPTED else Standing.LATER
    return [
        (Task.SEND, Standing.DONE if facts.status in SENT else Standing.AGAIN),
        (Task.SIGN, _sign(facts)),
        (Task.CONFIRM, Standing.DONE if facts.status is S.CONFIRMED else confirm),
        (Task.PROFILE, _after(accepted, done=facts.profile_complete)),
        (Task.STAFF, _after(accepted, done=facts.has_staff)),
    ]


def _sign(facts: Facts) -> Standing:
    if not facts.has_scan:
        return Standing.NOW
    return Standing.AGAIN if facts.scan_state == ScanState.OLDER.value else Standing.DONE


def _after(accepted: bool, *, done: bool) -> Standing:
    if done:
        return Standing.DONE
    return Standing.NOW if accepted else Standing.LATER
