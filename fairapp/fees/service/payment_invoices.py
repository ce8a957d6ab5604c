"""E-invoices that the accountant's program issues: what was handed over, and their symbols and numbers afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fairapp.audit.service import ActorLike, record
from fairapp.database import add_once, retried, transaction
from fairapp.errors import FairError, NotFound
from fairapp.fees.e_invoices import Recorded
from fairapp.fees.models import EInvoice, PaymentRequest


class EInvoiceExists(FairError):
    """Symbol and number are recorded already."""

    code = "e_invoice_exists"


@dataclass(frozen=True, kw_only=True)
class Refused:
    """A row of a file that was not recorded, and why."""

    row: int
    code: str
    shown: str


def mark_exported(fair_id: int, request_ids: Sequence[int], *, actor: ActorLike, now: datetime) -> None:
    """Note that the data of requests went to the accountant."""
    with transaction() as session:
        session.execute(
            sa.update(PaymentRequest)
            .where(PaymentRequest.fair_id == fair_id, PaymentRequest.id.in_(request_ids))
            .values(exported_at=now)
            .execution_options(synchronize_session=False)
        )
        record(
            session,
            "e_invoice.export",
            fair_id=fair_id,
            thing_id=fair_id,
            actor=actor,
            now=now,
            label=str(len(request_ids)),
        )


@retried
def record_one(
    fair_id: int,
    request_id: str,
    *,
    symbol: str,
    number: str,
    issued_on: date,
    amount: int | None,
    actor: ActorLike,
    now: datetime,
) -> EInvoice:
    """Record the e-invoice of a request."""
    with transaction() as session:
        request = session.scalar(
            sa.select(PaymentRequest).where(PaymentRequest.fair_id == fair_id, PaymentRequest.public_id == request_id)
        )
        if request is None:
            raise NotFound()
        return _put(
            session, request, symbol=symbol, number=number, issued_on=issued_on, amount=amount, actor=actor, now=now
        )


def _put(
    session: Session,
    request: PaymentRequest,
    *,
    symbol: str,
    number: str,
    issued_on: date,
    amount: int | None,
    actor: ActorLike,
    now: datetime,
) -> EInvoice:
    found = EInvoice(
        fair_id=request.fair_id,
        request_id=request.id,
        symbol=symbol,
        number=number,
        issued_on=issued_on,
        amount=request.amount if amount is None else amount,
        recorded_at=now,
    )

    def refusal() -> EInvoiceExists:
        rival = session.scalar(
            sa.select(PaymentRequest.reference)
            .join(EInvoice, EInvoice.request_id == PaymentRequest.id)
            .where(EInvoice.fair_id == request.fair_id, EInvoice.symbol == symbol, EInvoice.number == number)
        )
        return EInvoiceExists(number=f"{symbol} {number}", reference=rival or "?")

    add_once(session, found, refusal)
    record(
        session,
        "e_invoice.record",
        fair_id=request.fair_id,
        thing_id=found.id,
        actor=actor,
        now=now,
        label=f"{symbol} {number}",
        reference=request.reference,
    )
    return found


@retried
def record_many(
    fair_id: int, records: Sequence[Recorded], *, actor: ActorLike, now: datetime
) -> tuple[int, list[Refused]]:
    """Record what a file tells; rows that are known already or of no request are told, the others are kept."""
    refused = []
    with transaction() as session:
        by_reference = {
            one.reference: one
            for one in session.scalars(sa.select(PaymentRequest).where(PaymentRequest.fair_id == fair_id))
        }
        for one in records:
            request = by_reference.get(one.reference)
            shown = f"{one.reference} · {one.symbol} {one.number}"
            if request is None:
                refused.append(Refused(row=one.row, code="unknown_reference", shown=shown))
                continue
            try:
                _put(
                    session,
                    request,
                    symbol=one.symbol,
                    number=one.number,
                    issued_on=one.issued_on,
                    amount=one.amount,
                    actor=actor,
                    now=now,
                )
            except EInvoiceExists:
                refused.append(Refused(row=one.row, code="known", shown=shown))
    return len(records) - len(refused), refused


@retried
def remove(fair_id: int, e_invoice_id: str, *, actor: ActorLike, now: datetime) -> tuple[str, dict[str, str]]:
    """Take a wrong record out; return the request's id and the values by which it can be recorded again."""
    with transaction() as session:
        found = session.scalar(
            sa.select(EInvoice).where(EInvoice.fair_id == fair_id, EInvoice.public_id == e_invoice_id)
        )
        if found is None:
            raise NotFound()
        values = {
            "symbol": found.symbol,
            "number": found.number,
            "issued_on": found.issued_on.isoformat(),
            "amount": str(found.amount),
        }
        request_id = session.get_one(PaymentRequest, found.request_id).public_id
        record(
            session,
            "e_invoice.remove",
            fair_id=fair_id,
            thing_id=found.id,
            actor=actor,
            now=now,
            label=f"{found.symbol} {found.number}",
        )
        session.delete(found)
    return request_id, values
