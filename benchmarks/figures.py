"""Figures: a goal, what was measured, and whether it holds."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One figure; a ratio of two things measured in the same run travels between machines, a time does not."""

    name: str
    unit: str
    measured: float
    least: float | None = None
    most: float | None = None
    remark: str = ""

    @property
    def holds(self) -> bool:
        """Whether the goal is reached."""
        return (self.least is None or self.measured >= self.least) and (self.most is None or self.measured <= self.most)

    @property
    def goal(self) -> str:
        """The goal in words."""
        if self.least is not None:
            return f"≥ {self.least:g} {self.unit}"
        return f"≤ {self.most:g} {self.unit}" if self.most is not None else "–"


def seconds(act: Callable[[], object]) -> float:
    """Return how long ``act`` takes."""
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def ratio_of(one: Callable[[], object], other: Callable[[], object], *, rounds: int) -> tuple[float, float, float]:
    """Return the median of ``one`` ÷ ``other`` and both median times; by turns, so that a busy machine hits both."""
    pairs = [(seconds(one), seconds(other)) for _ in range(rounds)]
    return (
        statistics.median(first / second for first, second in pairs),
        statistics.median(first for first, _ in pairs),
        statistics.median(second for _, second in pairs),
    )
