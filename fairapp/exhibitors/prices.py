"""What a staff badge beyond the free ones costs: asked of the feature that keeps the fee rules."""

from collections.abc import Callable

PriceOf = Callable[[int], int]

_sources: list[PriceOf] = []


def prices_badges(source: PriceOf) -> PriceOf:
    """Register the function that returns the price of one further badge in a fair, in đồng before VAT."""
    _sources[:] = [source]
    return source


def badge_price(fair_id: int) -> int:
    """Return what one further badge costs in a fair; nothing where no fee rules are kept."""
    return _sources[0](fair_id) if _sources else 0
