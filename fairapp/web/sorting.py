"""By which column a list is sorted: read from the address, taken from a list of what is allowed."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Sort:
    """One column of a list and the way it runs."""

    by: str
    descending: bool = False

    @property
    def order(self) -> str:
        """The way as the address writes it."""
        return "down" if self.descending else "up"

    def after_click(self, column: str) -> "Sort":
        """Return what a click on the head of ``column`` asks for: the other way round if it is sorted already."""
        return Sort(by=column, descending=column == self.by and not self.descending)


def read_sort(arguments: Mapping[str, str], allowed: Collection[str], default: Sort) -> Sort:
    """Return what the address asks for; a column that is not allowed gives ``default``."""
    column = arguments.get("sort", "")
    if column not in allowed:
        return default
    return Sort(by=column, descending=arguments.get("order") == "down")


def ordering(columns: Mapping[str, Any], sort: Sort) -> Any:
    """Return the column of ``sort`` in its direction; the caller adds what breaks ties."""
    column = columns[sort.by]
    return column.desc() if sort.descending else column.asc()
