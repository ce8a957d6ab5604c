"""Every scan is kept, a badge is checked in once a day, and the gate hears why not."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from fairapp.accounts.policy import Role
from fairapp.badges import credentials
from fairapp.badges import service as badges
from fairapp.badges.models import BadgeKey
from fairapp.checkin import queries, service
from fairapp.checkin.admission import Code
from fairapp.checkin.models import CheckIn, Scan
from fairapp.checkin.service import Reading
from fairapp.database import db
from tests.features.threads import at_once
from tests.features.world import ACTOR

TEN = datetime(2027, 3, 17, 3, tzinfo=UTC)
"""Ten o'clock in Hanoi on the first fair day."""


@pytest.fixture
def fair(world):
    """A fair on its first morning, with one gate."""
    world.set_clock(2027, 3, 17, 3)
    fair = world.make_fair()
    world.make_gate(fair, "A1")
    return fair


def reading(text, *, scan_id=None, scanned_at=TEN, sent_at=None):
    scan_id = scan_id or str(uuid.uuid4())
    return Reading(scan_id=scan_id, text=text, scanned_at=scanned_at, sent_at=sent_at or scanned_at)


def scan(world, fair, text, *, gate="A1", now=None, **values):
    return service.scan(fair.id, gate, reading(text, **values), actor=ACTOR, now=now or world.now)


def code_of(world, fair, text, **values):
    return scan(world, fair, text, **values).verdict.code


def count(model):
    return db.session.scalar(sa.select(sa.func.count()).select_from(model))


def test_a_badge_is_admitted_once_per_day(world, fair):
    badge = world.make_badge(world.make_visitor(fair))

    first = scan(world, fair, badge.credential)
    second = scan(world, fair, badge.credential, now=TEN + timedelta(minutes=5))
    next_day = scan(world, fair, badge.credential, now=TEN + timedelta(days=1))

    assert [answer.verdict.code for answer in (first, second, next_day)] == [
        Code.ADMITTED,
        Code.ALREADY_IN,
        Code.ADMITTED,
    ]
    assert second.verdict.facts == {"at": TEN, "gate": "Gate A1"}
    assert (count(Scan), count(CheckIn)) == (3, 2)


def test_the_second_scan_says_when_and_where(world, fair):
    world.make_gate(fair, "B2")
    badge = world.make_badge(world.make_visitor(fair))
    gate = world.sign_in_as(fair, Role.GATE)
    scan(world, fair, badge.credential)

    answer = send(gate, badge.credential, gate_code="B2").json

    assert (answer["verdict"], answer["admitted"], answer["state"]) == ("already_in", False, "wait")
    assert answer["detail"] == "Checked in at 10:00 at Gate A1."
    assert answer["holder"]["name"] == badge.full_name


def send(client, text, *, gate_code="A1", fair_code="SIE27", **values):
    scan = {
        "scan_id": str(uuid.uuid4()),
        "reading": text,
        "scanned_at": TEN.isoformat(),
        "sent_at": TEN.isoformat(),
        **values,
    }
    return client.post(f"/{fair_code}/gate/{gate_code}/scans", json=scan)


def test_a_scan_sent_twice_gets_the_same_answer_and_one_record(world, fair):
    badge = world.make_badge(world.make_visitor(fair))
    gate, scan_id = world.sign_in_as(fair, Role.GATE), str(uuid.uuid4())

    first, second = (send(gate, badge.credential, scan_id=scan_id).json for _ in range(2))

    assert (first.pop("duplicate"), second.pop("duplicate")) == (False, True)
    assert first == second
    assert first["verdict"] == "admitted"
    assert (count(Scan), count(CheckIn)) == (1, 1)


@pytest.mark.parametrize("gates", [("A1",), ("A1", "B2")])
def test_a_scan_that_several_threads_send_at_once_is_one_record(world, fair, gates):
    world.make_gate(fair, "B2")
    credential, fair_id = world.make_badge(world.make_visitor(fair)).credential, fair.id
    one = reading(credential)

    def send_it(number):
        answer = service.scan(fair_id, gates[number % len(gates)], one, actor=ACTOR, now=TEN)
        return answer.scan.id, answer.verdict.code, answer.duplicate

    answers = at_once(world, 8, send_it)

    assert {(number, code) for number, code, _ in answers} == {(1, Code.ADMITTED)}
    assert sorted(duplicate for _, _, duplicate in answers) == [False, *[True] * 7]
    assert (count(Scan), count(CheckIn)) == (1, 1)


