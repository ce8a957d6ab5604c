"""The audit trail of a fair."""

from flask import Blueprint, render_template, request

from fairapp.accounts.policy import Role
from fairapp.audit import queries
from fairapp.web.access import allow, current_fair

bp = Blueprint("audit", __name__, url_prefix="/<fair:fair_code>/organizer/audit")


@bp.get("/")
@allow(Role.ORGANIZER)
def list_entries() -> str:
    """Show who did what."""
    query = request.args.get("q", "")
    page = queries.page_of_entries(current_fair().id, query=query, page=request.args.get("page", 1, type=int))
    return render_template("audit/entries.html", page=page, query=query)
