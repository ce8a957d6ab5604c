"""Who suits a booth, and why: the reasons that an organizer weighs before allocating."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """What speaks for or against a candidate."""

    CHOICE = "choice"
    AREA_FITS = "area_fits"
    TYPE_FITS = "type_fits"
    AREA_LESS = "area_less"
    AREA_MORE = "area_more"
    TYPE_DIFFERS = "type_differs"


AGAINST = frozenset({Reason.AREA_LESS, Reason.AREA_MORE, Reason.TYPE_DIFFERS})


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What an exhibitor applied for; nothing where it came without an application."""

    exhibitor_id: int
    name: str
    area: int | None = None
    booth_type: str | None = None
    rank: int | None = None
    """At which place it chose this booth."""
    points: int = 0


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """An exhibitor without a booth, and what speaks for and against it."""

    wanted: Wanted
    reasons: tuple[Reason, ...]

    @property
    def against(self) -> int:
        """How many reasons speak against it."""
        return len(AGAINST.intersection(self.reasons))


def rank_candidates(wanted: Sequence[Wanted], *, area: float, booth_type: str) -> list[Candidate]:
    """Return everybody without a booth, the best first: who chose the booth, whom it fits, who has more points."""
    candidates = [Candidate(wanted=one, reasons=_reasons(one, area=area, booth_type=booth_type)) for one in wanted]
    return sorted(
        candidates,
        key=lambda one: (
            one.against > 0 and one.wanted.rank is None,
            one.wanted.rank or len(candidates) + 1,
            one.against,
            -one.wanted.points,
            one.wanted.name,
            one.wanted.exhibitor_id,
        ),
    )


def _reasons(wanted: Wanted, *, area: float, booth_type: str) -> tuple[Reason, ...]:
    reasons = [Reason.CHOICE] if wanted.rank else []
    if wanted.area is not None:
        fits = Reason.AREA_FITS if area == wanted.area else Reason.AREA_LESS
        reasons.append(Reason.AREA_MORE if area > wanted.area else fits)
    if wanted.booth_type is not None:
        reasons.append(Reason.TYPE_FITS if booth_type == wanted.booth_type else Reason.TYPE_DIFFERS)
    return tuple(reasons)
