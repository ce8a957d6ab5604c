"""What the database promises on both engines: one use case, one commit; rivals; moments; search."""

import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
import sqlalchemy as sa
from flask import Flask

from fairapp.accounts.models import Account
from fairapp.booths.models import Hall
from fairapp.checkin.models import Gate
from fairapp.database import (
    ATTEMPTS,
    add_once,
    db,
    is_unique_violation,
    matches,
    may_be_run_again,
    retried,
    transaction,
)
from fairapp.errors import FairError
from fairapp.fairs.models import FairDay
from fairapp.mail.models import Mail
from fairapp.visitors.models import Visitor
from tests.conftest import _fresh
from tests.features.threads import at_once
from tests.features.world import World


class GateTaken(FairError):
    """A rival made the gate."""

    code = "gate_exists"


@pytest.fixture
def postgres_world(postgres_service: Flask) -> Iterator[World]:
    for app in _fresh(postgres_service):
        yield World(app)


def count(table) -> int:
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count()).select_from(table))


def gate(fair_id: int, code: str = "A1") -> Gate:
    return Gate(fair_id=fair_id, code=code, name=code)


# One use case, one transaction


def test_a_use_case_that_fails_leaves_nothing(world):
    fair = world.make_fair()

    with pytest.raises(KeyError), transaction() as session:
        session.add(gate(fair.id))
        session.flush()
        raise KeyError

    assert count(Gate) == 0


def test_a_use_case_within_a_use_case_is_refused_and_undoes_the_outer_one(world):
    fair_id = world.make_fair().id

    with pytest.raises(RuntimeError, match="does not nest"), transaction() as session:
        session.add(gate(fair_id))
        with transaction():
            pass

    assert count(Gate) == 0
    with transaction() as session:
        session.add(gate(fair_id))
    assert count(Gate) == 1


def test_a_use_case_decides_on_what_is_true_now_not_on_what_was_read_before(world):
    fair = world.make_fair()
    read_before = fair.timezone
    with world.app.app_context(), transaction() as session:
        session.execute(sa.update(type(fair)).values(timezone="Asia/Tokyo"))

    with transaction():
        assert (read_before, fair.timezone) == ("Asia/Ho_Chi_Minh", "Asia/Tokyo")


# Rivals


@pytest.mark.parametrize("rivals", [8])
def test_of_many_rivals_one_wins_and_the_others_are_told(world, rivals):
    fair_id = world.make_fair().id

    def make(number: int) -> str:
        with transaction() as session:
            add_once(session, gate(fair_id), GateTaken(gate="A1"))
        return "made"

    assert sorted(at_once(world, rivals, make)) == ["gate_exists"] * (rivals - 1) + ["made"]
    assert count(Gate) == 1


def test_the_refusal_can_tell_what_the_rival_made(world):
    fair_id = world.make_fair().id
    with transaction() as session:
        session.add(Gate(fair_id=fair_id, code="A1", name="Cổng chính"))

    def refusal() -> GateTaken:
        return GateTaken(gate=db.session.scalar(sa.select(Gate.name)))

    with pytest.raises(GateTaken) as refused, transaction() as session:
        add_once(session, gate(fair_id), refusal)

    assert refused.value.facts == {"gate": "Cổng chính"}


def test_a_use_case_may_go_on_after_it_lost_a_race(world):
    fair_id = world.make_fair().id
    with transaction() as session:
        session.add(gate(fair_id))

    with transaction() as session:
        with pytest.raises(GateTaken):
            add_once(session, gate(fair_id), GateTaken())
        session.add(gate(fair_id, "B1"))

    assert count(Gate) == 2


@pytest.mark.parametrize("row", [lambda _: gate(777), lambda fair_id: Gate(fair_id=fair_id, code=None, name="x")])
def test_a_missing_parent_or_value_is_no_lost_race(world, row):
    fair_id = world.make_fair().id

    with pytest.raises(sa.exc.IntegrityError) as error, transaction() as session:
        add_once(session, row(fair_id), GateTaken())

    assert not is_unique_violation(error.value)


def only_one_gate(fair_id: int, code: str, both_have_read: threading.Barrier | None) -> str:
    """Make a gate if there is none: a rule that no constraint can see."""
    with transaction(serializable=True) as session:
        there = session.scalar(sa.select(sa.func.count()).select_from(Gate))
        if both_have_read is not None:
            both_have_read.wait()
        if there:
            return "there is one"
        session.add(gate(fair_id, code))
    return "made"


