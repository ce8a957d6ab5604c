"""Data for the accountant's e-invoice program, and what it issued."""

from datetime import date

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from fairapp.accounts.policy import Role
from fairapp.fees import e_invoices
from fairapp.fees.bank_files import read_table
from fairapp.fees.papers import read_paper
from fairapp.fees.queries import e_invoices as queries
from fairapp.fees.queries import payments
from fairapp.fees.queries.e_invoices import Wanted
from fairapp.fees.service import payment_invoices as service
from fairapp.fees.service.payment_invoices import Refused
from fairapp.fees.views import line_words
from fairapp.fees.views.payment_forms import EInvoiceForm, TableForm
from fairapp.fees.views.payments import request_page
from fairapp.web import clock
from fairapp.web.access import actor, allow, current_fair
from fairapp.web.tables import xlsx
from fairapp.web.toasts import Undo, say
from fairapp.web.uploads import content_of

bp = Blueprint("e_invoices", __name__, url_prefix="/<fair:fair_code>/organizer")


def _wanted() -> Wanted:
    return Wanted(
        query=request.values.get("q", ""),
        paid=request.values.get("paid", "paid"),
        stage=request.values.get("stage", ""),
        since=_day("since"),
        until=_day("until"),
    )


def _day(name: str) -> date | None:
    try:
        return date.fromisoformat(request.values.get(name, ""))
    except ValueError:
        return None


@bp.get("/e-invoices/")
@allow(Role.ORGANIZER)
def list_requests() -> str:
    """Show for which payment requests e-invoices are to be issued, and which have one."""
    return _page(TableForm(formdata=None))


def _page(form: TableForm, refused: list[Refused] | None = None) -> str:
    wanted = _wanted()
    page = queries.page_of_requests(current_fair().id, wanted, page=request.args.get("page", 1, type=int))
    ids = [one.id for one in page]
    return render_template(
        "fees/e_invoices.html",
        page=page,
        wanted=wanted,
        form=form,
        refused=refused or [],
        recorded=queries.of_requests(ids),
        paid_on=queries.last_payments(ids),
        papers={one.id: read_paper(one.statement) for one in page},
        paid_choices=[("paid", gettext("Paid")), ("unpaid", gettext("Unpaid")), ("all", gettext("All"))],
        stages=[
            ("new", gettext("Not exported yet")),
            ("exported", gettext("Exported, without number")),
            ("recorded", gettext("With number")),
        ],
    )


@bp.post("/e-invoices/export")
@allow(Role.ORGANIZER)
def export_requests() -> Response:
    """Answer with the rows for the e-invoice program, and note that they were handed over."""
    fair = current_fair()
    chosen = queries.list_requests(fair.id, _wanted())
    previous = queries.previous_of(fair.id)
    head = [
        gettext("Reference"), gettext("Buyer"), gettext("Tax code"), gettext("Address"), gettext("Mail address"),
        gettext("Item"), gettext("Unit"), gettext("Quantity"), gettext("Price"), gettext("Before VAT"),
        gettext("VAT rate in per cent"), gettext("VAT"), gettext("Total"), gettext("Note"),
        gettext("Symbol"), gettext("E-invoice number"), gettext("E-invoice day"),
    ]  # fmt: skip
    rows: list[list[object]] = []
    for one in chosen:
        paper = read_paper(one.statement)
        before = read_paper(previous[one.id].statement).statement if one.id in previous else None
        for line in e_invoices.rows_of(one.kind, paper.statement, one.amount, previous=before):
            rows.append(
                [
                    one.reference, paper.payer.name, paper.payer.tax_code, paper.payer.address, paper.payer.email,
                    line_words.name_of(line), line_words.unit_of(line), line.quantity, line.unit_price, line.net,
                    line.vat_percent, line.vat, line.gross, line_words.note_of(line), "", "", "",
                ]
            )  # fmt: skip
    answer = xlsx(f"{fair.code}-e-invoices", head, rows)
    service.mark_exported(fair.id, [one.id for one in chosen], actor=actor(), now=clock.now())
    return answer


@bp.post("/e-invoices/import")
@allow(Role.ORGANIZER)
def import_numbers() -> Response | tuple[str, int]:
    """Record the symbols and numbers that a file tells."""
    form = TableForm()
    if not form.validate_on_submit():
        return _page(form), form.answer_with
    with form.refusals():
        _name, content = content_of(form.file) or ("", b"")
        table = read_table(content)
        head_row = e_invoices.find_head(table)
        if head_row < 0:
            form.file.errors = [gettext("There are no columns Reference, Symbol, E-invoice number, E-invoice day.")]
            return _page(form), 422
        columns = e_invoices.find_columns(table.rows[head_row])
        records, bad = e_invoices.read_records(table, columns, head_row=head_row)
        recorded, refused = service.record_many(current_fair().id, records, actor=actor(), now=clock.now())
        text = ngettext("%(num)d e-invoice is recorded.", "%(num)d e-invoices are recorded.", recorded)
        complaints = [Refused(row=one.row, code=f"no_{one.missing}", shown=one.shown) for one in bad]
        if complaints or refused:
            say(text)
            return _page(TableForm(formdata=None), sorted([*complaints, *refused], key=lambda one: one.row)), 422
        say(text)
        return redirect(url_for(".list_requests", stage="recorded"), code=303)
    return _page(form), form.answer_with


@bp.post("/payments/<id:payment_request_id>/e-invoices")
@allow(Role.ORGANIZER)
def record_one(payment_request_id: str) -> Response | tuple[str, int]:
    """Record the e-invoice of one payment request."""
    one, form = payments.get_request(current_fair().id, payment_request_id), EInvoiceForm()
    if form.validate_on_submit():
        with form.refusals():
            found = service.record_one(
                current_fair().id,
                payment_request_id,
                symbol=(form.symbol.data or "").upper(),
                number=form.number.data or "",
                issued_on=form.issued_on.data,
                amount=form.amount.data,
                actor=actor(),
                now=clock.now(),
            )
            undo = Undo(url=url_for(".remove_one", e_invoice_id=found.public_id))
            say(gettext("E-invoice %(number)s is recorded.", number=f"{found.symbol} {found.number}"), undo=undo)
            return redirect(url_for("payments.show_request", payment_request_id=payment_request_id), code=303)
    return request_page(one, form), form.answer_with


@bp.post("/e-invoices/<id:e_invoice_id>/remove")
@allow(Role.ORGANIZER)
def remove_one(e_invoice_id: str) -> Response:
    """Take a wrong record out."""
    request_id, values = service.remove(current_fair().id, e_invoice_id, actor=actor(), now=clock.now())
    undo = Undo(url=url_for(".record_one", payment_request_id=request_id), values=values)
    say(gettext("The record of the e-invoice is taken out."), undo=undo)
    return redirect(url_for("payments.show_request", payment_request_id=request_id), code=303)