def test_two_gates_at_the_same_moment_admit_once(world, fair):
    world.make_gate(fair, "B2")
    credential, fair_id = world.make_badge(world.make_visitor(fair)).credential, fair.id

    def pass_by(number):
        gate = ("A1", "B2")[number % 2]
        verdict = service.scan(fair_id, gate, reading(credential), actor=ACTOR, now=TEN).verdict
        return verdict.code, verdict.facts.get("at")

    answers = at_once(world, 8, pass_by)

    assert sorted(answers, key=str) == sorted([(Code.ADMITTED, None), *[(Code.ALREADY_IN, TEN)] * 7], key=str)
    assert (count(Scan), count(CheckIn)) == (8, 1)
    assert db.session.scalar(sa.select(sa.func.count()).where(Scan.admitted)) == 1


def test_a_scan_id_never_answers_for_another_reading(world, fair):
    first, second = (world.make_badge(world.make_visitor(fair)) for _ in range(2))
    gate, scan_id = world.sign_in_as(fair, Role.GATE), str(uuid.uuid4())
    send(gate, first.credential, scan_id=scan_id)

    answer = send(gate, second.credential, scan_id=scan_id)

    assert (answer.status_code, answer.json["code"]) == (409, "scan_id_taken")
    assert first.full_name not in answer.text


def test_the_same_scan_id_in_another_fair_is_another_scan(world, fair):
    other = world.make_fair("VIF27")
    world.make_gate(other, "A1")
    badge, scan_id = world.make_badge(world.make_visitor(fair)), str(uuid.uuid4())
    scan(world, fair, badge.credential, scan_id=scan_id)

    answer = scan(world, other, badge.credential, scan_id=scan_id)

    assert (answer.duplicate, answer.verdict.code, answer.badge) == (False, Code.WRONG_FAIR, None)


def test_a_badge_of_another_fair_is_refused_without_a_name(world, fair):
    visitor = world.make_visitor(world.make_fair("VIF27"), full_name="Somebody Else")
    foreign = world.make_badge(visitor)
    gate = world.sign_in_as(fair, Role.GATE)

    answers = [send(gate, text) for text in (foreign.credential, foreign.serial)]

    assert [answer.json["verdict"] for answer in answers] == ["wrong_fair", "unknown_badge"]
    assert [answer.json["holder"] for answer in answers] == [None, None]
    assert gate.get("/SIE27/gate/A1/badges?q=Somebody").json == []
    assert send(gate, foreign.credential, fair_code="VIF27").status_code == 403


def test_a_gate_of_another_fair_is_not_found(world, fair):
    world.make_gate(world.make_fair("VIF27"), "Z9")

    assert send(world.sign_in_as(fair, Role.GATE), "anything", gate_code="Z9").status_code == 404
    assert count(Scan) == 0


def test_a_forged_credential_and_an_unknown_key_are_told_apart_from_noise(world, fair):
    badge = world.make_badge(world.make_visitor(fair))
    claims = credentials.Claims(fair_number=fair.id, key_number=1, serial=badge.serial, category="vip", days=badge.days)
    forged = credentials.sign(claims, bytes(32))
    unknown_key = credentials.sign(
        credentials.Claims(fair_number=fair.id, key_number=9, serial=badge.serial, category="vip", days=badge.days),
        bytes(32),
    )

    verdicts = [code_of(world, fair, text) for text in (forged, unknown_key, "https://evil.example", "", "4" * 193)]

    assert verdicts == [Code.FORGED, Code.FORGED, Code.NOT_OURS, Code.NOT_OURS, Code.NOT_OURS]
    assert count(CheckIn) == 0


def test_a_signed_credential_that_the_register_does_not_know_is_refused(world, fair):
    world.make_badge(world.make_visitor(fair))
    key = db.session.scalar(sa.select(BadgeKey.private_key))
    claims = credentials.Claims(fair_number=fair.id, key_number=1, serial="V-00000000", category="visitor", days=3)

    answer = scan(world, fair, credentials.sign(claims, key))

    assert (answer.verdict.code, answer.verdict.facts) == (Code.UNKNOWN_BADGE, {"serial": "V-00000000"})


