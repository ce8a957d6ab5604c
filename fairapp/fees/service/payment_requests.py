"""Asking for money: issue, withdraw, restore, remind. Figures that were sent are never changed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fairapp.audit.service import ActorLike
from fairapp.database import db, retried, transaction
from fairapp.errors import FairError
from fairapp.exhibitors.models import Exhibitor
from fairapp.fairs.models import Fair
from fairapp.fees import schedule
from fairapp.fees.models import Payment, PaymentRequest
from fairapp.fees.papers import Before, Paper, read_paper
from fairapp.fees.queries import payments as queries
from fairapp.fees.queries.payments import Payer, payer_of
from fairapp.fees.references import make_reference
from fairapp.fees.schedule import PaymentTerms, RequestKind
from fairapp.fees.service.payment_records import apply_credit, assign
from fairapp.fees.service.payment_shared import (
    RequestGone,
    code_of,
    facts_of,
    get_terms,
    lock_request,
    note,
    organizer_of,
    party_of,
    take_turn,
    today_of,
    write_to_payer,
)  # fmt: skip
from fairapp.jobs import service as jobs

ISSUE = "fees.issue_requests"
DELIVER = "fees.deliver_request"


class NothingToRequest(FairError):
    """There is nothing to ask for of this kind; somebody else may have asked already."""

    code = "nothing_to_request"


class NotRestorable(FairError):
    """Something else was asked for since, or it is asked for already."""

    code = "request_not_restorable"


class NothingUnpaid(FairError):
    """The request is paid: there is nothing to remind of."""

    code = "nothing_unpaid"


@retried
def issue(
    fair_id: int,
    payer: Payer,
    kind: RequestKind,
    *,
    due_on: date | None = None,
    actor: ActorLike,
    now: datetime,
) -> PaymentRequest:
    """Ask one payer for what is owed; the paper is sent by a job."""
    with transaction() as session:
        request = put_request(session, fair_id, payer, kind, due_on=due_on, actor=actor, now=now)
        jobs.enqueue(session, DELIVER, {"request_id": request.id}, now=now, fair_id=fair_id)
    return request


@retried
def issue_in_job(
    fair_id: int, payer: Payer, kind: RequestKind, *, job_id: int, actor: ActorLike, now: datetime
) -> PaymentRequest | None:
    """Ask one of many payers; ``None`` if there is nothing to ask for. A job that runs again finds its own request."""
    with transaction() as session:
        take_turn(session, fair_id)
        known = session.scalars(
            sa.select(PaymentRequest).where(payer.owns(PaymentRequest), PaymentRequest.withdrawn_at.is_(None))
        )
        own = next((one for one in known if read_paper(one.statement).job_id == job_id), None)
        if own is not None:
            return own
        try:
            return put_request(session, fair_id, payer, kind, job_id=job_id, actor=actor, now=now)
        except NothingToRequest:
            return None


def order_issue(fair_id: int, payers: Sequence[Payer], kind: RequestKind, *, actor: ActorLike, now: datetime) -> str:
    """Let a job ask several payers; return the job's name in addresses."""
    with transaction() as session:
        get_terms(session.get_one(Fair, fair_id))
        job = jobs.enqueue(
            session,
            ISSUE,
            {"kind": kind.value, "payers": [[one.exhibitor_id, one.pavilion_id] for one in payers]},
            now=now,
            fair_id=fair_id,
            account_id=actor.account_id,
        )
        return job.public_id


