"""Fees of all exhibitors and of one, for the organizer; subsidies and adjustments."""

from typing import Any
from zoneinfo import ZoneInfo

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from fairapp.accounts.policy import Role
from fairapp.applications.queries import find_application
from fairapp.exhibitors import queries as exhibitors
from fairapp.exhibitors.models import Exhibitor
from fairapp.fees.forms import AdjustmentForm, SubsidyForm
from fairapp.fees.lines import MAIN_EXHIBITOR, PAVILION
from fairapp.fees.queries import grants, orders, overview, payments, statements
from fairapp.fees.queries.payments import Payer
from fairapp.fees.service import subsidies as service
from fairapp.web import clock, exports, languages, words
from fairapp.web.access import actor, allow, current_fair
from fairapp.web.sorting import Sort, read_sort
from fairapp.web.toasts import Undo, say

bp = Blueprint("fees", __name__, url_prefix="/<fair:fair_code>/organizer")


@bp.get("/fees/")
@allow(Role.ORGANIZER)
def list_fees() -> str:
    """Show what every exhibitor owes, was asked for and has paid."""
    sort = _sort()
    rows = _rows(sort)
    return render_template(
        "fees/fees.html",
        page=overview.page_of(rows, page=request.args.get("page", 1, type=int)),
        sums={
            "owed": sum(row.ledger.owed for row in rows),
            "budget": sum(row.budget for row in rows if not row.held_elsewhere),
            "asked": sum(row.ledger.asked_for for row in rows),
            "paid": sum(row.ledger.paid for row in rows),
            "open": sum(row.open for row in rows),
            "overdue": sum(row.overdue for row in rows),
        },
        chosen=_filters(),
        states=words.options("fees"),
        sort=sort,
    )


FEES_COLUMNS = exports.columns(
    exhibitor=_("Exhibitor"),
    tax_code=_("Tax code"),
    contract_with=_("Contract with"),
    fees_before_vat=_("Fees before VAT"),
    vat=_("VAT"),
    fees_with_vat=_("Fees with VAT"),
    budget_pays=_("Budget pays"),
    enterprise_pays=_("Enterprise pays"),
    asked_for=_("Asked for"),
    paid=_("Paid"),
    still_open=_("Still open"),
    overdue=_("Overdue"),
)


@bp.get("/fees.xlsx")
@allow(Role.ORGANIZER)
@exports.offers(FEES_COLUMNS)
def export_fees() -> Response:
    """Answer with the filtered fees as a workbook."""
    language = languages.current_language()
    held = {MAIN_EXHIBITOR: gettext("main exhibitor"), PAVILION: gettext("pavilion")}
    rows = []
    for row in _rows(_sort()):
        if row.exhibitor is None or row.statement is None:
            name = languages.text_in(row.pavilion.name, language) if row.pavilion else ""
            start: list[Any] = [name, "", gettext("pavilion"), None, None, row.gross, None, row.ledger.owed]
        else:
            one, enterprise = row.statement, row.exhibitor.enterprise
            start = [
                enterprise.legal_name,
                enterprise.tax_code,
                held.get(one.held_by, gettext("exhibitor")),
                one.net,
                one.vat,
                one.gross,
                one.budget_pays,
                one.enterprise_pays,
            ]
        rows.append([*start, row.ledger.asked_for, row.ledger.paid, row.open, row.overdue])
    return exports.answer("fees", FEES_COLUMNS, rows)


def _rows(sort: Sort) -> Any:
    fair = current_fair()
    today = clock.now().astimezone(ZoneInfo(fair.timezone)).date()
    return overview.list_fee_rows(fair.id, today=today, **_filters(), sort=sort)


def _filters() -> dict[str, str]:
    return {"query": request.args.get("q", ""), "state": request.args.get("state", "")}


def _sort() -> Sort:
    return read_sort(request.args, overview.SORTS, overview.BY_NAME)


@bp.get("/exhibitors/<id:exhibitor_id>/fees")
@allow(Role.ORGANIZER)
def show_fees(exhibitor_id: str) -> str:
    """Show what one exhibitor owes, its subsidies and its adjustments."""
    return _page(_exhibitor(exhibitor_id))


@bp.post("/exhibitors/<id:exhibitor_id>/fees/subsidies")
@allow(Role.ORGANIZER)
def add_subsidy(exhibitor_id: str) -> Response | tuple[str, int]:
    """Enter a subsidy."""
    exhibitor, form = _exhibitor(exhibitor_id), SubsidyForm(prefix="subsidy")
    if form.validate_on_submit():
        service.add_subsidy(current_fair().id, exhibitor_id, form.to_data(), actor=actor(), now=clock.now())
        say(gettext("The subsidy is entered."))
        return _back(exhibitor_id)
    return _page(exhibitor, subsidy_form=form), form.answer_with


