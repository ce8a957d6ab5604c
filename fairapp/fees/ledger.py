"""What one payer owes, was asked for and has paid, and which request would come next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fairapp.fees import schedule
from fairapp.fees.schedule import Asked, PaymentState, PaymentTerms, RequestKind


@dataclass(frozen=True, kw_only=True)
class Ledger:
    """The money of one payer at one moment; whole đồng with VAT."""

    owed: int = 0
    """The payer's part of its statement; after a withdrawal the cancellation fee."""
    asked: tuple[Asked, ...] = ()
    """Requests that were not withdrawn, in their order."""
    paid: int = 0
    """Everything that came in, less what was given back."""
    credit: int = 0
    """The part of it that pays no request."""
    settled: bool = False
    """Whether a withdrawal was settled: then nothing else is asked for."""

    @property
    def asked_for(self) -> int:
        """What all requests add up to."""
        return sum(one.amount for one in self.asked)

    @property
    def unpaid(self) -> int:
        """What was asked for and is not paid."""
        return max(self.asked_for - (self.paid - self.credit), 0)

    @property
    def difference(self) -> int:
        """What is owed and was not asked for; negative where more was asked for."""
        return self.owed - self.asked_for

    @property
    def surplus(self) -> int:
        """What was paid beyond all that is owed."""
        return max(self.paid - self.owed, 0)

    @property
    def state(self) -> PaymentState:
        """How far it has paid."""
        deposit = next((one.amount for one in self.asked if one.kind is RequestKind.DEPOSIT), 0)
        return schedule.payment_state(owed=self.owed, paid=self.paid, deposit=deposit)


@dataclass(frozen=True, kw_only=True)
class Next:
    """A request that could be issued."""

    kind: RequestKind
    amount: int


def next_request(ledger: Ledger, terms: PaymentTerms, *, opens_on: date, today: date) -> Next | None:
    """Return what could be asked for now; ``None`` where all is asked for, or more than all."""
    if ledger.settled:
        return None
    kind = schedule.next_kind(terms, ledger.asked, opens_on=opens_on, today=today)
    amount = schedule.amount_of(kind, owed=ledger.owed, asked=ledger.asked, terms=terms)
    return Next(kind=kind, amount=amount) if amount > 0 else None


def choices(ledger: Ledger, terms: PaymentTerms) -> Sequence[Next]:
    """Return every request that could be issued, such as deposit or all at once."""
    if ledger.settled:
        return []
    found = [
        Next(kind=kind, amount=schedule.amount_of(kind, owed=ledger.owed, asked=ledger.asked, terms=terms))
        for kind in (RequestKind.DEPOSIT, RequestKind.FULL, RequestKind.BALANCE, RequestKind.DIFFERENCE)
    ]
    return [one for one in found if one.amount > 0]
