"""Reading a fair's file (JSON, ``fairapp-fair-1``) into seeds, with every error at its place."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from fairapp.imports import floor, parties, people
from fairapp.imports.known import Known
from fairapp.imports.rows import Errors, Row, RowError
from fairapp.imports.seeds import DaySeed, FairSeed, Seed, SlotSeed

FORMAT = "fairapp-fair-1"
EXHIBITORS_FROM = time(8)
NOON = time(12)
_FAIR_CODE = re.compile(r"[A-Z][A-Z0-9-]{1,15}")
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_CURRENCY = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What came of a file: the whole fair, or every reason why not."""

    seed: Seed | None
    errors: tuple[RowError, ...] = ()


def read_fair(content: str | bytes) -> Reading:
    """Read a file; with a single error there is no seed."""
    try:
        values = json.loads(content)
    except json.JSONDecodeError as error:
        return _unreadable("not_json", line=error.lineno, column=error.colno)
    except (UnicodeDecodeError, RecursionError):
        return _unreadable("not_json", line=1, column=1)
    if not isinstance(values, dict):
        return _unreadable("wrong_type", expected="object")
    errors = Errors()
    seed = _read(Row(values, "", errors), Known())
    return Reading(seed=None, errors=tuple(errors)) if errors else Reading(seed=seed)


def _unreadable(code: str, **facts: object) -> Reading:
    return Reading(seed=None, errors=(RowError(path="", code=code, facts=facts),))


def _read(top: Row, known: Known) -> Seed | None:
    top.one_of("format", (FORMAT,))
    top.skip("meta")
    fair_row = top.row("fair", required=True)
    zone = _read_zone(fair_row) if fair_row else UTC
    fair = _read_fair(fair_row, zone) if fair_row else None
    halls = floor.read_halls(top.rows("halls"), known)
    booths = floor.read_booths(top.rows("booths"), halls, known)
    tables = floor.read_tables(top.rows("b2b_tables"), known)
    slots = _read_slots(top.rows("b2b_slots"), fair, zone, known)
    exhibitors = parties.read_exhibitors(top.rows("exhibitors"), zone, known)
    applications = parties.read_applications(top.rows("applications"), zone, known)
    buyers = parties.read_buyers(top.rows("buyers"), known)
    needs = parties.read_needs(top.rows("needs"), known)
    visitors = people.read_visitors(top.rows("visitors"), zone, known)
    gates = people.read_gates(top.rows("gates"), known)
    requests = people.read_requests(top.rows("meeting_requests"), needs, zone, known)
    unavailabilities = people.read_unavailabilities(top.rows("unavailabilities"), slots, zone, known)
    accounts = people.read_accounts(top.rows("accounts"), known)
    top.finish()
    if fair is None:
        return None
    return Seed(
        fair=fair,
        halls=halls,
        booths=booths,
        tables=tables,
        slots=slots,
        exhibitors=exhibitors,
        applications=applications,
        buyers=buyers,
        needs=needs,
        visitors=visitors,
        gates=gates,
        requests=requests,
        unavailabilities=unavailabilities,
        accounts=accounts,
    )


def _read_zone(row: Row) -> tzinfo:
    name = row.text("timezone", longest=40, required=True)
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown, malformed, or the name of a folder
        if name:
            row.refuse("timezone", "unknown_zone", value=name)
        return UTC


