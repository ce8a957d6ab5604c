"""Exhibitors and their staff."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fairapp.database import Model, PublicId, Searchable, Translated, UtcDateTime, enum_type
from fairapp.enterprises.models import Enterprise
from fairapp.exhibitors.people import StaffKind
from fairapp.fairs.models import CoOrganizer, Fair


class Exhibitor(PublicId, Searchable, Model):
    """An enterprise accepted to present at a fair."""

    __table_args__ = (
        sa.UniqueConstraint("fair_id", "enterprise_id"),
        sa.UniqueConstraint("fair_id", "external_ref"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id", ondelete="CASCADE"), index=True)
    enterprise_id: Mapped[int] = mapped_column(sa.ForeignKey("enterprise.id"), index=True)
    main_exhibitor_id: Mapped[int | None] = mapped_column(sa.ForeignKey("exhibitor.id"), index=True)
    """Who holds the contract and the booth of a co-exhibitor; empty for a main exhibitor."""
    pavilion_id: Mapped[int | None] = mapped_column(sa.ForeignKey("pavilion.id"), index=True)
    co_organizer_id: Mapped[int | None] = mapped_column(sa.ForeignKey("co_organizer.id"), index=True)
    contact_name: Mapped[str] = mapped_column(sa.String(120), default="")
    contact_title: Mapped[str] = mapped_column(sa.String(80), default="")
    contact_email: Mapped[str] = mapped_column(sa.String(255), default="")
    contact_phone: Mapped[str] = mapped_column(sa.String(20), default="")
    language: Mapped[str] = mapped_column(sa.String(2), default="vi")
    """Of the contact's mails."""
    booth_type: Mapped[str] = mapped_column(sa.String(32), default="standard_9")
    area: Mapped[int] = mapped_column(default=9)
    """Agreed net m² in all, of ``quantity`` booths of ``booth_type``; a booth may be allocated later."""
    quantity: Mapped[int] = mapped_column(default=1)
    corner: Mapped[bool] = mapped_column(default=False)
    invoice_name: Mapped[str] = mapped_column(sa.String(200), default="")
    """For the e-invoice, where it differs from the enterprise."""
    invoice_tax_code: Mapped[str] = mapped_column(sa.String(32), default="")
    invoice_address: Mapped[str] = mapped_column(sa.String(300), default="")
    invoice_email: Mapped[str] = mapped_column(sa.String(255), default="")
    listed: Mapped[bool] = mapped_column(default=True)
    """Whether the public directory and the catalogue show it."""
    external_ref: Mapped[str | None] = mapped_column(sa.String(60))
    """How the organizer's own list calls it; unique in a fair."""
    booth_area: Mapped[float | None]
    """Net m² of the booths allocated to it, kept up by whoever allocates; empty before the first."""
    free_badges: Mapped[int | None]
    """Staff badges that the organizer gives it free of charge; empty: by booth area as the fair says."""
    badge_limit: Mapped[int | None]
    """Most staff badges it may have, free ones included; empty: as the fair says."""
    fascia_name: Mapped[str] = mapped_column(sa.String(60), default="")
    points: Mapped[int] = mapped_column(default=0)
    accepted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    confirmed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When it took its participation back; it keeps its fees and loses booth, badges and meetings."""
    withdrawn_reason: Mapped[str] = mapped_column(sa.Text, default="")
    withdrawal_asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the exhibitor asked to withdraw; the organizer decides, and ``withdrawn_reason`` says why."""

    fair: Mapped[Fair] = relationship()
    enterprise: Mapped[Enterprise] = relationship()
    main_exhibitor: Mapped["Exhibitor | None"] = relationship(remote_side="Exhibitor.id")
    pavilion: Mapped["Pavilion | None"] = relationship()
    co_organizer: Mapped[CoOrganizer | None] = relationship()
    staff: Mapped[list["ExhibitorStaff"]] = relationship(
        back_populates="exhibitor", cascade="all, delete-orphan", order_by="ExhibitorStaff.id"
    )

    @property
    def state(self) -> str:
        """Where it stands: ``accepted``, ``confirmed``, ``asked`` to withdraw, or ``withdrawn``."""
        if self.withdrawn_at is not None:
            return "withdrawn"
        if self.withdrawal_asked_at is not None:
            return "asked"
        return "accepted" if self.confirmed_at is None else "confirmed"

    @property
    def net_area(self) -> float:
        """Net m² that count for badges: of its allocated booths, else what was agreed; a co-exhibitor has none."""
        if self.main_exhibitor_id is not None:
            return 0
        return self.area if self.booth_area is None else self.booth_area

    def search_parts(self) -> Iterable[str | None]:
        return (self.fascia_name, self.contact_name, self.contact_email, self.contact_phone)


