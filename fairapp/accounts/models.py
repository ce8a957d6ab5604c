"""Accounts, what they are in each fair, and their passkeys."""

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from flask_security import AsaList, UserMixin, WebAuthnMixin
from sqlalchemy.ext.mutable import MutableList
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fairapp.accounts.policy import Role
from fairapp.database import Model, PublicId, UtcDateTime, enum_type


class Account(PublicId, Model, UserMixin):  # type: ignore[misc]
    """A sign-in of one person; Flask-Security reads and writes the columns from ``email`` to ``mf_…``."""

    id: Mapped[int] = mapped_column(primary_key=True)
    full_name: Mapped[str] = mapped_column(sa.String(120), default="")
    language: Mapped[str | None] = mapped_column(sa.String(2))
    created_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    email: Mapped[str] = mapped_column(sa.String(255), unique=True)
    password: Mapped[str | None] = mapped_column(sa.String(255))  # type: ignore[assignment]
    active: Mapped[bool] = mapped_column(default=True)
    fs_uniquifier: Mapped[str] = mapped_column(sa.String(64), unique=True)
    confirmed_at: Mapped[datetime | None] = mapped_column(sa.DateTime)
    fs_webauthn_user_handle: Mapped[str | None] = mapped_column(sa.String(64), unique=True)  # type: ignore[assignment]
    tf_primary_method: Mapped[str | None] = mapped_column(sa.String(64))
    tf_totp_secret: Mapped[str | None] = mapped_column(sa.String(255))
    mf_recovery_codes: Mapped[list[str] | None] = mapped_column(MutableList.as_mutable(AsaList()))

    memberships: Mapped[list["Membership"]] = relationship(back_populates="account", cascade="all, delete-orphan")
    webauthn: Mapped[list["Passkey"]] = relationship(  # type: ignore[assignment]
        back_populates="account", cascade="all, delete-orphan"
    )

    @property
    def roles(self) -> list[Any]:
        """Nothing: Flask-Security's roles know no fair; ours are memberships."""
        return []

    @roles.setter
    def roles(self, roles: list[Any]) -> None:
        if roles:
            raise ValueError("roles are memberships of a fair")


class Membership(PublicId, Model):
    """One role of an account in one fair; exhibitors and buyers act for an enterprise."""

    __table_args__ = (
        sa.UniqueConstraint("account_id", "fair_id", "role", "enterprise_id"),
        # NULLs are distinct in a unique key, so roles without an enterprise need one of their own.
        sa.Index(
            "uq_membership_plain",
            "account_id",
            "fair_id",
            "role",
            unique=True,
            sqlite_where=sa.text("enterprise_id IS NULL"),
            postgresql_where=sa.text("enterprise_id IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id", ondelete="CASCADE"), index=True)
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id", ondelete="CASCADE"), index=True)
    role: Mapped[Role] = mapped_column(enum_type(Role))
    enterprise_id: Mapped[int | None] = mapped_column(sa.ForeignKey("enterprise.id"), index=True)
    co_organizer_id: Mapped[int | None] = mapped_column(
        sa.ForeignKey("co_organizer.id", ondelete="CASCADE"), index=True
    )
    """The body for which a co-organizer sees and decides."""
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    account: Mapped[Account] = relationship(back_populates="memberships")


class SavedView(PublicId, Model):
    """The filters of a list that an account keeps under a name, in one fair."""

    __table_args__ = (sa.UniqueConstraint("account_id", "fair_id", "list_name", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id", ondelete="CASCADE"), index=True)
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id", ondelete="CASCADE"), index=True)
    list_name: Mapped[str] = mapped_column(sa.String(60))
    """The endpoint of the list."""
    name: Mapped[str] = mapped_column(sa.String(60))
    query: Mapped[str] = mapped_column(sa.Text)
    """What follows the question mark in the address."""
    shared: Mapped[bool] = mapped_column(default=False)
    """Whether the other organizers of the fair see it too."""

    account: Mapped[Account] = relationship()


class Passkey(Model, WebAuthnMixin):  # type: ignore[misc]
    """A passkey or security key of an account, as Flask-Security keeps it."""

    id: Mapped[int] = mapped_column(primary_key=True)
    credential_id: Mapped[bytes] = mapped_column(sa.LargeBinary(1024), unique=True, index=True)
    public_key: Mapped[bytes] = mapped_column(sa.LargeBinary)
    sign_count: Mapped[int] = mapped_column(default=0)
    transports: Mapped[list[str] | None] = mapped_column(MutableList.as_mutable(AsaList()))
    backup_state: Mapped[bool] = mapped_column(default=False)
    device_type: Mapped[str] = mapped_column(sa.String(64), default="")
    extensions: Mapped[str | None] = mapped_column(sa.String(255))
    # Flask-Security leaves this one to the table, and wants it without a zone like its others.
    create_datetime: Mapped[datetime] = mapped_column(
        sa.DateTime, default=lambda: datetime.now(UTC).replace(tzinfo=None)
    )
    lastuse_datetime: Mapped[datetime] = mapped_column(sa.DateTime)
    name: Mapped[str] = mapped_column(sa.String(64))
    usage: Mapped[str] = mapped_column(sa.String(64))
    user_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id", ondelete="CASCADE"), index=True)

    account: Mapped[Account] = relationship(back_populates="webauthn")

    def get_user_mapping(self) -> dict[str, int]:
        """Return the filter by which Flask-Security finds the account."""
        return {"id": self.user_id}
