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
    for_buyers: bool = False


def edges_of(rects: Iterable[Rect], *, hall_width: float, hall_depth: float) -> Mapping[str, str]:
    """Return the open sides of every booth of a hall, by booth code."""
    booths = list(rects)
    return {booth.code: open_edges(booth, booths, hall_width=hall_width, hall_depth=hall_depth) for booth in booths}


def short(name: str, width: float) -> str:
    """Return as many words of a name as fit over a booth of ``width`` metres, or the beginning of the first."""
    most = max(3, int(width * 2.4))
    if len(name) <= most:
        return name
    whole = name[:most].rpartition(" ")[0].rstrip()
    return f"{whole or name[: most - 1].rstrip()}…"


def title_of(code: str, name: str, state: str, *, width: float) -> str:
    """Return what a booth is called aloud; it begins with what is written on the booth, so that both agree."""
    written = short(name, width).removesuffix("…")
    cut_within_a_word = name[len(written) : len(written) + 1].strip() != ""
    parts = (f"{code} {written}…" if cut_within_a_word else code, name, state)
    return " · ".join(part for part in parts if part)
