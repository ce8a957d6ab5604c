"""The parts and processes that buyers look for."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fairapp.database import Json, Model, PublicId, Searchable, Translated, UtcDateTime, enum_type
from fairapp.visitors.models import Buyer


class NeedStatus(StrEnum):
    """Where a need stands."""

    OPEN = "open"
    IN_TALKS = "in_talks"
    CLOSED = "closed"


class NeedVisibility(StrEnum):
    """Who may read a need."""

    PUBLIC = "public"
    EXHIBITORS = "exhibitors"


class Need(PublicId, Searchable, Model):
    """A part or process a buyer looks for; codes come from the taxonomy."""

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id", ondelete="CASCADE"), index=True)
    buyer_id: Mapped[int] = mapped_column(sa.ForeignKey("buyer.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(sa.String(32))
    title: Mapped[dict[str, str]] = mapped_column(Translated)
    description: Mapped[dict[str, str]] = mapped_column(Translated, default=dict)
    process: Mapped[str] = mapped_column(sa.String(40), default="", index=True)
    material: Mapped[str] = mapped_column(sa.String(40), default="")
    tolerance: Mapped[str] = mapped_column(sa.String(16), default="")
    lot: Mapped[str] = mapped_column(sa.String(16), default="")
    required_certificates: Mapped[list[str]] = mapped_column(Json, default=list)
    monthly_quantity: Mapped[int | None]
    target_sop: Mapped[str] = mapped_column(sa.String(7), default="")
    """Start of production wanted, ``2027-07``."""
    sample_on_display: Mapped[bool] = mapped_column(default=False)
    nda_required: Mapped[bool] = mapped_column(default=False)
    visibility: Mapped[NeedVisibility] = mapped_column(enum_type(NeedVisibility), default=NeedVisibility.PUBLIC)
    status: Mapped[NeedStatus] = mapped_column(enum_type(NeedStatus), default=NeedStatus.OPEN)
    posted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    import_ref: Mapped[str | None] = mapped_column(sa.String(40), index=True)

    buyer: Mapped[Buyer] = relationship()

    def search_parts(self) -> Iterable[str | None]:
        return (*(self.title or {}).values(), *(self.description or {}).values())
