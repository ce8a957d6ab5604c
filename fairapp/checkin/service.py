"""Scanning badges: every scan is kept, a badge is checked in once a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from fairapp.audit.service import ActorLike, record
from fairapp.badges import credentials
from fairapp.badges.models import Badge, BadgeKey
from fairapp.checkin.admission import BadgeStatus, Code, Hours, Verdict, decide, moment_of
from fairapp.checkin.models import READING_KEPT, CheckIn, Gate, Scan
from fairapp.database import add_once, retried, transaction
from fairapp.errors import FairError, NotFound
from fairapp.fairs.calendar import Building, Day, building_times, days_of, fair_time, find_day, to_day
from fairapp.fairs.models import Fair


class GateExists(FairError):
    """There is a gate of this code."""

    code = "gate_exists"


class ScanExists(FairError):
    """The scan was stored by an earlier try; its answer is the answer."""

    code = "scan_exists"


class ScanIdTaken(FairError):
    """The id belongs to another scan; its answer would let the wrong person in."""

    code = "scan_id_taken"


class RivalCheckIn(FairError):
    """Another gate checked the badge in at the same moment."""

    code = "rival_check_in"


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One reading of a code; ``scan_id`` is made by the device and never used twice.

    Both moments are by the device's clock.
    """

    scan_id: str
    text: str
    scanned_at: datetime
    sent_at: datetime


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What the gate is told; ``duplicate`` when it asked before and lost the answer."""

    scan: Scan
    verdict: Verdict
    badge: Badge | None
    duplicate: bool


@retried
def scan(fair_id: int, gate_code: str, reading: Reading, *, actor: ActorLike, now: datetime) -> Answer:
    """Decide on one reading and keep it; the same scan id always gets the same answer."""
    try:
        with transaction() as session:
            return _known(session, fair_id, reading) or _decide_and_keep(
                session, fair_id, gate_code, reading, actor=actor, now=now
            )
    except ScanExists:
        with transaction() as session:
            answer = _known(session, fair_id, reading)
            if answer is None:
                raise
            return answer


def _known(session: Session, fair_id: int, reading: Reading) -> Answer | None:
    kept = session.scalar(
        sa.select(Scan)
        .where(Scan.fair_id == fair_id, Scan.scan_id == reading.scan_id)
        .options(joinedload(Scan.badge), joinedload(Scan.gate))
    )
    if kept is None:
        return None
    if kept.reading != _to_keep(reading.text):
        raise ScanIdTaken(scan_id=reading.scan_id)
    verdict = Verdict(code=Code(kept.verdict), facts=_from_json(kept.facts))
    return Answer(scan=kept, verdict=verdict, badge=kept.badge, duplicate=True)


def _decide_and_keep(
    session: Session, fair_id: int, gate_code: str, reading: Reading, *, actor: ActorLike, now: datetime
) -> Answer:
    fair = session.get_one(Fair, fair_id)
    gate = session.scalar(sa.select(Gate).where(Gate.fair_id == fair_id, Gate.code == gate_code))
    if gate is None:
        raise NotFound()
    days = fair_days(fair)
    rehearsal = fair.rehearsal_started_at is not None
    scanned_at = moment_of(scanned_at=reading.scanned_at, sent_at=reading.sent_at, now=now)
    moment = fair_time(scanned_at, days=days, rehearsal_started_at=fair.rehearsal_started_at)
    today = find_day(days, moment, fair.timezone)
    badge, refusal = _find_badge(session, fair_id, reading.text)
    here = local_date(fair, moment)
    building = building_times(fair.move_in, fair.move_out_at, timezone=fair.timezone)

    def judge() -> Verdict:
        return _judge(
            session, badge, gate, days=days, today=today, here=here, building=building, moment=moment,
            timezone=fair.timezone, rehearsal=rehearsal,
        )  # fmt: skip

    verdict = refusal or judge()
    kept = Scan(
        fair_id=fair_id,
        scan_id=reading.scan_id,
        gate_id=gate.id,
        badge_id=badge.id if badge else None,
        account_id=actor.account_id,
        reading=_to_keep(reading.text),
        verdict=verdict.code.value,
        admitted=verdict.admitted,
        facts=_to_json(verdict.facts),
        day=here,
        scanned_at=scanned_at,
        received_at=now,
        rehearsal=rehearsal,
    )
    add_once(session, kept, ScanExists())
    if verdict.admitted and badge is not None:
        check_in = CheckIn(
            fair_id=fair_id,
            badge_id=badge.id,
            gate_id=gate.id,
            scan_row_id=kept.id,
            day=here,
            checked_in_at=moment,
            rehearsal=rehearsal,
        )
        try:
            add_once(session, check_in, RivalCheckIn())
        except RivalCheckIn:
            verdict = judge()
            kept.verdict, kept.admitted, kept.facts = verdict.code.value, False, _to_json(verdict.facts)
            session.flush()
    return Answer(scan=kept, verdict=verdict, badge=badge, duplicate=False)


def _find_badge(session: Session, fair_id: int, text: str) -> tuple[Badge | None, Verdict | None]:
    """Return the badge that a reading means, or the verdict on a reading that is none."""
    serial = credentials.find_serial(text)
    if serial is None:
        keys = session.execute(sa.select(BadgeKey.number, BadgeKey.public_key).where(BadgeKey.fair_id == fair_id))
        try:
            claims = credentials.read(text, fair_number=fair_id, public_keys=dict(keys.all()))
        except credentials.CredentialWrongFair:
            return None, Verdict(code=Code.WRONG_FAIR)
        except credentials.CredentialForged:
            return None, Verdict(code=Code.FORGED)
        except credentials.CredentialUnreadable:
            return None, Verdict(code=Code.NOT_OURS)
        serial = claims.serial
    badge = session.scalar(
        sa.select(Badge).where(Badge.fair_id == fair_id, Badge.serial == serial).options(joinedload(Badge.replaced_by))
    )
    if badge is None:
        return None, Verdict(code=Code.UNKNOWN_BADGE, facts={"serial": serial})
    return badge, None


def _judge(
    session: Session,
    badge: Badge | None,
    gate: Gate,
    *,
    days: Sequence[Day],
    today: Day | None,
    here: date,
    building: Building,
    moment: datetime,
    timezone: str,
    rehearsal: bool,
) -> Verdict:
    if badge is None:
        return Verdict(code=Code.UNKNOWN_BADGE)
    check_in = session.scalar(
        sa.select(CheckIn)
        .where(
            CheckIn.badge_id == badge.id,
            CheckIn.day == here,
            CheckIn.rehearsal == rehearsal,
        )
        .options(joinedload(CheckIn.gate))
    )
    status = BadgeStatus(
        category=badge.category,
        days=days_of(badge.days, [day.day for day in days]),
        revoked_reason=badge.revoked_reason if badge.revoked_at is not None else None,
        replaced_by=badge.replaced_by.serial if badge.replaced_by else "",
        checked_in_at=check_in.checked_in_at if check_in else None,
        checked_in_gate=check_in.gate.name if check_in else "",
    )
    hours = (
        Hours(
            day=today.day,
            opens_at=today.opens_at,
            closes_at=today.closes_at,
            early_from=today.early_from,
        )
        if today
        else None
    )
    return decide(
        status,
        admitted_categories=frozenset(gate.categories),
        hours=hours,
        building=building,
        timezone=timezone,
        now=moment,
    )


def local_date(fair: Fair, moment: datetime) -> date:
    """Return the date at the fair, whether it is a fair day or not."""
    return moment.astimezone(ZoneInfo(fair.timezone)).date()


def fair_days(fair: Fair) -> list[Day]:
    """Return a fair's days as moments."""
    return [
        to_day(
            day.day,
            opens=day.opens_at,
            closes=day.closes_at,
            early=day.exhibitors_from,
            timezone=fair.timezone,
        )
        for day in fair.days
    ]


