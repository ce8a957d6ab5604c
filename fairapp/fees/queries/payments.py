"""Looking up payment requests and payments; sums cost the same for one payer or a thousand."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, joinedload

from fairapp.database import db, matches
from fairapp.enterprises.models import Enterprise
from fairapp.errors import NotFound
from fairapp.exhibitors.models import Exhibitor, Pavilion
from fairapp.fees.ledger import Ledger
from fairapp.fees.lines import OWN, Statement
from fairapp.fees.models import Payment, PaymentRequest
from fairapp.fees.papers import read_paper
from fairapp.fees.queries.statements import (
    statement_of,
    statement_of_pavilion,
    statements_of_pavilions,
)  # fmt: skip
from fairapp.fees.schedule import Asked, RequestKind, RequestState
from fairapp.web.lists import Page, paginate
from fairapp.web.sorting import Sort, ordering


@dataclass(frozen=True)
class Payer:
    """Who pays: an exhibitor, or a pavilion through the co-organizer that holds its contract."""

    exhibitor_id: int | None = None
    pavilion_id: int | None = None

    def owns(self, table: type[PaymentRequest] | type[Payment]) -> sa.ColumnElement[bool]:
        """Return the condition that a row is this payer's."""
        return sa.and_(table.exhibitor_id == self.exhibitor_id, table.pavilion_id == self.pavilion_id)


PAID = (
    sa.select(sa.func.coalesce(sa.func.sum(Payment.amount), 0))
    .where(Payment.request_id == PaymentRequest.id, Payment.reversed_at.is_(None))
    .correlate(PaymentRequest)
    .scalar_subquery()
)
"""What has come in for a request."""

BY_NUMBER = Sort(by="number", descending=True)

REQUEST_SORTS: dict[str, sa.ColumnElement[Any] | Mapped[Any]] = {
    "number": PaymentRequest.number,
    "payer": sa.func.coalesce(Enterprise.search_text, ""),
    "amount": PaymentRequest.amount,
    "paid": PAID,
    "due": PaymentRequest.due_on,
}


def in_state(state: RequestState, today: date) -> sa.ColumnElement[bool]:
    """Return the condition that a request is in ``state``; as ``schedule.request_state`` says."""
    if state is RequestState.WITHDRAWN:
        return PaymentRequest.withdrawn_at.is_not(None)
    standing = PaymentRequest.withdrawn_at.is_(None)
    if state is RequestState.PAID:
        return sa.and_(standing, PaymentRequest.amount <= PAID)
    unpaid = sa.and_(standing, PaymentRequest.amount > PAID)
    if state is RequestState.OVERDUE:
        return sa.and_(unpaid, PaymentRequest.due_on < today)
    some = PAID > 0
    return sa.and_(unpaid, PaymentRequest.due_on >= today, some if state is RequestState.PART else sa.not_(some))


WITH_PAYER = (
    joinedload(PaymentRequest.exhibitor).joinedload(Exhibitor.enterprise),
    joinedload(PaymentRequest.pavilion),
)


def requests_of_fair(
    fair_id: int, *, query: str = "", state: str = "", kind: str = "", sort: Sort = BY_NUMBER, today: date
) -> sa.Select[PaymentRequest]:
    """Return the statement that selects a fair's requests as filters and sort say."""
    statement = (
        sa.select(PaymentRequest)
        .outerjoin(Exhibitor, Exhibitor.id == PaymentRequest.exhibitor_id)
        .outerjoin(Enterprise, Enterprise.id == Exhibitor.enterprise_id)
        .where(PaymentRequest.fair_id == fair_id)
        .options(*WITH_PAYER)
        .order_by(ordering(REQUEST_SORTS, sort), PaymentRequest.id)
    )
    if query:
        found = sa.or_(matches(PaymentRequest.search_text, query), matches(Enterprise.search_text, query))
        statement = statement.where(found)
    if state in set(RequestState):
        statement = statement.where(in_state(RequestState(state), today))
    if kind in set(RequestKind):
        statement = statement.where(PaymentRequest.kind == RequestKind(kind))
    return statement


