"""The solver: an exact program chooses which matches are held, chains of swaps then close the gaps.

First HiGHS decides which matches can be held and proves how much weight is possible at all. Then
Kempe chains (exchanging two slots along every match that the exchange touches) lower the number of
idle periods, without ever giving up a match. Same problem, same answer: ties are broken by ids, the
random numbers come from a fixed seed, and the work is bounded by counts, not by the clock.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Mapping

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

from fairapp.meetings.scheduling.answer import Answer, Placement, Reason, Unscheduled
from fairapp.meetings.scheduling.checking import count_idle
from fairapp.meetings.scheduling.problem import Match, Participant, Problem

NODES = 2000
SWEEPS = 40


def solve(problem: Problem, *, seed: int = 0) -> Answer:
    """Return the best schedule found, with a proven bound on the weight and a reason for each rest."""
    problem.check()
    state = _State(problem)
    slot_of, bound = _choose(state)
    slot_of = _close_gaps(state, slot_of, seed=seed)
    table_of = _seat(state, slot_of)
    weight = sum(match.weight for match in state.matches if match.id in slot_of)
    return Answer(
        placements=[
            Placement(match=match.id, slot=slot_of[match.id], table=table_of[match.id])
            for match in sorted(state.matches, key=lambda match: match.id)
            if match.id in slot_of
        ],
        unscheduled=[_explain(state, match, slot_of) for match in state.matches if match.id not in slot_of],
        weight=weight,
        weight_bound=max(bound, weight),
        idle=count_idle(problem, slot_of),
        table_changes=_table_changes(state, slot_of, table_of),
    )


class _State:
    """The problem, indexed."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.matches = sorted(problem.matches, key=lambda match: match.id)
        self.by_id = {match.id: match for match in self.matches}
        self.participants = {one.id: one for one in problem.participants}
        self.slots = [slot.id for slot in problem.slots]
        self.number = {slot: number for number, slot in enumerate(self.slots)}
        self.day = {slot.id: slot.day for slot in problem.slots}
        self.tables = sorted(problem.tables)

    def common_slots(self, match: Match) -> list[str]:
        """The slots in which both sides could meet."""
        if match.fixed_slot is not None:
            return [match.fixed_slot] if match.fixed_slot in self.number else []
        away = self.participants[match.a].unavailable | self.participants[match.b].unavailable
        return [slot for slot in self.slots if slot not in away]


def _choose(state: _State) -> tuple[dict[str, str], int]:
    """Return which matches are held and in which slot, and the most weight any schedule can hold."""
    pairs = [(match, slot) for match in state.matches for slot in state.common_slots(match)]
    if not pairs:
        return {}, 0
    rows: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for column, (match, slot) in enumerate(pairs):
        rows["match", match.id].append(column)
        rows["table", slot].append(column)
        for side in (match.a, match.b):
            rows["side", side, slot].append(column)
            if state.participants[side].max_per_day is not None:
                rows["day", side, state.day[slot]].append(column)
    most = [_most(state, key) for key in rows]
    where = [(row, column) for row, columns in enumerate(rows.values()) for column in columns]
    index = np.array(where)
    matrix = coo_array((np.ones(len(where)), (index[:, 0], index[:, 1])), shape=(len(rows), len(pairs)))
    least = np.array([1.0 if match.fixed_slot is not None else 0.0 for match, _ in pairs])
    # A small price for late slots keeps days short and makes the optimum unique enough to repeat.
    gain = np.array([match.weight - 1e-5 * state.number[slot] for match, slot in pairs])
    found = milp(
        -gain,
        integrality=np.ones(len(pairs)),
        bounds=Bounds(least, 1),
        constraints=LinearConstraint(matrix.tocsr(), ub=np.array(most, dtype=float)),
        options={"node_limit": NODES, "mip_rel_gap": 1e-6},
    )
    if found.x is None:
        return _choose_greedily(state), sum(match.weight for match in state.matches)
    chosen = {match.id: slot for (match, slot), value in zip(pairs, found.x, strict=True) if value > 0.5}
    slack = 1e-5 * len(state.slots) * len(state.matches)
    return chosen, int(np.floor(-found.mip_dual_bound + slack + 1e-6))


