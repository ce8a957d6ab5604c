"""The public pages of a fair, but for those of its exhibitors."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from fairapp.booths import queries as booths
from fairapp.booths.models import Booth, BoothState
from fairapp.booths.views.shapes import BUYER_BOOTH, public_names, shapes
from fairapp.enterprises.models import Capability, CapabilityKind
from fairapp.fairs import queries as fairs
from fairapp.fees.queries import rules as fees
from fairapp.needs import queries as needs
from fairapp.site import queries
from fairapp.site.directory import Question
from fairapp.visitors import queries as visitors
from fairapp.web import clock
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
    names = _public_names(every)
    directory = queries.load_directory(fair.id, query="", today=today())
    buyers = visitors.list_buyers(fair.id)
    return render_template(
        "site/fair.html",
        plans=[
            (hall, shapes(hall, [one for one in every if one.hall_id == hall.id], href=_href, now=now, names=names))
            for hall in halls
        ],
        needs=needs.page_of_needs(fair.id, public_only=True, per_page=6),
        exhibitors=queries.page_of_answer(directory, Question(), page=1, per_page=9),
        booth_codes=queries.booths_by_exhibitor(fair.id),
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
    _number, rules = fees.rules_of(fair.id)
    return render_template(
        "site/exhibiting.html",
        rules=rules,
        today=today(),
        has_prices=any(one.price for one in rules.booths.values()),
        vat_percent=rules.vat_on(fair.starts_on),
        applications_open=_takes_applications(fair, now),
        booths_free=sum(booths.state_of(booth, now=now) is BoothState.FREE for booth in every),
        needs_total=needs.page_of_needs(fair.id, public_only=True, per_page=1).total,
        buyers_total=len(visitors.list_buyers(fair.id)),
    )


def today() -> date:
    """Return the day it is where the fair is."""
    return clock.now().astimezone(ZoneInfo(current_fair().timezone)).date()


def is_valid_certificate(capability: Capability, day: date) -> bool:
    """Whether a capability is a certificate that still counts on ``day``."""
    if capability.kind is not CapabilityKind.CERTIFICATE:
        return False
    return capability.expires_on is None or capability.expires_on >= day


@bp.app_template_filter("valid_certificates")
def valid_certificates(capabilities: Iterable[Capability]) -> list[str]:
    """Return the codes of the certificates that count today, where the fair is."""
    day = today()
    return [one.code for one in capabilities if is_valid_certificate(one, day)]


def _takes_applications(fair: Any, now: datetime) -> bool:
    return fair.applications_close_at is None or now < fair.applications_close_at


def _public_names(every: Sequence[Booth]) -> dict[str, str]:
    """Return who is found on which booth, of those that the directory lists."""
    return public_names([booth for booth in every if queries.listed_on(booth)])


def _href(booth: Booth) -> str:
    if booth.allocation is not None and queries.listed_on(booth):
        return url_for("site.show_exhibitor", exhibitor_id=booth.allocation.exhibitor.public_id)
    return _on_plan(booth)


def _on_plan(booth: Booth) -> str:
    return url_for("site.show_floor_plan", booth=booth.code)


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
        shapes=shapes(hall, shown, href=_on_plan, now=now, names=_public_names(shown), picked=code) if hall else [],
        booths=[(booth, booths.state_of(booth, now=now), queries.listed_on(booth)) for booth in shown],
        holder=queries.listed_on(picked) if picked else None,
        picked=picked,
    )
