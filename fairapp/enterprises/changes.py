"""Two people change the same page: what goes together, and where they said different things."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fairapp.errors import FairError


class ProfileChanged(FairError):
    """Somebody else saved other values for the same fields in the meantime."""

    code = "profile_changed"

    def __init__(self, outcome: "Outcome", *, by: str, at: datetime | None) -> None:
        super().__init__(by=by, at=at)
        self.outcome, self.by = outcome, by


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What to save, and the fields on which two people disagree with what stands there now."""

    values: dict[str, Any]
    saved: dict[str, Any]
    conflicts: tuple[str, ...]


def reconcile(*, seen: Mapping[str, Any], typed: Mapping[str, Any], saved: Mapping[str, Any]) -> Outcome:
    """Bring together what somebody ``typed`` over what was ``seen`` with what others have ``saved`` meanwhile.

    A field that the one left alone takes the other's value; a field that both changed to different values is
    a conflict, and keeps what was typed. A field that was not seen is taken as typed.
    """
    values, conflicts = {}, []
    for name, wanted in typed.items():
        before, now = seen.get(name, saved.get(name)), saved.get(name)
        if wanted == before:
            values[name] = now
        else:
            values[name] = wanted
            if now not in (before, wanted):
                conflicts.append(name)
    return Outcome(values=values, saved=dict(saved), conflicts=tuple(conflicts))
