"""The money of one payer, for the organizer: an exhibitor, or a pavilion through its co-organizer."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from fairapp.accounts.policy import Role
from fairapp.exhibitors import queries as exhibitors
from fairapp.exhibitors.models import Exhibitor, Pavilion
from fairapp.fees.ledger import choices
from fairapp.fees.models import Payment, PaymentRequest
from fairapp.fees.papers import read_paper
from fairapp.fees.queries import e_invoices
from fairapp.fees.queries import payments as queries
from fairapp.fees.queries.payments import Payer
from fairapp.fees.schedule import RequestKind, RequestState, read_terms, request_state
from fairapp.fees.service import payment_cancellation as cancellation
from fairapp.fees.service import payment_records as records
from fairapp.fees.service import payment_requests as service
from fairapp.fees.service.payment_shared import today_of
from fairapp.fees.views.payment_forms import IssueForm, ReceiveForm, RefundForm
from fairapp.web import clock, fields, words
from fairapp.web.access import actor, allow, current_fair
from fairapp.web.filters import money
from fairapp.web.toasts import Undo, say

bp = Blueprint("payers", __name__, url_prefix="/<fair:fair_code>/organizer")

RECEIVE, REFUND = "receive", "refund"
"""The forms of the page keep their names apart."""

Answer = Response | tuple[str, int]


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Whose money the page shows, and the addresses of its forms."""

    payer: Payer
    title: str
    exhibitor: Exhibitor | None = None
    pavilion: Pavilion | None = None

    @property
    def values(self) -> dict[str, str]:
        """What the addresses need."""
        if self.exhibitor is not None:
            return {"exhibitor_id": self.exhibitor.public_id}
        return {"pavilion_id": self.pavilion.public_id} if self.pavilion is not None else {}

    def url(self, name: str = "", **values: str) -> str:
        """Return the address of the page, or of one of its forms."""
        whose = "exhibitor" if self.exhibitor is not None else "pavilion"
        endpoint = f"payers.{name}" if name else f"payers.show_{whose}"
        given: dict[str, Any] = {**self.values, **values}
        return url_for(endpoint, **given)


def payer_url(row: PaymentRequest | Payment) -> str:
    """Return the address of the page of whoever a request or payment belongs to."""
    if row.exhibitor is not None:
        return url_for("payers.show_exhibitor", exhibitor_id=row.exhibitor.public_id)
    if row.pavilion is not None:
        return url_for("payers.show_pavilion", pavilion_id=row.pavilion.public_id)
    return url_for("payments.list_requests")


def _desk(exhibitor_id: str | None, pavilion_id: str | None) -> Desk:
    fair = current_fair()
    if pavilion_id is not None:
        pavilion = queries.get_pavilion(fair.id, pavilion_id)
        name = pavilion.name.get("vi") or next(iter(pavilion.name.values()), "")
        return Desk(payer=Payer(pavilion_id=pavilion.id), title=name, pavilion=pavilion)
    exhibitor = exhibitors.get_exhibitor(fair.id, exhibitor_id or "")
    enterprise = exhibitor.enterprise
    return Desk(
        payer=Payer(exhibitor_id=exhibitor.id),
        title=enterprise.short_name or enterprise.legal_name,
        exhibitor=exhibitor,
    )


@bp.get("/exhibitors/<id:exhibitor_id>/payments/")
@allow(Role.ORGANIZER)
def show_exhibitor(exhibitor_id: str) -> str:
    """Show the money of an exhibitor."""
    return _page(_desk(exhibitor_id, None))


@bp.get("/pavilions/<id:pavilion_id>/payments/")
@allow(Role.ORGANIZER)
def show_pavilion(pavilion_id: str) -> str:
    """Show the money of a pavilion."""
    return _page(_desk(None, pavilion_id))


def _page(
    desk: Desk,
    *,
    issue: IssueForm | None = None,
    receive: ReceiveForm | None = None,
    refund: RefundForm | None = None,
) -> str:
    fair, today = current_fair(), today_of(current_fair(), clock.now())
    terms = read_terms(fair.payment)
    requests, ledger = queries.list_requests_of(desk.payer), queries.ledger_of(desk.payer)
    sums = queries.paid_of(one.id for one in requests)
    states = {one.id: _state(one, sums[one.id]) for one in requests}
    unpaid = [one for one in requests if states[one.id] not in (RequestState.PAID, RequestState.WITHDRAWN)]
    if issue is None:
        issue = IssueForm(formdata=None, prefix="issue")
    offers = choices(ledger, terms)
    issue.kind.choices = fields.options(
        (one.kind.value, f"{words.word(one.kind, 'request_kind')}: {money(one.amount)}") for one in offers
    )
    if receive is None:
        receive = ReceiveForm(formdata=None, prefix=RECEIVE, data={"paid_on": today})
    receive.offer(unpaid)
    if refund is None:
        refund = RefundForm(
            formdata=None, prefix=REFUND, data={"paid_on": today, "amount": max(ledger.credit, 0) or None}
        )
    settlement = cancellation.find_settlement(desk.payer)
    return render_template(
        "fees/payer.html",
        desk=desk,
        ledger=ledger,
        requests=requests,
        sums=sums,
        states=states,
        payments=queries.list_payments_of(desk.payer),
        e_invoices=e_invoices.of_requests(one.id for one in requests),
        offers=offers,
        issue=issue,
        receive=receive,
        refund=refund,
        complete=terms.complete,
        settlement=read_paper(settlement.statement).settlement if settlement else None,
        held_by=queries.statement_for(desk.payer).held_by,
    )


