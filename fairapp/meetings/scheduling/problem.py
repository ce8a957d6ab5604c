"""What is to be scheduled: slots, tables, participants and the matches between them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from fairapp.errors import FairError


class NoSlots(FairError):
    """There is no meeting grid."""

    code = "grid_without_slots"


class NoTables(FairError):
    """There is a grid, but no table to meet at."""

    code = "grid_without_tables"


@dataclass(frozen=True, kw_only=True)
class Slot:
    """One interval; slots stand in the order of time."""

    id: str
    day: str
    session: str = ""


@dataclass(frozen=True, kw_only=True)
class Participant:
    """A buyer or an exhibitor."""

    id: str
    unavailable: frozenset[str] = frozenset()
    max_per_day: int | None = None


@dataclass(frozen=True, kw_only=True)
class Match:
    """Two participants who agreed to meet; a ``fixed_slot`` and ``fixed_table`` never move."""

    id: str
    a: str
    b: str
    weight: int = 1
    fixed_slot: str | None = None
    fixed_table: str | None = None


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Everything the solver knows."""

    slots: Sequence[Slot]
    tables: Sequence[str]
    participants: Sequence[Participant]
    matches: Sequence[Match] = field(default_factory=tuple)

    def check(self) -> None:
        """Raise where nothing can be scheduled at all."""
        if not self.slots:
            raise NoSlots()
        if not self.tables:
            raise NoTables()
