"""Money that came in or went back."""

from datetime import date

import pytest
import sqlalchemy as sa

from fairapp.database import db
from fairapp.errors import NotFound
from fairapp.fees.models import Payment
from fairapp.fees.queries import payments as queries
from fairapp.fees.queries.payments import Payer
from fairapp.fees.schedule import PaymentState, RequestKind
from fairapp.fees.service import payment_records as service
from fairapp.fees.service import payment_requests as requests
from fairapp.fees.service.payment_records import AlreadyReversed, NoCredit, RefundTooLarge
from fairapp.mail.models import Mail
from tests.features.fees.paying import DEPOSIT, OWED, ask, make_fair
from tests.features.threads import at_once
from tests.features.world import ACTOR

DAY = date(2026, 11, 23)


def receive(world, request, amount, payer=None):
    return service.receive(
        request.fair_id,
        payer or Payer(exhibitor_id=request.exhibitor_id),
        request_id=request.public_id,
        amount=amount,
        paid_on=DAY,
        note_text="cash",
        actor=ACTOR,
        now=world.now,
    )


def refund(world, request, amount):
    payer = Payer(exhibitor_id=request.exhibitor_id)
    return service.refund(request.fair_id, payer, amount=amount, paid_on=DAY, note_text="", actor=ACTOR, now=world.now)


def ledger(request):
    return queries.ledger_of(Payer(exhibitor_id=request.exhibitor_id))


@pytest.mark.parametrize(
    ("amount", "unpaid", "credit", "state"),
    [
        (10_000_000, 3_200_000, 0, PaymentState.HOLD),
        (DEPOSIT, 0, 0, PaymentState.DEPOSIT),
        (15_000_000, 0, 1_800_000, PaymentState.DEPOSIT),
        (OWED, 0, DEPOSIT, PaymentState.PAID),
    ],
)
def test_too_little_leaves_a_rest_and_too_much_is_a_credit(world, amount, unpaid, credit, state):
    request = ask(world, world.make_exhibitor(make_fair(world)))

    receive(world, request, amount)

    found = ledger(request)
    assert (found.paid, found.unpaid, found.credit, found.state) == (amount, unpaid, credit, state)


def test_the_payer_hears_of_each_payment_once_with_what_is_still_open(world):
    request = ask(world, world.make_exhibitor(make_fair(world), language="en"))

    receive(world, request, 10_000_000)
    world.run_jobs()

    (mail,) = db.session.scalars(sa.select(Mail).where(Mail.kind == "payment_received"))
    assert "SIE27PR00018: 3,200,000\N{NO-BREAK SPACE}₫ are still open" in mail.body


def test_a_credit_counts_for_the_next_request_and_its_code_asks_for_the_rest(world):
    exhibitor = world.make_exhibitor(make_fair(world))
    receive(world, ask(world, exhibitor), DEPOSIT + 1_000_000)

    balance = ask(world, exhibitor, RequestKind.BALANCE)

    assert queries.paid_of([balance.id])[balance.id] == 1_000_000
    assert "5408" + "12200000" in balance.statement["qr"]
    assert ledger(balance).credit == 0


def test_a_credit_that_came_later_pays_an_open_request(world):
    exhibitor = world.make_exhibitor(make_fair(world))
    deposit = ask(world, exhibitor)
    balance = ask(world, exhibitor, RequestKind.BALANCE)
    receive(world, deposit, DEPOSIT + 2_000_000)

    used = service.use_credit(balance.fair_id, balance.public_id, actor=ACTOR, now=world.now)

    assert (used, queries.paid_of([balance.id])[balance.id]) == (2_000_000, 2_000_000)
    with pytest.raises(NoCredit):
        service.use_credit(balance.fair_id, balance.public_id, actor=ACTOR, now=world.now)


def test_only_a_credit_goes_back(world):
    request = ask(world, world.make_exhibitor(make_fair(world)))
    receive(world, request, DEPOSIT + 500_000)

    with pytest.raises(RefundTooLarge):
        refund(world, request, 500_001)
    refund(world, request, 500_000)

    assert (ledger(request).paid, ledger(request).credit) == (DEPOSIT, 0)


def test_two_refunds_at_once_give_back_once(world):
    request = ask(world, world.make_exhibitor(make_fair(world)))
    receive(world, request, DEPOSIT + 500_000)
    fair_id, payer = request.fair_id, Payer(exhibitor_id=request.exhibitor_id)

    outcomes = at_once(
        world,
        2,
        lambda number: (
            service.refund(fair_id, payer, amount=500_000, paid_on=DAY, note_text="", actor=ACTOR, now=world.now).amount
        ),
    )

    assert sorted(outcomes, key=str) == [-500_000, "refund_too_large"]


def test_a_reversed_payment_counts_no_more_and_comes_back(world):
    request = ask(world, world.make_exhibitor(make_fair(world)))
    (payment,) = receive(world, request, DEPOSIT)

    service.reverse(request.fair_id, payment.public_id, actor=ACTOR, now=world.now)
    assert ledger(request).paid == 0
    with pytest.raises(AlreadyReversed):
        service.reverse(request.fair_id, payment.public_id, actor=ACTOR, now=world.now)

    service.reinstate(request.fair_id, payment.public_id, actor=ACTOR, now=world.now)
    assert ledger(request).paid == DEPOSIT


def test_a_payment_that_comes_back_to_a_paid_request_is_a_credit(world):
    request = ask(world, world.make_exhibitor(make_fair(world)))
    (payment,) = receive(world, request, DEPOSIT)
    service.reverse(request.fair_id, payment.public_id, actor=ACTOR, now=world.now)
    receive(world, request, DEPOSIT)

    service.reinstate(request.fair_id, payment.public_id, actor=ACTOR, now=world.now)

    assert (ledger(request).paid, ledger(request).credit) == (OWED, DEPOSIT)


def test_nobody_pays_somebody_elses_request(world):
    fair = make_fair(world)
    request, other = (ask(world, world.make_exhibitor(fair)) for _number in range(2))

    with pytest.raises(NotFound):
        receive(world, request, 1, payer=Payer(exhibitor_id=other.exhibitor_id))

    assert db.session.scalar(sa.select(sa.func.count()).select_from(Payment)) == 0


def test_money_that_went_back_pays_no_request_that_is_restored(world):
    request = ask(world, world.make_exhibitor(make_fair(world)))
    receive(world, request, DEPOSIT)
    requests.withdraw(request.fair_id, request.public_id, actor=ACTOR, now=world.now)
    refund(world, request, 10_000_000)

    requests.restore(request.fair_id, request.public_id, actor=ACTOR, now=world.now)

    found = ledger(request)
    assert (found.paid, found.credit, found.unpaid) == (3_200_000, 0, 10_000_000)


def test_a_refund_that_was_a_mistake_counts_again_only_while_there_is_a_credit(world):
    request = ask(world, world.make_exhibitor(make_fair(world)))
    receive(world, request, OWED)
    mistake = refund(world, request, DEPOSIT)
    service.reverse(request.fair_id, mistake.public_id, actor=ACTOR, now=world.now)
    refund(world, request, DEPOSIT)

    with pytest.raises(RefundTooLarge):
        service.reinstate(request.fair_id, mistake.public_id, actor=ACTOR, now=world.now)

    assert ledger(request).credit == 0
