"""Files that people upload or that jobs produce."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from fairapp.database import Model, PublicId, UtcDateTime


class StoredFile(PublicId, Model):
    """A file in the file store; the row knows what it is, the store holds the bytes under ``key``."""

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int | None] = mapped_column(sa.ForeignKey("fair.id", ondelete="CASCADE"), index=True)
    key: Mapped[str] = mapped_column(sa.String(120), unique=True)
    name: Mapped[str] = mapped_column(sa.String(200))
    content_type: Mapped[str] = mapped_column(sa.String(80))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(sa.String(64))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
