"""The organizer's overview of a fair."""

from flask import Blueprint, render_template

from fairapp.accounts.policy import Role
from fairapp.reports import queries
from fairapp.web.access import allow, current_fair

bp = Blueprint("overview", __name__, url_prefix="/<fair:fair_code>/organizer")


@bp.get("/")
@allow(Role.ORGANIZER, Role.CO_ORGANIZER)
def show_overview() -> str:
    """Show what waits and how the fair stands."""
    return render_template("reports/overview.html", figures=queries.overview(current_fair().id))