def add_gate(fair_id: int, code: str, name: str, categories: Sequence[str], *, actor: ActorLike, now: datetime) -> Gate:
    """Add a gate."""
    with transaction() as session:
        gate = Gate(fair_id=fair_id, code=code, name=name, categories=list(categories))
        add_once(session, gate, GateExists(gate=code))
        record(session, "gate.add", fair_id=fair_id, thing_id=gate.id, actor=actor, now=now, label=name)
    return gate


def set_rehearsal(fair_id: int, *, on: bool, actor: ActorLike, now: datetime) -> None:
    """Start a rehearsal of the gates, or end it and forget its scans."""
    with transaction() as session:
        fair = session.get_one(Fair, fair_id)
        if on and fair.rehearsal_started_at is None:
            fair.rehearsal_started_at = now
        if not on:
            fair.rehearsal_started_at = None
            for table in (CheckIn, Scan):
                session.execute(sa.delete(table).where(table.fair_id == fair_id, table.rehearsal))
        record(
            session, "gate.rehearse" if on else "gate.end_rehearsal",
            fair_id=fair_id, thing_id=fair_id, actor=actor, now=now,
        )  # fmt: skip


def _to_keep(text: str) -> str:
    """Return a reading as every database takes it: whatever is scanned is kept, also what is no text."""
    return text.encode("utf-8", "replace").decode().replace("\0", "")[:READING_KEPT]


def _to_json(facts: Any) -> dict[str, Any]:
    return {name: _plain(fact) for name, fact in facts.items()}


def _plain(fact: object) -> object:
    if isinstance(fact, (datetime, date)):
        return fact.isoformat()
    if isinstance(fact, tuple):
        return [_plain(part) for part in fact]
    return fact


def _from_json(facts: dict[str, Any]) -> dict[str, Any]:
    read: dict[str, Any] = {}
    for name, fact in facts.items():
        if name in {"at", "opens_at", "closes_at"}:
            read[name] = datetime.fromisoformat(fact)
        elif name == "days":
            read[name] = tuple(date.fromisoformat(part) for part in fact)
        else:
            read[name] = fact
    return read