def page_of_requests(fair_id: int, *, page: int = 1, per_page: int = 50, **filters: Any) -> Page[PaymentRequest]:
    """Return one page of a fair's payment requests."""
    return paginate(requests_of_fair(fair_id, **filters), page=page, per_page=per_page)


def list_requests(fair_id: int, **filters: Any) -> Sequence[PaymentRequest]:
    """Return every request that the filters leave."""
    return db.session.scalars(requests_of_fair(fair_id, **filters)).unique().all()


def list_some(fair_id: int, ids: Iterable[int]) -> Sequence[PaymentRequest]:
    """Return requests of a fair by their row ids."""
    statement = sa.select(PaymentRequest).where(PaymentRequest.fair_id == fair_id, PaymentRequest.id.in_(list(ids)))
    return db.session.scalars(statement.options(*WITH_PAYER)).all()


def count_requests_by_state(fair_id: int, *, today: date) -> dict[str, tuple[int, int]]:
    """Return how many requests of a fair are in each state, and what is unpaid of them."""
    found = {}
    for state in RequestState:
        row = db.session.execute(
            sa.select(sa.func.count(), sa.func.coalesce(sa.func.sum(PaymentRequest.amount - PAID), 0)).where(
                PaymentRequest.fair_id == fair_id, in_state(state, today)
            )
        ).one()
        found[state.value] = (int(row[0]), int(row[1]))
    return found


def sums_of_fair(fair_id: int) -> tuple[int, int]:
    """Return what a fair asked for in all, and what has come in."""
    asked = db.session.scalar(
        sa.select(sa.func.sum(PaymentRequest.amount)).where(
            PaymentRequest.fair_id == fair_id, PaymentRequest.withdrawn_at.is_(None)
        )
    )
    paid = db.session.scalar(
        sa.select(sa.func.sum(Payment.amount)).where(Payment.fair_id == fair_id, Payment.reversed_at.is_(None))
    )
    return int(asked or 0), int(paid or 0)


def paid_of(request_ids: Iterable[int]) -> dict[int, int]:
    """Return what has come in for each of some requests."""
    rows = db.session.execute(
        sa.select(Payment.request_id, sa.func.sum(Payment.amount))
        .where(Payment.request_id.in_(list(request_ids)), Payment.reversed_at.is_(None))
        .group_by(Payment.request_id)
    )
    sums: dict[int, int] = defaultdict(int)
    for request_id, amount in rows:
        if request_id is not None:
            sums[request_id] = int(amount)
    return sums


def get_request(fair_id: int, public_id: str) -> PaymentRequest:
    """Return a payment request of a fair; raise ``NotFound``."""
    request = db.session.scalar(
        sa.select(PaymentRequest)
        .where(PaymentRequest.fair_id == fair_id, PaymentRequest.public_id == public_id)
        .options(
            joinedload(PaymentRequest.exhibitor).joinedload(Exhibitor.enterprise),
            joinedload(PaymentRequest.pavilion),
        )
    )
    if request is None:
        raise NotFound()
    return request


def list_requests_of(payer: Payer) -> Sequence[PaymentRequest]:
    """Return the payment requests of one payer in their order."""
    return db.session.scalars(
        sa.select(PaymentRequest).where(payer.owns(PaymentRequest)).order_by(PaymentRequest.number)
    ).all()


def list_payments_of(payer: Payer) -> Sequence[Payment]:
    """Return the payments of one payer, the latest first."""
    return db.session.scalars(
        sa.select(Payment)
        .where(payer.owns(Payment))
        .options(joinedload(Payment.request), joinedload(Payment.bank_line))
        .order_by(Payment.paid_on.desc(), Payment.id.desc())
    ).all()


def list_payments_for(request_id: int) -> Sequence[Payment]:
    """Return the payments for one request in their order."""
    return db.session.scalars(
        sa.select(Payment)
        .where(Payment.request_id == request_id)
        .options(joinedload(Payment.bank_line))
        .order_by(Payment.paid_on, Payment.id)
    ).all()


