"""Asking for money: papers that stay as they were sent, numbers without gaps, mails with the PDF."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from fairapp.database import db, transaction
from fairapp.fees import vietqr
from fairapp.fees.models import PaymentRequest
from fairapp.fees.papers import read_paper
from fairapp.fees.queries import payments as queries
from fairapp.fees.queries.payments import Payer
from fairapp.fees.queries.rules import rules_of
from fairapp.fees.queries.statements import statements_of
from fairapp.fees.rules import BoothPrice
from fairapp.fees.schedule import PaymentState, RequestKind
from fairapp.fees.service import payment_records, payment_requests
from fairapp.fees.service.payment_requests import NothingToRequest, NotRestorable
from fairapp.fees.service.payment_shared import NoAccount
from fairapp.fees.service.rules import set_rules
from fairapp.fees.tasks import remind
from fairapp.fees.views.papers import request_pdf
from fairapp.jobs.models import Job, JobState
from fairapp.mail.models import Mail
from tests.browser.pdf import codes_in
from tests.features.fees.paying import DEPOSIT, OWED, TERMS, ask, make_fair
from tests.features.threads import at_once
from tests.features.world import ACTOR


def mails(kind):
    return list(db.session.scalars(sa.select(Mail).where(Mail.kind == kind).order_by(Mail.id)))


def raise_price(world, fair, price):
    number, rules = rules_of(fair.id)
    changed = type(rules)(**{**vars(rules), "booths": {"standard_9": BoothPrice(price=price)}})
    set_rules(fair.id, changed, seen=number, actor=ACTOR, now=world.now)


def test_a_deposit_is_half_of_what_is_owed_and_due_a_week_after_the_acceptance(world):
    exhibitor = world.make_exhibitor(make_fair(world), accepted_at=world.now)

    request = ask(world, exhibitor)

    paper = read_paper(request.statement)
    assert (request.number, request.reference, request.amount) == (1, "SIE27PR00018", DEPOSIT)
    assert request.due_on == date(2026, 11, 30)
    assert paper.statement.enterprise_pays == OWED
    assert paper.qr == vietqr.transfer(bank=TERMS.bank, account=TERMS.account, amount=DEPOSIT, purpose="SIE27PR00018")


def test_deposit_and_balance_make_what_is_owed_and_nothing_is_asked_for_twice(world):
    exhibitor = world.make_exhibitor(make_fair(world))

    amounts = [ask(world, exhibitor, kind).amount for kind in (RequestKind.DEPOSIT, RequestKind.BALANCE)]

    assert sum(amounts) == OWED
    for kind in (RequestKind.DEPOSIT, RequestKind.BALANCE, RequestKind.FULL, RequestKind.DIFFERENCE):
        with pytest.raises(NothingToRequest):
            ask(world, exhibitor, kind)


def test_without_an_account_nobody_is_asked(world):
    exhibitor = world.make_exhibitor(make_fair(world, payment={}))

    with pytest.raises(NoAccount):
        ask(world, exhibitor)


def test_two_organizers_who_ask_at_once_ask_once(world):
    fair = make_fair(world)
    fair_id, payer = fair.id, Payer(exhibitor_id=world.make_exhibitor(fair).id)

    outcomes = at_once(world, 2, lambda number: issue_deposit(world, fair_id, payer))

    assert sorted(outcomes, key=str) == [1, "nothing_to_request"]


def issue_deposit(world, fair_id, payer):
    return payment_requests.issue(fair_id, payer, RequestKind.DEPOSIT, actor=ACTOR, now=world.now).number


def test_numbers_have_no_gaps_though_many_ask_at_once(world):
    fair = make_fair(world)
    payers = [Payer(exhibitor_id=world.make_exhibitor(fair).id) for _number in range(5)]
    fair_id = fair.id

    outcomes = at_once(world, 5, lambda number: issue_deposit(world, fair_id, payers[number]))

    assert sorted(outcomes) == [1, 2, 3, 4, 5]


def test_fairs_with_the_same_beginning_have_references_of_their_own(world):
    references = [
        ask(world, world.make_exhibitor(make_fair(world, code))).reference for code in ("INDUSTRY-27", "INDUSTRY-28")
    ]

    assert references == ["INDUSTRY2PR00018", "INDUSTRY2PRA00018"]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_code_on_the_printed_paper_is_the_code_of_the_request(sqlite_world, language):
    world = sqlite_world
    fair = make_fair(world)
    request = ask(world, world.make_exhibitor(fair))

    pdf = request_pdf(fair, request, language=language)

    assert codes_in(pdf) == [read_paper(request.statement).qr]


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("fictional", [True, False])
def test_the_paper_says_the_amount_in_words_and_warns_only_in_a_demo(sqlite_world, language, fictional):
    world = sqlite_world
    fair = make_fair(world, fictional=fictional)
    request = ask(world, world.make_exhibitor(fair, invoice_name="Công ty TNHH Người mua"))

    text = " ".join(text_of(request_pdf(fair, request, language=language)).split())

    assert "Mười ba triệu hai trăm nghìn đồng" in text
    assert "Thirteen million two hundred thousand Vietnamese dong" in text
    assert "Đề nghị thanh toán" in text
    assert "Payment request" in text
    assert "Công ty TNHH Người mua" in text
    assert "SIE27PR00018" in text
    assert ("KHÔNG CHUYỂN TIỀN" in text) is fictional
    assert "Hóa đơn" not in text


def text_of(pdf):
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def test_the_paper_goes_out_by_mail_once_however_often_the_job_runs(world):
    exhibitor = world.make_exhibitor(make_fair(world), language="en")
    request = ask(world, exhibitor)

    world.run_jobs()
    with transaction() as session:
        session.execute(sa.update(Job).where(Job.name == "fees.deliver_request").values(state=JobState.READY))
    world.run_jobs()

    (mail,) = mails("payment_request")
    assert mail.subject == "SIE27: payment request SIE27PR00018"
    assert "13,200,000\N{NO-BREAK SPACE}₫" in mail.body
    assert [one.file.name for one in mail.attachments] == ["SIE27-SIE27PR00018-en.pdf"]
    assert db.session.get(PaymentRequest, request.id).file is not None


def test_old_requests_stay_when_fees_change_and_the_difference_can_be_asked_for(world):
    fair = make_fair(world)
    exhibitor = world.make_exhibitor(fair)
    request = ask(world, exhibitor, RequestKind.FULL)
    before = request.statement

    raise_price(world, fair, 30_000_000)

    ledger = queries.ledger_of(Payer(exhibitor_id=exhibitor.id))
    assert db.session.get(PaymentRequest, request.id).statement == before
    assert ledger.difference == 6_600_000
    difference = ask(world, exhibitor, RequestKind.DIFFERENCE)
    assert (difference.amount, difference.rules_number) == (6_600_000, request.rules_number + 1)


def test_when_fees_become_less_one_withdraws_and_asks_anew_and_what_was_paid_counts(world):
    fair = make_fair(world)
    exhibitor = world.make_exhibitor(fair)
    payer = Payer(exhibitor_id=exhibitor.id)
    request = ask(world, exhibitor, RequestKind.FULL)
    pay(world, request, OWED)
    raise_price(world, fair, 20_000_000)
    assert queries.ledger_of(payer).difference == -4_400_000

    payment_requests.withdraw(fair.id, request.public_id, actor=ACTOR, now=world.now)
    again = ask(world, exhibitor, RequestKind.FULL)

    ledger = queries.ledger_of(payer)
    assert (again.amount, queries.paid_of([again.id])[again.id]) == (22_000_000, 22_000_000)
    assert read_paper(again.statement).qr == ""
    assert (ledger.paid, ledger.credit, ledger.state) == (OWED, 4_400_000, PaymentState.PAID)
    assert [mail.to for mail in mails("payment_withdrawn")] == ["long@enterprise.example"]


def pay(world, request, amount):
    payer = Payer(exhibitor_id=request.exhibitor_id)
    payment_records.receive(
        request.fair_id,
        payer,
        request_id=request.public_id,
        amount=amount,
        paid_on=date(2026, 11, 23),
        note_text="",
        actor=ACTOR,
        now=world.now,
    )


def test_a_withdrawal_is_taken_back_with_its_payments(world):
    fair = make_fair(world)
    request = ask(world, world.make_exhibitor(fair))
    pay(world, request, 5_000_000)
    payment_requests.withdraw(fair.id, request.public_id, actor=ACTOR, now=world.now)
    assert queries.paid_of([request.id])[request.id] == 0

    payment_requests.restore(fair.id, request.public_id, actor=ACTOR, now=world.now)

    assert queries.paid_of([request.id])[request.id] == 5_000_000
    assert db.session.get(PaymentRequest, request.id).withdrawn_at is None


def test_a_withdrawal_is_not_taken_back_when_something_else_was_asked_for(world):
    fair = make_fair(world)
    exhibitor = world.make_exhibitor(fair)
    request = ask(world, exhibitor)
    payment_requests.withdraw(fair.id, request.public_id, actor=ACTOR, now=world.now)
    ask(world, exhibitor, RequestKind.FULL)

    with pytest.raises(NotRestorable):
        payment_requests.restore(fair.id, request.public_id, actor=ACTOR, now=world.now)


def test_a_job_asks_many_and_hands_over_one_pdf(world):
    fair = make_fair(world)
    exhibitors = [world.make_exhibitor(fair) for _number in range(3)]
    ask(world, exhibitors[0])
    payers = [Payer(exhibitor_id=one.id) for one in exhibitors]
    job_id = payment_requests.order_issue(fair.id, payers, RequestKind.DEPOSIT, actor=ACTOR, now=world.now)

    world.run_jobs()

    job = db.session.scalar(sa.select(Job).where(Job.public_id == job_id))
    assert (job.state, job.outcome, job.steps_done) == (JobState.DONE, {"requests": 2}, 3)
    assert job.file.name == "SIE27-payment-requests.pdf"
    assert db.session.scalar(sa.select(sa.func.count()).select_from(PaymentRequest)) == 3
    assert len(mails("payment_request")) == 3


def test_a_job_that_runs_again_asks_nobody_twice(world):
    fair = make_fair(world)
    payer = Payer(exhibitor_id=world.make_exhibitor(fair).id)

    first, again = (
        payment_requests.issue_in_job(fair.id, payer, RequestKind.DEPOSIT, job_id=7, actor=ACTOR, now=world.now)
        for _run in range(2)
    )

    assert first.id == again.id
    assert (
        payment_requests.issue_in_job(fair.id, payer, RequestKind.DEPOSIT, job_id=8, actor=ACTOR, now=world.now) is None
    )


def test_reminders_go_out_once_for_each_stage(world):
    fair = make_fair(world)
    late, paid = (ask(world, world.make_exhibitor(fair, accepted_at=world.now)) for _number in range(2))
    pay(world, paid, DEPOSIT)
    sent = []
    for day in range(30):
        world.app.config["CLOCK"].now += timedelta(days=1)
        before = len(mails("payment_reminder"))
        for _run in range(2):
            remind(task())
        if len(mails("payment_reminder")) > before:
            sent.append(day + 1)

    assert sent == [5, 8, 14, 21]  # due after 7 days: 2 before, then 1, 7 and 14 after
    assert {mail.context["reference"] for mail in mails("payment_reminder")} == {late.reference}


def task():
    from fairapp.jobs.registry import Task

    return Task(job_id=1, fair_id=None, account_id=None, payload={}, attempt=1, progress=lambda done, of: None)


def test_everything_overdue_is_reminded_of_once_a_day(world):
    fair = make_fair(world)
    ask(world, world.make_exhibitor(fair))
    world.set_clock(2026, 12, 20, 3)

    counts = [payment_requests.remind_overdue(fair.id, actor=ACTOR, now=world.now) for _click in range(2)]

    assert counts == [1, 0]


def test_the_money_of_all_payers_costs_the_same_for_three_or_thirty(world):
    from tests.features.counting import count_queries

    fair = make_fair(world)
    costs = []
    for many in (3, 27):
        for _number in range(many):
            ask(world, world.make_exhibitor(fair))
        with count_queries(world) as statements:
            queries.ledgers_of(fair.id, statements_of(fair.id))
        costs.append(len(statements))

    assert costs[0] == costs[1]
