"""Bank statements: what is certain is recorded, the same file adds nothing, people decide the rest."""

import pytest
import sqlalchemy as sa

from fairapp.accounts.policy import Role
from fairapp.database import db
from fairapp.fees.matching import Finding
from fairapp.fees.models import BankLine, BankStatement, Payment
from fairapp.fees.queries import bank as queries
from fairapp.fees.queries import payments
from fairapp.fees.queries.bank import LineState
from fairapp.fees.queries.payments import Payer
from fairapp.fees.schedule import RequestKind
from fairapp.fees.service import bank as service
from fairapp.fees.service import payment_requests
from fairapp.fees.service.bank import ColumnsMissing, LineTaken, NothingToImport, PartsTooLarge
from fairapp.mail.models import Mail
from tests.features.counting import count_queries
from tests.features.fees.paying import DEPOSIT, ask, make_fair, statement_file
from tests.features.threads import at_once
from tests.features.world import ACTOR

COLUMNS = {"booked_on": 0, "credit": 1, "text": 2}
DAY = "24/11/2026"


def import_file(world, fair_id, content):
    file = service.keep_upload(fair_id, content, name="sao-ke.csv", now=world.now)
    return service.import_statement(fair_id, file.public_id, COLUMNS, actor=ACTOR, now=world.now)


def lines(fair_id):
    return list(db.session.scalars(sa.select(BankLine).where(BankLine.fair_id == fair_id).order_by(BankLine.id)))


def paid(*requests):
    sums = payments.paid_of(one.id for one in requests)
    return [sums[one.id] for one in requests]


def states(fair_id):
    return {state: count for state, count in queries.count_lines_by_state(fair_id).items() if count}


def test_a_statement_is_matched_and_what_is_not_certain_waits(world):
    fair = make_fair(world)
    first, second, third = (ask(world, world.make_exhibitor(fair)) for _number in range(3))
    named = ask(world, world.make_exhibitor(fair, world.make_enterprise(legal_name="Công ty TNHH Cơ khí Tiên Phong")))

    done = import_file(
        world,
        fair.id,
        statement_file(
            (DAY, DEPOSIT, f"ct den {first.reference.lower()} tien booth"),
            (DAY, DEPOSIT - 1_000_000, second.reference),
            (DAY, DEPOSIT + 300_000, third.reference),
            (DAY, DEPOSIT, f"{first.reference} lan 2"),
            (DAY, DEPOSIT, "Co khi Tien Phong nop phi"),
            (DAY, 7_000_000, "tien dien"),
        ),
    )

    assert (done.added, done.known, done.recorded) == (6, 0, 3)
    assert paid(first, second, third, named) == [DEPOSIT, DEPOSIT - 1_000_000, DEPOSIT, 0]
    assert [one.finding for one in lines(fair.id)] == [
        Finding.MATCHED, Finding.SHORT, Finding.OVER, Finding.DOUBLE, Finding.LIKELY, Finding.UNKNOWN,
    ]  # fmt: skip
    assert states(fair.id) == {"matched": 1, "look": 4, "unmatched": 1}


def test_who_paid_less_is_looked_at_until_the_rest_comes(world):
    fair = make_fair(world)
    request = ask(world, world.make_exhibitor(fair))
    import_file(world, fair.id, statement_file((DAY, DEPOSIT - 5, request.reference)))
    assert states(fair.id) == {"look": 1}

    import_file(world, fair.id, statement_file(("25/11/2026", 5, request.reference)))

    assert states(fair.id) == {"matched": 2}


def test_the_same_file_twice_adds_nothing(world):
    fair = make_fair(world)
    request = ask(world, world.make_exhibitor(fair))
    content = statement_file((DAY, DEPOSIT, request.reference), (DAY, 5, "x"))
    import_file(world, fair.id, content)

    again = import_file(world, fair.id, content)

    assert (again.added, again.known, again.recorded) == (0, 2, 0)
    assert paid(request) == [DEPOSIT]
    assert db.session.scalar(sa.select(sa.func.count()).select_from(BankStatement)) == 1
    world.run_jobs()
    assert len(db.session.scalars(sa.select(Mail).where(Mail.kind == "payment_received")).all()) == 1


