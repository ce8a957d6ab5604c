"""What the booth builder needs of each booth: its name board and its open sides."""

from collections.abc import Sequence
from dataclasses import dataclass

from fairapp.booths.geometry import NEAR, Rect, open_edges

SIDES = ("top", "right", "bottom", "left")
"""As the floor plan shows them."""


@dataclass(frozen=True, kw_only=True)
class FasciaLine:
    """One booth for the builder."""

    hall: str
    code: str
    booth_type: str
    area: float
    size: str
    sides: tuple[str, ...]
    name: str = ""
    exhibitor: str = ""


def open_sides(booth: Rect, others: Sequence[Rect], *, hall_width: float, hall_depth: float) -> tuple[str, ...]:
    """Return the open sides of a booth, in the order of ``SIDES``."""
    path = open_edges(booth, others, hall_width=hall_width, hall_depth=hall_depth)
    found = {_side(part, booth) for part in path.split("M") if part}
    return tuple(side for side in SIDES if side in found)


def _side(part: str, booth: Rect) -> str:
    if "H" in part:
        level = float(part.partition("H")[0].split()[1])
        return "top" if abs(level - booth.y) <= NEAR else "bottom"
    place = float(part.partition("V")[0].split()[0])
    return "left" if abs(place - booth.x) <= NEAR else "right"
