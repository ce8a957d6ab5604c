"""Looking up what e-invoices are to be issued for, and those that were."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from fairapp.database import db, matches
from fairapp.enterprises.models import Enterprise
from fairapp.exhibitors.models import Exhibitor
from fairapp.fees.models import EInvoice, Payment, PaymentRequest
from fairapp.fees.queries.payments import PAID, Payer, payer_of
from fairapp.web.lists import Page, paginate


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """Which requests are looked for."""

    query: str = ""
    paid: str = "paid"
    """``paid``, ``unpaid``, or all."""
    stage: str = ""
    """``new`` was never exported, ``exported`` was and has no e-invoice, ``recorded`` has one."""
    since: date | None = None
    until: date | None = None
    """The days between which the last payment came in."""


LAST_PAID = (
    sa.select(sa.func.max(Payment.paid_on))
    .where(Payment.request_id == PaymentRequest.id, Payment.reversed_at.is_(None))
    .correlate(PaymentRequest)
    .scalar_subquery()
)
_RECORDED = sa.select(EInvoice.id).where(EInvoice.request_id == PaymentRequest.id).correlate(PaymentRequest).exists()


def _requests(fair_id: int, wanted: Wanted) -> sa.Select[PaymentRequest]:
    statement = (
        sa.select(PaymentRequest)
        .outerjoin(Exhibitor, Exhibitor.id == PaymentRequest.exhibitor_id)
        .outerjoin(Enterprise, Enterprise.id == Exhibitor.enterprise_id)
        .where(PaymentRequest.fair_id == fair_id, PaymentRequest.withdrawn_at.is_(None), PaymentRequest.amount > 0)
        .options(
            joinedload(PaymentRequest.exhibitor).joinedload(Exhibitor.enterprise),
            joinedload(PaymentRequest.pavilion),
        )
        .order_by(PaymentRequest.number)
    )
    if wanted.query:
        found = sa.or_(matches(PaymentRequest.search_text, wanted.query), matches(Enterprise.search_text, wanted.query))
        statement = statement.where(found)
    if wanted.paid == "paid":
        statement = statement.where(PaymentRequest.amount <= PAID)
    elif wanted.paid == "unpaid":
        statement = statement.where(PaymentRequest.amount > PAID)
    if wanted.stage == "new":
        statement = statement.where(PaymentRequest.exported_at.is_(None), sa.not_(_RECORDED))
    elif wanted.stage == "exported":
        statement = statement.where(PaymentRequest.exported_at.is_not(None), sa.not_(_RECORDED))
    elif wanted.stage == "recorded":
        statement = statement.where(_RECORDED)
    if wanted.since is not None:
        statement = statement.where(wanted.since <= LAST_PAID)
    if wanted.until is not None:
        statement = statement.where(wanted.until >= LAST_PAID)
    return statement


def page_of_requests(fair_id: int, wanted: Wanted, *, page: int = 1, per_page: int = 50) -> Page[PaymentRequest]:
    """Return one page of the requests for which e-invoices are issued."""
    return paginate(_requests(fair_id, wanted), page=page, per_page=per_page)


def list_requests(fair_id: int, wanted: Wanted) -> Sequence[PaymentRequest]:
    """Return every request that the filters leave, in the order of its number."""
    return db.session.scalars(_requests(fair_id, wanted)).unique().all()


def last_payments(request_ids: Iterable[int]) -> dict[int, date]:
    """Return the day of the last payment for each of some requests."""
    rows = db.session.execute(
        sa.select(Payment.request_id, sa.func.max(Payment.paid_on))
        .where(Payment.request_id.in_(list(request_ids)), Payment.reversed_at.is_(None))
        .group_by(Payment.request_id)
    )
    return {request_id: day for request_id, day in rows if request_id is not None}


def of_requests(request_ids: Iterable[int]) -> dict[int, list[EInvoice]]:
    """Return the e-invoices of some requests."""
    found: dict[int, list[EInvoice]] = {}
    for one in db.session.scalars(
        sa.select(EInvoice).where(EInvoice.request_id.in_(list(request_ids))).order_by(EInvoice.issued_on, EInvoice.id)
    ):
        found.setdefault(one.request_id, []).append(one)
    return found


def previous_of(fair_id: int) -> dict[int, PaymentRequest]:
    """Return by a request's id the one that stood before it for the same payer."""
    latest: dict[Payer, PaymentRequest] = {}
    previous = {}
    for request in db.session.scalars(
        sa.select(PaymentRequest)
        .where(PaymentRequest.fair_id == fair_id, PaymentRequest.withdrawn_at.is_(None))
        .order_by(PaymentRequest.number)
    ):
        payer = payer_of(request)
        if payer in latest:
            previous[request.id] = latest[payer]
        latest[payer] = request
    return previous
