"""Fee lines and the statement that adds them up; whole đồng everywhere.

VAT is rounded once per rate on the sum of one exhibitor's lines of that rate, halves up, and dealt out to the lines
so that they add up to it. A subsidy pays part of the booth's lines with their VAT: what the budget pays and what the
enterprise pays make the gross amount to the đồng.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

CODES = (
    "booth", "corner", "early_bird", "registration", "co_exhibitor", "badges", "extra", "late", "adjustment",
    "cancellation",
)  # fmt: skip
"""What a line may be for, in the order in which a statement shows them."""

BOOTH_CODES = frozenset({"booth", "corner", "early_bird"})
"""The lines that a subsidy may pay."""

OWN, MAIN_EXHIBITOR, PAVILION = "own", "main_exhibitor", "pavilion"
"""Who holds the contract: the exhibitor itself, its main exhibitor, or the co-organizer of its pavilion."""


@dataclass(frozen=True, kw_only=True)
class FeeLine:
    """One fee; ``facts`` are plain JSON values for its words, such as the booth type or an extra's name."""

    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    quantity: int = 1
    unit_price: int = 0
    net: int
    """Before VAT; discounts are negative."""
    vat_percent: int
    vat: int = 0

    def __post_init__(self) -> None:
        if self.code not in CODES:
            raise ValueError(f"no fee line is called {self.code!r}")

    @property
    def gross(self) -> int:
        """The line with its VAT."""
        return self.net + self.vat


@dataclass(frozen=True, kw_only=True)
class Share:
    """What one subsidy pays of a statement, VAT included."""

    source: str
    amount: int
    net: int
    vat: int
    percent: int | None = None
    cap: int | None = None
    decision_number: str = ""
    decided_on: str = ""
    """ISO day, or empty."""
    exhibitor: str = ""
    """Whose booth it pays, where a statement has lines of several exhibitors."""


@dataclass(frozen=True, kw_only=True)
class Statement:
    """What is owed: lines, and what public money pays of them."""

    lines: tuple[FeeLine, ...] = ()
    shares: tuple[Share, ...] = ()
    rules_number: int = 0
    """Of the fee rules that made the figures; 0 before there were any."""
    held_by: str = OWN
    """``OWN``, or who else holds the contract: then these lines stand on that statement and are asked for there."""

    @property
    def net(self) -> int:
        """Before VAT."""
        return sum(line.net for line in self.lines)

    @property
    def vat(self) -> int:
        """All VAT."""
        return sum(line.vat for line in self.lines)

    @property
    def gross(self) -> int:
        """With VAT."""
        return self.net + self.vat

    @property
    def budget_pays(self) -> int:
        """What subsidies pay, VAT included."""
        return sum(share.amount for share in self.shares)

    @property
    def enterprise_pays(self) -> int:
        """What is left for whoever holds the contract."""
        return self.gross - self.budget_pays

    @property
    def by_rate(self) -> dict[int, tuple[int, int]]:
        """Net amount and VAT by VAT percentage, the smallest first."""
        rates: dict[int, tuple[int, int]] = {}
        for line in self.lines:
            net, vat = rates.get(line.vat_percent, (0, 0))
            rates[line.vat_percent] = (net + line.net, vat + line.vat)
        return dict(sorted(rates.items()))

    def to_values(self) -> dict[str, Any]:
        """Return plain JSON values, totals among them so that a reader needs no arithmetic."""
        return {
            "lines": [_plain(line) for line in self.lines],
            "shares": [_plain(share) for share in self.shares],
            "rules_number": self.rules_number,
            "held_by": self.held_by,
            "net": self.net,
            "vat": self.vat,
            "gross": self.gross,
            "budget_pays": self.budget_pays,
            "enterprise_pays": self.enterprise_pays,
        }

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> "Statement":
        """Return the statement that ``to_values`` wrote."""
        return cls(
            lines=tuple(FeeLine(**line) for line in values.get("lines", ())),
            shares=tuple(Share(**share) for share in values.get("shares", ())),
            rules_number=values.get("rules_number", 0),
            held_by=values.get("held_by", OWN),
        )


def percent_of(amount: int, percent: int) -> int:
    """Return a percentage in whole đồng, halves away from zero."""
    rounded = (abs(amount * percent) + 50) // 100
    return rounded if amount * percent >= 0 else -rounded


def in_order(lines: Iterable[FeeLine]) -> list[FeeLine]:
    """Return lines in the order of ``CODES``; those of one code keep theirs."""
    return sorted(lines, key=lambda line: CODES.index(line.code))


def with_vat(lines: Sequence[FeeLine]) -> tuple[FeeLine, ...]:
    """Return the lines with their VAT: per rate, what they add up to is the VAT of the sum."""
    running: dict[int, int] = {}
    dealt = []
    for line in lines:
        before = running.get(line.vat_percent, 0)
        after = before + line.net
        running[line.vat_percent] = after
        vat = percent_of(after, line.vat_percent) - percent_of(before, line.vat_percent)
        dealt.append(replace(line, vat=vat))
    return tuple(dealt)


def together(statements: Iterable[Statement], *, held_by: str = OWN) -> Statement:
    """Return several statements as one, such as those of a main exhibitor and its co-exhibitors."""
    several = list(statements)
    return Statement(
        lines=tuple(line for one in several for line in one.lines),
        shares=tuple(share for one in several for share in one.shares),
        rules_number=max((one.rules_number for one in several), default=0),
        held_by=held_by,
    )


def _plain(row: FeeLine | Share) -> dict[str, Any]:
    return {name: dict(value) if isinstance(value, Mapping) else value for name, value in vars(row).items()}
