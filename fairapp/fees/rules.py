"""Fee rules, and what they make of an exhibitor: booth, corner, early bird, orders, adjustments, subsidies."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from fairapp.fees.lines import BOOTH_CODES, OWN, FeeLine, Share, Statement, in_order, percent_of, with_vat

PER_BOOTH, PER_M2 = "booth", "m2"
APPLIED, ACCEPTED = "applied", "accepted"
RAW_SPACE, LEAST_RAW_AREA = "raw_space", 18
USUAL_VAT = ((date(2025, 7, 1), 8), (date(2027, 1, 1), 10))
"""The reduced rate ends with 2026 unless it is prolonged."""


@dataclass(frozen=True, kw_only=True)
class BoothPrice:
    """What one booth type costs, in whole đồng before VAT."""

    price: int
    per: str = PER_BOOTH
    least_area: int = 0
    """So many m² are asked for at least, where the price is per m²."""


@dataclass(frozen=True, kw_only=True)
class Rules:
    """The prices of a fair, in whole đồng before VAT; a surcharge on corners is a percentage or an amount."""

    booths: Mapping[str, BoothPrice] = field(default_factory=dict)
    corner_percent: int = 0
    corner_amount: int = 0
    early_percent: int = 0
    early_until: date | None = None
    early_by: str = APPLIED
    """Which day must lie before ``early_until``: that of the application or of its acceptance."""
    registration: int = 0
    co_exhibitor: int = 0
    badge: int = 0
    """A badge beyond the free ones."""
    vat: tuple[tuple[date, int], ...] = USUAL_VAT
    """Percentage by the first day on which it holds."""

    def vat_on(self, day: date) -> int:
        """Return the VAT percentage that holds on a day; before the first day, the first one."""
        begun = [percent for since, percent in sorted(self.vat) if since <= day]
        return begun[-1] if begun else sorted(self.vat)[0][1]

    def to_values(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return vars(self) | {
            "booths": {code: vars(price) for code, price in self.booths.items()},
            "early_until": self.early_until.isoformat() if self.early_until else None,
            "vat": [[since.isoformat(), percent] for since, percent in sorted(self.vat)],
        }

    @classmethod
    def from_values(cls, values: Mapping[str, Any]) -> "Rules":
        """Return the rules that ``to_values`` wrote; what else stands beside them is left out."""
        known = {name: value for name, value in values.items() if name in cls.__dataclass_fields__}
        if "booths" in known:
            known["booths"] = {code: BoothPrice(**price) for code, price in known["booths"].items()}
        if known.get("early_until"):
            known["early_until"] = date.fromisoformat(known["early_until"])
        if "vat" in known:
            known["vat"] = tuple((date.fromisoformat(since), percent) for since, percent in known["vat"])
        return cls(**known)


@dataclass(frozen=True, kw_only=True)
class Ordered:
    """One extra of an order, its surcharge fixed when it was ordered."""

    facts: Mapping[str, Any]
    quantity: int
    price: int
    late_percent: int = 0
    vat_percent: int | None = None
    """Where it differs from the fair's."""


@dataclass(frozen=True, kw_only=True)
class Adjusted:
    """What an organizer adds or takes away by hand, before VAT."""

    label: str
    amount: int


@dataclass(frozen=True, kw_only=True)
class Subsidised:
    """A decision that public money pays a percentage of the booth or an amount, VAT included, up to a cap."""

    source: str
    percent: int | None = None
    amount: int | None = None
    cap: int | None = None
    decision_number: str = ""
    decided_on: str = ""


@dataclass(frozen=True, kw_only=True)
class Presence:
    """What the fees of one exhibitor depend on."""

    name: str = ""
    booth_type: str = "standard_9"
    area: int = 9
    quantity: int = 1
    corners: int = 0
    """How many of its booths are corners."""
    applied_on: date | None = None
    accepted_on: date | None = None
    is_co_exhibitor: bool = False
    paid_badges: int = 0
    """Badges beyond the free ones."""
    orders: tuple[Ordered, ...] = ()
    adjustments: tuple[Adjusted, ...] = ()
    subsidies: tuple[Subsidised, ...] = ()


def default_rules(prices: Mapping[str, int], *, vat_percent: int, starts_on: date) -> Rules:
    """Return the rules that a fair's price list means: by booth type, ``…_per_m2`` and ``…_percent``."""
    standard = prices.get("standard_9", 0)
    raw = BoothPrice(
        price=prices.get("raw_space_per_m2", 0), per=PER_M2, least_area=prices.get("raw_min_m2", LEAST_RAW_AREA)
    )
    vat: tuple[tuple[date, int], ...] = USUAL_VAT
    if Rules(vat=vat).vat_on(starts_on) != vat_percent:
        vat = (*(one for one in USUAL_VAT if one[0] < starts_on), (starts_on, vat_percent))
    return Rules(
        booths={
            "standard_9": BoothPrice(price=standard),
            "standard_18": BoothPrice(price=prices.get("standard_18", 2 * standard)),
            "premium_9": BoothPrice(price=prices.get("premium_9", 0)),
            RAW_SPACE: raw,
            "buyer_booth": BoothPrice(price=prices.get("buyer_booth", 0)),
            "common_area": BoothPrice(price=prices.get("common_area_per_m2", 0), per=PER_M2),
        },
        corner_percent=max(0, prices.get("corner_surcharge_percent", 0)),
        early_percent=abs(prices.get("early_bird_percent", 0)),
        registration=prices.get("registration", 0),
        co_exhibitor=prices.get("co_exhibitor", 0),
        badge=prices.get("badge", 0),
        vat=vat,
    )


