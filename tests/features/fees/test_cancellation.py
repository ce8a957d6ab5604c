"""A withdrawal: the fee by the schedule, what is left to pay or to give back, and the way back."""

from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from fairapp.accounts.policy import Role
from fairapp.database import db, transaction
from fairapp.exhibitors.models import Exhibitor
from fairapp.exhibitors.service import withdrawing
from fairapp.fees.models import PaymentRequest
from fairapp.fees.papers import read_paper
from fairapp.fees.queries import payments as queries
from fairapp.fees.queries.payments import Payer
from fairapp.fees.schedule import RequestKind
from fairapp.fees.service import payment_cancellation as service
from fairapp.fees.service import payment_records
from fairapp.fees.service.payment_cancellation import AlreadySettled, NotSettled, SettlementChanged, TakesPart
from fairapp.fees.service.payment_requests import NothingToRequest
from tests.features.fees.paying import DEPOSIT, OWED, ask, make_fair
from tests.features.world import ACTOR

FORTY_DAYS_BEFORE = datetime(2027, 2, 5, 3, tzinfo=UTC)


def pay(world, request, amount):
    payment_records.receive(
        request.fair_id,
        Payer(exhibitor_id=request.exhibitor_id),
        request_id=request.public_id,
        amount=amount,
        paid_on=date(2027, 1, 20),
        note_text="",
        actor=ACTOR,
        now=world.now,
    )


def withdraw(world, exhibitor):
    world.app.config["CLOCK"].now = FORTY_DAYS_BEFORE
    withdrawing.withdraw(exhibitor.fair_id, exhibitor.public_id, "No goods", actor=ACTOR, now=world.now)


def standing(exhibitor):
    return [
        (one.kind, one.amount, queries.paid_of([one.id])[one.id])
        for one in queries.list_requests_of(Payer(exhibitor_id=exhibitor.id))
        if one.withdrawn_at is None
    ]


@pytest.mark.parametrize(
    ("paid", "to_pay", "credit"),
    [(0, DEPOSIT, 0), (5_000_000, 8_200_000, 0), (DEPOSIT, 0, 0)],
)
def test_a_withdrawal_replaces_what_was_asked_for_by_the_fee_of_its_day(world, paid, to_pay, credit):
    exhibitor = world.make_exhibitor(make_fair(world))
    deposit = ask(world, exhibitor)
    ask(world, exhibitor, RequestKind.BALANCE)
    if paid:
        pay(world, deposit, paid)

    withdraw(world, exhibitor)

    ledger = queries.ledger_of(Payer(exhibitor_id=exhibitor.id))
    assert standing(exhibitor) == [(RequestKind.CANCELLATION, DEPOSIT, paid)]
    assert (ledger.owed, ledger.unpaid, ledger.credit) == (DEPOSIT, to_pay, credit)


def test_what_was_paid_beyond_the_fee_can_be_given_back(world):
    exhibitor = world.make_exhibitor(make_fair(world))
    pay(world, ask(world, exhibitor, RequestKind.FULL), OWED)

    withdraw(world, exhibitor)

    payer = Payer(exhibitor_id=exhibitor.id)
    (settlement,) = [one for one in queries.list_requests_of(payer) if one.withdrawn_at is None]
    assert read_paper(settlement.statement).settlement.refund == DEPOSIT
    assert read_paper(settlement.statement).qr == ""
    assert queries.ledger_of(payer).credit == DEPOSIT
    payment_records.refund(
        exhibitor.fair_id, payer, amount=DEPOSIT, paid_on=date(2027, 2, 6), note_text="", actor=ACTOR, now=world.now
    )
    assert queries.ledger_of(payer).credit == 0


def test_an_early_withdrawal_costs_nothing(world):
    exhibitor = world.make_exhibitor(make_fair(world))
    pay(world, ask(world, exhibitor), DEPOSIT)

    withdrawing.withdraw(exhibitor.fair_id, exhibitor.public_id, "Early", actor=ACTOR, now=world.now)

    assert standing(exhibitor) == [(RequestKind.CANCELLATION, 0, 0)]
    assert queries.ledger_of(Payer(exhibitor_id=exhibitor.id)).credit == DEPOSIT


