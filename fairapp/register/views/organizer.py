"""The register of enterprises, for organizers: across the fairs in which the account is one."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_security import current_user
from werkzeug.wrappers import Response

from fairapp.accounts.policy import Role
from fairapp.applications.models import Application
from fairapp.enterprises.changes import ProfileChanged
from fairapp.enterprises.completeness import completeness
from fairapp.enterprises.models import CapabilityKind
from fairapp.enterprises.taxonomy import code_list
from fairapp.exhibitors.models import Exhibitor
from fairapp.register import queries
from fairapp.register.forms import EntryForm
from fairapp.register.service import correcting
from fairapp.register.views.own import organized_fair_ids, today
from fairapp.visitors.models import Buyer
from fairapp.web import clock, exports, languages, words
from fairapp.web.access import actor, allow, current_fair
from fairapp.web.sorting import Sort, read_sort

bp = Blueprint("register", __name__, url_prefix="/<fair:fair_code>/organizer")


@bp.get("/enterprises/")
@allow(Role.ORGANIZER)
def list_enterprises() -> str:
    """Show the enterprises that applied, exhibit or buy in the organizer's fairs."""
    fairs, filters, sort = queries.organized_fairs(current_user.id), _filters(), _sort()
    page = queries.page_of_entries(fairs, filters, sort=sort, page=request.args.get("page", 1, type=int))
    language, day = languages.current_language(), today()
    return render_template(
        "enterprises/enterprises.html",
        page=page,
        sort=sort,
        chosen=filters,
        parts=queries.parts_of([one.id for one in page], [fair.id for fair in fairs]),
        complete={one.id: completeness(one, today=day) for one in page},
        fairs=[(fair.code, fair.code) for fair in fairs],
        roles=words.options("takes_part"),
        sectors=code_list("sectors").choices(language),
        provinces=code_list("provinces").choices(language),
    )


ENTERPRISES_COLUMNS = exports.columns(
    legal_name=_("Legal name"),
    short_name=_("Short name"),
    english_name=_("English name"),
    country=_("Country"),
    tax_code=_("Tax code"),
    province=_("Province"),
    address=_("Address"),
    phone=_("Phone"),
    website=_("Website"),
    employees=_("Employees"),
    founded_in=_("Founded in"),
    sectors=_("Sectors"),
    processes=_("Processes"),
    certificates=_("Certificates"),
    fairs=_("Fairs"),
    complete=_("Complete"),
    changed=_("Changed"),
)


@bp.get("/enterprises.xlsx")
@allow(Role.ORGANIZER)
@exports.offers(ENTERPRISES_COLUMNS)
def export_enterprises() -> Response:
    """Answer with the filtered register as a workbook."""
    fairs, language, day = queries.organized_fairs(current_user.id), languages.current_language(), today()
    entries = queries.list_entries(fairs, _filters(), sort=_sort())
    parts = queries.parts_of([one.id for one in entries], [fair.id for fair in fairs])

    def labels(enterprise: Any, kind: CapabilityKind, name: str) -> str:
        return ", ".join(code_list(name).label(code, language) for code in enterprise.codes(kind))

    rows = [
        [
            one.legal_name,
            one.short_name,
            one.english_name,
            one.country,
            one.tax_code,
            code_list("provinces").label(one.province, language),
            one.address,
            one.phone,
            one.website,
            one.employees,
            one.established,
            labels(one, CapabilityKind.SECTOR, "sectors"),
            labels(one, CapabilityKind.PROCESS, "processes"),
            labels(one, CapabilityKind.CERTIFICATE, "certificates"),
            ", ".join(f"{part.fair_code}: {words.word(part.role, 'takes_part')}" for part in parts.get(one.id, [])),
            completeness(one, today=day).percent,
            one.updated_at,
        ]
        for one in entries
    ]
    return exports.answer("enterprises", ENTERPRISES_COLUMNS, rows)


@bp.get("/enterprises/<id:enterprise_id>")
@allow(Role.ORGANIZER)
def show_enterprise(enterprise_id: str) -> str:
    """Show one enterprise with its profile and its history across the organizer's fairs."""
    fair_ids = organized_fair_ids()
    enterprise = queries.get_entry(enterprise_id, fair_ids)
    ids = queries.with_merged(enterprise.id)
    return render_template(
        "enterprises/enterprise.html",
        enterprise=enterprise,
        completeness=completeness(enterprise, today=today()),
        applications=queries.history_of(ids, fair_ids, Application),
        exhibitors=queries.history_of(ids, fair_ids, Exhibitor),
        buyers=queries.history_of(ids, fair_ids, Buyer),
        merges=queries.list_merges(enterprise.id),
        trail=queries.trail_of(ids, fair_ids),
    )


@bp.get("/enterprises/<id:enterprise_id>/edit")
@allow(Role.ORGANIZER)
def edit_enterprise(enterprise_id: str) -> str:
    """Show what the register says, to be corrected."""
    enterprise = queries.get_entry(enterprise_id, organized_fair_ids())
    form = EntryForm.showing(correcting.read_entry(enterprise))
    return render_template("enterprises/edit.html", enterprise=enterprise, form=form)


@bp.post("/enterprises/<id:enterprise_id>/edit")
@allow(Role.ORGANIZER)
def update_enterprise(enterprise_id: str) -> Response | tuple[str, int]:
    """Correct what the register says."""
    enterprise, form = queries.get_entry(enterprise_id, organized_fair_ids()), EntryForm()
    if form.validate_on_submit():
        with form.refusals():
            try:
                correcting.correct(
                    enterprise.id, form.change(), fair_id=current_fair().id, actor=actor(), now=clock.now()
                )
                flash(gettext("The register is corrected."), "success")
                return redirect(url_for(".show_enterprise", enterprise_id=enterprise_id), code=303)
            except ProfileChanged as changed:
                form = EntryForm.after(changed)
    return render_template("enterprises/edit.html", enterprise=enterprise, form=form), form.answer_with


def _filters() -> queries.Filters:
    return queries.Filters(
        query=request.args.get("q", ""),
        role=request.args.get("role", ""),
        fair=request.args.get("fair", ""),
        sector=request.args.get("sector", ""),
        province=request.args.get("province", ""),
    )


def _sort() -> Sort:
    return read_sort(request.args, queries.SORTS, queries.BY_NAME)