def test_postgresql_refuses_what_it_cannot_put_in_an_order(postgres_world):
    fair_id, both = postgres_world.make_fair().id, threading.Barrier(2)

    def make(number: int) -> str:
        try:
            return only_one_gate(fair_id, f"G{number}", both)
        except sa.exc.OperationalError as error:
            return error.orig.sqlstate if may_be_run_again(error) else "not to be run again"

    assert sorted(at_once(postgres_world, 2, make)) == ["40001", "made"]
    assert count(Gate) == 1


def test_a_use_case_that_could_not_be_put_in_an_order_is_run_again(postgres_world):
    fair_id, both = postgres_world.make_fair().id, threading.Barrier(2)
    runs: list[int] = []

    @retried
    def make(number: int) -> str:
        first = number not in runs
        runs.append(number)
        return only_one_gate(fair_id, f"G{number}", both if first else None)

    assert sorted(at_once(postgres_world, 2, make)) == ["made", "there is one"]
    assert (len(runs), count(Gate)) == (3, 1)


def test_a_deadlock_is_run_again(postgres_world):
    fair_id = postgres_world.make_fair().id
    for code in ("A1", "B1"):
        postgres_world._add(gate(fair_id, code))
    both, runs = threading.Barrier(2), []

    @retried
    def rename(number: int) -> str:
        first = number not in runs
        runs.append(number)
        with transaction() as session:
            for code in ("A1", "B1") if number else ("B1", "A1"):
                session.execute(sa.update(Gate).where(Gate.code == code).values(name=f"by {number}"))
                if first and code == ("A1" if number else "B1"):
                    both.wait()
        return "renamed"

    assert at_once(postgres_world, 2, rename) == ["renamed", "renamed"]
    names = db.session.scalars(sa.select(Gate.name)).all()
    assert len(runs) == 3
    assert len(set(names)) == 1


def test_a_use_case_is_not_run_again_for_ever(postgres_world):
    runs = []

    @retried
    def never() -> None:
        runs.append(1)
        with transaction() as session:
            session.execute(sa.text("DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '40001'; END $$"))

    with pytest.raises(sa.exc.DBAPIError):
        never()

    assert len(runs) == ATTEMPTS


def test_another_failure_is_not_run_again(world):
    runs = []

    @retried
    def wrong() -> None:
        runs.append(1)
        with transaction() as session:
            session.execute(sa.text("SELECT nothing FROM nowhere"))

    with pytest.raises(sa.exc.DBAPIError):
        wrong()

    assert len(runs) == 1


def test_a_failure_does_not_tell_the_log_whose_data_it_was(sqlite_world):
    fair = sqlite_world.make_fair()

    with pytest.raises(sa.exc.IntegrityError) as failure:
        sqlite_world.make_visitor(fair, full_name=None, email="thao@visitor.example")

    assert "thao" not in str(failure.value)


def test_writers_on_sqlite_take_turns_from_the_start(sqlite_world):
    world = sqlite_world
    fair_id = world.make_fair().id
    inside, order = threading.Event(), []

    def second() -> None:
        with world.app.app_context():
            inside.wait()
            order.append("second asks")
            with transaction() as session:
                order.append("second begins")
                seen.append(session.scalar(sa.select(sa.func.count()).select_from(Gate)))

    seen: list[int] = []
    thread = threading.Thread(target=second)
    thread.start()
    with transaction() as session:
        session.scalar(sa.select(Gate))  # reads only, and yet nobody else may begin to write
        inside.set()
        while "second asks" not in order:
            pass
        thread.join(0.2)
        order.append("first writes")
        session.add(gate(fair_id))
    thread.join()

    assert order == ["second asks", "first writes", "second begins"]
    assert seen == [1]


def test_readers_on_sqlite_do_not_wait_for_a_writer(sqlite_world):
    world = sqlite_world
    fair_id, seen = world.make_fair().id, []

    def read() -> None:
        with world.app.app_context():
            seen.append(db.session.scalar(sa.select(sa.func.count()).select_from(Gate)))
            db.session.remove()

    with transaction() as session:
        session.add(gate(fair_id))
        session.flush()
        thread = threading.Thread(target=read)
        thread.start()
        thread.join()

    assert seen == [0]