def test_who_withdrew_is_asked_for_nothing_else(world):
    exhibitor = world.make_exhibitor(make_fair(world))
    withdraw(world, exhibitor)

    with pytest.raises(NothingToRequest):
        ask(world, exhibitor, RequestKind.FULL)


def test_taking_the_withdrawal_back_restores_the_requests_and_their_payments(world):
    exhibitor = world.make_exhibitor(make_fair(world))
    deposit = ask(world, exhibitor)
    ask(world, exhibitor, RequestKind.BALANCE)
    pay(world, deposit, DEPOSIT)
    before = standing(exhibitor)
    withdraw(world, exhibitor)

    withdrawing.take_back(exhibitor.fair_id, exhibitor.public_id, actor=ACTOR, now=world.now)

    assert standing(exhibitor) == before
    assert queries.ledger_of(Payer(exhibitor_id=exhibitor.id)).credit == 0


def test_a_payment_that_the_settlement_parted_comes_back_whole(world):
    exhibitor = world.make_exhibitor(make_fair(world))
    pay(world, ask(world, exhibitor, RequestKind.FULL), OWED)
    withdraw(world, exhibitor)

    service.take_settlement_back(exhibitor.fair_id, exhibitor.id, actor=ACTOR, now=world.now)

    assert standing(exhibitor) == [(RequestKind.FULL, OWED, OWED)]


def test_money_that_went_back_does_not_come_back_with_the_requests(world):
    exhibitor = world.make_exhibitor(make_fair(world))
    pay(world, ask(world, exhibitor, RequestKind.FULL), OWED)
    withdraw(world, exhibitor)
    payer = Payer(exhibitor_id=exhibitor.id)
    payment_records.refund(
        exhibitor.fair_id, payer, amount=DEPOSIT, paid_on=date(2027, 2, 5), note_text="", actor=ACTOR, now=world.now
    )

    service.take_settlement_back(exhibitor.fair_id, exhibitor.id, actor=ACTOR, now=world.now)

    assert standing(exhibitor) == [(RequestKind.FULL, OWED, DEPOSIT)]
    assert queries.ledger_of(payer).credit == 0


def test_without_an_account_a_withdrawal_is_settled_later_by_hand(world):
    fair = make_fair(world, payment={})
    exhibitor = world.make_exhibitor(fair)
    withdraw(world, exhibitor)
    assert standing(exhibitor) == []
    with transaction() as session:
        from tests.features.fees.paying import TERMS

        session.get_one(type(fair), fair.id).payment = TERMS.to_values()

    with pytest.raises(SettlementChanged):
        service.settle(fair.id, exhibitor.id, seen_fee=1, actor=ACTOR, now=world.now)
    service.settle(fair.id, exhibitor.id, seen_fee=DEPOSIT, actor=ACTOR, now=world.now)

    assert standing(exhibitor) == [(RequestKind.CANCELLATION, DEPOSIT, 0)]
    with pytest.raises(AlreadySettled):
        service.settle(fair.id, exhibitor.id, seen_fee=DEPOSIT, actor=ACTOR, now=world.now)


def test_who_takes_part_has_nothing_to_settle(world):
    exhibitor = world.make_exhibitor(make_fair(world))

    with pytest.raises(TakesPart):
        service.settle(exhibitor.fair_id, exhibitor.id, seen_fee=0, actor=ACTOR, now=world.now)
    with pytest.raises(NotSettled):
        service.take_settlement_back(exhibitor.fair_id, exhibitor.id, actor=ACTOR, now=world.now)


def test_the_organizer_sees_the_fee_before_the_withdrawal(world):
    fair = make_fair(world)
    exhibitor = world.make_exhibitor(fair)
    world.app.config["CLOCK"].now = FORTY_DAYS_BEFORE
    client = world.sign_in_as(fair, Role.ORGANIZER)

    for page in ("withdraw", "payments/cancellation"):
        text = client.get(f"/SIE27/organizer/exhibitors/{exhibitor.public_id}/{page}").text
        assert "Cancellation fee, 50 %" in text
        assert "13,200,000" in text

    assert db.session.get(Exhibitor, exhibitor.id).withdrawn_at is None
    assert db.session.scalar(sa.select(sa.func.count()).select_from(PaymentRequest)) == 0
