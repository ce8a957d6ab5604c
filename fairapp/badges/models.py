"""Badges, and the keys that sign their credentials."""

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fairapp.accounts.models import Account
from fairapp.database import Model, PublicId, Searchable, UtcDateTime
from fairapp.exhibitors.models import ExhibitorStaff
from fairapp.visitors.models import Buyer, Visitor

HOLDERS = ("visitor_id", "staff_id", "buyer_id", "account_id")
"""Who may hold a badge; an account holds one for its work at a fair, whatever its roles there."""


class BadgeKey(Model):
    """An Ed25519 key of one fair; old keys stay so that old badges stay readable."""

    __table_args__ = (sa.UniqueConstraint("fair_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    """1, 2, 3 … within the fair; stands in the credential."""
    private_key: Mapped[bytes] = mapped_column(sa.LargeBinary(32))
    public_key: Mapped[bytes] = mapped_column(sa.LargeBinary(32))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    retired_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Badge(PublicId, Searchable, Model):
    """The printed pass of one person; names stand as they were issued. One valid badge per holder."""

    __table_args__ = (
        sa.UniqueConstraint("fair_id", "serial"),
        sa.CheckConstraint(
            " + ".join(f"(CASE WHEN {holder} IS NULL THEN 0 ELSE 1 END)" for holder in HOLDERS) + " = 1",
            name="one_holder",
        ),
        *(
            sa.Index(
                f"uq_badge_{holder}",
                *(("fair_id", holder) if holder == "account_id" else (holder,)),
                unique=True,
                sqlite_where=sa.text("revoked_at IS NULL"),
                postgresql_where=sa.text("revoked_at IS NULL"),
            )
            for holder in HOLDERS
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id", ondelete="CASCADE"), index=True)
    serial: Mapped[str] = mapped_column(sa.String(16), index=True)
    category: Mapped[str] = mapped_column(sa.String(16), index=True)
    days: Mapped[int]
    """Bit 0 is the fair's first day."""
    credential: Mapped[str] = mapped_column(sa.String(240))
    full_name: Mapped[str] = mapped_column(sa.String(120))
    enterprise_name: Mapped[str] = mapped_column(sa.String(200), default="")
    position: Mapped[str] = mapped_column(sa.String(80), default="")
    visitor_id: Mapped[int | None] = mapped_column(sa.ForeignKey("visitor.id", ondelete="CASCADE"))
    staff_id: Mapped[int | None] = mapped_column(sa.ForeignKey("exhibitor_staff.id", ondelete="CASCADE"))
    buyer_id: Mapped[int | None] = mapped_column(sa.ForeignKey("buyer.id", ondelete="CASCADE"))
    account_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    printed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_reason: Mapped[str] = mapped_column(sa.String(40), default="")
    replaced_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("badge.id"))

    visitor: Mapped[Visitor | None] = relationship()
    staff: Mapped[ExhibitorStaff | None] = relationship()
    buyer: Mapped[Buyer | None] = relationship()
    account: Mapped[Account | None] = relationship()
    replaced_by: Mapped["Badge | None"] = relationship(remote_side="Badge.id")

    def search_parts(self) -> Iterable[str | None]:
        return (self.full_name, self.enterprise_name, self.serial)
