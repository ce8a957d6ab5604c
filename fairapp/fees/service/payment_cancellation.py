"""Settling a withdrawal: the cancellation fee by the schedule, what is left to pay or to give back; reversible."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fairapp.audit.service import ActorLike
from fairapp.database import db, retried, transaction
from fairapp.errors import FairError
from fairapp.exhibitors.models import Exhibitor
from fairapp.exhibitors.service.withdrawing import on_return, on_withdrawal
from fairapp.fairs.models import Fair
from fairapp.fees import cancellation
from fairapp.fees.cancellation import Settlement
from fairapp.fees.lines import FeeLine, Statement
from fairapp.fees.models import PaymentRequest
from fairapp.fees.papers import Paper, read_paper
from fairapp.fees.queries import payments as queries
from fairapp.fees.queries.payments import Payer
from fairapp.fees.schedule import RequestKind, due_on, read_terms
from fairapp.fees.service.payment_records import apply_credit
from fairapp.fees.service.payment_requests import DELIVER, put_back, take_back, write_request
from fairapp.fees.service.payment_shared import (
    facts_of,
    get_terms,
    note,
    organizer_of,
    party_of,
    take_turn,
    today_of,
    write_to_payer,
)
from fairapp.jobs import service as jobs


class TakesPart(FairError):
    """The exhibitor takes part: there is nothing to settle."""

    code = "exhibitor_takes_part"


class AlreadySettled(FairError):
    """The withdrawal is settled already."""

    code = "already_settled"


class SettlementChanged(FairError):
    """The figures have changed since they were looked at."""

    code = "settlement_changed"


class NotSettled(FairError):
    """There is no settlement to take back."""

    code = "not_settled"


def preview(fair: Fair, exhibitor: Exhibitor, *, now: datetime) -> Settlement:
    """Return what a withdrawal costs: on the day it was made, else today."""
    payer = Payer(exhibitor_id=exhibitor.id)
    day = today_of(fair, exhibitor.withdrawn_at or now)
    ledger, owed = queries.ledger_of(payer), queries.statement_for(payer).enterprise_pays
    steps = read_terms(fair.payment).cancellation
    return cancellation.settle(steps, owed=owed, paid=ledger.paid, opens_on=fair.starts_on, today=day)


@retried
def settle(fair_id: int, exhibitor_id: int, *, seen_fee: int, actor: ActorLike, now: datetime) -> PaymentRequest:
    """Replace what was asked for by the cancellation fee; ``seen_fee`` is what the organizer was shown."""
    with transaction() as session:
        fair = take_turn(session, fair_id)
        get_terms(fair)
        exhibitor = session.get_one(Exhibitor, exhibitor_id)
        if exhibitor.withdrawn_at is None:
            raise TakesPart()
        if find_settlement(Payer(exhibitor_id=exhibitor_id)) is not None:
            raise AlreadySettled()
        settlement = preview(fair, exhibitor, now=now)
        if settlement.fee != seen_fee:
            raise SettlementChanged()
        return _put(session, fair, exhibitor, settlement, actor=actor, now=now)


@on_withdrawal
def settle_with_withdrawal(
    session: Session, exhibitor: Exhibitor, *, actor: ActorLike, now: datetime
) -> dict[str, Any]:
    """Settle what a withdrawal costs together with it; where there is nothing to settle, do nothing."""
    payer = Payer(exhibitor_id=exhibitor.id)
    fair = take_turn(session, exhibitor.fair_id)
    if not read_terms(fair.payment).complete or find_settlement(payer) is not None:
        return {}
    settlement = preview(fair, exhibitor, now=now)
    if not (settlement.fee or settlement.paid or _standing(payer)):
        return {}
    _put(session, fair, exhibitor, settlement, actor=actor, now=now)
    return {"cancellation_fee": settlement.fee}


def _put(
    session: Session, fair: Fair, exhibitor: Exhibitor, settlement: Settlement, *, actor: ActorLike, now: datetime
) -> PaymentRequest:
    payer = Payer(exhibitor_id=exhibitor.id)
    rules_number = queries.statement_for(payer).rules_number
    withdrew = _standing(payer)
    for one in withdrew:
        take_back(session, one, now=now)
    fee = FeeLine(
        code="cancellation",
        facts={"percent": settlement.percent, "of": settlement.owed},
        unit_price=settlement.fee,
        net=settlement.fee,
        vat_percent=0,
    )
    paper = Paper(
        statement=Statement(lines=(fee,), rules_number=rules_number),
        payer=party_of(session, payer)[0],
        payee=organizer_of(fair),
        credit=min(max(settlement.paid, 0), settlement.fee),
        settlement=settlement,
        withdrew=tuple(one.id for one in withdrew),
    )
    terms, day = read_terms(fair.payment), today_of(fair, now)
    due = due_on(RequestKind.CANCELLATION, terms, accepted_on=day, opens_on=fair.starts_on, today=day)
    request = write_request(
        session, fair, payer, RequestKind.CANCELLATION, paper, terms, amount=settlement.fee, due_on=due, now=now
    )
    apply_credit(session, request, most=paper.credit, actor=actor, now=now)
    note(session, "payment_request.settle", request, actor=actor, now=now, percent=settlement.percent)
    jobs.enqueue(session, DELIVER, {"request_id": request.id}, now=now, fair_id=fair.id)
    return request


def _standing(payer: Payer) -> list[PaymentRequest]:
    return [one for one in queries.list_requests_of(payer) if one.withdrawn_at is None]


@retried
def take_settlement_back(fair_id: int, exhibitor_id: int, *, actor: ActorLike, now: datetime) -> None:
    """Let the requests before the withdrawal stand again, each with its payments."""
    with transaction() as session:
        fair = take_turn(session, fair_id)
        if not _take_back(session, fair, Payer(exhibitor_id=exhibitor_id), actor=actor, now=now):
            raise NotSettled()


@on_return
def return_with_exhibitor(session: Session, exhibitor: Exhibitor, *, actor: ActorLike, now: datetime) -> dict[str, Any]:
    """Take the settlement back when the exhibitor takes part again."""
    fair = take_turn(session, exhibitor.fair_id)
    _take_back(session, fair, Payer(exhibitor_id=exhibitor.id), actor=actor, now=now)
    return {}


def _take_back(session: Session, fair: Fair, payer: Payer, *, actor: ActorLike, now: datetime) -> bool:
    settlement = find_settlement(payer)
    if settlement is None:
        return False
    withdrew = read_paper(settlement.statement).withdrew
    take_back(session, settlement, now=now)
    settlement.statement = replace(read_paper(settlement.statement), taken=()).to_values()
    for request in session.scalars(
        sa.select(PaymentRequest).where(PaymentRequest.id.in_(withdrew)).order_by(PaymentRequest.number)
    ):
        put_back(session, request)
        # The settlement may have parted a payment: the rest of it is a credit now.
        rest = request.amount - queries.paid_of([request.id])[request.id]
        apply_credit(session, request, most=min(rest, queries.ledger_of(payer).credit), actor=actor, now=now)
    note(session, "payment_request.unsettle", settlement, actor=actor, now=now)
    write_to_payer(session, fair, "payment_withdrawn", payer, context=facts_of(settlement), now=now)
    return True


def find_settlement(payer: Payer) -> PaymentRequest | None:
    """Return the settlement of a payer's withdrawal that stands."""
    return db.session.scalar(
        sa.select(PaymentRequest).where(
            payer.owns(PaymentRequest),
            PaymentRequest.kind == RequestKind.CANCELLATION,
            PaymentRequest.withdrawn_at.is_(None),
        )
    )
