"""How complete an enterprise's profile is, and what is missing."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from fairapp.enterprises.certificates import Validity, validity

ENOUGH_FIGURES = 3
ENOUGH_PRODUCTS = 3


class CapabilityLike(Protocol):
    """What is asked of a capability."""

    @property
    def kind(self) -> str: ...
    @property
    def expires_on(self) -> date | None: ...


class ProductLike(Protocol):
    """What is asked of a product."""

    @property
    def photo_id(self) -> int | None: ...


class EnterpriseLike(Protocol):
    """What is asked of an enterprise."""

    @property
    def main_products(self) -> Mapping[str, str]: ...
    @property
    def summary(self) -> Mapping[str, str]: ...
    @property
    def website(self) -> str: ...
    @property
    def logo_id(self) -> int | None: ...
    @property
    def tightest_tolerance(self) -> str: ...
    @property
    def lot_sizes(self) -> Collection[str]: ...
    @property
    def capacity(self) -> str: ...
    @property
    def languages(self) -> Collection[str]: ...
    @property
    def capabilities(self) -> Collection[CapabilityLike]: ...
    @property
    def machines(self) -> Collection[object]: ...
    @property
    def figures(self) -> Collection[object]: ...
    @property
    def customers(self) -> Collection[object]: ...
    @property
    def products(self) -> Collection[ProductLike]: ...


@dataclass(frozen=True, kw_only=True)
class Part:
    """One thing that a whole profile has; ``section`` is the page on which it is entered."""

    code: str
    section: str
    weight: int


@dataclass(frozen=True, kw_only=True)
class Completeness:
    """How much of a profile is there."""

    percent: int
    missing: tuple[Part, ...]
    """The weightiest first."""


def _has(kind: str) -> Callable[[EnterpriseLike, date | None], bool]:
    return lambda one, _: any(capability.kind == kind for capability in one.capabilities)


def _has_certificate(one: EnterpriseLike, today: date | None) -> bool:
    return any(
        capability.kind == "certificate"
        and (today is None or validity(capability.expires_on, today) is not Validity.EXPIRED)
        for capability in one.capabilities
    )


PARTS: Mapping[Part, Callable[[EnterpriseLike, date | None], bool]] = {
    Part(code="main_products_vi", section="profile", weight=8): lambda one, _: bool(one.main_products.get("vi")),
    Part(code="main_products_en", section="profile", weight=6): lambda one, _: bool(one.main_products.get("en")),
    Part(code="summary_vi", section="profile", weight=10): lambda one, _: bool(one.summary.get("vi")),
    Part(code="summary_en", section="profile", weight=8): lambda one, _: bool(one.summary.get("en")),
    Part(code="website", section="profile", weight=4): lambda one, _: bool(one.website),
    Part(code="logo", section="products", weight=8): lambda one, _: one.logo_id is not None,
    Part(code="products", section="products", weight=8): lambda one, _: (
        sum(product.photo_id is not None for product in one.products) >= ENOUGH_PRODUCTS
    ),
    Part(code="sectors", section="capabilities", weight=8): _has("sector"),
    Part(code="processes", section="capabilities", weight=10): _has("process"),
    Part(code="materials", section="capabilities", weight=6): _has("material"),
    Part(code="tolerance", section="capabilities", weight=3): lambda one, _: bool(one.tightest_tolerance),
    Part(code="lot_sizes", section="capabilities", weight=3): lambda one, _: bool(one.lot_sizes),
    Part(code="capacity", section="capabilities", weight=3): lambda one, _: bool(one.capacity),
    Part(code="languages", section="capabilities", weight=3): lambda one, _: bool(one.languages),
    Part(code="machines", section="machines", weight=6): lambda one, _: bool(one.machines),
    Part(code="certificates", section="certificates", weight=3): _has_certificate,
    Part(code="figures", section="figures", weight=2): lambda one, _: len(one.figures) >= ENOUGH_FIGURES,
    Part(code="customers", section="customers", weight=1): lambda one, _: bool(one.customers),
}
"""Every part with the question whether it is there; the weights add up to 100."""


def completeness(enterprise: EnterpriseLike, *, today: date | None = None) -> Completeness:
    """Return how complete a profile is; with ``today``, certificates past their last day do not count."""
    missing = [part for part, is_there in PARTS.items() if not is_there(enterprise, today)]
    percent = 100 - sum(part.weight for part in missing)
    return Completeness(percent=percent, missing=tuple(sorted(missing, key=lambda part: -part.weight)))