def test_the_same_file_taken_in_twice_at_once_adds_its_transfers_once(world):
    fair = make_fair(world)
    fair_id, request = fair.id, ask(world, world.make_exhibitor(fair))
    content = statement_file((DAY, DEPOSIT, request.reference), (DAY, 5, "x"))

    outcomes = at_once(world, 3, lambda number: import_file(world, fair_id, content).added)

    assert sorted(outcomes) == [0, 0, 2]
    assert paid(request) == [DEPOSIT]


def test_two_files_at_once_never_pay_a_request_twice(world):
    fair = make_fair(world)
    fair_id, request = fair.id, ask(world, world.make_exhibitor(fair))
    contents = [statement_file((DAY, DEPOSIT, f"{request.reference} {number}")) for number in range(2)]

    outcomes = at_once(world, 2, lambda number: import_file(world, fair_id, contents[number]).recorded)

    assert sorted(outcomes) == [0, 1]
    assert paid(request) == [DEPOSIT]


@pytest.mark.parametrize(
    ("columns", "refusal"), [({"text": 2}, ColumnsMissing), ({"booked_on": 2, "credit": 1}, NothingToImport)]
)
def test_without_the_right_columns_nothing_is_taken_in(world, columns, refusal):
    fair = make_fair(world)
    file = service.keep_upload(fair.id, statement_file((DAY, 5, "x")), name="a.csv", now=world.now)

    with pytest.raises(refusal):
        service.import_statement(fair.id, file.public_id, columns, actor=ACTOR, now=world.now)


def test_the_columns_of_a_bank_are_remembered(world):
    fair = make_fair(world)
    content = f"Cot A;Cot B;Cot C\n{DAY};5;x\n".encode()
    assert not service.try_out(fair.id, content, None).reading.transfers
    file = service.keep_upload(fair.id, content, name="a.csv", now=world.now)
    columns = {"booked_on": 0, "amount": 1, "text": 2}
    service.import_statement(fair.id, file.public_id, columns, actor=ACTOR, now=world.now)

    later = service.try_out(fair.id, f"Cot A;Cot B;Cot C\n{DAY};9;y\n".encode(), None)

    assert later.columns == columns
    assert [one.amount for one in later.reading.transfers] == [9]


def test_a_dry_run_tells_what_would_happen_and_writes_nothing(world):
    fair = make_fair(world)
    request = ask(world, world.make_exhibitor(fair))
    content = statement_file((DAY, DEPOSIT, request.reference), (DAY, 5, "x"), ("heute", 5, "y"))

    run = service.try_out(fair.id, content, None)

    assert run.findings == {"matched": 1, "unknown": 1}
    assert [row.code for row in run.reading.bad] == ["no_day"]
    assert lines(fair.id) == []
    assert paid(request) == [0]


def test_an_unmatched_transfer_is_split_over_two_requests_and_a_credit(world):
    fair = make_fair(world)
    first, second = (ask(world, world.make_exhibitor(fair)) for _number in range(2))
    import_file(world, fair.id, statement_file((DAY, 20_000_000, "gop")))
    (line,) = lines(fair.id)

    service.assign(
        fair.id,
        line.public_id,
        [(first.public_id, DEPOSIT), (second.public_id, 5_000_000)],
        credit_to=Payer(exhibitor_id=second.exhibitor_id),
        actor=ACTOR,
        now=world.now,
    )

    assert paid(first, second) == [DEPOSIT, 5_000_000]
    assert payments.ledger_of(Payer(exhibitor_id=second.exhibitor_id)).credit == 1_800_000
    assert states(fair.id) == {"matched": 1}


@pytest.mark.parametrize("amount", [DEPOSIT + 1, 20_000_001])
def test_parts_are_never_more_than_the_transfer_or_the_request(world, amount):
    fair = make_fair(world)
    request = ask(world, world.make_exhibitor(fair))
    import_file(world, fair.id, statement_file((DAY, 20_000_000, "gop")))
    (line,) = lines(fair.id)

    with pytest.raises(PartsTooLarge):
        service.assign(fair.id, line.public_id, [(request.public_id, amount)], actor=ACTOR, now=world.now)

    assert paid(request) == [0]


