"""The audit trail of a fair."""

from flask import Blueprint, Response, render_template, request
from flask_babel import lazy_gettext as _

from fairapp.accounts.policy import Role
from fairapp.audit import queries
from fairapp.web import exports, words
from fairapp.web.access import allow, current_fair

bp = Blueprint("audit", __name__, url_prefix="/<fair:fair_code>/organizer/audit")


@bp.get("/")
@allow(Role.ORGANIZER)
def list_entries() -> str:
    """Show who did what."""
    query = request.args.get("q", "")
    page = queries.page_of_entries(current_fair().id, query=query, page=request.args.get("page", 1, type=int))
    return render_template("audit/entries.html", page=page, query=query)


ENTRIES_COLUMNS = exports.columns(
    when=_("When"),
    who=_("Who"),
    what=_("What"),
    about=_("About"),
    reason=_("Reason"),
    ip=_("From"),
)


@bp.get("/list.xlsx")
@allow(Role.ORGANIZER)
@exports.offers(ENTRIES_COLUMNS)
def export_entries() -> Response:
    """Answer with the trail that the search leaves as a workbook."""
    rows = [
        [one.at, one.actor, words.action(one.action), one.label, one.facts.get("reason", ""), one.ip]
        for one in queries.list_entries(current_fair().id, query=request.args.get("q", ""))
    ]
    return exports.answer("audit-trail", ENTRIES_COLUMNS, rows)