def test_a_revoked_badge_is_taken_away(world, fair):
    badge = world.make_badge(world.make_visitor(fair))
    credential = badge.credential
    badges.revoke(fair.id, badge.public_id, reason="organizer", actor=ACTOR, now=world.now)

    answer = send(world.sign_in_as(fair, Role.GATE), credential).json

    assert (answer["verdict"], answer["detail"]) == ("revoked", "Take the badge away: by the organizer.")


def test_a_replaced_badge_names_the_new_one_which_is_admitted(world, fair):
    old = world.make_badge(world.make_visitor(fair))
    credential = old.credential
    new = badges.reprint(fair.id, old.public_id, actor=ACTOR, now=world.now)
    serial = new.serial

    answers = [send(world.sign_in_as(fair, Role.GATE), text).json for text in (credential, serial)]

    assert [answer["verdict"] for answer in answers] == ["revoked", "admitted"]
    assert answers[0]["detail"] == f"Take the badge away. The new one is {serial}."


@pytest.mark.parametrize(
    ("now", "verdict"),
    [
        (TEN - timedelta(days=1), Code.WRONG_DAY),
        (TEN + timedelta(days=2), Code.WRONG_DAY),
        (TEN - timedelta(hours=2), Code.NOT_OPEN),
        (TEN + timedelta(hours=8), Code.NOT_OPEN),
    ],
)
def test_outside_the_days_and_hours_nobody_enters(world, fair, now, verdict):
    badge = world.make_badge(world.make_visitor(fair))

    assert code_of(world, fair, badge.credential, now=now) is verdict
    assert count(CheckIn) == 0


def test_those_who_work_at_the_fair_enter_earlier(world, fair):
    staff = world.make_staff(world.make_exhibitor(fair))
    badge = badges.issue_for_staff(fair.id, staff.id, actor=ACTOR, now=world.now)
    helper = world.make_member(fair, Role.GATE)
    own = badges.issue_for_account(fair.id, helper.id, actor=ACTOR, now=world.now)

    early = TEN - timedelta(minutes=90)

    assert [code_of(world, fair, one.credential, now=early) for one in (badge, own)] == [Code.ADMITTED] * 2


def test_a_gate_for_some_categories_sends_others_away(world, fair):
    world.make_gate(fair, "X", categories=["exhibitor"])
    badge = world.make_badge(world.make_visitor(fair))

    assert code_of(world, fair, badge.credential, gate="X") is Code.WRONG_CATEGORY
    assert code_of(world, fair, badge.credential) is Code.ADMITTED


def test_a_serial_can_be_typed(world, fair):
    badge = world.make_badge(world.make_visitor(fair))

    assert code_of(world, fair, f" {badge.serial.lower().replace('-', '')} ") is Code.ADMITTED


def test_a_scan_that_waited_counts_for_its_moment_whatever_the_devices_clock(world, fair):
    badge = world.make_badge(world.make_visitor(fair))
    wrong_clock = datetime(2020, 1, 1, tzinfo=UTC)

    answer = scan(
        world,
        fair,
        badge.credential,
        scanned_at=wrong_clock,
        sent_at=wrong_clock + timedelta(hours=2),
        now=TEN + timedelta(hours=2),
    )

    check_in = db.session.scalar(sa.select(CheckIn))
    assert answer.verdict.code is Code.ADMITTED
    assert (check_in.checked_in_at, answer.scan.scanned_at) == (TEN, TEN)


@pytest.mark.parametrize(
    ("scanned_at", "sent_at"),
    [("0001-01-01T00:00:00+00:00", "9999-12-31T23:59:59+00:00"), ("9999-12-31T00:00:00Z", "0001-01-01T00:00:00Z")],
)
def test_no_clock_of_a_device_is_too_wrong(world, fair, scanned_at, sent_at):
    badge = world.make_badge(world.make_visitor(fair))

    answer = send(world.sign_in_as(fair, Role.GATE), badge.credential, scanned_at=scanned_at, sent_at=sent_at)

    assert answer.status_code == 200


def test_a_rehearsal_runs_from_the_first_opening_and_is_forgotten(world, fair):
    world.set_clock(2027, 3, 1, 3)
    badge = world.make_badge(world.make_visitor(fair))
    service.set_rehearsal(fair.id, on=True, actor=ACTOR, now=world.now)
    rehearsed = [code_of(world, fair, badge.credential) for _ in range(2)]
    figures = queries.counts(fair.id, day=TEN.date(), rehearsal=True)
    service.set_rehearsal(fair.id, on=False, actor=ACTOR, now=world.now)
    left = count(Scan), count(CheckIn)
    world.set_clock(2027, 3, 17, 3)

    assert rehearsed == [Code.ADMITTED, Code.ALREADY_IN]
    assert (figures.visitors, figures.scans) == (1, 2)
    assert left == (0, 0)
    assert code_of(world, fair, badge.credential) is Code.ADMITTED


