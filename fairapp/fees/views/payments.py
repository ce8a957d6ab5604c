"""Payment requests, for the organizer."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from fairapp.accounts.policy import Role
from fairapp.enterprises.names import sort_key
from fairapp.fees.ledger import next_request
from fairapp.fees.models import PaymentRequest
from fairapp.fees.papers import read_paper
from fairapp.fees.queries import e_invoices
from fairapp.fees.queries import payments as queries
from fairapp.fees.queries.grants import with_undecided_subsidy
from fairapp.fees.queries.payers import PayerName, names_of, payers_by_key
from fairapp.fees.queries.payments import BY_NUMBER, REQUEST_SORTS, Payer, payer_of
from fairapp.fees.queries.statements import statements_of
from fairapp.fees.schedule import AHEAD, RequestKind, RequestState, is_time_for, read_terms, request_state
from fairapp.fees.service import payment_records as records
from fairapp.fees.service import payment_requests as service
from fairapp.fees.service.payment_shared import today_of
from fairapp.fees.views.papers import LANGUAGES, file_name, request_pdf
from fairapp.fees.views.payers import payer_url
from fairapp.fees.views.payment_forms import EInvoiceForm
from fairapp.web import clock, exports, words
from fairapp.web.access import actor, allow, current_fair
from fairapp.web.sorting import Sort, read_sort
from fairapp.web.toasts import Undo, say
from fairapp.web.uploads import download

bp = Blueprint("payments", __name__, url_prefix="/<fair:fair_code>/organizer")


@bp.get("/payments/")
@allow(Role.ORGANIZER)
def list_requests() -> str:
    """Show the payment requests of the fair."""
    fair, today = current_fair(), _today()
    chosen, sort = _filters(), _sort()
    page = queries.page_of_requests(
        fair.id, **chosen, sort=sort, today=today, page=request.args.get("page", 1, type=int)
    )
    counts = queries.count_requests_by_state(fair.id, today=today)
    asked, paid = queries.sums_of_fair(fair.id)
    sums = queries.paid_of(one.id for one in page)
    return render_template(
        "fees/payment_requests.html",
        page=page,
        chosen=chosen,
        sort=sort,
        sums=sums,
        states={one.id: state_of(one, sums[one.id]) for one in page},
        kinds=words.options("request_kind"),
        counts=counts,
        chips=[(state.value, words.word(state, "payment_request"), counts[state.value][0]) for state in RequestState],
        asked=asked,
        paid=paid,
        unpaid=sum(counts[state][1] for state in ("open", "part", "overdue")),
        overdue=counts["overdue"],
        complete=read_terms(fair.payment).complete,
        payer_url=payer_url,
    )


def _filters() -> dict[str, Any]:
    return {
        "query": request.args.get("q", ""),
        "state": request.args.get("state", ""),
        "kind": request.args.get("kind", ""),
    }


def _sort() -> Sort:
    return read_sort(request.args, REQUEST_SORTS, BY_NUMBER)


def _today() -> Any:
    return today_of(current_fair(), clock.now())


def state_of(one: PaymentRequest, paid: int) -> RequestState:
    """Return where a request stands today."""
    return request_state(
        amount=one.amount, paid=paid, due_on=one.due_on, withdrawn=one.withdrawn_at is not None, today=_today()
    )


REQUEST_COLUMNS = exports.columns(
    reference=_("Reference"),
    payer=_("Payer"),
    tax_code=_("Tax code"),
    asked_for=_("What is asked for"),
    state=_("State"),
    amount=_("Amount"),
    paid=_("Paid"),
    open=_("Open"),
    issued=_("Issued"),
    pay_until=_("Pay until"),
)


@bp.get("/payments.xlsx")
@allow(Role.ORGANIZER)
@exports.offers(REQUEST_COLUMNS)
def export_requests() -> Response:
    """Answer with the filtered payment requests as a workbook."""
    rows = queries.list_requests(current_fair().id, **_filters(), sort=_sort(), today=_today())
    sums = queries.paid_of(one.id for one in rows)
    papers = {one.id: read_paper(one.statement) for one in rows}
    return exports.answer(
        "payment-requests",
        REQUEST_COLUMNS,
        [
            [
                one.reference,
                papers[one.id].payer.name,
                papers[one.id].payer.tax_code,
                words.word(one.kind, "request_kind"),
                words.word(state_of(one, sums[one.id]), "payment_request"),
                one.amount,
                sums[one.id],
                0 if one.withdrawn_at else max(one.amount - sums[one.id], 0),
                one.issued_at,
                one.due_on.isoformat(),
            ]
            for one in rows
        ],
    )


@bp.get("/payments/issue")
@allow(Role.ORGANIZER)
def show_due() -> str:
    """Show who could be asked for what now."""
    fair = current_fair()
    terms = read_terms(fair.payment)
    found: dict[RequestKind, list[tuple[Payer, int]]] = {kind: [] for kind in RequestKind}
    less = []
    for payer, ledger in queries.ledgers_of(fair.id, statements_of(fair.id)).items():
        following = next_request(ledger, terms, opens_on=fair.starts_on, today=_today())
        if following is not None:
            found[following.kind].append((payer, following.amount))
        elif ledger.difference < 0:
            less.append((payer, ledger.difference))
    named = names_of(fair.id)
    undecided = with_undecided_subsidy(fair.id)
    kinds = [kind for kind in RequestKind if found[kind]]
    wanted = request.args.get("kind", "")
    kind = RequestKind(wanted) if wanted in kinds else (kinds[0] if kinds else None)
    rows = _named(named, found[kind] if kind else [])
    return render_template(
        "fees/payment_due.html",
        kind=kind,
        chips=[(one.value, words.word(one, "request_kind"), len(found[one])) for one in kinds],
        rows=rows,
        undecided={name.key for payer, name in named.items() if payer.exhibitor_id in undecided},
        total=sum(amount for _name, amount in rows),
        less=_named(named, less),
        complete=terms.complete,
        is_time=kind is not None and is_time_for(kind, terms, opens_on=fair.starts_on, today=_today()),
        days_ahead=terms.balance_days + AHEAD,
    )


def _named(named: Mapping[Payer, PayerName], found: Iterable[tuple[Payer, int]]) -> list[tuple[PayerName, int]]:
    rows = [(named[payer], amount) for payer, amount in found if payer in named]
    return sorted(rows, key=lambda row: (sort_key(row[0].name), row[0].key))


@bp.post("/payments/issue")
@allow(Role.ORGANIZER)
def issue_requests() -> Response:
    """Let a job ask the ticked payers."""
    fair = current_fair()
    kind = request.form.get("kind", "")
    ticked = request.form.getlist("payer")
    known = payers_by_key(fair.id)
    payers = [known[key] for key in ticked if key in known]
    if kind not in set(RequestKind) or not payers:
        say(gettext("Tick whom to ask first."))
        return redirect(url_for(".show_due", kind=kind or None), code=303)
    job_id = service.order_issue(fair.id, payers, RequestKind(kind), actor=actor(), now=clock.now())
    return redirect(url_for("jobs.show_job", job_id=job_id), code=303)


@bp.post("/payments/remind")
@allow(Role.ORGANIZER)
def remind_overdue() -> Response:
    """Remind of everything that is overdue."""
    count = service.remind_overdue(current_fair().id, actor=actor(), now=clock.now())
    if count:
        say(ngettext("%(num)d reminder is on its way.", "%(num)d reminders are on their way.", count))
    else:
        say(gettext("Everybody who is late has been reminded today."))
    return redirect(url_for(".list_requests", state="overdue"), code=303)


@bp.get("/payments/<id:payment_request_id>/")
@allow(Role.ORGANIZER)
def show_request(payment_request_id: str) -> str:
    """Show one payment request with what came in for it."""
    one = queries.get_request(current_fair().id, payment_request_id)
    form = EInvoiceForm(formdata=None, data={"issued_on": _today()})
    return request_page(one, form)


def request_page(one: PaymentRequest, form: EInvoiceForm) -> str:
    """Write the page of a payment request."""
    paid = queries.paid_of([one.id])[one.id]
    ledger, paper = queries.ledger_of(payer_of(one)), read_paper(one.statement)
    return render_template(
        "fees/payment_request_page.html",
        request_row=one,
        paper=paper,
        changed=0 if ledger.settled else ledger.owed - paper.statement.enterprise_pays,
        paid=paid,
        state=state_of(one, paid),
        payments=queries.list_payments_for(one.id),
        ledger=ledger,
        back=payer_url(one),
        e_invoices=e_invoices.of_requests([one.id]).get(one.id, []),
        form=form,
        languages_of_papers=LANGUAGES,
    )


@bp.get("/payments/<id:payment_request_id>/request.pdf")
@allow(Role.ORGANIZER)
def download_request(payment_request_id: str) -> Response:
    """Answer with a payment request as a PDF."""
    one = queries.get_request(current_fair().id, payment_request_id)
    return pdf_of(one)


def pdf_of(one: PaymentRequest) -> Response:
    """Answer with a payment request as a PDF in the language that the address asks for."""
    fair, wanted = current_fair(), request.args.get("language", "")
    language = wanted if wanted in LANGUAGES else one.language
    return download(
        request_pdf(fair, one, language=language),
        name=file_name(fair, one, language),
        content_type="application/pdf",
        inline=True,
    )


@bp.post("/payments/<id:payment_request_id>/withdraw")
@allow(Role.ORGANIZER)
def withdraw_request(payment_request_id: str) -> Response:
    """Withdraw a payment request."""
    one = service.withdraw(current_fair().id, payment_request_id, actor=actor(), now=clock.now())
    undo = Undo(url=url_for(".restore_request", payment_request_id=payment_request_id))
    say(gettext("%(reference)s is withdrawn; the payer is told by mail.", reference=one.reference), undo=undo)
    return _back(payment_request_id)


@bp.post("/payments/<id:payment_request_id>/restore")
@allow(Role.ORGANIZER)
def restore_request(payment_request_id: str) -> Response:
    """Let a withdrawn payment request stand again."""
    one = service.restore(current_fair().id, payment_request_id, actor=actor(), now=clock.now())
    say(gettext("%(reference)s is restored.", reference=one.reference))
    return _back(payment_request_id)


@bp.post("/payments/<id:payment_request_id>/remind")
@allow(Role.ORGANIZER)
def remind(payment_request_id: str) -> Response:
    """Remind of a payment request by mail."""
    one = service.remind(current_fair().id, payment_request_id, actor=actor(), now=clock.now())
    say(gettext("The reminder of %(reference)s is on its way.", reference=one.reference))
    return _back(payment_request_id)


@bp.post("/payments/<id:payment_request_id>/use-credit")
@allow(Role.ORGANIZER)
def use_credit(payment_request_id: str) -> Response:
    """Let the payer's credit pay a request."""
    records.use_credit(current_fair().id, payment_request_id, actor=actor(), now=clock.now())
    say(gettext("The credit pays it now."))
    return _back(payment_request_id)


def _back(payment_request_id: str) -> Response:
    return redirect(url_for(".show_request", payment_request_id=payment_request_id), code=303)


@bp.post("/received/<id:payment_id>/reverse")
@allow(Role.ORGANIZER)
def reverse_payment(payment_id: str) -> Response:
    """Say that a payment was a mistake."""
    payment = records.reverse(current_fair().id, payment_id, actor=actor(), now=clock.now())
    undo = Undo(url=url_for(".reinstate_payment", payment_id=payment_id))
    say(gettext("The payment is reversed; it counts no more."), undo=undo)
    return redirect(payer_url(payment), code=303)


@bp.post("/received/<id:payment_id>/reinstate")
@allow(Role.ORGANIZER)
def reinstate_payment(payment_id: str) -> Response:
    """Take the reversal of a payment back."""
    payment = records.reinstate(current_fair().id, payment_id, actor=actor(), now=clock.now())
    say(gettext("The payment counts again."))
    return redirect(payer_url(payment), code=303)
