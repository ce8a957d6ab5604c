"""The life of an application: which state may follow which, and what the organizer's decisions are."""

from dataclasses import dataclass
from enum import StrEnum

from fairapp.errors import FairError


class ApplicationStatus(StrEnum):
    """Where an application stands."""

    DRAFT = "draft"
    APPLIED = "applied"
    RETURNED = "returned"
    WAITING_LIST = "waiting_list"
    ACCEPTED = "accepted"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class ApplicationStateRefused(FairError):
    """The application is not in a state that allows this."""

    code = "application_state"


S = ApplicationStatus
MAY_BECOME: dict[ApplicationStatus, frozenset[ApplicationStatus]] = {
    S.DRAFT: frozenset({S.APPLIED, S.WITHDRAWN}),
    S.APPLIED: frozenset({S.RETURNED, S.WAITING_LIST, S.ACCEPTED, S.REJECTED, S.WITHDRAWN}),
    S.RETURNED: frozenset({S.APPLIED, S.REJECTED, S.WITHDRAWN}),
    S.WAITING_LIST: frozenset({S.RETURNED, S.ACCEPTED, S.REJECTED, S.WITHDRAWN}),
    S.ACCEPTED: frozenset({S.CONFIRMED, S.WITHDRAWN}),
    S.CONFIRMED: frozenset({S.WITHDRAWN}),
    S.REJECTED: frozenset(),
    S.WITHDRAWN: frozenset({S.APPLIED}),
}
"""Whoever withdrew may apply again as long as applications are taken; a rejection only the organizer takes back."""

REOPENED_FROM = frozenset({S.RETURNED, S.WAITING_LIST, S.ACCEPTED, S.REJECTED})
"""Decisions that the organizer takes back: the application waits for a decision again."""

UNDECIDED = frozenset({S.APPLIED, S.RETURNED, S.WAITING_LIST})


class Step(StrEnum):
    """What the organizer does with an application."""

    ACCEPT = "accept"
    WAIT = "wait"
    RETURN = "return"
    REJECT = "reject"
    REOPEN = "reopen"


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What a step makes of an application, and which mail tells the enterprise."""

    becomes: ApplicationStatus
    mail: str
    with_reason: bool = False


DECISIONS: dict[Step, Decision] = {
    Step.ACCEPT: Decision(becomes=S.ACCEPTED, mail="application_accepted"),
    Step.WAIT: Decision(becomes=S.WAITING_LIST, mail="application_waiting"),
    Step.RETURN: Decision(becomes=S.RETURNED, mail="application_returned", with_reason=True),
    Step.REJECT: Decision(becomes=S.REJECTED, mail="application_rejected", with_reason=True),
    Step.REOPEN: Decision(becomes=S.APPLIED, mail="application_reopened"),
}


def check_step(current: ApplicationStatus, wanted: ApplicationStatus) -> None:
    """Return quietly if an application may go from ``current`` to ``wanted``."""
    if wanted not in MAY_BECOME[current]:
        raise ApplicationStateRefused(current=current.value, wanted=wanted.value)


def check_decision(current: ApplicationStatus, step: Step) -> None:
    """Return quietly if the organizer may take ``step`` with an application."""
    if step not in open_steps(current):
        raise ApplicationStateRefused(current=current.value, wanted=DECISIONS[step].becomes.value)


def open_steps(current: ApplicationStatus) -> list[Step]:
    """Return what the organizer may do with an application, in the order of the buttons."""
    if current not in UNDECIDED:
        return [Step.REOPEN] if current in REOPENED_FROM else []
    forward: list[Step] = [
        step for step in Step if step is not Step.REOPEN and DECISIONS[step].becomes in MAY_BECOME[current]
    ]
    return [*forward, Step.REOPEN] if current in REOPENED_FROM else forward