class Pavilion(PublicId, Model):
    """Several booths under one name; a co-organizer holds the contract, else the members' main exhibitor."""

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id", ondelete="CASCADE"), index=True)
    name: Mapped[dict[str, str]] = mapped_column(Translated)
    co_organizer_id: Mapped[int | None] = mapped_column(sa.ForeignKey("co_organizer.id"), index=True)

    co_organizer: Mapped[CoOrganizer | None] = relationship()


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
    kind: Mapped[StaffKind] = mapped_column(enum_type(StaffKind), default=StaffKind.STAFF)
    contractor: Mapped[str] = mapped_column(sa.String(160), default="")
    """The firm of somebody who builds or dismantles."""
    external_ref: Mapped[str | None] = mapped_column(sa.String(60))
    added_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the person was taken off the list; the badge is revoked then."""

    exhibitor: Mapped[Exhibitor] = relationship(back_populates="staff")

    def search_parts(self) -> Iterable[str | None]:
        return (self.full_name, self.position, self.email, self.phone)


class Delegation(PublicId, Model):
    """A link by which an agency or a contractor acts for an exhibitor: orders and staff, nothing else."""

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id", ondelete="CASCADE"), index=True)
    exhibitor_id: Mapped[int] = mapped_column(sa.ForeignKey("exhibitor.id", ondelete="CASCADE"), index=True)
    token: Mapped[str] = mapped_column(sa.String(64), unique=True)
    name: Mapped[str] = mapped_column(sa.String(160))
    email: Mapped[str] = mapped_column(sa.String(255), default="")
    may_order: Mapped[bool] = mapped_column(default=True)
    may_list_staff: Mapped[bool] = mapped_column(default=True)
    created_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    exhibitor: Mapped[Exhibitor] = relationship()


class CoExhibitorState(StrEnum):
    """Where a main exhibitor's proposal of a co-exhibitor stands."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class CoExhibitorProposal(PublicId, Model):
    """An enterprise that a main exhibitor would like to have on its booth."""

    __table_args__ = (
        # While one waits for the answer nobody proposes the same enterprise again.
        sa.Index(
            "uq_co_exhibitor_proposal_waiting",
            "fair_id",
            "country",
            "tax_code",
            unique=True,
            sqlite_where=sa.text("state = 'proposed'"),
            postgresql_where=sa.text("state = 'proposed'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id", ondelete="CASCADE"), index=True)
    main_exhibitor_id: Mapped[int] = mapped_column(sa.ForeignKey("exhibitor.id", ondelete="CASCADE"), index=True)
    country: Mapped[str] = mapped_column(sa.String(2), default="VN")
    tax_code: Mapped[str] = mapped_column(sa.String(32))
    legal_name: Mapped[str] = mapped_column(sa.String(200))
    contact_name: Mapped[str] = mapped_column(sa.String(120))
    contact_email: Mapped[str] = mapped_column(sa.String(255))
    contact_phone: Mapped[str] = mapped_column(sa.String(20), default="")
    language: Mapped[str] = mapped_column(sa.String(2), default="vi")
    state: Mapped[CoExhibitorState] = mapped_column(enum_type(CoExhibitorState), default=CoExhibitorState.PROPOSED)
    reason: Mapped[str] = mapped_column(sa.Text, default="")
    """Why it was rejected."""
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    main_exhibitor: Mapped[Exhibitor] = relationship()
