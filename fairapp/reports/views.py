"""The organizer's overview of a fair."""

from flask import Blueprint, render_template

from fairapp.accounts.policy import Role
from fairapp.reports import queries
from fairapp.web import clock
from fairapp.web.access import allow, current_fair, scope

bp = Blueprint("overview", __name__, url_prefix="/<fair:fair_code>/organizer")


@bp.get("/")
@allow(Role.ORGANIZER, Role.CO_ORGANIZER)
def show_overview() -> str:
    """Show what waits and how the fair stands."""
    body_id = scope()
    if body_id is None:
        return render_template(
            "reports/overview.html",
            figures=queries.overview(current_fair().id),
            waiting=queries.exhibitors_waiting(current_fair(), now=clock.now()),
        )
    return render_template(
        "reports/overview_of_body.html",
        figures=queries.overview_of_body(current_fair().id, body_id),
        body=next((body for body in current_fair().co_organizers if body.id == body_id), None),
    )
