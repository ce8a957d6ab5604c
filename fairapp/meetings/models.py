"""Meeting requests, the grid of slots and tables, and the meetings placed in it."""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fairapp.booths.models import Hall
from fairapp.database import Json, Model, PublicId, UtcDateTime, enum_type
from fairapp.exhibitors.models import Exhibitor
from fairapp.needs.models import Need
from fairapp.visitors.models import Buyer


class Side(StrEnum):
    """Which side of a meeting."""

    BUYER = "buyer"
    EXHIBITOR = "exhibitor"


class RequestStatus(StrEnum):
    """Where a meeting request stands."""

    REQUESTED = "requested"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class MeetingStatus(StrEnum):
    """Where a meeting stands."""

    SCHEDULED = "scheduled"
    ATTENDED = "attended"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"


class Slot(PublicId, Model):
    """One interval of the meeting grid of a day."""

    __table_args__ = (sa.UniqueConstraint("fair_id", "starts_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id", ondelete="CASCADE"), index=True)
    day: Mapped[date]
    """The day in the fair's zone."""
    session: Mapped[str] = mapped_column(sa.String(16), default="")
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)


class MeetingTable(PublicId, Model):
    """Where a meeting takes place."""

    __table_args__ = (sa.UniqueConstraint("fair_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id", ondelete="CASCADE"), index=True)
    code: Mapped[str] = mapped_column(sa.String(16))
    hall_id: Mapped[int | None] = mapped_column(sa.ForeignKey("hall.id"))
    seats: Mapped[int] = mapped_column(default=4)

    hall: Mapped[Hall | None] = relationship()


class MeetingRequest(PublicId, Model):
    """One side asks by name, the other accepts or declines; one per buyer and exhibitor."""

    __table_args__ = (sa.UniqueConstraint("buyer_id", "exhibitor_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id", ondelete="CASCADE"), index=True)
    buyer_id: Mapped[int] = mapped_column(sa.ForeignKey("buyer.id", ondelete="CASCADE"), index=True)
    exhibitor_id: Mapped[int] = mapped_column(sa.ForeignKey("exhibitor.id", ondelete="CASCADE"), index=True)
    need_id: Mapped[int | None] = mapped_column(sa.ForeignKey("need.id", ondelete="SET NULL"), index=True)
    asked_by: Mapped[Side] = mapped_column(enum_type(Side))
    status: Mapped[RequestStatus] = mapped_column(enum_type(RequestStatus), default=RequestStatus.REQUESTED, index=True)
    message: Mapped[str] = mapped_column(sa.Text, default="")
    answer: Mapped[str] = mapped_column(sa.Text, default="")
    requested_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    unscheduled_reason: Mapped[str] = mapped_column(sa.String(40), default="")
    """Why the last schedule left the request out: a reason code of the solver, or empty."""
    unscheduled_facts: Mapped[dict[str, object] | None] = mapped_column(Json)

    buyer: Mapped[Buyer] = relationship()
    exhibitor: Mapped[Exhibitor] = relationship()
    need: Mapped[Need | None] = relationship()
    meeting: Mapped["Meeting | None"] = relationship(back_populates="request")


class Unavailability(Model):
    """A slot that a buyer or an exhibitor cannot take."""

    __table_args__ = (
        sa.UniqueConstraint("slot_id", "buyer_id"),
        sa.UniqueConstraint("slot_id", "exhibitor_id"),
        sa.CheckConstraint("(buyer_id IS NULL) <> (exhibitor_id IS NULL)", name="one_side"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id", ondelete="CASCADE"), index=True)
    slot_id: Mapped[int] = mapped_column(sa.ForeignKey("slot.id", ondelete="CASCADE"), index=True)
    buyer_id: Mapped[int | None] = mapped_column(sa.ForeignKey("buyer.id", ondelete="CASCADE"), index=True)
    exhibitor_id: Mapped[int | None] = mapped_column(sa.ForeignKey("exhibitor.id", ondelete="CASCADE"), index=True)


class Meeting(PublicId, Model):
    """A buyer and an exhibitor at one table in one slot; the keys forbid any double booking."""

    __table_args__ = (
        sa.UniqueConstraint("buyer_id", "slot_id"),
        sa.UniqueConstraint("exhibitor_id", "slot_id"),
        sa.UniqueConstraint("table_id", "slot_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id", ondelete="CASCADE"), index=True)
    request_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting_request.id", ondelete="CASCADE"), unique=True)
    buyer_id: Mapped[int] = mapped_column(sa.ForeignKey("buyer.id", ondelete="CASCADE"), index=True)
    exhibitor_id: Mapped[int] = mapped_column(sa.ForeignKey("exhibitor.id", ondelete="CASCADE"), index=True)
    slot_id: Mapped[int] = mapped_column(sa.ForeignKey("slot.id"), index=True)
    table_id: Mapped[int] = mapped_column(sa.ForeignKey("meeting_table.id"), index=True)
    status: Mapped[MeetingStatus] = mapped_column(enum_type(MeetingStatus), default=MeetingStatus.SCHEDULED)
    sequence: Mapped[int] = mapped_column(default=0)
    """Counts the moves, for calendars that hold an older version."""
    scheduled_at: Mapped[datetime] = mapped_column(UtcDateTime)

    request: Mapped[MeetingRequest] = relationship(back_populates="meeting")
    buyer: Mapped[Buyer] = relationship()
    exhibitor: Mapped[Exhibitor] = relationship()
    slot: Mapped[Slot] = relationship()
    table: Mapped[MeetingTable] = relationship()