def test_a_transfer_assigned_twice_at_once_is_assigned_once(world):
    fair = make_fair(world)
    fair_id = fair.id
    requests = [ask(world, world.make_exhibitor(fair)) for _number in range(2)]
    ids = [one.public_id for one in requests]
    import_file(world, fair.id, statement_file((DAY, DEPOSIT, "gop")))
    line_id = lines(fair.id)[0].public_id

    outcomes = at_once(
        world,
        2,
        lambda number: bool(service.assign(fair_id, line_id, [(ids[number], DEPOSIT)], actor=ACTOR, now=world.now)),
    )

    assert sorted(outcomes, key=str) == [True, "bank_line_state"]
    assert sorted(paid(*requests)) == [0, DEPOSIT]


def test_what_was_assigned_is_taken_back_and_the_payer_is_told_once(world):
    fair = make_fair(world)
    request = ask(world, world.make_exhibitor(fair))
    import_file(world, fair.id, statement_file((DAY, DEPOSIT, request.reference)))
    (line,) = lines(fair.id)

    service.unassign(fair.id, line.public_id, actor=ACTOR, now=world.now)
    assert (paid(request), states(fair.id)) == ([0], {"unmatched": 1})
    assert service.match_again(fair.id, actor=ACTOR, now=world.now) == 1

    assert paid(request) == [DEPOSIT]
    assert len(db.session.scalars(sa.select(Mail).where(Mail.kind == "payment_received")).all()) == 1


def test_a_transfer_that_came_before_its_request_is_matched_later(world):
    fair = make_fair(world)
    exhibitor = world.make_exhibitor(fair)
    import_file(world, fair.id, statement_file((DAY, DEPOSIT, "SIE27PR00018")))
    assert states(fair.id) == {"unmatched": 1}
    request = ask(world, exhibitor)

    service.match_again(fair.id, actor=ACTOR, now=world.now)

    assert paid(request) == [DEPOSIT]


def test_a_transfer_for_a_withdrawn_request_waits(world):
    fair = make_fair(world)
    request = ask(world, world.make_exhibitor(fair))
    payment_requests.withdraw(fair.id, request.public_id, actor=ACTOR, now=world.now)

    import_file(world, fair.id, statement_file((DAY, DEPOSIT, request.reference)))

    assert lines(fair.id)[0].finding is Finding.WITHDRAWN
    assert states(fair.id) == {"look": 1}


def test_a_transfer_is_ignored_and_taken_up_again(world):
    fair = make_fair(world)
    import_file(world, fair.id, statement_file((DAY, 5, "x")))
    (line,) = lines(fair.id)

    service.set_ignored(fair.id, line.public_id, ignored=True, actor=ACTOR, now=world.now)
    assert states(fair.id) == {"ignored": 1}
    with pytest.raises(LineTaken):
        service.set_ignored(fair.id, line.public_id, ignored=True, actor=ACTOR, now=world.now)
    service.set_ignored(fair.id, line.public_id, ignored=False, actor=ACTOR, now=world.now)

    assert states(fair.id) == {"unmatched": 1}


def test_the_states_of_the_list_are_those_of_the_lines(world):
    fair = make_fair(world)
    request = ask(world, world.make_exhibitor(fair))
    import_file(world, fair.id, statement_file((DAY, DEPOSIT, request.reference), (DAY, 5, "x")))

    found = {state: queries.page_of_lines(fair.id, state=state.value).total for state in LineState}

    assert found == {
        LineState.LOOK: 0, LineState.UNMATCHED: 1, LineState.MATCHED: 1, LineState.IGNORED: 0,
    }  # fmt: skip


def test_the_bank_page_costs_the_same_for_two_lines_or_twenty(world):
    fair = make_fair(world)
    client = world.sign_in_as(fair, Role.ORGANIZER)
    costs = []
    for start, many in ((0, 2), (2, 18)):
        rows = []
        for number in range(start, start + many):
            request = ask(world, world.make_exhibitor(fair))
            rows.append((DAY, DEPOSIT + number % 2, request.reference))
        import_file(world, fair.id, statement_file(*rows))
        with count_queries(world) as statements:
            assert client.get("/SIE27/organizer/bank/").status_code == 200
        costs.append(len(statements))

    assert costs[0] == costs[1]


def test_money_of_another_fair_is_out_of_reach(world):
    fair, other = make_fair(world), make_fair(world, "VIF27")
    request = ask(world, world.make_exhibitor(fair), RequestKind.FULL)

    import_file(world, other.id, statement_file((DAY, request.amount, request.reference)))

    assert paid(request) == [0]
    assert states(other.id) == {"unmatched": 1}
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Payment)) == 0
