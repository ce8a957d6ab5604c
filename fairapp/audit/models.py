"""Who did what, when and from where; and which consents people gave."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from fairapp.database import Json, Model, Searchable, UtcDateTime


class AuditEntry(Searchable, Model):
    """One use case that changed something; written in its transaction, never changed."""

    __table_args__ = (sa.Index("ix_audit_entry_thing", "thing", "thing_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int | None] = mapped_column(sa.ForeignKey("fair.id", ondelete="CASCADE"), index=True)
    account_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id", ondelete="SET NULL"))
    actor: Mapped[str] = mapped_column(sa.String(255))
    """The name as it was then: readable when the account is gone."""
    action: Mapped[str] = mapped_column(sa.String(60), index=True)
    """Thing and verb: ``application.accept``."""
    thing: Mapped[str] = mapped_column(sa.String(40))
    thing_id: Mapped[str] = mapped_column(sa.String(40))
    label: Mapped[str] = mapped_column(sa.String(200), default="")
    facts: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    ip: Mapped[str] = mapped_column(sa.String(45), default="")
    request_id: Mapped[str] = mapped_column(sa.String(40), default="")
    at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)

    def search_parts(self) -> Iterable[str | None]:
        return (self.actor, self.action, self.label)


class Consent(Model):
    """One consent for one purpose, with what was shown and when: the proof."""

    __table_args__ = (sa.Index("ix_consent_subject", "subject", "subject_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id", ondelete="CASCADE"), index=True)
    subject: Mapped[str] = mapped_column(sa.String(40))
    subject_id: Mapped[str] = mapped_column(sa.String(40))
    purpose: Mapped[str] = mapped_column(sa.String(40))
    wording: Mapped[str] = mapped_column(sa.Text)
    language: Mapped[str] = mapped_column(sa.String(2))
    ip: Mapped[str] = mapped_column(sa.String(45), default="")
    given_at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
