"""The mail outbox: written with the change it tells of, sent by a job after the commit."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fairapp.database import Json, Model, PublicId, Searchable, Translated, UtcDateTime, enum_type
from fairapp.files.models import StoredFile


class MailState(StrEnum):
    """``kept``: there is no mail server, the mail is shown to the organizer instead."""

    WAITING = "waiting"
    SENT = "sent"
    KEPT = "kept"
    FAILED = "failed"


class Mail(PublicId, Searchable, Model):
    """One mail to one person."""

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int | None] = mapped_column(sa.ForeignKey("fair.id", ondelete="CASCADE"), index=True)
    enterprise_id: Mapped[int | None] = mapped_column(sa.ForeignKey("enterprise.id"), index=True)
    """The enterprise that was written to, for its log."""
    bulk_mail_id: Mapped[int | None] = mapped_column(sa.ForeignKey("bulk_mail.id", ondelete="SET NULL"), index=True)
    """The bulk mail that it is a part of."""
    kind: Mapped[str] = mapped_column(sa.String(60), index=True)
    to: Mapped[str] = mapped_column(sa.String(255), index=True)
    to_name: Mapped[str] = mapped_column(sa.String(120), default="")
    reply_to: Mapped[str] = mapped_column(sa.String(255), default="")
    language: Mapped[str] = mapped_column(sa.String(2), default="vi")
    context: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """Plain facts for the template of ``kind``; the sending job writes subject and body from them."""
    subject: Mapped[str] = mapped_column(sa.String(300), default="")
    body: Mapped[str] = mapped_column(sa.Text, default="")
    html: Mapped[str] = mapped_column(sa.Text, default="")
    source: Mapped[str | None] = mapped_column(sa.String(60), unique=True)
    """What the mail came of, where it must not come twice: ``job:17``."""
    state: Mapped[MailState] = mapped_column(enum_type(MailState), default=MailState.WAITING, index=True)
    error: Mapped[str] = mapped_column(sa.Text, default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    sent_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    attachments: Mapped[list["MailAttachment"]] = relationship(
        back_populates="mail", cascade="all, delete-orphan", order_by="MailAttachment.id"
    )

    def search_parts(self) -> Iterable[str | None]:
        return (self.to, self.to_name, self.subject)


class MailAttachment(Model):
    """A stored file that goes with a mail."""

    id: Mapped[int] = mapped_column(primary_key=True)
    mail_id: Mapped[int] = mapped_column(sa.ForeignKey("mail.id", ondelete="CASCADE"), index=True)
    file_id: Mapped[int] = mapped_column(sa.ForeignKey("stored_file.id"))

    mail: Mapped[Mail] = relationship(back_populates="attachments")
    file: Mapped[StoredFile] = relationship()


class MailTemplate(PublicId, Model):
    """The organizer's own words of a mail, per language, with placeholders of a whitelist."""

    __table_args__ = (sa.UniqueConstraint("fair_id", "kind"), sa.UniqueConstraint("fair_id", "name"))

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str | None] = mapped_column(sa.String(60))
    """The mail of the product whose words it replaces; none for a mail that people send by hand."""
    name: Mapped[str] = mapped_column(sa.String(120))
    subject: Mapped[dict[str, str]] = mapped_column(Translated)
    body: Mapped[dict[str, str]] = mapped_column(Translated)
    updated_at: Mapped[datetime] = mapped_column(UtcDateTime)


class BulkMail(PublicId, Model):
    """One text that was sent to many, with the filter that chose them."""

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id", ondelete="CASCADE"), index=True)
    account_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    subject: Mapped[dict[str, str]] = mapped_column(Translated)
    body: Mapped[dict[str, str]] = mapped_column(Translated)
    recipients: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """The filter, as it stood in the address of the list."""
    count: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
