"""What exhibitors owe and pay: fee rules, extras, orders, payment requests, payments."""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fairapp.database import Json, Model, PublicId, Searchable, Translated, UtcDateTime, enum_type
from fairapp.exhibitors.models import Exhibitor, Pavilion
from fairapp.fees.matching import Finding
from fairapp.fees.schedule import RequestKind
from fairapp.files.models import StoredFile


class FeeRules(Model):
    """The fee rules of a fair as they stood from a moment on; a change makes a new row, none is changed."""

    __table_args__ = (sa.UniqueConstraint("fair_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    """1, 2, 3 … within the fair; the highest counts."""
    values: Mapped[dict[str, Any]] = mapped_column(Json)
    """Plain values that ``fees.rules`` reads and writes."""
    set_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    set_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Extra(PublicId, Model):
    """A service or a piece of furniture that exhibitors order beside the booth."""

    __table_args__ = (sa.UniqueConstraint("fair_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id", ondelete="CASCADE"), index=True)
    code: Mapped[str] = mapped_column(sa.String(40))
    group: Mapped[str] = mapped_column(sa.String(40), default="")
    """A code of ``fees.extras.GROUPS``."""
    name: Mapped[dict[str, str]] = mapped_column(Translated)
    text: Mapped[dict[str, str]] = mapped_column(Translated, default=dict)
    unit: Mapped[dict[str, str]] = mapped_column(Translated, default=dict)
    price: Mapped[int] = mapped_column(sa.BigInteger)
    """Whole đồng for one unit, before VAT."""
    vat_percent: Mapped[int | None]
    """Where it differs from the fair's."""
    late_from: Mapped[datetime | None] = mapped_column(UtcDateTime)
    late_percent: Mapped[int] = mapped_column(default=0)
    """Surcharge on orders from ``late_from`` on."""
    closes_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """No order, change or cancellation from then on."""
    most: Mapped[int | None]
    """The most units that one exhibitor may order."""
    position: Mapped[int] = mapped_column(default=0)
    offered: Mapped[bool] = mapped_column(default=True)


class Order(PublicId, Model):
    """What an exhibitor ordered at one time."""

    __table_args__ = (sa.UniqueConstraint("fair_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id", ondelete="CASCADE"), index=True)
    exhibitor_id: Mapped[int] = mapped_column(sa.ForeignKey("exhibitor.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    """1, 2, 3 … within the fair."""
    reference: Mapped[str] = mapped_column(sa.String(60), default="")
    """The exhibitor's own purchase number."""
    note: Mapped[str] = mapped_column(sa.Text, default="")
    ordered_by: Mapped[str] = mapped_column(sa.String(255))
    """The name as it was then: of an account, or of the firm with a link."""
    ordered_at: Mapped[datetime] = mapped_column(UtcDateTime)
    cancelled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    exhibitor: Mapped[Exhibitor] = relationship()
    lines: Mapped[list["OrderLine"]] = relationship(
        back_populates="order", cascade="all, delete-orphan", order_by="OrderLine.id"
    )


class OrderLine(Model):
    """One extra of an order at the price of that moment."""

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(sa.ForeignKey("order.id", ondelete="CASCADE"), index=True)
    extra_id: Mapped[int] = mapped_column(sa.ForeignKey("extra.id"), index=True)
    quantity: Mapped[int]
    price: Mapped[int] = mapped_column(sa.BigInteger)
    """Whole đồng for one unit, before surcharge and VAT."""
    late_percent: Mapped[int] = mapped_column(default=0)
    vat_percent: Mapped[int]

    order: Mapped[Order] = relationship(back_populates="lines")
    extra: Mapped[Extra] = relationship()


class Subsidy(PublicId, Model):
    """Public money that pays part of an exhibitor's fees."""

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id", ondelete="CASCADE"), index=True)
    exhibitor_id: Mapped[int] = mapped_column(sa.ForeignKey("exhibitor.id", ondelete="CASCADE"), index=True)
    source: Mapped[str] = mapped_column(sa.String(200))
    """The body whose budget pays."""
    percent: Mapped[int | None]
    """Of the booth's fee lines; else ``amount``."""
    amount: Mapped[int | None] = mapped_column(sa.BigInteger)
    cap: Mapped[int | None] = mapped_column(sa.BigInteger)
    """Whole đồng at most."""
    decision_number: Mapped[str] = mapped_column(sa.String(60), default="")
    decided_on: Mapped[date | None]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    exhibitor: Mapped[Exhibitor] = relationship()


class Adjustment(PublicId, Model):
    """A fee line that an organizer adds by hand, such as a discount that was agreed."""

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id", ondelete="CASCADE"), index=True)
    exhibitor_id: Mapped[int] = mapped_column(sa.ForeignKey("exhibitor.id", ondelete="CASCADE"), index=True)
    label: Mapped[str] = mapped_column(sa.String(200))
    amount: Mapped[int] = mapped_column(sa.BigInteger)
    """Whole đồng before VAT; negative takes away."""
    created_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    exhibitor: Mapped[Exhibitor] = relationship()


class PaymentRequest(PublicId, Searchable, Model):
    """A PDF with VietQR that asks an exhibitor for money; its figures stay as they were sent."""

    __table_args__ = (sa.UniqueConstraint("fair_id", "number"), sa.UniqueConstraint("reference"))

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id", ondelete="CASCADE"), index=True)
    exhibitor_id: Mapped[int | None] = mapped_column(sa.ForeignKey("exhibitor.id", ondelete="CASCADE"), index=True)
    pavilion_id: Mapped[int | None] = mapped_column(sa.ForeignKey("pavilion.id"), index=True)
    """Where the holder of a pavilion's contract pays for all."""
    number: Mapped[int]
    """1, 2, 3 … within the fair."""
    kind: Mapped[RequestKind] = mapped_column(enum_type(RequestKind))
    reference: Mapped[str] = mapped_column(sa.String(25))
    """What the payer writes on the transfer: letters without diacritics and digits, nothing else."""
    amount: Mapped[int] = mapped_column(sa.BigInteger)
    """Whole đồng with VAT."""
    statement: Mapped[dict[str, Any]] = mapped_column(Json)
    """What the paper said: fee lines and totals of that moment, payer, account and code; see ``fees.papers``."""
    rules_number: Mapped[int]
    """Of the fee rules that made the figures."""
    due_on: Mapped[date]
    language: Mapped[str] = mapped_column(sa.String(2), default="vi")
    issued_at: Mapped[datetime] = mapped_column(UtcDateTime)
    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reminded_on: Mapped[date | None]
    exported_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When its lines went to the accountant for the e-invoice."""
    file_id: Mapped[int | None] = mapped_column(sa.ForeignKey("stored_file.id"))

    exhibitor: Mapped[Exhibitor | None] = relationship()
    pavilion: Mapped[Pavilion | None] = relationship()
    file: Mapped[StoredFile | None] = relationship()

    def search_parts(self) -> list[str | None]:
        return [self.reference]


class BankStatement(PublicId, Model):
    """A file of a bank with what came in."""

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id", ondelete="CASCADE"), index=True)
    file_id: Mapped[int] = mapped_column(sa.ForeignKey("stored_file.id"))
    imported_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    imported_at: Mapped[datetime] = mapped_column(UtcDateTime)

    file: Mapped[StoredFile] = relationship()


class BankLine(PublicId, Searchable, Model):
    """One transfer on a bank statement; the same transfer in a second file is known by its fingerprint."""

    __table_args__ = (sa.UniqueConstraint("fair_id", "fingerprint"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id", ondelete="CASCADE"), index=True)
    statement_id: Mapped[int] = mapped_column(sa.ForeignKey("bank_statement.id", ondelete="CASCADE"), index=True)
    fingerprint: Mapped[str] = mapped_column(sa.String(64))
    booked_on: Mapped[date]
    amount: Mapped[int] = mapped_column(sa.BigInteger)
    text: Mapped[str] = mapped_column(sa.String(500), default="")
    payer: Mapped[str] = mapped_column(sa.String(200), default="")
    bank_reference: Mapped[str] = mapped_column(sa.String(80), default="")
    finding: Mapped[Finding] = mapped_column(enum_type(Finding), default=Finding.UNKNOWN)
    """What was found out when it was last compared with the payment requests."""
    ignored_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When an organizer said that it is not for the fair."""

    def search_parts(self) -> list[str | None]:
        return [self.text, self.payer, self.bank_reference]


class Payment(PublicId, Model):
    """Money that came in for an exhibitor, or that went back: then the amount is negative."""

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id", ondelete="CASCADE"), index=True)
    exhibitor_id: Mapped[int | None] = mapped_column(sa.ForeignKey("exhibitor.id"), index=True)
    pavilion_id: Mapped[int | None] = mapped_column(sa.ForeignKey("pavilion.id"), index=True)
    request_id: Mapped[int | None] = mapped_column(sa.ForeignKey("payment_request.id"), index=True)
    bank_line_id: Mapped[int | None] = mapped_column(sa.ForeignKey("bank_line.id"), index=True)
    amount: Mapped[int] = mapped_column(sa.BigInteger)
    paid_on: Mapped[date]
    note: Mapped[str] = mapped_column(sa.String(300), default="")
    recorded_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reversed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When it turned out to be a mistake; it counts no more."""

    exhibitor: Mapped[Exhibitor | None] = relationship()
    pavilion: Mapped[Pavilion | None] = relationship()
    request: Mapped[PaymentRequest | None] = relationship()
    bank_line: Mapped[BankLine | None] = relationship()


class EInvoice(PublicId, Model):
    """The e-invoice that the accountant's program issued, noted afterwards."""

    __table_args__ = (sa.UniqueConstraint("fair_id", "symbol", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id", ondelete="CASCADE"), index=True)
    request_id: Mapped[int] = mapped_column(sa.ForeignKey("payment_request.id"), index=True)
    symbol: Mapped[str] = mapped_column(sa.String(20))
    number: Mapped[str] = mapped_column(sa.String(20))
    issued_on: Mapped[date]
    amount: Mapped[int] = mapped_column(sa.BigInteger)
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)

    request: Mapped[PaymentRequest] = relationship()