@pytest.mark.parametrize("text", ["a\0b", "\ud800", "𝄞" * 310, "\u202e<script>"])
def test_whatever_is_read_is_kept(world, fair, text):
    gate, scan_id = world.sign_in_as(fair, Role.GATE), str(uuid.uuid4())

    answers = [send(gate, text, scan_id=scan_id) for _ in range(2)]

    assert [(answer.status_code, answer.json["verdict"]) for answer in answers] == [(200, "not_ours")] * 2
    assert count(Scan) == 1


@pytest.mark.parametrize(
    "sent",
    [
        {"reading": 7},
        {"reading": None},
        {"scan_id": "1"},
        {"scan_id": "../../../../etc/passwd"},
        {"scanned_at": "yesterday"},
        {"scanned_at": "2027-03-17T10:00:00"},
        {"sent_at": 5},
    ],
)
def test_what_is_no_scan_is_refused(world, fair, sent):
    answer = send(world.sign_in_as(fair, Role.GATE), **{"text": "x", **sent})

    assert (answer.status_code, answer.json["code"]) == (400, "scan_malformed")
    assert count(Scan) == 0


@pytest.mark.parametrize(("body", "status"), [(b"[]", 400), (b"{", 400), (b"\xff", 400), (b"x" * 5000, 413)])
def test_a_body_that_is_no_scan_is_refused(world, fair, body, status):
    gate = world.sign_in_as(fair, Role.GATE)

    answer = gate.post("/SIE27/gate/A1/scans", data=body, content_type="application/json")

    assert answer.status_code == status


def test_a_reading_of_megabytes_does_not_come_in(world, fair):
    assert send(world.sign_in_as(fair, Role.GATE), "4" * 2_000_000).status_code == 413


def test_a_gate_is_never_slowed_down(sqlite_world):
    from fairapp.web.limits import limiter

    sqlite_world.set_clock(2027, 3, 17, 3)
    fair = sqlite_world.make_fair()
    sqlite_world.make_gate(fair)
    gate = sqlite_world.sign_in_as(fair, Role.GATE)
    limiter.enabled = True
    try:
        statuses = {send(gate, "no badge").status_code for _ in range(120)}
    finally:
        limiter.enabled = False

    assert statuses == {200}


@pytest.mark.parametrize("query", ["", "a", "..", "%25%25"])
def test_searching_for_nothing_shows_nobody(world, fair, query):
    world.make_badge(world.make_visitor(fair))

    assert world.sign_in_as(fair, Role.GATE).get(f"/SIE27/gate/A1/badges?q={query}").json == []


def test_who_forgot_the_badge_is_found_without_diacritics(world, fair):
    badge = world.make_badge(world.make_visitor(fair))

    [found] = world.sign_in_as(fair, Role.GATE).get("/SIE27/gate/A1/badges?q=phuong thao").json

    assert (found["name"], found["serial"]) == (badge.full_name, badge.serial)


def test_a_helper_whose_role_ended_is_still_in_the_record(world, fair):
    from fairapp.accounts import service as accounts

    helper = world.make_member(fair, Role.GATE)
    badge = badges.issue_for_account(fair.id, helper.id, actor=ACTOR, now=world.now)
    credential = badge.credential
    scan(world, fair, credential)

    accounts.remove_member(fair.id, helper.memberships[0].public_id, actor=ACTOR, now=world.now)
    world.run_jobs()

    assert code_of(world, fair, credential) is Code.REVOKED
    assert count(Scan) == 2


def test_a_gate_cannot_be_added_twice(world, fair):
    organizer = world.sign_in_as(fair, Role.ORGANIZER)

    answers = [
        organizer.post("/SIE27/organizer/gates/", data={"code": code, "name": "Cổng phụ"}) for code in ("B2", "b2")
    ]

    assert [answer.status_code for answer in answers] == [303, 409]
    assert [gate.code for gate in queries.list_gates(fair.id)] == ["A1", "B2"]
