"""What the solver says: placements, and a reason for each match that was left out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Reason(StrEnum):
    """Why a match has no place."""

    NO_COMMON_SLOT = "no_common_slot"
    PARTICIPANT_FULL = "participant_full"
    NO_TABLE = "no_table"
    LESS_WEIGHT = "less_weight"


@dataclass(frozen=True, kw_only=True)
class Placement:
    """A match with its slot and table."""

    match: str
    slot: str
    table: str


@dataclass(frozen=True, kw_only=True)
class Unscheduled:
    """A match that was left out; ``facts`` name the participant who is full, for instance."""

    match: str
    reason: Reason
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A schedule with its figures; ``weight_bound`` is proven, no schedule can hold more."""

    placements: Sequence[Placement]
    unscheduled: Sequence[Unscheduled]
    weight: int
    weight_bound: int
    idle: int
    table_changes: int

    @property
    def optimal(self) -> bool:
        """Whether no schedule holds more weight."""
        return self.weight == self.weight_bound
