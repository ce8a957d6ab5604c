"""Imports of lists: which column means what, and what became of each file."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fairapp.database import Json, Model, PublicId, UtcDateTime
from fairapp.files.models import StoredFile


class ImportRun(PublicId, Model):
    """One file of rows: uploaded, its columns mapped, tried, taken over."""

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(sa.String(30))
    """What the rows are: ``exhibitors``, ``staff``."""
    file_id: Mapped[int] = mapped_column(sa.ForeignKey("stored_file.id"))
    head: Mapped[list[str]] = mapped_column(Json)
    """The titles of the columns."""
    mapping: Mapped[dict[str, str]] = mapped_column(Json, default=dict)
    """Field by title of the column; kept for the next file with the same head."""
    tried: Mapped[dict[str, Any] | None] = mapped_column(Json)
    """What a dry run found: counts, and errors by row."""
    imported_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    account_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    file: Mapped[StoredFile] = relationship()
