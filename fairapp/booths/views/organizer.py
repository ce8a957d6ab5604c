"""The floor plan and the allocation of booths, for the organizer."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from fairapp.accounts.policy import Role
from fairapp.audit import queries as audit
from fairapp.booths import queries, service
from fairapp.booths.candidates import Wanted, rank_candidates
from fairapp.booths.models import Booth
from fairapp.booths.views.shapes import holder_of, shapes
from fairapp.exhibitors.models import Exhibitor
from fairapp.web import clock, exports, requests, words
from fairapp.web.access import actor, allow, current_fair
from fairapp.web.sorting import Sort, read_sort
from fairapp.web.toasts import Undo, say

bp = Blueprint("booths", __name__, url_prefix="/<fair:fair_code>/organizer/booths")


@bp.get("/")
@allow(Role.ORGANIZER)
def show_floor_plan() -> str:
    """Show the plan of a hall; ``booth`` opens the panel of one booth."""
    fair, now = current_fair(), clock.now()
    code = request.args.get("booth")
    booth = queries.get_booth(fair.id, code) if code else None
    hall = booth.hall if booth else queries.find_hall(fair.id, request.args.get("hall"))
    every = queries.list_booths(fair.id)
    shown = [one for one in every if hall is not None and one.hall_id == hall.id]
    panel = _panel(booth) if booth else _waiting()
    return render_template(
        "booths/fragment.html" if booth is not None and requests.is_fragment() else "booths/floor_plan.html",
        halls=queries.list_halls(fair.id),
        hall=hall,
        shapes=shapes(hall, shown, href=_href, now=now, picked=code, ranks=_ranks(panel, every)) if hall else [],
        counts=Counter(queries.state_of(one, now=now).value for one in every),
        areas=_areas(every, now),
        hall_counts=Counter(one.hall_id for one in every),
        **panel,
    )


def _areas(booths: Sequence[Booth], now: datetime) -> dict[str, float]:
    areas: dict[str, float] = defaultdict(float)
    for one in booths:
        areas[queries.state_of(one, now=now).value] += one.area
    return areas


def _href(booth: Booth) -> str:
    return url_for(".show_floor_plan", booth=booth.code)


def _ranks(panel: Mapping[str, Any], booths: Sequence[Booth]) -> dict[int, int]:
    """Return at which place the exhibitor of the panel chose which booth, for the balloons of the drawing."""
    ids = {booth.code: booth.id for booth in booths}
    return {ids[code]: rank for rank, code in enumerate(panel.get("choices", ()), start=1) if code in ids}


def _waiting() -> dict[str, Any]:
    fair = current_fair()
    return {
        "booth": None,
        "waiting": queries.list_without_booth(fair.id),
        "choices_of": queries.choices_by_exhibitor(fair.id),
    }


def _panel(booth: Booth) -> dict[str, Any]:
    fair, now = current_fair(), clock.now()
    ranks = queries.choosers_of(booth.id)
    without = queries.list_without_booth(fair.id)
    state = queries.state_of(booth, now=now)
    choices_of = queries.choices_by_exhibitor(fair.id)
    exhibitor = holder_of(booth, state)
    return {
        "booth": booth,
        "state": state,
        "exhibitor": exhibitor,
        "choices": choices_of.get(exhibitor.id, []) if exhibitor else [],
        "choices_of": choices_of,
        "candidates": rank_candidates(
            [_wanted(one, ranks) for one in without], area=booth.area, booth_type=booth.booth_type
        ),
        "exhibitors": {one.id: one for one in without},
        "history": audit.list_of(fair.id, "booth", booth.id),
    }


def _wanted(exhibitor: Exhibitor, ranks: Mapping[int, int]) -> Wanted:
    return Wanted(
        exhibitor_id=exhibitor.id,
        name=exhibitor.enterprise.short_name or exhibitor.enterprise.legal_name,
        area=exhibitor.area,
        booth_type=exhibitor.booth_type,
        rank=ranks.get(exhibitor.id),
        points=exhibitor.points,
    )


@bp.get("/list")
@allow(Role.ORGANIZER)
def list_booths() -> str:
    """Show the booths as a table."""
    fair, now, sort = current_fair(), clock.now(), _sort()
    return render_template(
        "booths/booths.html",
        page=queries.page_of_booths(
            fair.id, now=now, **_filters(), sort=sort, page=request.args.get("page", 1, type=int)
        ),
        chosen=_filters(),
        sort=sort,
        halls=queries.list_halls(fair.id),
        states=words.options("booth"),
        state_of=lambda booth: queries.state_of(booth, now=now),
        holder_of=lambda booth: holder_of(booth, queries.state_of(booth, now=now)),
    )


def _filters() -> dict[str, Any]:
    return {
        "query": request.args.get("q", ""),
        "hall": request.args.get("hall", ""),
        "state": request.args.get("state", ""),
    }


def _sort() -> Sort:
    return read_sort(request.args, queries.SORTS, queries.BY_CODE)


@bp.post("/<code>/allocate")
@allow(Role.ORGANIZER)
def allocate_booth(code: str) -> Response:
    """Give a booth to an exhibitor."""
    service.allocate(current_fair().id, code, request.form.get("exhibitor", ""), actor=actor(), now=clock.now())
    say(
        gettext("Booth %(code)s is allocated. The exhibitor gets a mail.", code=code),
        undo=Undo(url=url_for(".release_booth", code=code)),
    )
    return redirect(url_for(".show_floor_plan", booth=code), code=303)


@bp.post("/<code>/release")
@allow(Role.ORGANIZER)
def release_booth(code: str) -> Response:
    """Take a booth back."""
    exhibitor = service.release(current_fair().id, code, actor=actor(), now=clock.now())
    say(
        gettext("Booth %(code)s is free again. The exhibitor gets a mail.", code=code),
        undo=Undo(url=url_for(".allocate_booth", code=code), values={"exhibitor": exhibitor.public_id}),
    )
    return redirect(url_for(".show_floor_plan", booth=code), code=303)


@bp.post("/<code>/block")
@allow(Role.ORGANIZER)
def block_booth(code: str) -> Response:
    """Block or open a booth."""
    blocked = request.form.get("blocked") == "1"
    service.set_blocked(current_fair().id, code, blocked=blocked, actor=actor(), now=clock.now())
    done = gettext("Booth %(code)s is blocked.", code=code)
    opened = gettext("Booth %(code)s is open for allocation.", code=code)
    undo = Undo(url=url_for(".block_booth", code=code), values={"blocked": "0" if blocked else "1"})
    say(done if blocked else opened, undo=undo)
    return redirect(url_for(".show_floor_plan", booth=code), code=303)


BOOTHS_COLUMNS = exports.columns(
    booth=_("Booth"),
    hall=_("Hall"),
    booth_type=_("Booth type"),
    net_area_in_m2=_("Net area in m²"),
    state=_("State"),
    exhibitor=_("Exhibitor"),
    fascia_name=_("Fascia name"),
)


@bp.get("/list.xlsx")
@allow(Role.ORGANIZER)
@exports.offers(BOOTHS_COLUMNS)
def export_booths() -> Response:
    """Answer with the filtered booths and who has them as a workbook."""
    now = clock.now()
    rows = []
    for booth in queries.list_filtered_booths(current_fair().id, now=now, **_filters(), sort=_sort()):
        exhibitor = holder_of(booth, queries.state_of(booth, now=now))
        rows.append(
            [
                booth.code,
                booth.hall.code,
                booth.booth_type,
                booth.area,
                words.word(queries.state_of(booth, now=now), "booth"),
                exhibitor.enterprise.legal_name if exhibitor else "",
                exhibitor.fascia_name if exhibitor else "",
            ]
        )
    return exports.answer("booths", BOOTHS_COLUMNS, rows)
