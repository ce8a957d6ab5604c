"""The needs that exhibitors may answer."""

from flask import Blueprint, render_template, request

from fairapp.accounts.policy import Role
from fairapp.needs import queries
from fairapp.web.access import allow, current_fair

bp = Blueprint("needs_to_meet", __name__, url_prefix="/<fair:fair_code>/exhibitor/needs")


@bp.get("/")
@allow(Role.EXHIBITOR_CONTACT, Role.EXHIBITOR_STAFF)
def list_needs() -> str:
    """Show every need of the fair, also those that only exhibitors may read."""
    fair = current_fair()
    page = queries.page_of_needs(
        fair.id,
        query=request.args.get("q", ""),
        process=request.args.get("process", ""),
        page=request.args.get("page", 1, type=int),
    )
    return render_template(
        "needs/to_meet.html",
        page=page,
        processes=queries.processes_wanted(fair.id),
        chosen={"query": request.args.get("q", ""), "process": request.args.get("process", "")},
    )


@bp.get("/<id:need_id>/")
@allow(Role.EXHIBITOR_CONTACT, Role.EXHIBITOR_STAFF)
def show_need(need_id: str) -> str:
    """Show one need with the button that asks for a meeting."""
    return render_template("needs/need.html", need=queries.get_need(current_fair().id, need_id))
