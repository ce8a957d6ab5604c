"""How much net area an application asks for."""

from fairapp.errors import FairError

AREA_OF = {"standard_9": 9, "standard_18": 18, "premium_9": 9}
"""Net m² of one booth; raw space is measured out."""

RAW_SPACE = "raw_space"
RAW_SPACE_LEAST = 18
MOST_BOOTHS = 20


class RawSpaceTooSmall(FairError):
    """Raw space is rented from a smallest area on."""

    code = "raw_space_too_small"


def wanted_area(booth_type: str, quantity: int, area: int | None) -> int:
    """Return the net m² in all: of so many booths, or of raw space as it was asked for."""
    if booth_type != RAW_SPACE:
        return AREA_OF[booth_type] * quantity
    if area is None or area < RAW_SPACE_LEAST:
        raise RawSpaceTooSmall(least=RAW_SPACE_LEAST)
    return area
