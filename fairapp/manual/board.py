"""Who is how far: one row for each exhibitor, filtered and sorted."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from fairapp.folding import fold
from fairapp.manual.progress import Score, Standing, TaskState, score

LATE, OPEN, DONE, RETURNED = "late", "open", "done", "returned"
STATES = (LATE, OPEN, RETURNED, DONE)
"""By what the list is filtered: of one task where one is chosen, else of all."""

SORTS = ("name", "booth", "done", "late")


@dataclass(frozen=True, kw_only=True)
class Row:
    """One exhibitor and where each of its tasks stands."""

    exhibitor_id: int
    public_id: str
    enterprise_id: int
    name: str
    language: str
    kinds: frozenset[str]
    booths: tuple[str, ...]
    halls: frozenset[str]
    standings: Mapping[int, Standing]
    """By task; a task that is not for the exhibitor has none."""
    search_text: str = ""

    @property
    def score(self) -> Score:
        """How many tasks are done, and how many are late."""
        return score(self.standings.values())

    def late_tasks(self) -> list[int]:
        """Return the tasks that should have been done by now."""
        return [task for task, standing in self.standings.items() if standing.is_late]


def choose(
    rows: Iterable[Row], *, query: str = "", task: int | None = None, state: str = "", kind: str = "", hall: str = ""
) -> list[Row]:
    """Return the rows that the filters leave, in their order."""
    words = fold(query).split()
    return [
        row
        for row in rows
        if (not kind or kind in row.kinds)
        and (not hall or hall in row.halls)
        and (task is None or task in row.standings)
        and (not state or _is_in(row, state, task))
        and all(f" {word}" in row.search_text for word in words)
    ]


def arrange(rows: Iterable[Row], *, by: str, descending: bool = False) -> list[Row]:
    """Return the rows sorted; ties are in the order of names."""
    keys = {
        "name": lambda row: fold(row.name),
        "booth": lambda row: row.booths,
        "done": lambda row: row.score.percent,
        "late": lambda row: row.score.late,
    }
    named = sorted(rows, key=lambda row: (fold(row.name), row.exhibitor_id))
    return sorted(named, key=keys[by], reverse=descending)


def count_by_state(rows: Sequence[Row], task: int | None = None) -> dict[str, int]:
    """Return how many exhibitors each state of the filter leaves."""
    return {state: sum(_is_in(row, state, task) for row in rows) for state in STATES}


def _is_in(row: Row, state: str, task: int | None) -> bool:
    standings = list(row.standings.values()) if task is None else [row.standings[task]] if task in row.standings else []
    if state == LATE:
        return any(one.is_late for one in standings)
    if state == OPEN:
        return any(one.is_open for one in standings)
    if state == RETURNED:
        return any(one.state is TaskState.RETURNED for one in standings)
    return bool(standings) and not any(one.is_open for one in standings)
