"""Whom a bulk mail goes to: one row for each exhibitor or application, and the filters that choose them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import datetime

from fairapp.folding import fold

EXHIBITORS, APPLICATIONS = "exhibitors", "applications"
ANY_TASK = "any"
PLACEHOLDERS = (
    "name", "enterprise", "fair", "fair_code", "booth", "hall", "fascia", "tasks", "deadline", "amount", "link",
)  # fmt: skip
"""What the words of a mail that people send by hand may use."""


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """One enterprise with its contact, and what can be said to it."""

    key: str
    """The public id of the exhibitor or application."""
    enterprise_id: int
    enterprise: str
    to: str
    to_name: str
    phone: str
    language: str
    status: str = ""
    co_organizer: str = ""
    booths: tuple[str, ...] = ()
    halls: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    fascia: str = ""
    owed: int = 0
    late: frozenset[str] = frozenset()
    """Public ids of the tasks that are late."""
    open_tasks: tuple[Mapping[str, str], ...] = ()
    """Titles of the tasks that are open, the most urgent first."""
    deadline: datetime | None = None
    """The next deadline among them."""
    is_exhibitor: bool = False
    search_text: str = field(default="", repr=False)


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What a list of recipients is narrowed by; empty means everybody."""

    audience: str = EXHIBITORS
    query: str = ""
    status: str = ""
    co_organizer: str = ""
    hall: str = ""
    kind: str = ""
    language: str = ""
    late: str = ""
    """``any``, or the public id of a task."""
    unpaid: str = ""
    booth: str = ""
    """``none`` or ``has``."""

    @classmethod
    def read(cls, arguments: Mapping[str, str]) -> "Filters":
        """Return what an address or a kept row asks for."""
        known = {one.name for one in fields(cls)}
        given = {("query" if name == "q" else name): value for name, value in arguments.items() if value}
        chosen = {name: value for name, value in given.items() if name in known}
        if chosen.get("audience") not in (EXHIBITORS, APPLICATIONS):
            chosen["audience"] = EXHIBITORS
        return cls(**chosen)

    def arguments(self) -> dict[str, str]:
        """Return the filters as they stand in an address."""
        values = {one.name: getattr(self, one.name) for one in fields(self)}
        return {("q" if name == "query" else name): value for name, value in values.items() if value}


def choose(rows: Iterable[Recipient], filters: Filters) -> list[Recipient]:
    """Return the recipients that the filters leave, those without a mail address left out."""
    words = fold(filters.query).split()
    return [
        row
        for row in rows
        if row.to
        and (not filters.status or row.status == filters.status)
        and (not filters.co_organizer or row.co_organizer == filters.co_organizer)
        and (not filters.hall or filters.hall in row.halls)
        and (not filters.kind or filters.kind in row.kinds)
        and (not filters.language or row.language == filters.language)
        and (not filters.late or (bool(row.late) if filters.late == ANY_TASK else filters.late in row.late))
        and (not filters.unpaid or row.owed > 0)
        and (not filters.booth or bool(row.booths) == (filters.booth == "has"))
        and all(f" {word}" in row.search_text for word in words)
    ]
