"""How a task of the exhibitor manual is done."""

from enum import StrEnum


class TaskAction(StrEnum):
    """How a task is done; all but the last three are seen in what the exhibitor did elsewhere."""

    FASCIA = "fascia"
    PROFILE = "profile"
    CATALOGUE_TEXT = "catalogue_text"
    CERTIFICATES = "certificates"
    STAFF = "staff"
    CONTRACTORS = "contractors"
    ORDERS = "orders"
    PAYMENT = "payment"
    CONFIRM = "confirm"
    """The exhibitor ticks that it has read or done it."""
    TEXT = "text"
    """The exhibitor answers in words."""
    UPLOAD = "upload"
    """The exhibitor sends a file, such as the power plan."""


ANSWERED = frozenset({TaskAction.CONFIRM, TaskAction.TEXT, TaskAction.UPLOAD})
"""Done on the checklist itself."""

DECLARED = frozenset({TaskAction.CERTIFICATES, TaskAction.CONTRACTORS, TaskAction.ORDERS})
"""Seen elsewhere, or declared: no certificates, no contractor, nothing to order."""


def may_answer(action: TaskAction, *, returned: bool) -> bool:
    """Whether an exhibitor may answer on the checklist; to what was returned it always may."""
    return returned or action in ANSWERED or action in DECLARED
