"""Looking up requests, the grid and the schedule."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload

from fairapp.database import db, matches
from fairapp.enterprises.models import Enterprise
from fairapp.exhibitors.models import Exhibitor
from fairapp.meetings.models import (
    Meeting,
    MeetingRequest,
    MeetingStatus,
    MeetingTable,
    RequestStatus,
    Side,
    Slot,
    Unavailability,
)
from fairapp.visitors.models import Buyer
from fairapp.web.lists import Page, paginate
from fairapp.web.sorting import Sort, ordering

LATEST = Sort(by="asked", descending=True)
BUYING, EXHIBITING = aliased(Enterprise), aliased(Enterprise)
REQUEST_SORTS: dict[str, Any] = {
    "buyer": BUYING.search_text,
    "exhibitor": EXHIBITING.search_text,
    "state": MeetingRequest.status,
    "asked": MeetingRequest.id,
}

SIDES = (
    joinedload(MeetingRequest.buyer).joinedload(Buyer.enterprise),
    joinedload(MeetingRequest.exhibitor).joinedload(Exhibitor.enterprise),
    joinedload(MeetingRequest.need),
    joinedload(MeetingRequest.meeting).joinedload(Meeting.slot),
    joinedload(MeetingRequest.meeting).joinedload(Meeting.table),
)


def list_slots(fair_id: int) -> Sequence[Slot]:
    """Return the meeting grid in order of time."""
    return db.session.scalars(sa.select(Slot).where(Slot.fair_id == fair_id).order_by(Slot.starts_at)).all()


def list_tables(fair_id: int) -> Sequence[MeetingTable]:
    """Return the tables by code."""
    return db.session.scalars(
        sa.select(MeetingTable)
        .where(MeetingTable.fair_id == fair_id)
        .options(joinedload(MeetingTable.hall))
        .order_by(MeetingTable.code)
    ).all()


def list_requests(
    fair_id: int,
    *,
    side: Side | None = None,
    party_id: int | None = None,
    status: RequestStatus | None = None,
) -> Sequence[MeetingRequest]:
    """Return requests with both sides, the latest first; those of one party if ``side`` says which."""
    statement = sa.select(MeetingRequest).where(MeetingRequest.fair_id == fair_id).options(*SIDES)
    if side is not None:
        column = MeetingRequest.buyer_id if side is Side.BUYER else MeetingRequest.exhibitor_id
        statement = statement.where(column == party_id)
    if status is not None:
        statement = statement.where(MeetingRequest.status == status)
    return db.session.scalars(statement.order_by(MeetingRequest.id.desc())).all()


def page_of_requests(
    fair_id: int, *, query: str = "", status: str = "", sort: Sort = LATEST, page: int = 1, per_page: int = 50
) -> Page[MeetingRequest]:
    """Return one page of a fair's requests."""
    return paginate(_requests(fair_id, query=query, status=status, sort=sort), page=page, per_page=per_page)


def list_filtered_requests(
    fair_id: int, *, query: str = "", status: str = "", sort: Sort = LATEST
) -> Sequence[MeetingRequest]:
    """Return every request that the filters leave, for exports."""
    return db.session.scalars(_requests(fair_id, query=query, status=status, sort=sort)).all()


def _requests(fair_id: int, *, query: str, status: str, sort: Sort) -> sa.Select[MeetingRequest]:
    statement = (
        sa.select(MeetingRequest)
        .join(MeetingRequest.buyer)
        .join(BUYING, Buyer.enterprise_id == BUYING.id)
        .join(MeetingRequest.exhibitor)
        .join(EXHIBITING, Exhibitor.enterprise_id == EXHIBITING.id)
        .where(MeetingRequest.fair_id == fair_id)
        .options(*SIDES)
        .order_by(ordering(REQUEST_SORTS, sort), MeetingRequest.id.desc())
    )
    if query:
        found = sa.or_(matches(BUYING.search_text, query), matches(EXHIBITING.search_text, query))
        statement = statement.where(found)
    if status in set(RequestStatus):
        statement = statement.where(MeetingRequest.status == RequestStatus(status))
    return statement


def count_requests(fair_id: int) -> dict[str, int]:
    """Return how many requests stand in each state."""
    rows = db.session.execute(
        sa.select(MeetingRequest.status, sa.func.count())
        .where(MeetingRequest.fair_id == fair_id)
        .group_by(MeetingRequest.status)
    )
    found = dict(rows.all())
    return {status.value: found.get(status, 0) for status in RequestStatus}


def _meetings(fair_id: int) -> sa.Select[Meeting]:
    return (
        sa.select(Meeting)
        .join(Meeting.slot)
        .join(Meeting.table)
        .where(Meeting.fair_id == fair_id, Meeting.status != MeetingStatus.CANCELLED)
        .options(
            joinedload(Meeting.slot),
            joinedload(Meeting.table).joinedload(MeetingTable.hall),
            joinedload(Meeting.buyer).joinedload(Buyer.enterprise),
            joinedload(Meeting.exhibitor).joinedload(Exhibitor.enterprise),
            joinedload(Meeting.request).joinedload(MeetingRequest.need),
        )
        .order_by(Slot.starts_at, MeetingTable.code)
    )


def list_meetings(fair_id: int) -> Sequence[Meeting]:
    """Return every meeting of a fair in order of time and table."""
    return db.session.scalars(_meetings(fair_id)).all()


def count_placed(fair_id: int, *, run_at: datetime) -> int:
    """Return how many meetings one run of the scheduling placed."""
    placed = sa.select(sa.func.count()).where(Meeting.fair_id == fair_id, Meeting.scheduled_at == run_at)
    return db.session.scalar(placed) or 0


def list_agenda(fair_id: int, *, side: Side, party_id: int) -> Sequence[Meeting]:
    """Return one party's meetings in order of time."""
    column = Meeting.buyer_id if side is Side.BUYER else Meeting.exhibitor_id
    return db.session.scalars(_meetings(fair_id).where(column == party_id)).all()


def list_unavailable(*, side: Side, party_id: int) -> set[int]:
    """Return the slots that a party cannot take."""
    column = Unavailability.buyer_id if side is Side.BUYER else Unavailability.exhibitor_id
    return set(db.session.scalars(sa.select(Unavailability.slot_id).where(column == party_id)))
