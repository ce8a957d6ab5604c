"""Shapes on the floor plan: which sides of a booth are open, what overlaps. Metres from the upper left."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

NEAR = 0.05
"""Metres within which two edges touch."""


@dataclass(frozen=True, kw_only=True)
class Rect:
    """A booth's floor."""

    code: str
    x: float
    y: float
    width: float
    depth: float


def open_edges(booth: Rect, others: Iterable[Rect], *, hall_width: float, hall_depth: float) -> str:
    """Return SVG path data of the sides of ``booth`` that neither a neighbor nor a wall closes."""
    left, top, right, bottom = booth.x, booth.y, booth.x + booth.width, booth.y + booth.depth
    neighbors = [other for other in others if other.code != booth.code]
    sides = (
        (f"M{left:g} {top:g}H{right:g}", top <= NEAR or _covered(neighbors, "bottom", top, left, right)),
        (
            f"M{left:g} {bottom:g}H{right:g}",
            bottom >= hall_depth - NEAR or _covered(neighbors, "top", bottom, left, right),
        ),
        (f"M{left:g} {top:g}V{bottom:g}", left <= NEAR or _covered(neighbors, "right", left, top, bottom)),
        (
            f"M{right:g} {top:g}V{bottom:g}",
            right >= hall_width - NEAR or _covered(neighbors, "left", right, top, bottom),
        ),
    )
    return "".join(path for path, closed in sides if not closed)


def _covered(neighbors: Sequence[Rect], side: str, at: float, start: float, end: float) -> bool:
    """Whether neighbors' ``side`` lies at ``at`` along the whole way from ``start`` to ``end``."""
    covered = 0.0
    for other in neighbors:
        edges = {
            "top": (other.y, other.x, other.x + other.width),
            "bottom": (other.y + other.depth, other.x, other.x + other.width),
            "left": (other.x, other.y, other.y + other.depth),
            "right": (other.x + other.width, other.y, other.y + other.depth),
        }
        place, low, high = edges[side]
        if abs(place - at) <= NEAR:
            covered += max(0.0, min(end, high) - max(start, low))
    return covered >= (end - start) - NEAR


def overlaps(booths: Sequence[Rect]) -> list[tuple[str, str]]:
    """Return the pairs of booths that share floor, each pair once, in order of their codes."""
    found = []
    ordered = sorted(booths, key=lambda booth: booth.code)
    for number, one in enumerate(ordered):
        for other in ordered[number + 1 :]:
            wide = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
            deep = min(one.y + one.depth, other.y + other.depth) - max(one.y, other.y)
            if wide > NEAR and deep > NEAR:
                found.append((one.code, other.code))
    return found


def is_inside(booth: Rect, *, hall_width: float, hall_depth: float) -> bool:
    """Whether a booth lies within its hall."""
    return (
        booth.x >= -NEAR
        and booth.y >= -NEAR
        and booth.x + booth.width <= hall_width + NEAR
        and booth.y + booth.depth <= hall_depth + NEAR
    )
