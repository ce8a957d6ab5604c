"""Checking a schedule independently of how it was made."""

from collections import Counter
from collections.abc import Iterable, Mapping

from fairapp.meetings.scheduling.answer import Placement
from fairapp.meetings.scheduling.problem import Problem


def violations(problem: Problem, placements: Iterable[Placement]) -> list[str]:
    """Return every broken rule as a sentence; an empty list means the schedule is sound."""
    matches = {match.id: match for match in problem.matches}
    participants = {participant.id: participant for participant in problem.participants}
    days = {slot.id: slot.day for slot in problem.slots}
    found, seen = [], Counter[tuple[str, str, str]]()
    per_day = Counter[tuple[str, str]]()
    for placement in placements:
        match = matches[placement.match]
        if match.fixed_slot is not None and match.fixed_slot != placement.slot:
            found.append(f"{match.id} left its fixed slot")
        if placement.table not in problem.tables:
            found.append(f"{match.id} is at an unknown table {placement.table}")
        seen["match", match.id, ""] += 1
        seen["table", placement.table, placement.slot] += 1
        for side in (match.a, match.b):
            seen["participant", side, placement.slot] += 1
            per_day[side, days[placement.slot]] += 1
            if placement.slot in participants[side].unavailable and match.fixed_slot is None:
                found.append(f"{side} is not available in {placement.slot}")
    found += [f"{kind} {name} twice in {slot}" for (kind, name, slot), times in seen.items() if times > 1]
    found += [
        f"{name} has {times} meetings on {day}"
        for (name, day), times in per_day.items()
        if (most := participants[name].max_per_day) is not None and times > most
    ]
    return found


def count_idle(problem: Problem, slot_of: Mapping[str, str]) -> int:
    """Return the idle periods: runs of free slots between two meetings of a participant on one day.

    Slots in which the participant is unavailable are left out before the runs are counted.
    """
    days: dict[str, list[str]] = {}
    for slot in problem.slots:
        days.setdefault(slot.day, []).append(slot.id)
    taken: dict[str, set[str]] = {participant.id: set() for participant in problem.participants}
    for match in problem.matches:
        if match.id in slot_of:
            taken[match.a].add(slot_of[match.id])
            taken[match.b].add(slot_of[match.id])
    return sum(
        _runs([slot in taken[participant.id] for slot in slots if slot not in participant.unavailable])
        for participant in problem.participants
        for slots in days.values()
    )


def _runs(busy: list[bool]) -> int:
    runs, open_run, met = 0, False, False
    for taken in busy:
        if taken:
            runs += open_run
            met, open_run = True, False
        elif met:
            open_run = True
    return runs
