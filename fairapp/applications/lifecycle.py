"""The life of an application: which state may follow which."""

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
    S.WAITING_LIST: frozenset({S.ACCEPTED, S.REJECTED, S.WITHDRAWN}),
    S.ACCEPTED: frozenset({S.CONFIRMED, S.WITHDRAWN}),
    S.CONFIRMED: frozenset({S.WITHDRAWN}),
    S.REJECTED: frozenset({S.APPLIED}),
    S.WITHDRAWN: frozenset({S.APPLIED}),
}
"""A rejection can be undone by the organizer; whoever withdrew may apply again as long as applications are taken."""


def check_step(current: ApplicationStatus, wanted: ApplicationStatus) -> None:
    """Return quietly if an application may go from ``current`` to ``wanted``."""
    if wanted not in MAY_BECOME[current]:
        raise ApplicationStateRefused(current=current.value, wanted=wanted.value)
