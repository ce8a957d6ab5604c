"""All needs of a fair, for the organizer."""

from typing import Any

from flask import Blueprint, Response, render_template, request
from flask_babel import lazy_gettext as _

from fairapp.accounts.policy import Role
from fairapp.enterprises.taxonomy import label
from fairapp.needs import queries
from fairapp.web import exports, languages, words
from fairapp.web.access import allow, current_fair

bp = Blueprint("needs", __name__, url_prefix="/<fair:fair_code>/organizer/needs")


@bp.get("/")
@allow(Role.ORGANIZER)
def list_all_needs() -> str:
    """Show every need."""
    fair = current_fair()
    chosen: dict[str, Any] = {"query": request.args.get("q", ""), "process": request.args.get("process", "")}
    page = queries.page_of_needs(fair.id, **chosen, page=request.args.get("page", 1, type=int), per_page=50)
    return render_template("needs/all.html", page=page, processes=queries.processes_wanted(fair.id), chosen=chosen)


NEEDS_COLUMNS = exports.columns(
    need=_("Need"),
    buyer=_("Buyer"),
    process=_("Process"),
    material=_("Material"),
    pieces_a_month=_("Pieces a month"),
    certificates=_("Certificates"),
    state=_("State"),
)


@bp.get("/list.xlsx")
@allow(Role.ORGANIZER)
@exports.offers(NEEDS_COLUMNS)
def export_needs() -> Response:
    """Answer with the filtered needs as a workbook."""
    language = languages.current_language()
    rows = [
        [
            languages.text_in(one.title, language),
            one.buyer.enterprise.legal_name,
            label("processes", one.process, language),
            label("materials", one.material, language),
            one.monthly_quantity,
            ", ".join(label("certificates", code, language) for code in one.required_certificates),
            words.word(one.status, "need"),
        ]
        for one in queries.list_needs(
            current_fair().id, query=request.args.get("q", ""), process=request.args.get("process", "")
        )
    ]
    return exports.answer("needs", NEEDS_COLUMNS, rows)