def get_pavilion(fair_id: int, public_id: str) -> Pavilion:
    """Return a pavilion of a fair; raise ``NotFound``."""
    pavilion = db.session.scalar(
        sa.select(Pavilion)
        .where(Pavilion.fair_id == fair_id, Pavilion.public_id == public_id)
        .options(joinedload(Pavilion.co_organizer))
    )
    if pavilion is None:
        raise NotFound()
    return pavilion


def statement_for(payer: Payer) -> Statement:
    """Return what a payer's fees are now; nothing where somebody else holds the contract."""
    if payer.pavilion_id is not None:
        return statement_of_pavilion(payer.pavilion_id)
    if payer.exhibitor_id is None:
        return Statement()
    statement = statement_of(payer.exhibitor_id)
    return statement if statement.held_by == OWN else Statement(held_by=statement.held_by)


def ledger_of(payer: Payer) -> Ledger:
    """Return the money of one payer."""
    requests = [one for one in list_requests_of(payer) if one.withdrawn_at is None]
    paid, credit = _sums_by_payer(sa.select(Payment).where(payer.owns(Payment))).get(payer, (0, 0))
    return _ledger(statement_for(payer), requests, paid, credit)


def ledgers_of(fair_id: int, by_exhibitor: Mapping[int, Statement]) -> dict[Payer, Ledger]:
    """Return the money of every payer of a fair from all its statements, in a fixed number of queries."""
    statements = {Payer(exhibitor_id=key): one for key, one in by_exhibitor.items() if one.held_by == OWN}
    statements |= {Payer(pavilion_id=key): one for key, one in statements_of_pavilions(fair_id, by_exhibitor).items()}
    requests: dict[Payer, list[PaymentRequest]] = defaultdict(list)
    for request in db.session.scalars(
        sa.select(PaymentRequest)
        .where(PaymentRequest.fair_id == fair_id, PaymentRequest.withdrawn_at.is_(None))
        .order_by(PaymentRequest.number)
    ):
        requests[payer_of(request)].append(request)
    sums = _sums_by_payer(sa.select(Payment).where(Payment.fair_id == fair_id))
    payers = [*statements, *(payer for payer in (*requests, *sums) if payer not in statements)]
    return {
        payer: _ledger(statements.get(payer, Statement()), requests.get(payer, []), *sums.get(payer, (0, 0)))
        for payer in dict.fromkeys(payers)
    }


def payer_of(row: PaymentRequest | Payment) -> Payer:
    """Return whose a request or payment is."""
    return Payer(exhibitor_id=row.exhibitor_id, pavilion_id=row.pavilion_id)


def _ledger(statement: Statement, requests: Collection[PaymentRequest], paid: int, credit: int) -> Ledger:
    settlement = next((one for one in requests if one.kind is RequestKind.CANCELLATION), None)
    settled = read_paper(settlement.statement).settlement if settlement else None
    return Ledger(
        owed=settled.fee if settled else statement.enterprise_pays,
        asked=tuple(Asked(kind=one.kind, amount=one.amount) for one in requests),
        paid=paid,
        credit=credit,
        settled=settled is not None,
    )


def _sums_by_payer(payments: sa.Select[Payment]) -> Mapping[Payer, tuple[int, int]]:
    chosen = payments.where(Payment.reversed_at.is_(None)).subquery()
    unassigned = sa.case((chosen.c.request_id.is_(None), chosen.c.amount), else_=0)
    rows = db.session.execute(
        sa.select(
            chosen.c.exhibitor_id, chosen.c.pavilion_id, sa.func.sum(chosen.c.amount), sa.func.sum(unassigned)
        ).group_by(chosen.c.exhibitor_id, chosen.c.pavilion_id)
    )
    return {
        Payer(exhibitor_id=exhibitor_id, pavilion_id=pavilion_id): (int(paid), int(credit))
        for exhibitor_id, pavilion_id, paid, credit in rows
    }
