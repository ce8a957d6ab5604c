"""Payment requests and payments, for the exhibitor."""

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from fairapp import qr
from fairapp.accounts.policy import Role
from fairapp.enterprises.reference import find_bank
from fairapp.errors import NotFound
from fairapp.exhibitors.views.own import own_exhibitor
from fairapp.fees.models import PaymentRequest
from fairapp.fees.papers import Paper, read_paper
from fairapp.fees.queries import e_invoices
from fairapp.fees.queries import payments as queries
from fairapp.fees.queries.payments import Payer
from fairapp.fees.schedule import PaymentTerms, RequestState
from fairapp.fees.service.payment_shared import code_of
from fairapp.fees.views.payments import pdf_of, state_of
from fairapp.web.access import allow, current_fair

bp = Blueprint("exhibitor_payments", __name__, url_prefix="/<fair:fair_code>/exhibitor")

OWN = (Role.EXHIBITOR_CONTACT,)


@bp.get("/payments/")
@allow(*OWN)
def show_payments() -> str:
    """Show what the exhibitor was asked for and what it has paid."""
    exhibitor = own_exhibitor(*OWN)
    payer = Payer(exhibitor_id=exhibitor.id)
    requests = queries.list_requests_of(payer)
    sums = queries.paid_of(one.id for one in requests)
    states = {one.id: state_of(one, sums[one.id]) for one in requests}
    waiting = [one for one in requests if states[one.id] not in (RequestState.PAID, RequestState.WITHDRAWN)]
    papers = {one.id: read_paper(one.statement) for one in requests}
    return render_template(
        "fees/own_payments.html",
        exhibitor=exhibitor,
        ledger=queries.ledger_of(payer),
        requests=requests[::-1],
        waiting=waiting,
        papers=papers,
        codes={one.id: _code(one, papers[one.id], sums[one.id]) for one in waiting},
        banks={one.id: find_bank(papers[one.id].bank) for one in waiting},
        sums=sums,
        states=states,
        payments=[one for one in queries.list_payments_of(payer) if one.reversed_at is None],
        e_invoices=e_invoices.of_requests(one.id for one in requests),
    )


def _code(one: PaymentRequest, paper: Paper, paid: int) -> str:
    """Return the code of what is left to pay, as a picture."""
    terms = PaymentTerms(bank=paper.bank, account=paper.account, holder=paper.holder)
    code = code_of(terms, amount=one.amount - paid, reference=one.reference)
    return qr.svg(code, label="VietQR") if code else ""


@bp.get("/payments/<id:payment_request_id>/request.pdf")
@allow(*OWN)
def download_request(payment_request_id: str) -> Response:
    """Answer with one of the exhibitor's payment requests as a PDF."""
    exhibitor = own_exhibitor(*OWN)
    one = queries.get_request(current_fair().id, payment_request_id)
    if one.exhibitor_id != exhibitor.id:
        raise NotFound()
    return pdf_of(one)