def test_sqlite_keeps_what_was_acknowledged_and_checks_foreign_keys(sqlite_world):
    with db.engine.connect() as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }

    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


# Values


def test_a_moment_without_its_zone_is_refused(world):
    with pytest.raises(sa.exc.StatementError, match="needs its time zone"), transaction() as session:
        session.add(Mail(kind="test", to="a@b.example", created_at=datetime(2027, 3, 17, 9)))

    assert count(Mail) == 0


def test_a_moment_comes_back_as_utc_whatever_zone_it_came_in(world):
    hanoi = timezone(timedelta(hours=7))
    with transaction() as session:
        session.add(Mail(kind="test", to="a@b.example", created_at=datetime(2027, 3, 17, 9, tzinfo=hanoi)))
    db.session.expire_all()

    moment = db.session.scalar(sa.select(Mail.created_at))

    assert (moment, moment.tzinfo) == (datetime(2027, 3, 17, 2, tzinfo=UTC), UTC)
    assert db.session.scalar(sa.select(Mail.id).where(Mail.created_at < datetime(2027, 3, 17, 9, 1, tzinfo=hanoi)))


def test_a_text_in_several_languages_drops_those_that_are_empty(world):
    fair = world.make_fair()
    world._add(Hall(fair_id=fair.id, code="A", name={"vi": " Nhà A ", "en": "  ", "ja": ""}, width=9, depth=9))
    db.session.expire_all()

    assert db.session.scalar(sa.select(Hall.name)) == {"vi": "Nhà A"}


def test_an_unknown_state_is_refused_before_it_reaches_the_database(world):
    with pytest.raises(sa.exc.StatementError, match="lost"), transaction() as session:
        session.add(Mail(kind="test", to="a@b.example", created_at=world.now, state="lost"))


def test_days_and_accounts_are_found_again(world):
    fair = world.make_fair()
    world.make_account(email="long@x.example")

    assert db.session.scalars(sa.select(FairDay.day).order_by(FairDay.day)).all() == [fair.starts_on, fair.ends_on]
    assert db.session.scalar(sa.select(Account.email)) == "long@x.example"
    assert isinstance(fair.starts_on, date)


# Search


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("dai", {"Đại Lộc"}),
        ("ĐẠI", {"Đại Lộc"}),
        ("loc dai", {"Đại Lộc"}),
        ("lo", {"Đại Lộc"}),
        ("oc", set()),
        ("dai hung", set()),
        ("東京", {"東京精密"}),
        ("100%", {"100% cotton"}),
        ("%", {"Đại Lộc", "東京精密", "100% cotton", "a_b"}),
        ("_", {"Đại Lộc", "東京精密", "100% cotton", "a_b"}),
        ("\\", {"Đại Lộc", "東京精密", "100% cotton", "a_b"}),
        ("'; DROP TABLE visitor; --", set()),
        ("", {"Đại Lộc", "東京精密", "100% cotton", "a_b"}),
    ],
)
def test_words_are_found_without_their_marks(world, query, found):
    fair = world.make_fair()
    for name in ("Đại Lộc", "東京精密", "100% cotton", "a_b"):
        world.make_visitor(fair, full_name=name, enterprise_name="")

    names = db.session.scalars(sa.select(Visitor.full_name).where(matches(Visitor.search_text, query)))

    assert set(names) == found


def test_a_query_of_thousands_of_words_is_answered(world):
    visitor = world.make_visitor(world.make_fair(), full_name="Đỗ Hương")

    found = db.session.scalars(sa.select(Visitor.id).where(matches(Visitor.search_text, "do " * 5000)))

    assert list(found) == [visitor.id]


def test_a_changed_name_is_found_by_its_new_words_only(world):
    visitor = world.make_visitor(world.make_fair(), full_name="Đỗ Hương", enterprise_name="")
    with transaction() as session:
        session.merge(visitor).full_name = "Đỗ Lan"

    def finds(query: str) -> bool:
        return db.session.scalar(sa.select(Visitor.id).where(matches(Visitor.search_text, query))) is not None

    assert (finds("huong"), finds("do lan")) == (False, True)
