"""Money that came in or went back: record, refund, reverse, use a credit."""

from collections.abc import Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fairapp.audit.service import ActorLike
from fairapp.database import retried, transaction
from fairapp.errors import FairError, NotFound
from fairapp.fairs.models import Fair
from fairapp.fees.models import BankLine, Payment, PaymentRequest
from fairapp.fees.queries import payments as queries
from fairapp.fees.queries.payments import Payer, payer_of
from fairapp.fees.service.payment_shared import facts_of, lock_request, note, take_turn, write_to_payer


class RefundTooLarge(FairError):
    """More would go back than came in."""

    code = "refund_too_large"


class AlreadyReversed(FairError):
    """The payment was reversed, or stands, already."""

    code = "payment_state"


class NoCredit(FairError):
    """There is no credit to use, or nothing to use it for."""

    code = "no_credit"


@retried
def receive(
    fair_id: int,
    payer: Payer,
    *,
    request_id: str | None,
    amount: int,
    paid_on: date,
    note_text: str,
    actor: ActorLike,
    now: datetime,
) -> list[Payment]:
    """Record money that came in by another way than a bank statement; what exceeds the request is a credit."""
    with transaction() as session:
        fair = take_turn(session, fair_id)
        request = lock_request(session, fair_id, request_id) if request_id else None
        if request is not None and (payer_of(request) != payer or request.withdrawn_at is not None):
            raise NotFound()
        rest = max(request.amount - queries.paid_of([request.id])[request.id], 0) if request else 0
        parts = [(request, min(amount, rest)), (None, amount - min(amount, rest))]
        return put_payments(
            session, fair, payer, parts, paid_on=paid_on, note_text=note_text, source=None, actor=actor, now=now
        )


def put_payments(
    session: Session,
    fair: Fair,
    payer: Payer,
    parts: Sequence[tuple[PaymentRequest | None, int]],
    *,
    paid_on: date,
    note_text: str = "",
    bank_line: BankLine | None = None,
    source: str | None,
    tell: bool = True,
    actor: ActorLike,
    now: datetime,
) -> list[Payment]:
    """Write what one transfer pays in the running transaction, and tell the payer once."""
    payments = [
        Payment(
            fair_id=fair.id,
            exhibitor_id=payer.exhibitor_id,
            pavilion_id=payer.pavilion_id,
            request_id=request.id if request else None,
            bank_line_id=bank_line.id if bank_line else None,
            amount=amount,
            paid_on=paid_on,
            note=note_text,
            recorded_by_id=actor.account_id,
            recorded_at=now,
        )
        for request, amount in parts
        if amount > 0
    ]
    session.add_all(payments)
    session.flush()
    for payment in payments:
        note(session, "payment.record", payment, actor=actor, now=now)
    if not tell:
        return payments
    named = [request for request, amount in parts if request is not None and amount > 0]
    paid = queries.paid_of(one.id for one in named)
    write_to_payer(
        session,
        fair,
        "payment_received",
        payer,
        context={
            "amount": sum(one.amount for one in payments),
            "paid_on": paid_on.isoformat(),
            "requests": [facts_of(one, paid=paid[one.id]) for one in named],
            "credit": sum(one.amount for one in payments if one.request_id is None),
        },
        now=now,
        source=source,
    )
    return payments


@retried
def refund(
    fair_id: int, payer: Payer, *, amount: int, paid_on: date, note_text: str, actor: ActorLike, now: datetime
) -> Payment:
    """Record money that went back to the payer; only what pays no request can go back."""
    with transaction() as session:
        take_turn(session, fair_id)
        _check_refund(queries.ledger_of(payer).credit, amount)
        payment = Payment(
            fair_id=fair_id,
            exhibitor_id=payer.exhibitor_id,
            pavilion_id=payer.pavilion_id,
            amount=-amount,
            paid_on=paid_on,
            note=note_text,
            recorded_by_id=actor.account_id,
            recorded_at=now,
        )
        session.add(payment)
        note(session, "payment.refund", payment, actor=actor, now=now)
    return payment


def _check_refund(credit: int, amount: int) -> None:
    most = max(credit, 0)
    if amount > most:
        raise RefundTooLarge(most=f"{most:,}".replace(",", "."))


