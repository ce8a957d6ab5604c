"""Gates, every scan they made, and the check-ins that count."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fairapp.badges.models import Badge
from fairapp.database import Json, Model, PublicId, UtcDateTime

READING_KEPT = 300


class Gate(PublicId, Model):
    """A place where badges are scanned."""

    __table_args__ = (sa.UniqueConstraint("fair_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id", ondelete="CASCADE"), index=True)
    code: Mapped[str] = mapped_column(sa.String(16))
    name: Mapped[str] = mapped_column(sa.String(80))
    categories: Mapped[list[str]] = mapped_column(Json, default=list)
    """Badge categories that may pass; empty means all."""


class Scan(Model):
    """One reading at a gate, granted or refused; the same scan id is the same scan."""

    __table_args__ = (sa.UniqueConstraint("fair_id", "scan_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id", ondelete="CASCADE"), index=True)
    scan_id: Mapped[str] = mapped_column(sa.String(36))
    gate_id: Mapped[int] = mapped_column(sa.ForeignKey("gate.id"), index=True)
    badge_id: Mapped[int | None] = mapped_column(sa.ForeignKey("badge.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    reading: Mapped[str] = mapped_column(sa.String(READING_KEPT))
    """What was read, cut to ``READING_KEPT`` characters; also of codes that are not ours."""
    verdict: Mapped[str] = mapped_column(sa.String(32), index=True)
    admitted: Mapped[bool] = mapped_column(index=True)
    facts: Mapped[dict[str, object]] = mapped_column(Json, default=dict)
    day: Mapped[date | None]
    """The date at the fair when it was made, whether a fair day or not."""
    scanned_at: Mapped[datetime] = mapped_column(UtcDateTime)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    rehearsal: Mapped[bool] = mapped_column(default=False)

    gate: Mapped[Gate] = relationship()
    badge: Mapped[Badge | None] = relationship()


class CheckIn(Model):
    """A badge's first granted scan on a fair day; the key has the last word between two gates."""

    __table_args__ = (sa.UniqueConstraint("badge_id", "day", "rehearsal"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id", ondelete="CASCADE"), index=True)
    badge_id: Mapped[int] = mapped_column(sa.ForeignKey("badge.id", ondelete="CASCADE"), index=True)
    gate_id: Mapped[int] = mapped_column(sa.ForeignKey("gate.id"), index=True)
    scan_row_id: Mapped[int] = mapped_column(sa.ForeignKey("scan.id"), unique=True)
    day: Mapped[date]
    checked_in_at: Mapped[datetime] = mapped_column(UtcDateTime)
    rehearsal: Mapped[bool] = mapped_column(default=False)

    gate: Mapped[Gate] = relationship()
    badge: Mapped[Badge] = relationship()
    scan: Mapped[Scan] = relationship()
