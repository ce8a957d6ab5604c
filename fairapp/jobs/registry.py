"""Which function does a job of which name; features register theirs."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol


class Progress(Protocol):
    """Tells how far a job is and keeps its lease alive."""

    def __call__(self, done: int, of: int) -> None: ...


@dataclass(frozen=True, kw_only=True)
class Task:
    """What a handler is given: the job's id for idempotence, its payload, and a way to report."""

    job_id: int
    fair_id: int | None
    account_id: int | None
    payload: dict[str, Any]
    attempt: int
    progress: Progress = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Done:
    """What a handler may return: plain facts for the page, and a stored file to download."""

    outcome: dict[str, Any] | None = None
    file_id: int | None = None


Handler = Callable[[Task], Done | None]

HANDLERS: dict[str, Handler] = {}

DAILY: set[str] = set()
"""Names of jobs that come by themselves, once a day."""


def handles(name: str) -> Callable[[Handler], Handler]:
    """Register the function for jobs of ``name``; it must bear being run twice for one job."""

    def register(handler: Handler) -> Handler:
        if HANDLERS.setdefault(name, handler) is not handler:
            raise ValueError(f"two handlers for jobs named {name}")
        return handler

    return register


def daily(name: str) -> Callable[[Handler], Handler]:
    """Register the function for a job that comes once a day by itself, for no fair in particular."""

    def register(handler: Handler) -> Handler:
        DAILY.add(name)
        return handles(name)(handler)

    return register
