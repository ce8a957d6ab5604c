"""Visitors and buyers, for the organizer."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from fairapp.accounts.policy import Role
from fairapp.enterprises.taxonomy import code_list
from fairapp.visitors import queries, service
from fairapp.visitors.forms import BuyerForm
from fairapp.visitors.models import VisitorCategory
from fairapp.web import clock, languages
from fairapp.web.access import actor, allow, current_fair
from fairapp.web.tables import xlsx

bp = Blueprint("visitors", __name__, url_prefix="/<fair:fair_code>/organizer")


def _filters() -> dict[str, Any]:
    return {"query": request.args.get("q", ""), "category": request.args.get("category", "")}


@bp.get("/visitors/")
@allow(Role.ORGANIZER)
def list_visitors() -> str:
    """Show the registrations."""
    language = languages.current_language()
    page = queries.page_of_visitors(current_fair().id, **_filters(), page=request.args.get("page", 1, type=int))
    labels = code_list("badge_categories")
    categories = [(one.value, labels.label(one.value, language)) for one in VisitorCategory]
    return render_template("visitors/visitors.html", page=page, categories=categories, chosen=_filters())


@bp.get("/visitors.xlsx")
@allow(Role.ORGANIZER)
def export_visitors() -> Response:
    """Answer with the filtered registrations as a workbook."""
    language = languages.current_language()
    head = [
        gettext("Full name"), gettext("Enterprise"), gettext("Position"), gettext("Mail address"),
        gettext("Phone"), gettext("Category"), gettext("Country"), gettext("Province"), gettext("Registered"),
    ]  # fmt: skip
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
        for one in queries.list_visitors(current_fair().id, **_filters())
    ]
    return xlsx(f"{current_fair().code}-visitors", head, rows)


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
            flash(gettext("The buyer is entered. The contact gets an invitation."), "success")
            return redirect(url_for(".list_buyers"), code=303)
    return _buyers(form), form.answer_with


def _buyers(form: BuyerForm) -> str:
    page = queries.page_of_buyers(
        current_fair().id, query=request.args.get("q", ""), page=request.args.get("page", 1, type=int)
    )
    return render_template("visitors/buyers.html", page=page, form=form, query=request.args.get("q", ""))
