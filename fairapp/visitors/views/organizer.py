"""Visitors and buyers, for the organizer."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from fairapp.accounts.policy import Role
from fairapp.enterprises.taxonomy import code_list
from fairapp.visitors import queries, service
from fairapp.visitors.forms import BuyerForm
from fairapp.visitors.models import VisitorCategory
from fairapp.web import clock, exports, languages
from fairapp.web.access import actor, allow, current_fair
from fairapp.web.sorting import Sort, read_sort
from fairapp.web.toasts import say

bp = Blueprint("visitors", __name__, url_prefix="/<fair:fair_code>/organizer")


def _filters() -> dict[str, Any]:
    return {"query": request.args.get("q", ""), "category": request.args.get("category", "")}


@bp.get("/visitors/")
@allow(Role.ORGANIZER)
def list_visitors() -> str:
    """Show the registrations."""
    language = languages.current_language()
    sort = _visitor_sort()
    page = queries.page_of_visitors(
        current_fair().id, **_filters(), sort=sort, page=request.args.get("page", 1, type=int)
    )
    labels = code_list("badge_categories")
    categories = [(one.value, labels.label(one.value, language)) for one in VisitorCategory]
    return render_template("visitors/visitors.html", page=page, categories=categories, chosen=_filters(), sort=sort)


def _visitor_sort() -> Sort:
    return read_sort(request.args, queries.VISITOR_SORTS, queries.LATEST)


VISITORS_COLUMNS = exports.columns(
    full_name=_("Full name"),
    enterprise=_("Enterprise"),
    position=_("Position"),
    mail_address=_("Mail address"),
    phone=_("Phone"),
    category=_("Category"),
    country=_("Country"),
    province=_("Province"),
    registered=_("Registered"),
)


@bp.get("/visitors.xlsx")
@allow(Role.ORGANIZER)
@exports.offers(VISITORS_COLUMNS)
def export_visitors() -> Response:
    """Answer with the filtered registrations as a workbook."""
    language = languages.current_language()
    rows = [
        [
            one.full_name,
            one.enterprise_name,
            one.position,
            one.email,
            one.phone,
            code_list("badge_categories").label(one.category, language),
            code_list("countries").label(one.country, language),
            code_list("provinces").label(one.province, language),
            one.registered_at,
        ]
        for one in queries.list_visitors(current_fair().id, **_filters(), sort=_visitor_sort())
    ]
    return exports.answer("visitors", VISITORS_COLUMNS, rows)


@bp.get("/buyers/")
@allow(Role.ORGANIZER)
def list_buyers() -> str:
    """Show the buyers of the fair."""
    return _buyers(BuyerForm(data={"country": "VN", "meeting_language": "en"}))


@bp.post("/buyers/")
@allow(Role.ORGANIZER)
def create_buyer() -> Response | tuple[str, int]:
    """Enter a buyer and send the invitation."""
    form = BuyerForm()
    if form.validate_on_submit():
        with form.refusals():
            service.add_buyer(current_fair().id, form.to_data(), actor=actor(), now=clock.now())
            say(gettext("The buyer is entered. The contact gets an invitation."))
            return redirect(url_for(".list_buyers"), code=303)
    return _buyers(form), form.answer_with


def _buyers(form: BuyerForm) -> str:
    query, sort = request.args.get("q", ""), _buyer_sort()
    page = queries.page_of_buyers(current_fair().id, query=query, sort=sort, page=request.args.get("page", 1, type=int))
    return render_template("visitors/buyers.html", page=page, form=form, query=query, sort=sort)


def _buyer_sort() -> Sort:
    return read_sort(request.args, queries.BUYER_SORTS, queries.BY_NAME)


BUYERS_COLUMNS = exports.columns(
    enterprise=_("Enterprise"),
    tax_code=_("Tax code"),
    capital_from=_("Capital from"),
    contact=_("Contact"),
    mail_address=_("Mail address"),
    phone=_("Phone"),
    language_of_meetings=_("Language of meetings"),
    needs_an_interpreter=_("Needs an interpreter"),
    registered=_("Registered"),
)


@bp.get("/buyers.xlsx")
@allow(Role.ORGANIZER)
@exports.offers(BUYERS_COLUMNS)
def export_buyers() -> Response:
    """Answer with the filtered buyers as a workbook."""
    language = languages.current_language()
    rows = [
        [
            one.enterprise.legal_name,
            one.enterprise.tax_code,
            code_list("countries").label(one.enterprise.capital_country, language),
            one.contact_name,
            one.contact_email,
            one.contact_phone,
            languages.NAMES[one.meeting_language],
            gettext("yes") if one.needs_interpreter else "",
            one.registered_at,
        ]
        for one in queries.list_filtered_buyers(current_fair().id, query=request.args.get("q", ""), sort=_buyer_sort())
    ]
    return exports.answer("buyers", BUYERS_COLUMNS, rows)
