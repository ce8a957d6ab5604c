"""Who is asked for what, until when, and where it stands."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairapp.fees import schedule
from fairapp.fees.schedule import Asked, PaymentState, PaymentTerms, RequestKind, RequestState, read_terms

OPENING = date(2027, 3, 17)
TODAY = date(2026, 11, 23)
TERMS = PaymentTerms(bank="970436", account="0011001234567", holder="TRUNG TAM XUC TIEN")
DEPOSIT = Asked(kind=RequestKind.DEPOSIT, amount=50)
BALANCE = Asked(kind=RequestKind.BALANCE, amount=50)


def test_terms_are_read_as_they_were_written():
    assert read_terms(TERMS.to_values()) == TERMS


def test_a_fair_without_settings_has_the_usual_terms_and_cannot_ask_for_money():
    assert read_terms({}) == PaymentTerms()
    assert not read_terms({}).complete
    assert TERMS.complete


@pytest.mark.parametrize(
    ("asked", "today", "kind"),
    [
        ([], TODAY, RequestKind.DEPOSIT),
        ([], OPENING - timedelta(days=20), RequestKind.FULL),
        ([DEPOSIT], TODAY, RequestKind.BALANCE),
        ([DEPOSIT, BALANCE], TODAY, RequestKind.DIFFERENCE),
    ],
)
def test_what_is_asked_for_next(asked, today, kind):
    assert schedule.next_kind(TERMS, asked, opens_on=OPENING, today=today) is kind


@pytest.mark.parametrize("percent", [0, 100])
def test_without_parts_all_is_asked_for_at_once(percent):
    terms = PaymentTerms(deposit_percent=percent)

    assert schedule.next_kind(terms, [], opens_on=OPENING, today=TODAY) is RequestKind.FULL


@given(st.integers(0, 10**10), st.integers(1, 99), st.integers(-(10**9), 10**9))
def test_deposit_balance_and_difference_make_what_is_owed(owed, percent, change):
    terms = PaymentTerms(deposit_percent=percent)
    asked = []
    for kind in (RequestKind.DEPOSIT, RequestKind.BALANCE):
        asked.append(Asked(kind=kind, amount=schedule.amount_of(kind, owed=owed, asked=asked, terms=terms)))

    assert sum(one.amount for one in asked) == owed
    assert all(one.amount >= 0 for one in asked)
    assert schedule.amount_of(RequestKind.DIFFERENCE, owed=owed + change, asked=asked, terms=terms) == change


@pytest.mark.parametrize("kind", [RequestKind.DEPOSIT, RequestKind.FULL])
def test_nobody_is_asked_for_the_same_twice(kind):
    assert schedule.amount_of(kind, owed=100, asked=[DEPOSIT], terms=TERMS) == 0


def test_more_was_asked_for_than_is_owed_now():
    assert schedule.amount_of(RequestKind.DIFFERENCE, owed=30, asked=[DEPOSIT], terms=TERMS) == -20


@pytest.mark.parametrize(
    ("kind", "accepted_on", "today", "due_on"),
    [
        (RequestKind.DEPOSIT, TODAY, TODAY, date(2026, 11, 30)),
        (RequestKind.DEPOSIT, date(2026, 10, 1), TODAY, date(2026, 11, 26)),
        (RequestKind.BALANCE, TODAY, TODAY, date(2027, 2, 25)),
        (RequestKind.BALANCE, TODAY, date(2027, 3, 10), date(2027, 3, 13)),
        (RequestKind.DIFFERENCE, TODAY, TODAY, date(2026, 11, 30)),
    ],
)
def test_until_when_one_pays(kind, accepted_on, today, due_on):
    assert schedule.due_on(kind, TERMS, accepted_on=accepted_on, opens_on=OPENING, today=today) == due_on


@pytest.mark.parametrize(
    ("paid", "today", "withdrawn", "state"),
    [
        (0, TODAY, False, RequestState.OPEN),
        (40, TODAY, False, RequestState.PART),
        (100, TODAY, False, RequestState.PAID),
        (120, TODAY + timedelta(days=9), False, RequestState.PAID),
        (40, TODAY + timedelta(days=1), False, RequestState.OVERDUE),
        (100, TODAY, True, RequestState.WITHDRAWN),
    ],
)
def test_where_a_request_is(paid, today, withdrawn, state):
    found = schedule.request_state(amount=100, paid=paid, due_on=TODAY, withdrawn=withdrawn, today=today)

    assert found is state


@pytest.mark.parametrize(
    ("owed", "paid", "deposit", "state"),
    [
        (0, 0, 0, PaymentState.NOTHING),
        (100, 0, 0, PaymentState.HOLD),
        (100, 49, 50, PaymentState.HOLD),
        (100, 50, 50, PaymentState.DEPOSIT),
        (100, 100, 50, PaymentState.PAID),
        (100, 150, 0, PaymentState.PAID),
    ],
)
def test_how_far_an_exhibitor_has_paid(owed, paid, deposit, state):
    assert schedule.payment_state(owed=owed, paid=paid, deposit=deposit) is state


@given(st.integers(0, 40))
def test_each_stage_reminds_once_however_often_one_looks(looks_late):
    terms = PaymentTerms(remind_before=(2,), remind_after=(1, 7, 14))
    due_on, reminded_on, sent = TODAY + timedelta(days=7), None, []
    for day in range(looks_late, 60):
        today = TODAY + timedelta(days=day)
        for _look in range(2):
            if schedule.is_reminder_due(terms, due_on=due_on, issued_on=TODAY, reminded_on=reminded_on, today=today):
                reminded_on = today
                sent.append(today)

    assert len(sent) == len(set(sent)) <= 4
    assert len(sent) == 4 or looks_late > 5


def test_nobody_is_reminded_of_a_stage_before_the_request():
    late = PaymentTerms(remind_before=(30,), remind_after=())

    assert not schedule.is_reminder_due(
        late, due_on=TODAY + timedelta(days=7), issued_on=TODAY, reminded_on=None, today=TODAY
    )
