"""From booths to what the floor plan shows: pure, so that every page draws the same."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fairapp.booths.geometry import Rect, open_edges


@dataclass(frozen=True, kw_only=True)
class Shape:
    """A booth as the plan draws it."""

    code: str
    x: float
    y: float
    width: float
    depth: float
    state: str
    title: str
    href: str
    name: str = ""
    edges: str = ""
    rank: int | None = None
    picked: bool = False


def edges_of(rects: Iterable[Rect], *, hall_width: float, hall_depth: float) -> Mapping[str, str]:
    """Return the open sides of every booth of a hall, by booth code."""
    booths = list(rects)
    return {booth.code: open_edges(booth, booths, hall_width=hall_width, hall_depth=hall_depth) for booth in booths}


def short(name: str, width: float) -> str:
    """Return as much of a name as fits over a booth of ``width`` metres."""
    most = max(3, int(width * 2.4))
    return name if len(name) <= most else name[: most - 1].rstrip() + "…"