def _state(one: PaymentRequest, paid: int) -> RequestState:
    return request_state(
        amount=one.amount,
        paid=paid,
        due_on=one.due_on,
        withdrawn=one.withdrawn_at is not None,
        today=today_of(current_fair(), clock.now()),
    )


@bp.post("/exhibitors/<id:exhibitor_id>/payments/issue")
@bp.post("/pavilions/<id:pavilion_id>/payments/issue")
@allow(Role.ORGANIZER)
def issue(exhibitor_id: str | None = None, pavilion_id: str | None = None) -> Answer:
    """Ask one payer for a deposit, the balance, all or the difference."""
    desk, fair = _desk(exhibitor_id, pavilion_id), current_fair()
    form = IssueForm(prefix="issue")
    form.kind.choices = words.options("request_kind")
    if form.validate_on_submit():
        with form.refusals():
            one = service.issue(
                fair.id,
                desk.payer,
                RequestKind(form.kind.data),
                due_on=form.due_on.data,
                actor=actor(),
                now=clock.now(),
            )
            undo = Undo(url=url_for("payments.withdraw_request", payment_request_id=one.public_id))
            say(gettext("%(reference)s is issued and on its way.", reference=one.reference), undo=undo)
            return redirect(desk.url(), code=303)
    return _page(desk, issue=form), form.answer_with


@bp.post("/exhibitors/<id:exhibitor_id>/payments/receive")
@bp.post("/pavilions/<id:pavilion_id>/payments/receive")
@allow(Role.ORGANIZER)
def receive(exhibitor_id: str | None = None, pavilion_id: str | None = None) -> Answer:
    """Record money that came in."""
    desk, form = _desk(exhibitor_id, pavilion_id), ReceiveForm(prefix=RECEIVE)
    form.offer(one for one in queries.list_requests_of(desk.payer) if one.withdrawn_at is None)
    if form.validate_on_submit():
        with form.refusals():
            records.receive(
                current_fair().id,
                desk.payer,
                request_id=form.request_id.data or None,
                amount=form.amount.data,
                paid_on=form.paid_on.data,
                note_text=form.note.data or "",
                actor=actor(),
                now=clock.now(),
            )
            say(gettext("The payment is recorded; the payer is told by mail."))
            return redirect(desk.url(), code=303)
    return _page(desk, receive=form), form.answer_with


@bp.post("/exhibitors/<id:exhibitor_id>/payments/refund")
@bp.post("/pavilions/<id:pavilion_id>/payments/refund")
@allow(Role.ORGANIZER)
def refund(exhibitor_id: str | None = None, pavilion_id: str | None = None) -> Answer:
    """Record money that went back."""
    desk, form = _desk(exhibitor_id, pavilion_id), RefundForm(prefix=REFUND)
    if form.validate_on_submit():
        with form.refusals():
            payment = records.refund(
                current_fair().id,
                desk.payer,
                amount=form.amount.data,
                paid_on=form.paid_on.data,
                note_text=form.note.data or "",
                actor=actor(),
                now=clock.now(),
            )
            undo = Undo(url=url_for("payments.reverse_payment", payment_id=payment.public_id))
            say(gettext("The refund is recorded."), undo=undo)
            return redirect(desk.url(), code=303)
    return _page(desk, refund=form), form.answer_with


@bp.get("/exhibitors/<id:exhibitor_id>/payments/cancellation")
@allow(Role.ORGANIZER)
def show_cancellation(exhibitor_id: str) -> str:
    """Show what a withdrawal costs by the schedule, before anything is settled."""
    desk, fair = _desk(exhibitor_id, None), current_fair()
    exhibitor = exhibitors.get_exhibitor(fair.id, exhibitor_id)
    settlement = cancellation.find_settlement(desk.payer)
    return render_template(
        "fees/cancellation.html",
        desk=desk,
        exhibitor=exhibitor,
        preview=cancellation.preview(fair, exhibitor, now=clock.now()),
        settled=settlement,
        steps=read_terms(fair.payment).cancellation,
        requests=[one for one in queries.list_requests_of(desk.payer) if one.withdrawn_at is None],
    )


@bp.post("/exhibitors/<id:exhibitor_id>/payments/cancellation")
@allow(Role.ORGANIZER)
def settle_cancellation(exhibitor_id: str) -> Any:
    """Settle a withdrawal."""
    desk, exhibitor = _desk(exhibitor_id, None), exhibitors.get_exhibitor(current_fair().id, exhibitor_id)
    cancellation.settle(
        current_fair().id,
        exhibitor.id,
        seen_fee=request.form.get("fee", -1, type=int),
        actor=actor(),
        now=clock.now(),
    )
    undo = Undo(url=url_for(".take_cancellation_back", exhibitor_id=exhibitor_id))
    say(gettext("The withdrawal is settled; the paper is on its way."), undo=undo)
    return redirect(desk.url(), code=303)


@bp.post("/exhibitors/<id:exhibitor_id>/payments/cancellation/undo")
@allow(Role.ORGANIZER)
def take_cancellation_back(exhibitor_id: str) -> Response:
    """Let the requests before the withdrawal stand again."""
    desk, exhibitor = _desk(exhibitor_id, None), exhibitors.get_exhibitor(current_fair().id, exhibitor_id)
    cancellation.take_settlement_back(current_fair().id, exhibitor.id, actor=actor(), now=clock.now())
    say(gettext("The settlement is taken back: the requests from before are restored."))
    return redirect(desk.url(), code=303)