def put_request(
    session: Session,
    fair_id: int,
    payer: Payer,
    kind: RequestKind,
    *,
    due_on: date | None = None,
    job_id: int | None = None,
    actor: ActorLike,
    now: datetime,
) -> PaymentRequest:
    """Write a request in the running transaction; what was paid too much before pays it first."""
    fair = take_turn(session, fair_id)
    terms, today = get_terms(fair), today_of(fair, now)
    ledger = queries.ledger_of(payer)
    amount = schedule.amount_of(kind, owed=ledger.owed, asked=ledger.asked, terms=terms)
    if amount <= 0 or ledger.settled:
        raise NothingToRequest()
    statement = queries.statement_for(payer)
    due = due_on or schedule.due_on(
        kind, terms, accepted_on=_accepted_on(session, fair, payer), opens_on=fair.starts_on, today=today
    )
    before = [one for one in queries.list_requests_of(payer) if one.withdrawn_at is None]
    paper = Paper(
        statement=statement,
        payer=party_of(session, payer)[0],
        payee=organizer_of(fair),
        before=tuple(Before(reference=one.reference, kind=one.kind.value, amount=one.amount) for one in before),
        credit=min(max(ledger.credit, 0), amount),
        job_id=job_id,
    )
    request = write_request(session, fair, payer, kind, paper, terms, amount=amount, due_on=due, now=now)
    apply_credit(session, request, most=paper.credit, actor=actor, now=now)
    note(session, "payment_request.issue", request, actor=actor, now=now, kind=kind.value)
    return request


def write_request(
    session: Session,
    fair: Fair,
    payer: Payer,
    kind: RequestKind,
    paper: Paper,
    terms: PaymentTerms,
    *,
    amount: int,
    due_on: date,
    now: datetime,
) -> PaymentRequest:
    """Give a paper its number, its reference and its code; the turn is taken, so numbers have no gaps."""
    number = 1 + (
        session.scalar(sa.select(sa.func.max(PaymentRequest.number)).where(PaymentRequest.fair_id == fair.id)) or 0
    )
    reference = _free_reference(session, fair.code, number)
    paper = replace(
        paper,
        bank=terms.bank,
        account=terms.account,
        holder=terms.holder,
        qr=code_of(terms, amount=amount - paper.credit, reference=reference),
        fictional=fair.fictional,
    )
    request = PaymentRequest(
        fair_id=fair.id,
        exhibitor_id=payer.exhibitor_id,
        pavilion_id=payer.pavilion_id,
        number=number,
        kind=kind,
        reference=reference,
        amount=amount,
        statement=paper.to_values(),
        rules_number=paper.statement.rules_number,
        due_on=due_on,
        language=party_of(session, payer)[1],
        issued_at=now,
    )
    session.add(request)
    session.flush()
    return request


def _free_reference(session: Session, fair_code: str, number: int) -> str:
    for again in range(27):
        reference = make_reference(fair_code, number, again=again)
        if session.scalar(sa.select(PaymentRequest.id).where(PaymentRequest.reference == reference)) is None:
            return reference
    raise ValueError(f"too many fairs have codes that begin like {fair_code}")


def _accepted_on(session: Session, fair: Fair, payer: Payer) -> date:
    if payer.exhibitor_id is None:
        return today_of(fair, fair.applications_open_at) if fair.applications_open_at else fair.starts_on
    return today_of(fair, session.get_one(Exhibitor, payer.exhibitor_id).accepted_at)


@retried
def withdraw(fair_id: int, public_id: str, *, tell: bool = True, actor: ActorLike, now: datetime) -> PaymentRequest:
    """Ask no more; what was paid for it becomes a credit."""
    with transaction() as session:
        fair = take_turn(session, fair_id)
        request = lock_request(session, fair_id, public_id)
        if request.withdrawn_at is not None or request.kind is RequestKind.CANCELLATION:
            raise RequestGone()
        take_back(session, request, now=now)
        note(session, "payment_request.withdraw", request, actor=actor, now=now)
        if tell:
            write_to_payer(session, fair, "payment_withdrawn", payer_of(request), context=facts_of(request), now=now)
    return request


def take_back(session: Session, request: PaymentRequest, *, now: datetime) -> None:
    """Withdraw a request in the running transaction and remember which payments it had."""
    paid = session.scalars(
        sa.select(Payment).where(Payment.request_id == request.id, Payment.reversed_at.is_(None)).order_by(Payment.id)
    ).all()
    paper = read_paper(request.statement)
    request.statement = replace(paper, taken=tuple((one.id, request.id) for one in paid)).to_values()
    for one in paid:
        one.request_id = None
    request.withdrawn_at = now
    session.flush()


