"""Shapes of a hall's booths for a page: states in words, links, names."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from fairapp.booths import queries
from fairapp.booths.drawing import Shape, edges_of, short, title_of
from fairapp.booths.geometry import Rect
from fairapp.booths.models import Booth, BoothState, Hall
from fairapp.exhibitors.models import Exhibitor
from fairapp.web import words

BUYER_BOOTH = "buyer_booth"
"""The booth type, in the code list, of booths at which buyers show what they need."""


def shapes(
    hall: Hall,
    booths: Sequence[Booth],
    *,
    href: Callable[[Booth], str],
    now: datetime,
    ranks: Mapping[int, int] | None = None,
    picked: str | None = None,
    names: Mapping[str, str] | None = None,
) -> list[Shape]:
    """Return what the plan of ``hall`` shows; ``names`` replaces who is written on a booth."""
    rects = [Rect(code=b.code, x=b.x, y=b.y, width=b.width, depth=b.depth) for b in booths]
    edges = edges_of(rects, hall_width=hall.width, hall_depth=hall.depth)
    drawn = []
    for booth in booths:
        state = queries.state_of(booth, now=now)
        holder = name_on(booth, state) if names is None else names.get(booth.code, "")
        drawn.append(
            Shape(
                code=booth.code,
                x=booth.x,
                y=booth.y,
                width=booth.width,
                depth=booth.depth,
                state=state.value,
                title=title_of(booth.code, holder, words.word(state, "booth"), width=booth.width),
                href=href(booth),
                name=short(holder, booth.width) if holder else "",
                edges=edges[booth.code],
                rank=(ranks or {}).get(booth.id),
                picked=booth.code == picked,
                for_buyers=booth.booth_type == BUYER_BOOTH,
            )
        )
    return drawn


def public_names(booths: Sequence[Booth]) -> dict[str, str]:
    """Return who stands on which booth; for whom a booth is held is nobody else's business."""
    return {
        booth.code: booth.allocation.exhibitor.enterprise.short_name or booth.allocation.exhibitor.fascia_name
        for booth in booths
        if booth.allocation is not None
    }


def holder_of(booth: Booth, state: BoothState) -> Exhibitor | None:
    """Return who has a booth or for whom it is held."""
    if state is BoothState.ALLOCATED and booth.allocation is not None:
        return booth.allocation.exhibitor
    if state is BoothState.HELD and booth.hold is not None:
        return booth.hold.exhibitor
    return None


def name_on(booth: Booth, state: BoothState) -> str:
    """Return the short name of who has a booth or for whom it is held."""
    exhibitor = holder_of(booth, state)
    return exhibitor.enterprise.short_name or exhibitor.fascia_name if exhibitor else ""
