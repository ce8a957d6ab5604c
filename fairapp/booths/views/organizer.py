"""The floor plan and the allocation of booths, for the organizer."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import datetime

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from fairapp.accounts.policy import Role
from fairapp.audit import queries as audit
from fairapp.booths import queries, service
from fairapp.booths.models import Booth
from fairapp.booths.views.shapes import shapes
from fairapp.web import clock, requests, words
from fairapp.web.access import actor, allow, current_fair
from fairapp.web.tables import xlsx

bp = Blueprint("booths", __name__, url_prefix="/<fair:fair_code>/organizer/booths")


@bp.get("/")
@allow(Role.ORGANIZER)
def show_floor_plan() -> str:
    """Show the plan of a hall; ``booth`` opens the panel of one booth."""
    fair, now = current_fair(), clock.now()
    code = request.args.get("booth")
    booth = queries.get_booth(fair.id, code) if code else None
    if booth is not None and requests.is_fragment():
        return render_template("booths/panel.html", **_panel(booth))
    hall = booth.hall if booth else queries.find_hall(fair.id, request.args.get("hall"))
    every = queries.list_booths(fair.id)
    shown = [one for one in every if hall is not None and one.hall_id == hall.id]
    return render_template(
        "booths/floor_plan.html",
        halls=queries.list_halls(fair.id),
        hall=hall,
        shapes=shapes(hall, shown, href=_href, now=now, picked=code) if hall else [],
        counts=Counter(queries.state_of(one, now=now).value for one in every),
        areas=_areas(every, now),
        hall_counts=Counter(one.hall_id for one in every),
        **(_panel(booth) if booth else {"booth": None}),
    )


def _areas(booths: Sequence[Booth], now: datetime) -> dict[str, float]:
    areas: dict[str, float] = defaultdict(float)
    for one in booths:
        areas[queries.state_of(one, now=now).value] += one.area
    return areas


def _href(booth: Booth) -> str:
    return url_for(".show_floor_plan", booth=booth.code)


def _panel(booth: Booth) -> dict[str, object]:
    fair, now = current_fair(), clock.now()
    ranks = queries.choosers_of(booth.id)
    candidates = sorted(
        queries.list_without_booth(fair.id),
        key=lambda one: (ranks.get(one.application_id or 0, 99), -one.points, one.enterprise.legal_name),
    )
    return {
        "booth": booth,
        "state": queries.state_of(booth, now=now),
        "ranks": ranks,
        "candidates": candidates,
        "history": audit.list_of(fair.id, "booth", booth.id),
    }


@bp.post("/<code>/allocate")
@allow(Role.ORGANIZER)
def allocate_booth(code: str) -> Response:
    """Give a booth to an exhibitor."""
    service.allocate(current_fair().id, code, request.form.get("exhibitor", ""), actor=actor(), now=clock.now())
    flash(gettext("Booth %(code)s is allocated. The exhibitor gets a mail.", code=code), "success")
    return redirect(url_for(".show_floor_plan", booth=code), code=303)


@bp.post("/<code>/release")
@allow(Role.ORGANIZER)
def release_booth(code: str) -> Response:
    """Take a booth back."""
    service.release(current_fair().id, code, actor=actor(), now=clock.now())
    flash(gettext("Booth %(code)s is free again. The exhibitor gets a mail.", code=code), "success")
    return redirect(url_for(".show_floor_plan", booth=code), code=303)


@bp.post("/<code>/block")
@allow(Role.ORGANIZER)
def block_booth(code: str) -> Response:
    """Block or open a booth."""
    blocked = request.form.get("blocked") == "1"
    service.set_blocked(current_fair().id, code, blocked=blocked, actor=actor(), now=clock.now())
    flash(gettext("Saved."), "success")
    return redirect(url_for(".show_floor_plan", booth=code), code=303)


@bp.get("/list.xlsx")
@allow(Role.ORGANIZER)
def export_booths() -> Response:
    """Answer with every booth and who has it as a workbook."""
    now = clock.now()
    head = [
        gettext("Booth"), gettext("Hall"), gettext("Booth type"), gettext("Net area in m²"),
        gettext("State"), gettext("Exhibitor"), gettext("Fascia name"),
    ]  # fmt: skip
    rows = []
    for booth in queries.list_booths(current_fair().id):
        exhibitor = booth.allocation.exhibitor if booth.allocation else None
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
    return xlsx(f"{current_fair().code}-booths", head, rows)
