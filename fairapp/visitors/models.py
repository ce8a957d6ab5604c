"""Registrations of visitors and buyers."""

import secrets
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fairapp.database import Json, Model, PublicId, Searchable, UtcDateTime, enum_type
from fairapp.enterprises.models import Enterprise
from fairapp.fairs.models import Fair


class VisitorCategory(StrEnum):
    """The kinds of person who come by registration."""

    VISITOR = "visitor"
    VIP = "vip"
    PRESS = "press"
    SPEAKER = "speaker"
    INTERPRETER = "interpreter"
    CONTRACTOR = "contractor"


def new_link_token() -> str:
    """Return the secret part of a visitor's personal link (192 bits)."""
    return secrets.token_urlsafe(24)


class Visitor(PublicId, Searchable, Model):
    """A person who comes to see the fair; opens their own page by the link in the mail, no password."""

    __table_args__ = (
        # One registration per address and fair; desk registrations may have no address.
        sa.Index(
            "uq_visitor_fair_id_email",
            "fair_id",
            "email",
            unique=True,
            sqlite_where=sa.text("email <> '' AND withdrawn_at IS NULL"),
            postgresql_where=sa.text("email <> '' AND withdrawn_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id", ondelete="CASCADE"), index=True)
    token: Mapped[str] = mapped_column(sa.String(40), unique=True, default=new_link_token)
    category: Mapped[VisitorCategory] = mapped_column(enum_type(VisitorCategory), default=VisitorCategory.VISITOR)
    full_name: Mapped[str] = mapped_column(sa.String(120))
    enterprise_name: Mapped[str] = mapped_column(sa.String(200), default="")
    position: Mapped[str] = mapped_column(sa.String(80), default="")
    email: Mapped[str] = mapped_column(sa.String(255), default="")
    """Lower case."""
    phone: Mapped[str] = mapped_column(sa.String(20), default="")
    country: Mapped[str] = mapped_column(sa.String(2), default="VN")
    province: Mapped[str | None] = mapped_column(sa.String(4))
    interests: Mapped[list[str]] = mapped_column(Json, default=list)
    """Sector codes."""
    language: Mapped[str] = mapped_column(sa.String(2), default="vi")
    registered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    fair: Mapped[Fair] = relationship()

    def search_parts(self) -> Iterable[str | None]:
        return (self.full_name, self.enterprise_name, self.email, self.phone, self.position)


class Buyer(PublicId, Searchable, Model):
    """An enterprise that comes to buy, with the person who speaks for it in matchmaking."""

    __table_args__ = (sa.UniqueConstraint("fair_id", "enterprise_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id", ondelete="CASCADE"), index=True)
    enterprise_id: Mapped[int] = mapped_column(sa.ForeignKey("enterprise.id"), index=True)
    hosted: Mapped[bool] = mapped_column(default=False)
    contact_name: Mapped[str] = mapped_column(sa.String(120), default="")
    contact_title: Mapped[str] = mapped_column(sa.String(80), default="")
    contact_email: Mapped[str] = mapped_column(sa.String(255), default="")
    contact_phone: Mapped[str] = mapped_column(sa.String(20), default="")
    meeting_language: Mapped[str] = mapped_column(sa.String(2), default="vi")
    needs_interpreter: Mapped[bool] = mapped_column(default=False)
    registered_at: Mapped[datetime] = mapped_column(UtcDateTime)

    fair: Mapped[Fair] = relationship()
    enterprise: Mapped[Enterprise] = relationship()

    def search_parts(self) -> Iterable[str | None]:
        return (self.contact_name, self.contact_email, self.contact_phone)
