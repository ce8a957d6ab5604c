"""How many staff badges an exhibitor has free of charge, by the area of its booth, and how many it may have at all."""

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from fairapp.errors import FairError


class BadgesUsedUp(FairError):
    """The exhibitor may have no more badges of this kind."""

    code = "badges_used_up"


class ExtraBadgesToAgree(FairError):
    """Some of the badges would cost, and nobody has agreed to that yet."""

    code = "extra_badges_to_agree"


@dataclass(frozen=True, kw_only=True)
class BadgeRules:
    """The badges of a fair's exhibitors; areas are net m²."""

    first_area: int = 9
    """Up to so many m² an exhibitor has ``first`` free badges."""
    first: int = 2
    step_area: int = 9
    """For each further so many m², begun ones included, it has ``step`` more."""
    step: int = 1
    co_exhibitor: int = 1
    """Free badges of a co-exhibitor, which has no area of its own."""
    most_extra: int | None = None
    """Badges that an exhibitor may have beyond the free ones, at a price; ``None`` is as many as it likes."""
    contractors_unlimited: bool = False
    contractors_first: int = 4
    contractors_step: int = 2
    co_exhibitors_at_once: bool = False
    """Whether co-exhibitors that main exhibitors propose take part without the organizer's word."""


def read_rules(values: Mapping[str, Any]) -> BadgeRules:
    """Return the rules that a fair keeps; what it never set is as usual."""
    known = set(BadgeRules.__dataclass_fields__)
    return BadgeRules(**{name: value for name, value in values.items() if name in known})


def write_rules(rules: BadgeRules) -> dict[str, Any]:
    """Return the rules as a fair keeps them."""
    return asdict(rules)


@dataclass(frozen=True, kw_only=True)
class Quota:
    """What one exhibitor may have; ``None`` is no limit."""

    free: int
    limit: int | None
    contractors: int | None


def quota_of(
    rules: BadgeRules,
    *,
    area: float,
    is_co_exhibitor: bool = False,
    free: int | None = None,
    limit: int | None = None,
) -> Quota:
    """Return the badges of an exhibitor; ``free`` and ``limit`` are what the organizer set for it alone."""
    usual = rules.co_exhibitor if is_co_exhibitor else by_area(rules, area, first=rules.first, step=rules.step)
    given = usual if free is None else free
    most = None if rules.most_extra is None else given + rules.most_extra
    builders = by_area(rules, area, first=rules.contractors_first, step=rules.contractors_step)
    return Quota(
        free=given,
        limit=most if limit is None else limit,
        # A co-exhibitor builds nothing: its booth is the main exhibitor's.
        contractors=None if rules.contractors_unlimited else 0 if is_co_exhibitor else builders,
    )


def by_area(rules: BadgeRules, area: float, *, first: int, step: int) -> int:
    """Return the badges for an area: ``first`` up to the first area, ``step`` for each further one begun."""
    if area <= 0:
        return 0
    further = max(0.0, area - rules.first_area)
    return first + step * math.ceil(further / rules.step_area)


def extra_badges(count: int, free: int) -> int:
    """Return how many of an exhibitor's staff badges are beyond the free ones."""
    return max(0, count - free)


def check_staff(quota: Quota, *, used: int, adding: int, extra_agreed: bool, price: int) -> None:
    """Return quietly if ``adding`` people may be put on the list; say first what they would cost."""
    after = used + adding
    if quota.limit is not None and after > quota.limit:
        raise BadgesUsedUp(limit=quota.limit, used=used)
    new = extra_badges(after, quota.free) - extra_badges(used, quota.free)
    if new and price and not extra_agreed:
        raise ExtraBadgesToAgree(extra=new, price=price, total=new * price)


def check_contractors(quota: Quota, *, used: int, adding: int) -> None:
    """Return quietly if ``adding`` people may build and dismantle for the exhibitor."""
    if quota.contractors is not None and used + adding > quota.contractors:
        raise BadgesUsedUp(limit=quota.contractors, used=used)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How many of its badges an exhibitor uses."""

    quota: Quota
    used: int
    building: int
    price: int = 0
    """Of one badge beyond the free ones, before VAT."""

    @property
    def extra(self) -> int:
        """Badges beyond the free ones."""
        return extra_badges(self.used, self.quota.free)

    @property
    def is_full(self) -> bool:
        """Whether nobody else may be put on the list."""
        return self.quota.limit is not None and self.used >= self.quota.limit

    @property
    def next_costs(self) -> bool:
        """Whether the next person costs something."""
        return not self.is_full and self.used >= self.quota.free and bool(self.price)

    @property
    def builders_full(self) -> bool:
        """Whether no other contractor may be put on the list."""
        return self.quota.contractors is not None and self.building >= self.quota.contractors