@bp.get("/exhibitors/<id:exhibitor_id>/fees/subsidies/<id:subsidy_id>/")
@allow(Role.ORGANIZER)
def edit_subsidy(exhibitor_id: str, subsidy_id: str) -> str:
    """Show a subsidy to be changed."""
    exhibitor = _exhibitor(exhibitor_id)
    subsidy = grants.get_subsidy(exhibitor.id, subsidy_id)
    form = SubsidyForm(data=SubsidyForm.values_of(subsidy), formdata=None, prefix="subsidy")
    return render_template("fees/subsidy.html", exhibitor=exhibitor, subsidy=subsidy, form=form)


@bp.post("/exhibitors/<id:exhibitor_id>/fees/subsidies/<id:subsidy_id>/")
@allow(Role.ORGANIZER)
def update_subsidy(exhibitor_id: str, subsidy_id: str) -> Response | tuple[str, int]:
    """Change a subsidy."""
    exhibitor, form = _exhibitor(exhibitor_id), SubsidyForm(prefix="subsidy")
    subsidy = grants.get_subsidy(exhibitor.id, subsidy_id)
    if form.validate_on_submit():
        service.update_subsidy(
            current_fair().id, exhibitor_id, subsidy_id, form.to_data(), actor=actor(), now=clock.now()
        )
        say(gettext("Saved."))
        return _back(exhibitor_id)
    page = render_template("fees/subsidy.html", exhibitor=exhibitor, subsidy=subsidy, form=form)
    return page, form.answer_with


@bp.post("/exhibitors/<id:exhibitor_id>/fees/subsidies/<id:subsidy_id>/remove")
@allow(Role.ORGANIZER)
def remove_subsidy(exhibitor_id: str, subsidy_id: str) -> Response:
    """Take a subsidy away; the toast enters it again."""
    data = service.remove_subsidy(current_fair().id, exhibitor_id, subsidy_id, actor=actor(), now=clock.now())
    values = {f"subsidy-{name}": str(value) for name, value in vars(data).items() if value not in (None, "")}
    undo = Undo(url=url_for(".add_subsidy", exhibitor_id=exhibitor_id), values=values)
    say(gettext("The subsidy of %(source)s is taken away.", source=data.source), undo=undo)
    return _back(exhibitor_id)


@bp.post("/exhibitors/<id:exhibitor_id>/fees/adjustments")
@allow(Role.ORGANIZER)
def add_adjustment(exhibitor_id: str) -> Response | tuple[str, int]:
    """Add a fee line by hand."""
    exhibitor, form = _exhibitor(exhibitor_id), AdjustmentForm(prefix="adjustment")
    if form.validate_on_submit():
        service.add_adjustment(
            current_fair().id,
            exhibitor_id,
            label=form.label.data,
            amount=form.amount.data,
            actor=actor(),
            now=clock.now(),
        )
        say(gettext("The adjustment is added."))
        return _back(exhibitor_id)
    return _page(exhibitor, adjustment_form=form), form.answer_with


@bp.post("/exhibitors/<id:exhibitor_id>/fees/adjustments/<id:adjustment_id>/remove")
@allow(Role.ORGANIZER)
def remove_adjustment(exhibitor_id: str, adjustment_id: str) -> Response:
    """Take an adjustment away; the toast adds it again."""
    label, amount = service.remove_adjustment(
        current_fair().id, exhibitor_id, adjustment_id, actor=actor(), now=clock.now()
    )
    undo = Undo(
        url=url_for(".add_adjustment", exhibitor_id=exhibitor_id),
        values={"adjustment-label": label, "adjustment-amount": str(amount)},
    )
    say(gettext("The adjustment %(label)s is taken away.", label=label), undo=undo)
    return _back(exhibitor_id)


def _exhibitor(exhibitor_id: str) -> Exhibitor:
    return exhibitors.get_exhibitor(current_fair().id, exhibitor_id)


def _page(
    exhibitor: Exhibitor,
    *,
    subsidy_form: SubsidyForm | None = None,
    adjustment_form: AdjustmentForm | None = None,
) -> str:
    payer = Payer(exhibitor_id=exhibitor.id)
    found = orders.list_orders(exhibitor.id)
    application = find_application(exhibitor.fair_id, exhibitor.enterprise_id)
    return render_template(
        "fees/exhibitor_fees.html",
        exhibitor=exhibitor,
        statement=statements.statement_of(exhibitor.id),
        ledger=payments.ledger_of(payer),
        subsidies=grants.list_subsidies(exhibitor.id),
        adjustments=grants.list_adjustments(exhibitor.id),
        wanted=application if application is not None and application.subsidy_wanted else None,
        orders_standing=sum(order.cancelled_at is None for order in found),
        subsidy_form=subsidy_form or SubsidyForm(formdata=None, prefix="subsidy"),
        adjustment_form=adjustment_form or AdjustmentForm(formdata=None, prefix="adjustment"),
    )


def _back(exhibitor_id: str) -> Response:
    return redirect(url_for(".show_fees", exhibitor_id=exhibitor_id), code=303)