def _most(state: _State, key: tuple[str, ...]) -> int:
    if key[0] == "table":
        return len(state.tables)
    if key[0] == "day":
        return state.participants[key[1]].max_per_day or 0
    return 1


def _choose_greedily(state: _State) -> dict[str, str]:
    """Place matches one by one, the heaviest first; the last resort when the exact way gives nothing."""
    occupied: set[tuple[str, str]] = set()
    tables, per_day = Counter[str](), Counter[tuple[str, str]]()
    chosen: dict[str, str] = {}
    order = sorted(state.matches, key=lambda match: (match.fixed_slot is None, -match.weight, match.id))
    for match in order:
        for slot in state.common_slots(match):
            sides = (match.a, match.b)
            if any((side, slot) in occupied for side in sides) or tables[slot] >= len(state.tables):
                continue
            if any(_day_full(state.participants[side], per_day[side, state.day[slot]]) for side in sides):
                continue
            chosen[match.id] = slot
            tables[slot] += 1
            for side in sides:
                occupied.add((side, slot))
                per_day[side, state.day[slot]] += 1
            break
    return chosen


def _day_full(participant: Participant, meetings: int) -> bool:
    return participant.max_per_day is not None and meetings >= participant.max_per_day


def _close_gaps(state: _State, slot_of: dict[str, str], *, seed: int) -> dict[str, str]:
    """Return the same matches in slots with fewer idle periods."""
    board = _Board(state, slot_of)
    chance = random.Random(seed)  # noqa: S311 (breaks ties, guards nothing)
    order = sorted(slot_of)
    for _ in range(SWEEPS):
        if board.idle == 0:
            break
        before = board.idle
        chance.shuffle(order)
        for match in order:
            for slot in state.slots:
                board.try_exchange(match, slot)
        if board.idle == before:
            break
    return board.slot_of


class _Board:
    """Slots of the held matches, with the idle periods of every participant and day kept up to date."""

    def __init__(self, state: _State, slot_of: Mapping[str, str]) -> None:
        self.state = state
        self.slot_of = dict(slot_of)
        self.at: dict[tuple[str, str], str] = {}
        self.tables = Counter[str](slot_of.values())
        for match_id, slot in slot_of.items():
            match = state.by_id[match_id]
            self.at[match.a, slot] = self.at[match.b, slot] = match_id
        self._days: dict[str, list[str]] = defaultdict(list)
        for slot in state.slots:
            self._days[state.day[slot]].append(slot)
        self.idle = sum(self._idle(one, day) for one in state.participants for day in self._days)

    def try_exchange(self, match_id: str, target: str) -> None:
        """Move a match to ``target``, and whatever that displaces the other way, if idle periods fall."""
        source = self.slot_of[match_id]
        if source == target:
            return
        chain = self._chain(match_id, source, target)
        if chain is None:
            return
        sides = sorted({side for one in chain for side in self._sides(one)})
        days = {self.state.day[source], self.state.day[target]}
        before = sum(self._idle(side, day) for side in sides for day in days)
        self._exchange(chain, source, target)
        after = sum(self._idle(side, day) for side in sides for day in days)
        if after > before or not self._days_hold(sides, days) or (after == before and target > source):
            self._exchange(chain, source, target)
            return
        self.idle += after - before

    def _chain(self, match_id: str, source: str, target: str) -> list[str] | None:
        """Return the matches that must change between two slots together, or ``None`` if one cannot."""
        chain, front = {match_id}, [match_id]
        while front:
            one = front.pop()
            other = target if self.slot_of[one] == source else source
            if self.state.by_id[one].fixed_slot is not None:
                return None
            for side in self._sides(one):
                if other in self.state.participants[side].unavailable:
                    return None
                displaced = self.at.get((side, other))
                if displaced is not None and displaced not in chain:
                    chain.add(displaced)
                    front.append(displaced)
        moved = sum(1 if self.slot_of[one] == source else -1 for one in chain)
        room = len(self.state.tables)
        if self.tables[target] + moved > room or self.tables[source] - moved > room:
            return None
        return sorted(chain)

    def _exchange(self, chain: list[str], source: str, target: str) -> None:
        for one in chain:
            for side in self._sides(one):
                self.at.pop((side, self.slot_of[one]), None)
            self.tables[self.slot_of[one]] -= 1
        for one in chain:
            slot = target if self.slot_of[one] == source else source
            self.slot_of[one] = slot
            self.tables[slot] += 1
            for side in self._sides(one):
                self.at[side, slot] = one

    def _sides(self, match_id: str) -> tuple[str, str]:
        match = self.state.by_id[match_id]
        return match.a, match.b

    def _days_hold(self, sides: list[str], days: set[str]) -> bool:
        return all(
            self.state.participants[side].max_per_day is None
            or sum((side, slot) in self.at for slot in self._days[day])
            <= (self.state.participants[side].max_per_day or 0)
            for side in sides
            for day in days
        )

    def _idle(self, side: str, day: str) -> int:
        away = self.state.participants[side].unavailable
        runs, open_run, met = 0, 0, False
        for slot in self._days[day]:
            if (side, slot) in self.at:
                runs += open_run
                met, open_run = True, 0
            elif met and slot not in away:
                open_run = 1
        return runs


