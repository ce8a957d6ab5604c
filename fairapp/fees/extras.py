"""Extras: what they cost when, until when they may be ordered, and how many."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from fairapp.errors import FairError
from fairapp.fees.lines import percent_of

GROUPS = ("power", "media", "furniture", "display", "people", "transport", "other")
"""By which a catalogue is parted; ``web.words`` has their names."""

GROUP_OF = {
    "power_1p": "power",
    "power_3p": "power",
    "compressed_air": "media",
    "water_drain": "media",
    "internet": "media",
    "table_chair": "furniture",
    "showcase": "display",
    "spotlight": "display",
    "interpreter_day": "people",
    "forklift": "transport",
}
"""Where the usual extras belong; open sides come with the booth and are no extras."""


class ExtraClosed(FairError):
    """The hard close of an extra has passed: nothing of it is ordered, changed or cancelled any more."""

    code = "extra_closed"


class ExtraNotOffered(FairError):
    """The organizer took the extra out of the catalogue."""

    code = "extra_not_offered"


class TooManyUnits(FairError):
    """More units than one exhibitor may have."""

    code = "too_many_units"


class OfferState(StrEnum):
    """What an order at this moment would meet."""

    OPEN = "open"
    LATE = "late"
    CLOSED = "closed"


@dataclass(frozen=True, kw_only=True)
class Offer:
    """The terms of one extra; ``price`` in whole đồng for one unit, before surcharge and VAT."""

    name: Mapping[str, str]
    price: int
    late_from: datetime | None = None
    late_percent: int = 0
    closes_at: datetime | None = None
    most: int | None = None
    offered: bool = True

    def state(self, now: datetime) -> OfferState:
        """Return what an order at ``now`` would meet."""
        if self.closes_at is not None and now >= self.closes_at:
            return OfferState.CLOSED
        if self.late_percent and self.late_from is not None and now >= self.late_from:
            return OfferState.LATE
        return OfferState.OPEN

    def percent_at(self, now: datetime) -> int:
        """Return the surcharge on what is ordered at ``now``; past the close it is that of late orders."""
        late = self.late_from is not None and now >= self.late_from
        return self.late_percent if late else 0

    @property
    def late_price(self) -> int:
        """What a unit costs once orders are late."""
        return self.price + percent_of(self.price, self.late_percent)


def check_order(offer: Offer, *, units: int, have: int, now: datetime, after_close: bool) -> None:
    """Return quietly if ``units`` more may be ordered at ``now`` by who has ``have``; ``after_close`` opens doors."""
    if not offer.offered:
        raise ExtraNotOffered(name=offer.name)
    check_open(offer, now=now, after_close=after_close)
    if offer.most is not None and have + units > offer.most:
        raise TooManyUnits(name=offer.name, most=offer.most, have=have)


def check_open(offer: Offer, *, now: datetime, after_close: bool) -> None:
    """Return quietly if what is ordered of an extra may still change."""
    if not after_close and offer.state(now) is OfferState.CLOSED:
        raise ExtraClosed(name=offer.name, at=offer.closes_at)
