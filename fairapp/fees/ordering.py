"""Orders: what is wanted against what is offered, with every mistake at once."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from fairapp.errors import FairError
from fairapp.fees.extras import Offer, check_order

RESTORED_WITHIN = timedelta(minutes=15)
"""So long the undo of a cancellation brings an order back at its old price."""


class NothingOrdered(FairError):
    """No quantity was given."""

    code = "nothing_ordered"


class OrderRefused(FairError):
    """Some lines cannot be ordered, changed or cancelled; ``by_line`` has the reason of each."""

    code = "order_refused"

    def __init__(self, by_line: Mapping[str, FairError]) -> None:
        super().__init__()
        self.by_line = by_line


class PriceChanged(FairError):
    """The order costs something else than the summary said: a surcharge has begun, or a price was changed."""

    code = "order_price_changed"


class OrderCancelled(FairError):
    """The order is cancelled already."""

    code = "order_cancelled"


class RestoredTooLate(FairError):
    """A cancelled order comes back by the undo for a short time only; later it is ordered anew."""

    code = "order_restored_too_late"


class NoteNeeded(FairError):
    """An organizer who acts after the close says why."""

    code = "order_note_needed"


def check_wanted(
    wanted: Mapping[str, int],
    offers: Mapping[str, Offer],
    have: Mapping[str, int],
    *,
    now: datetime,
    after_close: bool,
) -> None:
    """Return quietly if all that is wanted may be ordered; keys are the extras' public ids."""
    if not any(wanted.values()):
        raise NothingOrdered()
    refused: dict[str, FairError] = {}
    for key, units in wanted.items():
        try:
            check_order(offers[key], units=units, have=have.get(key, 0), now=now, after_close=after_close)
        except FairError as error:
            refused[key] = error
    if refused:
        raise OrderRefused(refused)
