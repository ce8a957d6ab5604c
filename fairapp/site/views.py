"""The public pages of a fair."""

from datetime import datetime
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from fairapp.booths import queries as booths
from fairapp.booths.models import Booth, BoothState
from fairapp.booths.views.shapes import BUYER_BOOTH, public_names, shapes
from fairapp.enterprises.taxonomy import code_list
from fairapp.exhibitors import queries as exhibitors
from fairapp.fairs import queries as fairs
from fairapp.needs import queries as needs
from fairapp.visitors import queries as visitors
from fairapp.web import clock, languages
from fairapp.web.access import allow_public, current_fair

bp = Blueprint("site", __name__)


@bp.get("/")
@allow_public
def list_fairs() -> str | Response:
    """Show the fairs of this installation, or the only one."""
    published = fairs.list_published_fairs()
    if len(published) == 1:
        return redirect(url_for(".show_fair", fair_code=published[0].code))
    return render_template("site/fairs.html", fairs=published)


@bp.get("/<fair:fair_code>/")
@allow_public
def show_fair() -> str:
    """Show the fair: when, where, the plan, needs and exhibitors."""
    fair, now = current_fair(), clock.now()
    halls = booths.list_halls(fair.id)
    every = booths.list_booths(fair.id)
    names = public_names(every)
    buyers = visitors.list_buyers(fair.id)
    return render_template(
        "site/fair.html",
        plans=[
            (hall, shapes(hall, [one for one in every if one.hall_id == hall.id], href=_href, now=now, names=names))
            for hall in halls
        ],
        needs=needs.page_of_needs(fair.id, public_only=True, per_page=6),
        exhibitors=exhibitors.page_of_exhibitors(fair.id, per_page=9),
        booth_codes=booths.codes_by_exhibitor(fair.id),
        for_buyers=any(booth.booth_type == BUYER_BOOTH for booth in every),
        booths_total=len(every),
        buyers_total=len(buyers),
        economies=len({buyer.enterprise.capital_country or buyer.enterprise.country for buyer in buyers}),
        applications_open=_takes_applications(fair, now),
    )


@bp.get("/<fair:fair_code>/exhibit")
@allow_public
def show_exhibiting() -> str:
    """Tell an enterprise how it becomes an exhibitor, step by step, with the door to the next step."""
    fair, now = current_fair(), clock.now()
    every = booths.list_booths(fair.id)
    return render_template(
        "site/exhibiting.html",
        applications_open=_takes_applications(fair, now),
        booths_free=sum(booths.state_of(booth, now=now) is BoothState.FREE for booth in every),
        needs_total=needs.page_of_needs(fair.id, public_only=True, per_page=1).total,
        buyers_total=len(visitors.list_buyers(fair.id)),
    )


def _takes_applications(fair: Any, now: datetime) -> bool:
    return fair.applications_close_at is None or now < fair.applications_close_at


def _href(booth: Booth) -> str:
    if booth.allocation is not None:
        return url_for("site.show_exhibitor", exhibitor_id=booth.allocation.exhibitor.public_id)
    return _on_plan(booth)


def _on_plan(booth: Booth) -> str:
    return url_for("site.show_floor_plan", booth=booth.code)


@bp.get("/<fair:fair_code>/exhibitors/")
@allow_public
def list_exhibitors() -> str:
    """Show the directory, searched without diacritics."""
    fair, language = current_fair(), languages.current_language()
    chosen: dict[str, Any] = {
        "query": request.args.get("q", ""),
        "sector": request.args.get("sector", ""),
        "process": request.args.get("process", ""),
        "province": request.args.get("province", ""),
    }
    return render_template(
        "site/exhibitors.html",
        page=exhibitors.page_of_exhibitors(fair.id, **chosen, page=request.args.get("page", 1, type=int), per_page=30),
        booth_codes=booths.codes_by_exhibitor(fair.id),
        chosen=chosen,
        sectors=code_list("sectors").choices(language),
        processes=code_list("processes").choices(language),
        provinces=code_list("provinces").choices(language),
    )


@bp.get("/<fair:fair_code>/exhibitors/<id:exhibitor_id>/")
@allow_public
def show_exhibitor(exhibitor_id: str) -> str:
    """Show one exhibitor with its capabilities and booth."""
    exhibitor = exhibitors.get_exhibitor(current_fair().id, exhibitor_id)
    return render_template("site/exhibitor.html", exhibitor=exhibitor, own=booths.list_allocated(exhibitor.id))


@bp.get("/<fair:fair_code>/needs/")
@allow_public
def list_needs() -> str:
    """Show the needs that everybody may read."""
    fair = current_fair()
    chosen: dict[str, Any] = {"query": request.args.get("q", ""), "process": request.args.get("process", "")}
    return render_template(
        "site/needs.html",
        page=needs.page_of_needs(fair.id, **chosen, public_only=True, page=request.args.get("page", 1, type=int)),
        processes=needs.processes_wanted(fair.id),
        chosen=chosen,
    )


@bp.get("/<fair:fair_code>/needs/<id:need_id>/")
@allow_public
def show_need(need_id: str) -> str:
    """Show one need."""
    need = needs.get_need(current_fair().id, need_id, public_only=True)
    return render_template("site/need.html", need=need)


@bp.get("/<fair:fair_code>/floor-plan/")
@allow_public
def show_floor_plan() -> str:
    """Show the plan of a hall with its exhibitors, and the booth that somebody looks for."""
    fair = current_fair()
    every = booths.list_booths(fair.id)
    picked = next((booth for booth in every if booth.code == request.args.get("booth")), None)
    hall = picked.hall if picked else booths.find_hall(fair.id, request.args.get("hall"))
    shown = [booth for booth in every if hall and booth.hall_id == hall.id]
    code = picked.code if picked else None
    now = clock.now()
    return render_template(
        "site/floor_plan.html",
        halls=booths.list_halls(fair.id),
        hall=hall,
        shapes=shapes(hall, shown, href=_on_plan, now=now, names=public_names(shown), picked=code) if hall else [],
        booths=[(booth, booths.state_of(booth, now=now)) for booth in shown],
        picked=picked,
    )
