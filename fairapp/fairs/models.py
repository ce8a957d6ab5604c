"""A fair, its days, and what it looks like."""

from datetime import date, datetime, time
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fairapp.database import Json, Model, PublicId, Translated, UtcDateTime


class Fair(PublicId, Model):
    """One edition of a trade fair; everything else but accounts and enterprises belongs to one."""

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(sa.String(16), unique=True)
    name: Mapped[dict[str, str]] = mapped_column(Translated)
    theme: Mapped[dict[str, str]] = mapped_column(Translated, default=dict)
    venue: Mapped[dict[str, str]] = mapped_column(Translated, default=dict)
    introduction: Mapped[dict[str, str]] = mapped_column(Translated, default=dict)
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    timezone: Mapped[str] = mapped_column(sa.String(40), default="Asia/Ho_Chi_Minh")
    colour: Mapped[str] = mapped_column(sa.String(7), default="#0b6e4f")
    contact_email: Mapped[str] = mapped_column(sa.String(255), default="")
    published: Mapped[bool] = mapped_column(default=True)
    fictional: Mapped[bool] = mapped_column(default=False)
    currency: Mapped[str] = mapped_column(sa.String(3), default="VND")
    vat_percent: Mapped[int] = mapped_column(default=10)
    prices: Mapped[dict[str, int]] = mapped_column(sa.JSON, default=dict)
    """Whole đồng by booth type; per cent where the key ends in ``_percent``."""
    applications_open_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    applications_close_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    registrations_close_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    meeting_requests_close_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    register_with_authority_by: Mapped[date | None]
    report_due_on: Mapped[date | None]
    fascia_freeze_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """From then on only the organizer changes fascia names."""
    catalogue_freeze_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """What the printed catalogue says is what the profiles said then."""
    task_reminders: Mapped[list[int]] = mapped_column(Json, default=lambda: [7, 2, 1, -1])
    """Days before a deadline of the manual on which exhibitors are reminded, of ``manual.reminders.STAGES``."""
    eligibility: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """Who may apply, read by ``applications.eligibility``."""
    staff_badges: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """Free badges by booth area, read by ``exhibitors.quota``."""
    move_in: Mapped[list[str]] = mapped_column(Json, default=list)
    """Days, ISO format."""
    move_out_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    organizer_name: Mapped[dict[str, str]] = mapped_column(Translated, default=dict)
    """Who signs for the fair and asks for payment."""
    organizer_tax_code: Mapped[str] = mapped_column(sa.String(32), default="")
    organizer_address: Mapped[str] = mapped_column(sa.String(300), default="")
    organizer_phone: Mapped[str] = mapped_column(sa.String(20), default="")
    payment: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """Bank account, due days, reminders and cancellation, read by ``fees.schedule``."""
    version: Mapped[int] = mapped_column(default=1)
    """Counts the changes of the settings, so that two people never overwrite each other."""
    rehearsal_started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """While set, the gates' clock runs from the first opening; scans of a rehearsal count for nothing."""

    days: Mapped[list["FairDay"]] = relationship(
        back_populates="fair", order_by="FairDay.day", cascade="all, delete-orphan"
    )
    co_organizers: Mapped[list["CoOrganizer"]] = relationship(order_by="CoOrganizer.code", viewonly=True)


class FairDay(Model):
    """One day of a fair with its opening hours, in the fair's zone."""

    __table_args__ = (sa.UniqueConstraint("fair_id", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id", ondelete="CASCADE"), index=True)
    day: Mapped[date]
    opens_at: Mapped[time]
    closes_at: Mapped[time]
    exhibitors_from: Mapped[time]
    """When exhibitors, contractors and organizers may enter."""

    fair: Mapped[Fair] = relationship(back_populates="days")


class CoOrganizer(PublicId, Model):
    """A body that sends its enterprises to a fair: a department, an association, a foreign partner."""

    __table_args__ = (sa.UniqueConstraint("fair_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id", ondelete="CASCADE"), index=True)
    code: Mapped[str] = mapped_column(sa.String(16))
    name: Mapped[dict[str, str]] = mapped_column(Translated)
    country: Mapped[str] = mapped_column(sa.String(2), default="VN")
    quota: Mapped[int | None]
    """How many exhibitors it may accept; ``None`` is as many as it likes."""
    may_decide: Mapped[bool] = mapped_column(default=True)
    """Whether it decides itself or only recommends."""
    contact_name: Mapped[str] = mapped_column(sa.String(120), default="")
    contact_email: Mapped[str] = mapped_column(sa.String(255), default="")
    tax_code: Mapped[str] = mapped_column(sa.String(32), default="")
    address: Mapped[str] = mapped_column(sa.String(300), default="")
    invitation: Mapped[str] = mapped_column(sa.String(40), unique=True)
    """The random part of the link by which its enterprises apply."""