def _read_fair(row: Row, zone: tzinfo) -> FairSeed:
    starts_on = row.day("start", required=True) or date.min
    ends_on = row.day("end", required=True) or date.max
    if ends_on < starts_on:
        row.refuse("end", "ends_before_start")
    fair = FairSeed(
        code=row.text("code", longest=16, required=True),
        name=row.texts("name", longest=200, required=True),
        theme=row.texts("theme", longest=300),
        venue=row.texts("venue", longest=300),
        introduction=row.texts("introduction", longest=4000),
        starts_on=starts_on,
        ends_on=ends_on,
        timezone=row.text("timezone", longest=40),
        days=_read_days(row.rows("visitor_hours", required=True), starts_on, ends_on),
        colour=row.text("colour", longest=7) or FairSeed.colour,
        contact_email=row.email("contact_email"),
        published=row.switch("published", default=True),
        fictional=row.switch("fictional", default=False),
        currency=row.text("currency", longest=3) or FairSeed.currency,
        vat_percent=_or(row.whole("vat_percent", least=0, most=100), FairSeed.vat_percent),
        prices={name: int(price) for name, price in row.numbers("prices").items()},
        applications_open_at=row.moment("applications_open", zone),
        applications_close_at=row.moment("applications_close", zone),
        registrations_close_at=row.moment("registrations_close", zone),
        meeting_requests_close_at=row.moment("meeting_requests_close", zone),
        register_with_authority_by=row.day("register_with_authority_by"),
        report_due_on=row.day("report_due"),
        move_in=_read_move_in(row),
        move_out_at=row.moment("move_out", zone),
        opening_at=row.moment("opening", zone),
        vip_tour_at=row.moment("vip_tour", zone),
    )
    _check_shape(row, "code", fair.code, _FAIR_CODE)
    _check_shape(row, "colour", fair.colour, _COLOUR)
    _check_shape(row, "currency", fair.currency, _CURRENCY)
    row.finish()
    return fair


def _check_shape(row: Row, key: str, value: str, shape: re.Pattern[str]) -> None:
    if value and not shape.fullmatch(value):
        row.refuse(key, "bad_shape", value=value)


def _or(value: Any, default: Any) -> Any:
    return default if value is None else value


def _read_days(rows: Sequence[Row], starts_on: date, ends_on: date) -> tuple[DaySeed, ...]:
    known = Known()
    return tuple(_read_day(row, starts_on, ends_on, known) for row in rows)


def _read_day(row: Row, starts_on: date, ends_on: date, known: Known) -> DaySeed:
    day = row.day("date", required=True) or starts_on
    opens_at = row.clock("open", required=True) or time.min
    closes_at = row.clock("close", required=True) or time.max
    exhibitors_from = row.clock("exhibitors_from") or min(EXHIBITORS_FROM, opens_at)
    if not starts_on <= day <= ends_on:
        row.refuse("date", "outside_fair", value=day.isoformat())
    if closes_at <= opens_at:
        row.refuse("close", "ends_before_start")
    if exhibitors_from > opens_at:
        row.refuse("exhibitors_from", "ends_before_start")
    known.claim(row, "date", "day", day.isoformat())
    row.finish()
    return DaySeed(day=day, opens_at=opens_at, closes_at=closes_at, exhibitors_from=exhibitors_from)


def _read_move_in(row: Row) -> tuple[date, ...]:
    days = []
    for text, path in row.words("move_in"):
        try:
            days.append(date.fromisoformat(text))
        except ValueError:
            row.errors.add(path, "bad_day", value=text)
    return tuple(days)


def _read_slots(rows: Sequence[Row], fair: FairSeed | None, zone: tzinfo, known: Known) -> tuple[SlotSeed, ...]:
    slots: list[SlotSeed] = []
    for row in rows:
        slot = _read_slot(row, zone, known)
        if slot is None:
            continue
        if fair and not fair.starts_on <= slot.day <= fair.ends_on:
            row.refuse("start", "outside_fair", value=slot.day.isoformat())
        if any(slot.starts_at < one.ends_at and one.starts_at < slot.ends_at for one in slots):
            row.refuse("start", "slots_overlap")
        slots.append(slot)
    return tuple(sorted(slots, key=lambda slot: slot.starts_at))


def _read_slot(row: Row, zone: tzinfo, known: Known) -> SlotSeed | None:
    starts_at: datetime | None = row.moment("start", zone, required=True)
    minutes = row.whole("minutes", least=5, most=480, required=True)
    session = row.text("session", longest=16)
    row.whole("gap_minutes", least=0, most=480)
    row.finish()
    if starts_at is None or minutes is None:
        return None
    local = starts_at.astimezone(zone)
    known.claim(row, "start", "slot", local.isoformat())
    return SlotSeed(
        day=local.date(),
        session=session or ("morning" if local.time() < NOON else "afternoon"),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=minutes),
    )