@retried
def reverse(fair_id: int, public_id: str, *, actor: ActorLike, now: datetime) -> Payment:
    """Say that a payment was a mistake: it counts no more, and its bank line waits for another decision."""
    return _turn(fair_id, public_id, reversed_at=now, action="payment.reverse", actor=actor, now=now)


@retried
def reinstate(fair_id: int, public_id: str, *, actor: ActorLike, now: datetime) -> Payment:
    """Take a reversal back, where the bank line has room for it still."""
    return _turn(fair_id, public_id, reversed_at=None, action="payment.reinstate", actor=actor, now=now)


def _turn(
    fair_id: int, public_id: str, *, reversed_at: datetime | None, action: str, actor: ActorLike, now: datetime
) -> Payment:
    with transaction() as session:
        take_turn(session, fair_id)
        payment = session.scalar(sa.select(Payment).where(Payment.fair_id == fair_id, Payment.public_id == public_id))
        if payment is None:
            raise NotFound()
        if (payment.reversed_at is None) is (reversed_at is None):
            raise AlreadyReversed()
        if reversed_at is None and payment.amount < 0:
            _check_refund(queries.ledger_of(payer_of(payment)).credit, -payment.amount)
        if reversed_at is None and payment.bank_line_id is not None:
            line = session.get_one(BankLine, payment.bank_line_id)
            if line.amount - assigned_of(session, line.id) < payment.amount:
                raise AlreadyReversed()
        if reversed_at is None and payment.request_id is not None:
            request = session.get_one(PaymentRequest, payment.request_id)
            room = request.amount - queries.paid_of([request.id])[request.id]
            if request.withdrawn_at is not None or room < payment.amount:
                payment.request_id = None  # it pays nothing else by now: a credit
        payment.reversed_at = reversed_at
        note(session, action, payment, actor=actor, now=now)
    return payment


def assigned_of(session: Session, bank_line_id: int) -> int:
    """Return how much of a bank line is recorded as payments."""
    total = session.scalar(
        sa.select(sa.func.sum(Payment.amount)).where(
            Payment.bank_line_id == bank_line_id, Payment.reversed_at.is_(None)
        )
    )
    return int(total or 0)


@retried
def use_credit(fair_id: int, public_id: str, *, actor: ActorLike, now: datetime) -> int:
    """Let a payer's credit pay a request; return how much of it was used."""
    with transaction() as session:
        take_turn(session, fair_id)
        request = lock_request(session, fair_id, public_id)
        rest = request.amount - queries.paid_of([request.id])[request.id]
        credit = queries.ledger_of(payer_of(request)).credit
        most = min(rest, credit)
        if request.withdrawn_at is not None or most <= 0:
            raise NoCredit()
        apply_credit(session, request, most=most, actor=actor, now=now)
    return most


def apply_credit(session: Session, request: PaymentRequest, *, most: int, actor: ActorLike, now: datetime) -> None:
    """Let payments of no request pay this one, in their order; one that is larger is parted."""
    payer = payer_of(request)
    free = session.scalars(
        sa.select(Payment)
        .where(payer.owns(Payment), Payment.request_id.is_(None), Payment.reversed_at.is_(None), Payment.amount > 0)
        .order_by(Payment.paid_on, Payment.id)
    ).all()
    for payment in assign(session, request, free, most=most):
        note(session, "payment.use_credit", payment, actor=actor, now=now, label=request.reference)
    session.flush()


def assign(session: Session, request: PaymentRequest, free: Sequence[Payment], *, most: int) -> list[Payment]:
    """Let payments of no request pay this one up to ``most``; return those that do."""
    assigned, left = [], most
    for payment in free:
        if left <= 0:
            break
        if payment.amount > left:
            session.add(_rest_of(payment, payment.amount - left))
            payment.amount = left
        payment.request_id = request.id
        left -= payment.amount
        assigned.append(payment)
    return assigned


def _rest_of(payment: Payment, amount: int) -> Payment:
    return Payment(
        fair_id=payment.fair_id,
        exhibitor_id=payment.exhibitor_id,
        pavilion_id=payment.pavilion_id,
        bank_line_id=payment.bank_line_id,
        amount=amount,
        paid_on=payment.paid_on,
        note=payment.note,
        recorded_by_id=payment.recorded_by_id,
        recorded_at=payment.recorded_at,
    )
