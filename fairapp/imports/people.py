"""Reading visitors, gates, accounts, and the meetings that people ask for."""

from collections.abc import Mapping, Sequence
from datetime import datetime, tzinfo

from fairapp.accounts.policy import Role
from fairapp.enterprises.taxonomy import LANGUAGES
from fairapp.imports.known import Known
from fairapp.imports.parties import read_place
from fairapp.imports.rows import Row
from fairapp.imports.seeds import (
    AccountSeed,
    GateSeed,
    NeedSeed,
    RequestSeed,
    SlotSeed,
    UnavailabilitySeed,
    VisitorSeed,
)

VISITOR_CATEGORIES = ("visitor", "vip", "press", "speaker", "interpreter", "contractor")
REQUEST_STATUSES = ("requested", "accepted", "declined", "withdrawn", "expired")
SHORTEST_PASSWORD = 10
ACTS_FOR = {
    Role.EXHIBITOR_CONTACT: "applicant_ref",
    Role.EXHIBITOR_STAFF: "exhibitor",
    Role.BUYER: "buyer",
}
"""What the enterprise of a role is in the file; other roles act for none."""


def read_visitors(rows: Sequence[Row], zone: tzinfo, known: Known) -> tuple[VisitorSeed, ...]:
    """Return the registrations of visitors."""
    return tuple(_read_visitor(row, zone, known) for row in rows)


def read_gates(rows: Sequence[Row], known: Known) -> tuple[GateSeed, ...]:
    """Return the gates."""
    return tuple(_read_gate(row, known) for row in rows)


def read_requests(
    rows: Sequence[Row], needs: Sequence[NeedSeed], zone: tzinfo, known: Known
) -> tuple[RequestSeed, ...]:
    """Return the meeting requests, one for a buyer and an exhibitor."""
    buyers = {need.ref: need.buyer for need in needs}
    return tuple(_read_request(row, buyers, zone, known) for row in rows)


def read_unavailabilities(
    rows: Sequence[Row], slots: Sequence[SlotSeed], zone: tzinfo, known: Known
) -> tuple[UnavailabilitySeed, ...]:
    """Return the slots that people cannot take."""
    starts = {slot.starts_at for slot in slots}
    return tuple(_read_unavailability(row, starts, zone, known) for row in rows)


def read_accounts(rows: Sequence[Row], known: Known) -> tuple[AccountSeed, ...]:
    """Return the accounts, one row for each role."""
    return tuple(_read_account(row, known) for row in rows)


def _read_visitor(row: Row, zone: tzinfo, known: Known) -> VisitorSeed:
    province = read_place(row)
    country = row.code("country", "countries") or VisitorSeed.country
    visitor = VisitorSeed(
        email=row.email("email", required=True),
        full_name=row.text("full_name", longest=120, required=True),
        category=row.one_of("category", VISITOR_CATEGORIES) or VisitorSeed.category,
        enterprise_name=row.text("enterprise_name", longest=200),
        position=row.text("position", longest=80),
        phone=row.phone("phone", country=country),
        country=country,
        province=province,
        interests=row.codes("interests", "sectors"),
        language=row.one_of("language", LANGUAGES) or VisitorSeed.language,
        registered_at=row.moment("registered_at", zone),
    )
    known.claim(row, "email", "visitor", visitor.email)
    row.finish()
    return visitor


def _read_gate(row: Row, known: Known) -> GateSeed:
    gate = GateSeed(
        code=row.text("code", longest=16, required=True),
        name=row.text("name", longest=80, required=True),
        categories=row.codes("categories", "badge_categories"),
    )
    known.claim(row, "code", "gate", gate.code)
    row.finish()
    return gate


def _read_request(row: Row, buyers: Mapping[str, str], zone: tzinfo, known: Known) -> RequestSeed:
    request = RequestSeed(
        buyer=row.text("buyer", longest=40, required=True),
        exhibitor=row.text("exhibitor", longest=40, required=True),
        need=row.text("need", longest=40),
        asked_by=row.one_of("asked_by", ("buyer", "exhibitor"), required=True),
        status=row.one_of("status", REQUEST_STATUSES) or RequestSeed.status,
        message=row.text("message", longest=4000),
        answer=row.text("answer", longest=4000),
        requested_at=row.moment("requested_at", zone),
        answered_at=row.moment("answered_at", zone),
    )
    known.lead_to(row, "buyer", "buyer", request.buyer)
    known.lead_to(row, "exhibitor", "exhibitor", request.exhibitor)
    known.lead_to(row, "need", "need", request.need)
    known.claim(row, "exhibitor", "pair", f"{request.buyer} {request.exhibitor}")
    if request.need in buyers and buyers[request.need] != request.buyer:
        row.refuse("need", "need_of_another_buyer", need=request.need, buyer=request.buyer)
    row.finish()
    return request


def _read_unavailability(row: Row, starts: set[datetime], zone: tzinfo, known: Known) -> UnavailabilitySeed:
    starts_at = row.moment("slot", zone, required=True)
    one = UnavailabilitySeed(
        starts_at=starts_at or datetime.min.replace(tzinfo=zone),
        buyer=row.text("buyer", longest=40),
        exhibitor=row.text("exhibitor", longest=40),
    )
    if starts_at and starts_at not in starts:
        row.refuse("slot", "unknown_ref", value=starts_at.isoformat(timespec="minutes"), kind="slot")
    if bool(one.buyer) == bool(one.exhibitor):
        row.refuse("buyer", "one_side")
    known.lead_to(row, "buyer", "buyer", one.buyer)
    known.lead_to(row, "exhibitor", "exhibitor", one.exhibitor)
    known.claim(row, "slot", "unavailability", f"{one.buyer or one.exhibitor} {one.starts_at.isoformat()}")
    row.finish()
    return one


def _read_account(row: Row, known: Known) -> AccountSeed:
    password = row.text("password", longest=200, required=True)
    if 0 < len(password) < SHORTEST_PASSWORD:
        row.refuse("password", "too_short", least=SHORTEST_PASSWORD)
    role = Role(row.one_of("role", [role.value for role in Role], required=True) or Role.GATE)
    account = AccountSeed(
        email=row.email("email", required=True),
        full_name=row.text("full_name", longest=120, required=True),
        password=password,
        role=role,
        acts_for=row.text("acts_for", longest=40, required=role in ACTS_FOR),
        language=row.one_of("language", LANGUAGES) or AccountSeed.language,
    )
    if role in ACTS_FOR:
        known.lead_to(row, "acts_for", ACTS_FOR[role], account.acts_for)
    elif account.acts_for:
        row.refuse("acts_for", "role_acts_for_nobody", role=role.value)
    known.claim(row, "email", "account", f"{account.email} {role.value} {account.acts_for}")
    row.finish()
    return account
