"""What an exhibitor that withdraws still owes, by the days that are left before the opening."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from fairapp.fees.lines import percent_of

USUAL = ((60, 0), (30, 50), (0, 100))


@dataclass(frozen=True, kw_only=True)
class Step:
    """Who withdraws at least ``days`` before the opening owes ``percent`` of the fees."""

    days: int
    percent: int


@dataclass(frozen=True, kw_only=True)
class Settlement:
    """What a withdrawal costs, and what is left to pay or to give back."""

    percent: int
    owed: int
    """What taking part would have cost."""
    fee: int
    paid: int

    @property
    def to_pay(self) -> int:
        """What is left to pay."""
        return max(self.fee - self.paid, 0)

    @property
    def refund(self) -> int:
        """What is to be given back."""
        return max(self.paid - self.fee, 0)

    def to_values(self) -> dict[str, int]:
        """Return plain JSON values, what is left among them."""
        return {**vars(self), "to_pay": self.to_pay, "refund": self.refund}


def read_steps(values: Mapping[str, Any]) -> tuple[Step, ...]:
    """Return the steps of a fair's settings, the most days first."""
    return in_order(Step(days=days, percent=percent) for days, percent in values.get("cancellation", USUAL))


def write_steps(steps: Iterable[Step]) -> list[list[int]]:
    """Return steps as plain JSON values."""
    return [[step.days, step.percent] for step in in_order(steps)]


def in_order(steps: Iterable[Step]) -> tuple[Step, ...]:
    """Return steps with the most days first."""
    return tuple(sorted(steps, key=lambda step: (-step.days, step.percent)))


def percent_at(steps: Sequence[Step], *, opens_on: date, today: date) -> int:
    """Return the percentage that is owed by who withdraws today; after the last step all."""
    left = (opens_on - today).days
    return next((step.percent for step in in_order(steps) if left >= step.days), 100)


def settle(steps: Sequence[Step], *, owed: int, paid: int, opens_on: date, today: date) -> Settlement:
    """Return what a withdrawal today costs."""
    percent = percent_at(steps, opens_on=opens_on, today=today)
    return Settlement(percent=percent, owed=owed, fee=percent_of(max(owed, 0), percent), paid=paid)
