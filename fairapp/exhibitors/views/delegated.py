"""What a firm may do for an exhibitor by its link: orders and staff, nothing else of the exhibitor is shown."""

from typing import Literal

from flask import Blueprint, Response, current_app, g, render_template, request, url_for

from fairapp.exhibitors import queries
from fairapp.exhibitors.models import Delegation, Exhibitor
from fairapp.exhibitors.service import delegating
from fairapp.web import clock, requests
from fairapp.web.access import Actor, allow_public, current_fair
from fairapp.web.limits import limiter

bp = Blueprint("delegated", __name__, url_prefix="/<fair:fair_code>/act/<act_token>")

LINK_USES = "60 per minute; 1000 per hour"
"""How often one address may come with links; somebody who guesses tokens gets nowhere."""

Purpose = Literal["order", "staff"]

DOORS: tuple[tuple[Purpose, str], ...] = (
    ("order", "delegated_orders.list_orders"),
    ("staff", "delegated_staff.list_staff"),
)
"""The pages behind a link; what a link is not for, it does not show."""


def delegated_exhibitor(act_token: str, *, may: Purpose | None = None) -> Exhibitor:
    """Return the exhibitor for which the bearer of a link may act now; note that the link was used."""
    return open_link(act_token, may=may).exhibitor


def open_link(act_token: str, *, may: Purpose | None = None) -> Delegation:
    """Return a link that works now, and for this."""
    fair, now = current_fair(), clock.now()
    delegation = queries.get_delegation(fair.id, act_token)
    delegating.check_link(delegation, may=may, now=now)
    if delegation.last_used_at is None or now - delegation.last_used_at > delegating.USE_NOTED_AFTER:
        delegating.note_use(delegation.id, now=now)
        delegation = queries.get_delegation(fair.id, act_token)
    g.delegation = delegation
    return delegation


def delegated_actor() -> Actor:
    """Return who acts in this request: the firm of the link that was opened, for the audit trail."""
    delegation: Delegation = g.delegation
    return Actor(
        name=f"{delegation.name} ({delegation.exhibitor.enterprise.legal_name})",
        ip=request.remote_addr or "",
        request_id=requests.request_id(),
    )


def guard(pages: Blueprint) -> None:
    """Keep pages that open with a link out of search engines, and slow down whoever guesses."""
    pages.after_request(_keep_quiet)
    limiter.limit(LINK_USES)(pages)


def _keep_quiet(answer: Response) -> Response:
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    # To no other site: without any referrer our own forms would be refused.
    answer.headers["Referrer-Policy"] = "same-origin"
    answer.headers["Cache-Control"] = "no-store"
    return answer


guard(bp)


@bp.get("/")
@allow_public
def show_link(act_token: str) -> str:
    """Show for whom and for what the link is."""
    delegation = open_link(act_token)
    return render_template("exhibitors/delegated.html", delegation=delegation, doors=doors_of(delegation))


def doors_of(delegation: Delegation) -> dict[str, str]:
    """Return the addresses of the pages that a link opens, by what they are for."""
    may = {"order": delegation.may_order, "staff": delegation.may_list_staff}
    return {
        purpose: url_for(endpoint, act_token=delegation.token)
        for purpose, endpoint in DOORS
        if may[purpose] and endpoint in current_app.view_functions
    }
