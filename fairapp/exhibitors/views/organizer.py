"""Exhibitors, for the organizer."""

from typing import Any

from flask import Blueprint, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from fairapp.accounts.policy import Role
from fairapp.audit import queries as audit
from fairapp.enterprises.models import CapabilityKind
from fairapp.enterprises.taxonomy import code_list
from fairapp.exhibitors import queries
from fairapp.web import languages
from fairapp.web.access import allow, current_fair
from fairapp.web.sorting import Sort, read_sort
from fairapp.web.tables import xlsx

bp = Blueprint("exhibitors", __name__, url_prefix="/<fair:fair_code>/organizer")


@bp.get("/exhibitors/")
@allow(Role.ORGANIZER)
def list_exhibitors() -> str:
    """Show the exhibitors of the fair."""
    sort = _sort()
    page = queries.page_of_exhibitors(
        current_fair().id, **_filters(), sort=sort, page=request.args.get("page", 1, type=int)
    )
    return render_template("exhibitors/exhibitors.html", page=page, sort=sort, **_lists())


def _lists() -> dict[str, object]:
    language = languages.current_language()
    return {
        "sectors": code_list("sectors").choices(language),
        "provinces": code_list("provinces").choices(language),
        "chosen": _filters(),
    }


def _filters() -> dict[str, Any]:
    return {
        "query": request.args.get("q", ""),
        "sector": request.args.get("sector", ""),
        "province": request.args.get("province", ""),
    }


def _sort() -> Sort:
    return read_sort(request.args, queries.EXHIBITOR_SORTS, Sort(by="name"))


@bp.get("/exhibitors/<id:exhibitor_id>/")
@allow(Role.ORGANIZER)
def show_exhibitor(exhibitor_id: str) -> str:
    """Show one exhibitor with its people and its history."""
    exhibitor = queries.get_exhibitor(current_fair().id, exhibitor_id)
    history = audit.list_of(current_fair().id, "exhibitor", exhibitor.id)
    return render_template("exhibitors/exhibitor.html", exhibitor=exhibitor, history=history)


@bp.get("/exhibitors.xlsx")
@allow(Role.ORGANIZER)
def export_exhibitors() -> Response:
    """Answer with the filtered exhibitors as a workbook."""
    language = languages.current_language()
    head = [
        gettext("Enterprise"), gettext("Tax code"), gettext("Province"), gettext("Sectors"),
        gettext("Fascia name"), gettext("Contact"), gettext("Mail address"), gettext("Phone"),
        gettext("Staff"), gettext("Accepted"),
    ]  # fmt: skip
    rows = [
        [
            one.enterprise.legal_name,
            one.enterprise.tax_code,
            code_list("provinces").label(one.enterprise.province, language),
            ", ".join(
                code_list("sectors").label(code, language) for code in one.enterprise.codes(CapabilityKind.SECTOR)
            ),
            one.fascia_name,
            one.contact_name,
            one.contact_email,
            one.contact_phone,
            len(one.staff),
            one.accepted_at,
        ]
        for one in queries.list_filtered_exhibitors(current_fair().id, **_filters(), sort=_sort())
    ]
    return xlsx(f"{current_fair().code}-exhibitors", head, rows)
