"""When an exhibitor pays what: deposit, balance, reminders, and where a request or an exhibitor stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from fairapp.fees.cancellation import Step, read_steps, write_steps
from fairapp.fees.lines import percent_of

LEAST_DAYS = 3
"""Nobody has fewer days to pay than these."""

AHEAD = 30
"""So many days before the balance is due it is time to ask for it."""


class RequestKind(StrEnum):
    """What a payment request asks for."""

    DEPOSIT = "deposit"
    BALANCE = "balance"
    FULL = "full"
    DIFFERENCE = "difference"
    """What came after: orders, or fees that changed."""
    CANCELLATION = "cancellation"


class RequestState(StrEnum):
    """Where a payment request stands."""

    OPEN = "open"
    PART = "part"
    """Less came than was asked for."""
    OVERDUE = "overdue"
    PAID = "paid"
    WITHDRAWN = "withdrawn"


class PaymentState(StrEnum):
    """How far an exhibitor has paid; its booth is only held until the deposit is there."""

    NOTHING = "nothing"
    HOLD = "hold"
    DEPOSIT = "deposit"
    PAID = "paid"


@dataclass(frozen=True, kw_only=True)
class PaymentTerms:
    """Whereto and until when exhibitors of a fair pay."""

    bank: str = ""
    """The bank's number for VietQR."""
    account: str = ""
    holder: str = ""
    deposit_percent: int = 50
    deposit_days: int = 7
    """After the acceptance."""
    balance_days: int = 20
    """Before the opening."""
    remind_before: tuple[int, ...] = (2,)
    """So many days before a request is due."""
    remind_after: tuple[int, ...] = (1, 7, 14)
    """So many days after it was due."""
    cancellation: tuple[Step, ...] = field(default_factory=lambda: read_steps({}))

    @property
    def complete(self) -> bool:
        """Whether one can be asked to pay: there is an account to pay to."""
        return bool(self.bank and self.account and self.holder)

    def to_values(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {
            "bank": self.bank,
            "account": self.account,
            "holder": self.holder,
            "deposit_percent": self.deposit_percent,
            "deposit_days": self.deposit_days,
            "balance_days": self.balance_days,
            "remind_before": list(self.remind_before),
            "remind_after": list(self.remind_after),
            "cancellation": write_steps(self.cancellation),
        }


def read_terms(values: Mapping[str, Any]) -> PaymentTerms:
    """Return the terms that ``to_values`` wrote; what is missing has its usual value."""
    usual = PaymentTerms()
    return PaymentTerms(
        bank=values.get("bank", ""),
        account=values.get("account", ""),
        holder=values.get("holder", ""),
        deposit_percent=values.get("deposit_percent", usual.deposit_percent),
        deposit_days=values.get("deposit_days", usual.deposit_days),
        balance_days=values.get("balance_days", usual.balance_days),
        remind_before=tuple(values.get("remind_before", usual.remind_before)),
        remind_after=tuple(values.get("remind_after", usual.remind_after)),
        cancellation=read_steps(values),
    )


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A request that was issued and not withdrawn."""

    kind: RequestKind
    amount: int


def next_kind(terms: PaymentTerms, asked: Sequence[Asked], *, opens_on: date, today: date) -> RequestKind:
    """Return what would be asked for next."""
    kinds = {one.kind for one in asked}
    if not kinds:
        in_parts = 0 < terms.deposit_percent < 100 and today < opens_on - timedelta(days=terms.balance_days)
        return RequestKind.DEPOSIT if in_parts else RequestKind.FULL
    return RequestKind.BALANCE if kinds == {RequestKind.DEPOSIT} else RequestKind.DIFFERENCE


def amount_of(kind: RequestKind, *, owed: int, asked: Sequence[Asked], terms: PaymentTerms) -> int:
    """Return what a request of ``kind`` would ask for now; 0 where there is nothing to ask for.

    Only a difference can be negative: more was asked for than is owed by now.
    """
    kinds = {one.kind for one in asked}
    rest = owed - sum(one.amount for one in asked)
    if kind is RequestKind.DIFFERENCE:
        return rest if kinds - {RequestKind.DEPOSIT} or rest < 0 else 0
    if kind is RequestKind.BALANCE:
        return max(rest, 0) if kinds == {RequestKind.DEPOSIT} else 0
    if kinds:
        return 0
    return max(owed if kind is RequestKind.FULL else percent_of(owed, terms.deposit_percent), 0)


def due_on(kind: RequestKind, terms: PaymentTerms, *, accepted_on: date, opens_on: date, today: date) -> date:
    """Return until when a request that is issued ``today`` is to be paid."""
    earliest = today + timedelta(days=LEAST_DAYS)
    if kind is RequestKind.DEPOSIT:
        return max(accepted_on + timedelta(days=terms.deposit_days), earliest)
    if kind is RequestKind.BALANCE:
        return max(opens_on - timedelta(days=terms.balance_days), earliest)
    return max(today + timedelta(days=terms.deposit_days), earliest)


def is_time_for(kind: RequestKind, terms: PaymentTerms, *, opens_on: date, today: date) -> bool:
    """Whether it is time to ask; only the balance waits."""
    return kind is not RequestKind.BALANCE or today >= opens_on - timedelta(days=terms.balance_days + AHEAD)


def request_state(*, amount: int, paid: int, due_on: date, withdrawn: bool, today: date) -> RequestState:
    """Return where a request stands."""
    if withdrawn:
        return RequestState.WITHDRAWN
    if paid >= amount:
        return RequestState.PAID
    if today > due_on:
        return RequestState.OVERDUE
    return RequestState.PART if paid > 0 else RequestState.OPEN


def payment_state(*, owed: int, paid: int, deposit: int) -> PaymentState:
    """Return how far an exhibitor has paid what it owes; ``deposit`` is what was asked for first, 0 if nothing."""
    if owed <= 0:
        return PaymentState.NOTHING
    if paid >= owed:
        return PaymentState.PAID
    return PaymentState.DEPOSIT if 0 < deposit <= paid else PaymentState.HOLD


def is_reminder_due(
    terms: PaymentTerms, *, due_on: date, issued_on: date, reminded_on: date | None, today: date
) -> bool:
    """Whether a stage of reminding has come since the request was issued or the payer last reminded."""
    stages = [due_on - timedelta(days=days) for days in terms.remind_before]
    stages += [due_on + timedelta(days=days) for days in terms.remind_after]
    since = max(issued_on, reminded_on or issued_on)
    return any(since < stage <= today for stage in stages)
