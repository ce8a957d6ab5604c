"""Halls, booths, and who has which."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fairapp.accounts.models import Account
from fairapp.applications.models import Application
from fairapp.database import Model, PublicId, Translated, UtcDateTime
from fairapp.exhibitors.models import Exhibitor


class BoothState(StrEnum):
    """What a booth is on the floor plan, computed from its hold, allocation and block."""

    FREE = "free"
    BLOCKED = "blocked"
    HELD = "held"
    ALLOCATED = "allocated"


class Hall(PublicId, Model):
    """A building or part of it; its floor plan is drawn in metres from the upper left corner."""

    __table_args__ = (sa.UniqueConstraint("fair_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id", ondelete="CASCADE"), index=True)
    code: Mapped[str] = mapped_column(sa.String(8))
    name: Mapped[dict[str, str]] = mapped_column(Translated)
    width: Mapped[float]
    depth: Mapped[float]

    booths: Mapped[list["Booth"]] = relationship(back_populates="hall", order_by="Booth.code")


class Booth(PublicId, Model):
    """A numbered piece of net area; sizes and places in metres, ``area`` in m²."""

    __table_args__ = (sa.UniqueConstraint("fair_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id", ondelete="CASCADE"), index=True)
    hall_id: Mapped[int] = mapped_column(sa.ForeignKey("hall.id", ondelete="CASCADE"), index=True)
    code: Mapped[str] = mapped_column(sa.String(16))
    booth_type: Mapped[str] = mapped_column(sa.String(32))
    x: Mapped[float]
    y: Mapped[float]
    width: Mapped[float]
    depth: Mapped[float]
    area: Mapped[float]
    corner: Mapped[bool] = mapped_column(default=False)
    blocked: Mapped[bool] = mapped_column(default=False)

    hall: Mapped[Hall] = relationship(back_populates="booths")
    hold: Mapped["Hold | None"] = relationship(back_populates="booth")
    allocation: Mapped["Allocation | None"] = relationship(back_populates="booth")


class Hold(Model):
    """A booth kept for an exhibitor until a moment; past that moment it means nothing."""

    id: Mapped[int] = mapped_column(primary_key=True)
    booth_id: Mapped[int] = mapped_column(sa.ForeignKey("booth.id", ondelete="CASCADE"), unique=True)
    exhibitor_id: Mapped[int] = mapped_column(sa.ForeignKey("exhibitor.id", ondelete="CASCADE"), index=True)
    held_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    held_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)

    booth: Mapped[Booth] = relationship(back_populates="hold")
    exhibitor: Mapped[Exhibitor] = relationship()
    held_by: Mapped[Account | None] = relationship()


class Allocation(Model):
    """The firm link of one booth and one exhibitor; a booth has one, an exhibitor may have several."""

    id: Mapped[int] = mapped_column(primary_key=True)
    booth_id: Mapped[int] = mapped_column(sa.ForeignKey("booth.id", ondelete="CASCADE"), unique=True)
    exhibitor_id: Mapped[int] = mapped_column(sa.ForeignKey("exhibitor.id", ondelete="CASCADE"), index=True)
    allocated_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    allocated_at: Mapped[datetime] = mapped_column(UtcDateTime)

    booth: Mapped[Booth] = relationship(back_populates="allocation")
    exhibitor: Mapped[Exhibitor] = relationship()
    allocated_by: Mapped[Account | None] = relationship()


class BoothChoice(Model):
    """A booth that an applicant would like; ``rank`` 1 is the first choice."""

    __table_args__ = (
        sa.UniqueConstraint("application_id", "rank"),
        sa.UniqueConstraint("application_id", "booth_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(sa.ForeignKey("application.id", ondelete="CASCADE"), index=True)
    booth_id: Mapped[int] = mapped_column(sa.ForeignKey("booth.id", ondelete="CASCADE"), index=True)
    rank: Mapped[int]

    application: Mapped[Application] = relationship()
    booth: Mapped[Booth] = relationship()