def compute(rules: Rules, presence: Presence, *, day: date, number: int = 0, held_by: str = OWN) -> Statement:
    """Return what one exhibitor owes; VAT is that of ``day``, on which the fair opens."""
    vat_percent = rules.vat_on(day)
    lines = [*_booth(rules, presence, vat_percent), *_others(rules, presence, vat_percent)]
    lines += _adjustments(presence.adjustments, lines, vat_percent)
    dealt = with_vat(in_order(lines))
    return Statement(
        lines=dealt, shares=_shares(presence.subsidies, dealt, vat_percent), rules_number=number, held_by=held_by
    )


def charged_area(price: BoothPrice, area: int) -> int:
    """Return the m² that are asked for: the area, or the least that is sold."""
    return max(area, price.least_area)


def _booth(rules: Rules, presence: Presence, vat_percent: int) -> Iterable[FeeLine]:
    if presence.is_co_exhibitor:
        return
    price = rules.booths.get(presence.booth_type, BoothPrice(price=0))
    per_m2 = price.per == PER_M2
    quantity = charged_area(price, presence.area) if per_m2 else presence.quantity
    base = quantity * price.price
    facts: dict[str, Any] = {"booth_type": presence.booth_type, "per": price.per, "area": presence.area}
    yield FeeLine(
        code="booth", facts=facts, quantity=quantity, unit_price=price.price, net=base, vat_percent=vat_percent
    )
    surcharge = 0
    corners = min(presence.corners, 1 if per_m2 else presence.quantity)
    if corners:
        # Area that is sold by m² is one booth with one corner, whatever its size.
        of_one = percent_of(base if per_m2 else price.price, rules.corner_percent) + rules.corner_amount
        surcharge = corners * of_one
        if surcharge:
            yield FeeLine(
                code="corner",
                facts={"percent": rules.corner_percent},
                quantity=corners,
                unit_price=of_one,
                net=surcharge,
                vat_percent=vat_percent,
            )
    early = percent_of(base + surcharge, rules.early_percent)
    if early and is_early(rules, presence):
        facts = {"percent": rules.early_percent, "until": rules.early_until and rules.early_until.isoformat()}
        yield FeeLine(code="early_bird", facts=facts, unit_price=-early, net=-early, vat_percent=vat_percent)


def is_early(rules: Rules, presence: Presence) -> bool:
    """Whether an exhibitor was in time for the early bird; the last day counts."""
    day = presence.applied_on if rules.early_by == APPLIED else presence.accepted_on
    return day is not None and rules.early_until is not None and day <= rules.early_until


def _others(rules: Rules, presence: Presence, vat_percent: int) -> Iterable[FeeLine]:
    counted = (
        ("registration", 0 if presence.is_co_exhibitor else 1, rules.registration),
        ("co_exhibitor", 1 if presence.is_co_exhibitor else 0, rules.co_exhibitor),
        ("badges", presence.paid_badges, rules.badge),
    )
    for code, quantity, price in counted:
        if quantity and price:
            yield FeeLine(code=code, quantity=quantity, unit_price=price, net=quantity * price, vat_percent=vat_percent)
    for ordered in presence.orders:
        yield from lines_of_order(ordered, vat_percent)


def lines_of_order(ordered: Ordered, vat_percent: int) -> Iterable[FeeLine]:
    """Yield the line of an extra that was ordered and, if it was late, that of the surcharge; VAT is not dealt yet."""
    percent = vat_percent if ordered.vat_percent is None else ordered.vat_percent
    net = ordered.quantity * ordered.price
    yield FeeLine(
        code="extra",
        facts=ordered.facts,
        quantity=ordered.quantity,
        unit_price=ordered.price,
        net=net,
        vat_percent=percent,
    )
    late = percent_of(net, ordered.late_percent)
    if late:
        facts = {**ordered.facts, "percent": ordered.late_percent}
        yield FeeLine(code="late", facts=facts, unit_price=late, net=late, vat_percent=percent)


def total_of(orders: Iterable[Ordered], vat_percent: int) -> Statement:
    """Return what ordered extras cost together, without anything else."""
    return Statement(lines=with_vat([line for one in orders for line in lines_of_order(one, vat_percent)]))


def _adjustments(adjustments: Iterable[Adjusted], lines: Iterable[FeeLine], vat_percent: int) -> Iterable[FeeLine]:
    """Yield the lines added by hand; what takes away never takes more than there is at the fair's VAT rate."""
    left = sum(line.net for line in lines if line.vat_percent == vat_percent)
    # Those that add come first, so that the order in which they were entered changes nothing.
    for one in sorted(adjustments, key=lambda one: (-one.amount, one.label)):
        amount = max(one.amount, -left)
        left += amount
        facts: dict[str, Any] = {"label": one.label}
        if amount != one.amount:
            facts["agreed"] = one.amount
        yield FeeLine(code="adjustment", facts=facts, unit_price=amount, net=amount, vat_percent=vat_percent)


def _shares(subsidies: Iterable[Subsidised], lines: Iterable[FeeLine], vat_percent: int) -> tuple[Share, ...]:
    """Return what each subsidy pays, the earliest decision first; none pays more than is left of the booth."""
    every = list(lines)
    booth = sum(line.gross for line in every if line.code in BOOTH_CODES)
    left = min(booth, sum(line.gross for line in every))
    shares = []
    for one in sorted(subsidies, key=lambda one: (one.decided_on or "9999", one.decision_number, one.source)):
        wanted = percent_of(booth, one.percent) if one.percent is not None else one.amount or 0
        amount = min(wanted, left, wanted if one.cap is None else one.cap)
        left -= amount
        net = (amount * 200 + 100 + vat_percent) // (2 * (100 + vat_percent))
        shares.append(Share(**vars(one) | {"amount": amount, "net": net, "vat": amount - net}))
    return tuple(shares)