def _seat(state: _State, slot_of: Mapping[str, str]) -> dict[str, str]:
    """Return a table for each held match: the one its side ``a`` had last, where it is free."""
    by_slot: dict[str, list[Match]] = defaultdict(list)
    for match_id in sorted(slot_of):
        by_slot[slot_of[match_id]].append(state.by_id[match_id])
    last: dict[str, str] = {}
    table_of: dict[str, str] = {}
    for slot in state.slots:
        free = set(state.tables)
        waiting = []
        for match in by_slot[slot]:
            wanted = match.fixed_table if match.fixed_slot is not None else None
            if wanted in free:
                table_of[match.id] = wanted
                free.discard(wanted)
            else:
                waiting.append(match)
        rest = []
        for match in waiting:
            wanted = next((last[side] for side in (match.a, match.b) if last.get(side) in free), None)
            if wanted is None:
                rest.append(match)
                continue
            table_of[match.id] = wanted
            free.discard(wanted)
        # A table that nobody sat at yet leaves the others to those who did.
        for match in rest:
            used = set(last.values())
            wanted = min(free, key=lambda table: (table in used, table))
            table_of[match.id] = wanted
            free.discard(wanted)
        for match in by_slot[slot]:
            last[match.a] = last[match.b] = table_of[match.id]
    return table_of


def _table_changes(state: _State, slot_of: Mapping[str, str], table_of: Mapping[str, str]) -> int:
    """Return how often a participant sits at another table than at its meeting before on that day."""
    route: dict[tuple[str, str], list[tuple[int, str]]] = defaultdict(list)
    for match_id, slot in slot_of.items():
        match = state.by_id[match_id]
        for side in (match.a, match.b):
            route[side, state.day[slot]].append((state.number[slot], table_of[match_id]))
    return sum(
        one[1] != other[1]
        for stops in route.values()
        for one, other in zip(sorted(stops), sorted(stops)[1:], strict=False)
    )


def _explain(state: _State, match: Match, slot_of: Mapping[str, str]) -> Unscheduled:
    """Say why a match was left out: the narrowest reason that holds."""
    common = state.common_slots(match)
    if not common:
        return Unscheduled(match=match.id, reason=Reason.NO_COMMON_SLOT)
    busy = defaultdict(set)
    full = Counter(slot_of.values())
    for match_id, slot in slot_of.items():
        for side in (state.by_id[match_id].a, state.by_id[match_id].b):
            busy[side].add(slot)
    for side in (match.a, match.b):
        if set(common) <= busy[side]:
            return Unscheduled(match=match.id, reason=Reason.PARTICIPANT_FULL, facts={"participant": side})
    open_slots = [slot for slot in common if slot not in busy[match.a] and slot not in busy[match.b]]
    if open_slots and all(full[slot] >= len(state.tables) for slot in open_slots):
        return Unscheduled(match=match.id, reason=Reason.NO_TABLE)
    return Unscheduled(match=match.id, reason=Reason.LESS_WEIGHT)