@retried
def restore(fair_id: int, public_id: str, *, actor: ActorLike, now: datetime) -> PaymentRequest:
    """Take a withdrawal back, with the payments that it freed; not if something was asked for instead."""
    with transaction() as session:
        take_turn(session, fair_id)
        request = lock_request(session, fair_id, public_id)
        ledger = queries.ledger_of(payer_of(request))
        if request.withdrawn_at is None or ledger.settled or ledger.difference < request.amount:
            raise NotRestorable()
        put_back(session, request)
        note(session, "payment_request.restore", request, actor=actor, now=now)
    return request


def put_back(session: Session, request: PaymentRequest) -> None:
    """Let a withdrawn request stand again with those of its payments that pay nothing else and did not go back."""
    paper = read_paper(request.statement)
    own = [session.get(Payment, payment_id) for payment_id, _request_id in paper.taken]
    free = [one for one in own if one is not None and one.request_id is None and one.reversed_at is None]
    assign(session, request, free, most=queries.ledger_of(payer_of(request)).credit)
    request.statement = replace(paper, taken=()).to_values()
    request.withdrawn_at = None
    session.flush()


@retried
def remind(fair_id: int, public_id: str, *, actor: ActorLike, now: datetime) -> PaymentRequest:
    """Remind of one request by mail, with its paper."""
    with transaction() as session:
        fair = take_turn(session, fair_id)
        request = lock_request(session, fair_id, public_id)
        put_reminder(session, fair, request, now=now)
        note(session, "payment_request.remind", request, actor=actor, now=now)
    return request


def put_reminder(session: Session, fair: Fair, request: PaymentRequest, *, now: datetime) -> None:
    """Write a reminder in the running transaction."""
    if request.withdrawn_at is not None:
        raise RequestGone()
    paid = queries.paid_of([request.id])[request.id]
    if paid >= request.amount:
        raise NothingUnpaid()
    today = today_of(fair, now)
    write_to_payer(
        session,
        fair,
        "payment_reminder",
        payer_of(request),
        context={**facts_of(request, paid=paid), "overdue": today > request.due_on},
        now=now,
        attachments=[request.file] if request.file else [],
    )
    request.reminded_on = today


def remind_overdue(fair_id: int, *, actor: ActorLike, now: datetime) -> int:
    """Remind of every overdue request that was not reminded of today; return how many there were."""
    fair = db.session.get_one(Fair, fair_id)
    today = today_of(fair, now)
    overdue = queries.list_requests(fair_id, state="overdue", today=today)
    waiting = [one.public_id for one in overdue if one.reminded_on != today]
    return sum(_remind_quietly(fair_id, public_id, actor=actor, now=now) for public_id in waiting)


def remind_due(fair_id: int, *, actor: ActorLike, now: datetime) -> int:
    """Remind of every request for which a stage has come; run again on the same day it reminds of nothing twice."""
    fair = db.session.get_one(Fair, fair_id)
    today, terms = today_of(fair, now), schedule.read_terms(fair.payment)
    due = [
        one.public_id
        for state in ("open", "part", "overdue")
        for one in queries.list_requests(fair_id, state=state, today=today)
        if schedule.is_reminder_due(
            terms,
            due_on=one.due_on,
            issued_on=today_of(fair, one.issued_at),
            reminded_on=one.reminded_on,
            today=today,
        )
    ]
    return sum(_remind_quietly(fair_id, public_id, actor=actor, now=now) for public_id in due)


def _remind_quietly(fair_id: int, public_id: str, *, actor: ActorLike, now: datetime) -> bool:
    try:
        remind(fair_id, public_id, actor=actor, now=now)
    except (RequestGone, NothingUnpaid):  # paid or withdrawn since the list was read
        return False
    return True
