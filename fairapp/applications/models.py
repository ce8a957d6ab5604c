"""Applications."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fairapp.accounts.models import Account
from fairapp.applications.lifecycle import ApplicationStatus
from fairapp.database import Json, Model, PublicId, Searchable, UtcDateTime, enum_type
from fairapp.enterprises.models import Enterprise
from fairapp.exhibitors.models import Exhibitor
from fairapp.fairs.models import CoOrganizer, Fair
from fairapp.files.models import StoredFile

CARRIED = (
    "fascia_name", "contact_name", "contact_title", "contact_email", "contact_phone", "language", "booth_type", "area",
    "quantity", "corner", "invoice_name", "invoice_tax_code", "invoice_address", "invoice_email", "co_organizer_id",
)  # fmt: skip
"""What an exhibitor takes over from its application."""


class Application(PublicId, Searchable, Model):
    """An enterprise's request to take part in a fair; there is one per fair and enterprise."""

    __table_args__ = (sa.UniqueConstraint("fair_id", "enterprise_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id", ondelete="CASCADE"), index=True)
    enterprise_id: Mapped[int] = mapped_column(sa.ForeignKey("enterprise.id"), index=True)
    account_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"), index=True)
    exhibitor_id: Mapped[int | None] = mapped_column(sa.ForeignKey("exhibitor.id", ondelete="SET NULL"), unique=True)
    """What came of it once it was accepted."""
    co_organizer_id: Mapped[int | None] = mapped_column(sa.ForeignKey("co_organizer.id"), index=True)
    """The body that sends the enterprise."""
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
    """Wanted net m² in all."""
    quantity: Mapped[int] = mapped_column(default=1)
    """Wanted booths."""
    corner: Mapped[bool] = mapped_column(default=False)
    extras: Mapped[list[str]] = mapped_column(Json, default=list)
    """Codes of ``booth_extras`` that the enterprise would like."""
    subsidy_wanted: Mapped[bool] = mapped_column(default=False)
    subsidy_source: Mapped[str] = mapped_column(sa.String(200), default="")
    """Which body is to pay, in the enterprise's words."""
    invoice_name: Mapped[str] = mapped_column(sa.String(200), default="")
    """For the e-invoice, where it differs from the enterprise."""
    invoice_tax_code: Mapped[str] = mapped_column(sa.String(32), default="")
    invoice_address: Mapped[str] = mapped_column(sa.String(300), default="")
    invoice_email: Mapped[str] = mapped_column(sa.String(255), default="")
    language: Mapped[str] = mapped_column(sa.String(2), default="vi")
    """In which the enterprise filled in the application: the language of its mails."""
    message: Mapped[str] = mapped_column(sa.Text, default="")
    scan_id: Mapped[int | None] = mapped_column(sa.ForeignKey("stored_file.id"))
    scan_state: Mapped[str] = mapped_column(sa.String(16), default="")
    """What the QR code on the signed form said: a value of ``applications.scans.ScanState``; empty without a scan."""
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
    exhibitor: Mapped[Exhibitor | None] = relationship()
    co_organizer: Mapped[CoOrganizer | None] = relationship()
    submissions: Mapped[list["Submission"]] = relationship(
        back_populates="application", cascade="all, delete-orphan", order_by="Submission.number"
    )
    signed_forms: Mapped[list["SignedForm"]] = relationship(
        back_populates="application", cascade="all, delete-orphan", order_by="SignedForm.id"
    )

    def search_parts(self) -> Iterable[str | None]:
        return (self.fascia_name, self.contact_name, self.contact_email, self.contact_phone)


class Submission(Model):
    """What an application said each time it was sent: never changed, compared with the one before."""

    __table_args__ = (sa.UniqueConstraint("application_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(sa.ForeignKey("application.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    values: Mapped[dict[str, Any]] = mapped_column(Json)
    """By field of the form."""
    account_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)

    application: Mapped[Application] = relationship(back_populates="submissions")


class ApplicationDraft(Model):
    """What an account typed into an application and has not sent: kept before an enterprise is even named."""

    __table_args__ = (
        sa.UniqueConstraint("account_id", "fair_id", "application_id"),
        # NULLs are distinct in a unique key, so the draft of a new application needs one of its own.
        sa.Index(
            "uq_application_draft_new",
            "account_id",
            "fair_id",
            unique=True,
            sqlite_where=sa.text("application_id IS NULL"),
            postgresql_where=sa.text("application_id IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id", ondelete="CASCADE"), index=True)
    account_id: Mapped[int] = mapped_column(sa.ForeignKey("account.id", ondelete="CASCADE"), index=True)
    application_id: Mapped[int | None] = mapped_column(sa.ForeignKey("application.id", ondelete="CASCADE"), index=True)
    """The application that is changed; empty for a new one."""
    values: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """What was typed, right or wrong, by step and name of the control."""
    files: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """Ids of stored files by name of the control: a file that was chosen once need not be chosen again."""
    version: Mapped[int] = mapped_column(default=1)
    """Counts the saves, so that two windows never overwrite each other."""
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)

    fair: Mapped[Fair] = relationship()


class SignedForm(PublicId, Model):
    """One upload of the printed form with signature and stamp; the latest is the application's ``scan``."""

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(sa.ForeignKey("application.id", ondelete="CASCADE"), index=True)
    file_id: Mapped[int] = mapped_column(sa.ForeignKey("stored_file.id"))
    state: Mapped[str] = mapped_column(sa.String(16))
    """What its QR code said then: a value of ``applications.scans.ScanState``."""
    number: Mapped[int | None]
    """The submission that was printed, as the QR code says."""
    account_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id", ondelete="SET NULL"))
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime)

    application: Mapped[Application] = relationship(back_populates="signed_forms")
    file: Mapped[StoredFile] = relationship()


class RemarkKind(StrEnum):
    """Who reads a remark on an application."""

    NOTE = "note"
    """The organizers, and the writer's own body."""
    FOR = "for"
    """A co-organizer recommends to accept."""
    AGAINST = "against"
    """A co-organizer recommends to reject."""
    TO_EXHIBITOR = "to_exhibitor"
    FROM_EXHIBITOR = "from_exhibitor"


class Remark(PublicId, Model):
    """An internal note on an application, or a message between organizer and enterprise."""

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(sa.ForeignKey("application.id", ondelete="CASCADE"), index=True)
    kind: Mapped[RemarkKind] = mapped_column(enum_type(RemarkKind))
    text: Mapped[str] = mapped_column(sa.Text)
    account_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id", ondelete="SET NULL"))
    author: Mapped[str] = mapped_column(sa.String(255))
    """The name as it was then."""
    written_at: Mapped[datetime] = mapped_column(UtcDateTime)
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the other side first saw a message."""

    application: Mapped[Application] = relationship()
