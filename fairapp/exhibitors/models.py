"""Applications, the exhibitors that come of them, and their staff."""

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fairapp.accounts.models import Account
from fairapp.database import Model, PublicId, Searchable, UtcDateTime, enum_type
from fairapp.enterprises.models import Enterprise
from fairapp.exhibitors.lifecycle import ApplicationStatus
from fairapp.fairs.models import Fair
from fairapp.files.models import StoredFile


class Application(PublicId, Searchable, Model):
    """An enterprise's request to take part in a fair; there is one per fair and enterprise."""

    __table_args__ = (sa.UniqueConstraint("fair_id", "enterprise_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id", ondelete="CASCADE"), index=True)
    enterprise_id: Mapped[int] = mapped_column(sa.ForeignKey("enterprise.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"), index=True)
    status: Mapped[ApplicationStatus] = mapped_column(
        enum_type(ApplicationStatus), default=ApplicationStatus.DRAFT, index=True
    )
    fascia_name: Mapped[str] = mapped_column(sa.String(60), default="")
    contact_name: Mapped[str] = mapped_column(sa.String(120), default="")
    contact_title: Mapped[str] = mapped_column(sa.String(80), default="")
    contact_email: Mapped[str] = mapped_column(sa.String(255), default="")
    contact_phone: Mapped[str] = mapped_column(sa.String(20), default="")
    booth_type: Mapped[str] = mapped_column(sa.String(32), default="standard_9")
    area: Mapped[int] = mapped_column(default=9)
    """Wanted net m²."""
    message: Mapped[str] = mapped_column(sa.Text, default="")
    scan_id: Mapped[int | None] = mapped_column(sa.ForeignKey("stored_file.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    applied_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    """What the organizer told the enterprise when it returned, rejected or queued the application."""

    fair: Mapped[Fair] = relationship()
    enterprise: Mapped[Enterprise] = relationship()
    account: Mapped[Account | None] = relationship(foreign_keys=[account_id])
    decided_by: Mapped[Account | None] = relationship(foreign_keys=[decided_by_id])
    scan: Mapped[StoredFile | None] = relationship()

    def search_parts(self) -> Iterable[str | None]:
        return (self.fascia_name, self.contact_name, self.contact_email, self.contact_phone)


class Exhibitor(PublicId, Model):
    """An enterprise accepted to present at a fair."""

    __table_args__ = (sa.UniqueConstraint("fair_id", "enterprise_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id", ondelete="CASCADE"), index=True)
    enterprise_id: Mapped[int] = mapped_column(sa.ForeignKey("enterprise.id"), index=True)
    application_id: Mapped[int | None] = mapped_column(sa.ForeignKey("application.id"), unique=True)
    main_exhibitor_id: Mapped[int | None] = mapped_column(sa.ForeignKey("exhibitor.id"), index=True)
    fascia_name: Mapped[str] = mapped_column(sa.String(60), default="")
    points: Mapped[int] = mapped_column(default=0)
    accepted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    fair: Mapped[Fair] = relationship()
    enterprise: Mapped[Enterprise] = relationship()
    application: Mapped[Application | None] = relationship()
    staff: Mapped[list["ExhibitorStaff"]] = relationship(
        back_populates="exhibitor", cascade="all, delete-orphan", order_by="ExhibitorStaff.id"
    )


class ExhibitorStaff(PublicId, Searchable, Model):
    """A person who works on an exhibitor's booth; not a visitor."""

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id", ondelete="CASCADE"), index=True)
    exhibitor_id: Mapped[int] = mapped_column(sa.ForeignKey("exhibitor.id", ondelete="CASCADE"), index=True)
    account_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    full_name: Mapped[str] = mapped_column(sa.String(120))
    position: Mapped[str] = mapped_column(sa.String(80), default="")
    email: Mapped[str] = mapped_column(sa.String(255), default="")
    phone: Mapped[str] = mapped_column(sa.String(20), default="")

    exhibitor: Mapped[Exhibitor] = relationship(back_populates="staff")

    def search_parts(self) -> Iterable[str | None]:
        return (self.full_name, self.position, self.email, self.phone)
