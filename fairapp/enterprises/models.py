"""The register of enterprises and what they can do; it lives across fairs."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fairapp.database import Json, Model, PublicId, Searchable, Translated, UtcDateTime, enum_type
from fairapp.files.models import StoredFile


class CapabilityKind(StrEnum):
    """The code list that a capability's code comes from."""

    SECTOR = "sector"
    PROCESS = "process"
    MATERIAL = "material"
    CERTIFICATE = "certificate"
    PRACTICE = "practice"


class Enterprise(PublicId, Searchable, Model):
    """A firm; it becomes an exhibitor or a buyer's employer in a fair."""

    __table_args__ = (sa.UniqueConstraint("country", "tax_code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    legal_name: Mapped[str] = mapped_column(sa.String(200))
    short_name: Mapped[str] = mapped_column(sa.String(120), default="")
    english_name: Mapped[str] = mapped_column(sa.String(200), default="")
    country: Mapped[str] = mapped_column(sa.String(2), default="VN")
    capital_country: Mapped[str] = mapped_column(sa.String(2), default="")
    """Where the owners of a foreign-invested enterprise are from."""
    tax_code: Mapped[str] = mapped_column(sa.String(32))
    """Normalized (``0123456789`` or ``0123456789-001``); a foreign firm's registration number."""
    legal_form: Mapped[str] = mapped_column(sa.String(32), default="")
    ownership: Mapped[str] = mapped_column(sa.String(32), default="")
    representative: Mapped[str] = mapped_column(sa.String(120), default="")
    representative_title: Mapped[str] = mapped_column(sa.String(80), default="")
    address: Mapped[str] = mapped_column(sa.String(300), default="")
    """Street line, as it stands on the registration certificate."""
    industrial_park: Mapped[str] = mapped_column(sa.String(160), default="")
    ward: Mapped[str] = mapped_column(sa.String(120), default="")
    """Ward or commune: the level below the province since 2025-07-01."""
    postal_code: Mapped[str] = mapped_column(sa.String(12), default="")
    province: Mapped[str | None] = mapped_column(sa.String(4))
    website: Mapped[str] = mapped_column(sa.String(200), default="")
    phone: Mapped[str] = mapped_column(sa.String(20), default="")
    employees: Mapped[int | None]
    size: Mapped[str] = mapped_column(sa.String(16), default="")
    established: Mapped[int | None]
    main_products: Mapped[dict[str, str]] = mapped_column(Translated, default=dict)
    summary: Mapped[dict[str, str]] = mapped_column(Translated, default=dict)
    tightest_tolerance: Mapped[str] = mapped_column(sa.String(16), default="")
    supply_kind: Mapped[str] = mapped_column(sa.String(32), default="")
    """What it is in the supply chain: a code of ``supply_kinds``; empty if it never said."""
    supply_tier: Mapped[str] = mapped_column(sa.String(32), default="")
    smart_factory_level: Mapped[int | None]
    """1 to 5 on the scale of the smart factory program."""
    women_owned: Mapped[bool] = mapped_column(default=False)
    revenue_band: Mapped[str] = mapped_column(sa.String(16), default="")
    """Of a year: a code of ``revenue_bands``."""
    export_percent: Mapped[int | None]
    export_markets: Mapped[list[str]] = mapped_column(Json, default=list)
    """Country codes."""
    capacity: Mapped[str] = mapped_column(sa.String(200), default="")
    """What it can make in a month, in its words."""
    lot_sizes: Mapped[list[str]] = mapped_column(Json, default=list)
    """Codes of ``lot_size_bands``."""
    languages: Mapped[list[str]] = mapped_column(Json, default=list)
    """Language codes that somebody there speaks with buyers."""
    programs: Mapped[list[str]] = mapped_column(Json, default=list)
    """Codes of ``support_programs`` that it says it joined."""
    seeks: Mapped[str] = mapped_column(sa.Text, default="")
    """What it looks for at a fair."""
    logo_id: Mapped[int | None] = mapped_column(sa.ForeignKey("stored_file.id"))
    version: Mapped[int] = mapped_column(default=1)
    """Counts the changes of the profile, so that two people never overwrite each other."""
    updated_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    merged_into_id: Mapped[int | None] = mapped_column(sa.ForeignKey("enterprise.id"), index=True)
    """The entry that this one turned out to be; such an entry is shown nowhere and keeps its history."""
    external_ref: Mapped[str | None] = mapped_column(sa.String(60), index=True)
    """How a foreign system or the organizer's own list calls it."""
    fictional: Mapped[bool] = mapped_column(default=False)
    import_ref: Mapped[str | None] = mapped_column(sa.String(40), index=True)

    capabilities: Mapped[list["Capability"]] = relationship(
        back_populates="enterprise", cascade="all, delete-orphan", order_by="Capability.id"
    )
    machines: Mapped[list["Machine"]] = relationship(
        back_populates="enterprise", cascade="all, delete-orphan", order_by="Machine.id"
    )
    products: Mapped[list["Product"]] = relationship(
        back_populates="enterprise", cascade="all, delete-orphan", order_by="Product.position, Product.id"
    )
    customers: Mapped[list["Customer"]] = relationship(
        back_populates="enterprise", cascade="all, delete-orphan", order_by="Customer.id"
    )
    figures: Mapped[list["QualityFigure"]] = relationship(
        back_populates="enterprise", cascade="all, delete-orphan", order_by="QualityFigure.id"
    )
    logo: Mapped[StoredFile | None] = relationship()

    def search_parts(self) -> Iterable[str | None]:
        return (
            # Lists are sorted by this text, and show the short name where there is one.
            self.short_name,
            self.legal_name,
            self.english_name,
            self.tax_code,
            *(self.main_products or {}).values(),
            *(self.summary or {}).values(),
            *(text for product in self.products for text in (product.name or {}).values()),
        )

    def codes(self, kind: CapabilityKind | str) -> list[str]:
        """Return the codes of one kind, in the order in which they were given."""
        return [capability.code for capability in self.capabilities if capability.kind == kind]


class Capability(Model):
    """One sector, process, material, certificate or practice of an enterprise."""

    __table_args__ = (sa.UniqueConstraint("enterprise_id", "kind", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    enterprise_id: Mapped[int] = mapped_column(sa.ForeignKey("enterprise.id", ondelete="CASCADE"), index=True)
    kind: Mapped[CapabilityKind] = mapped_column(enum_type(CapabilityKind))
    code: Mapped[str] = mapped_column(sa.String(40), index=True)
    number: Mapped[str] = mapped_column(sa.String(60), default="")
    """Of a certificate, as are the columns that follow."""
    issuer: Mapped[str] = mapped_column(sa.String(120), default="")
    scope: Mapped[str] = mapped_column(sa.String(300), default="")
    issued_on: Mapped[date | None]
    expires_on: Mapped[date | None]
    file_id: Mapped[int | None] = mapped_column(sa.ForeignKey("stored_file.id"))
    warned_on: Mapped[date | None]
    """When the enterprise was told that the certificate runs out."""

    enterprise: Mapped[Enterprise] = relationship(back_populates="capabilities")
    file: Mapped[StoredFile | None] = relationship()


class Machine(PublicId, Model):
    """A kind of machine that an enterprise has."""

    id: Mapped[int] = mapped_column(primary_key=True)
    enterprise_id: Mapped[int] = mapped_column(sa.ForeignKey("enterprise.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(sa.String(120))
    """Such as "CNC lathe"."""
    maker: Mapped[str] = mapped_column(sa.String(80), default="")
    model: Mapped[str] = mapped_column(sa.String(80), default="")
    year: Mapped[int | None]
    quantity: Mapped[int] = mapped_column(default=1)
    key_size: Mapped[str] = mapped_column(sa.String(80), default="")
    """Stroke, tonnage or table, with its unit."""

    enterprise: Mapped[Enterprise] = relationship(back_populates="machines")


class Product(PublicId, Model):
    """A product that an enterprise shows; at most twenty."""

    id: Mapped[int] = mapped_column(primary_key=True)
    enterprise_id: Mapped[int] = mapped_column(sa.ForeignKey("enterprise.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    name: Mapped[dict[str, str]] = mapped_column(Translated)
    text: Mapped[dict[str, str]] = mapped_column(Translated, default=dict)
    photo_id: Mapped[int | None] = mapped_column(sa.ForeignKey("stored_file.id"))

    enterprise: Mapped[Enterprise] = relationship(back_populates="products")
    photo: Mapped[StoredFile | None] = relationship()


class Customer(PublicId, Model):
    """Whom an enterprise supplies; private unless it says otherwise."""

    id: Mapped[int] = mapped_column(primary_key=True)
    enterprise_id: Mapped[int] = mapped_column(sa.ForeignKey("enterprise.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(sa.String(160))
    country: Mapped[str] = mapped_column(sa.String(2), default="")
    products: Mapped[str] = mapped_column(sa.String(200), default="")
    since: Mapped[int | None]
    public: Mapped[bool] = mapped_column(default=False)

    enterprise: Mapped[Enterprise] = relationship(back_populates="customers")


class QualityFigure(Model):
    """One figure of quality, cost or delivery as the enterprise declares it; the unit is the code's."""

    __table_args__ = (sa.UniqueConstraint("enterprise_id", "code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    enterprise_id: Mapped[int] = mapped_column(sa.ForeignKey("enterprise.id", ondelete="CASCADE"), index=True)
    code: Mapped[str] = mapped_column(sa.String(40))
    """Of ``measures``."""
    value: Mapped[float]
    year: Mapped[int | None]

    enterprise: Mapped[Enterprise] = relationship(back_populates="figures")


class EnterpriseMerge(PublicId, Model):
    """Two entries of the register that were one enterprise, and what moved, so that it can be undone."""

    id: Mapped[int] = mapped_column(primary_key=True)
    kept_id: Mapped[int] = mapped_column(sa.ForeignKey("enterprise.id"), index=True)
    merged_id: Mapped[int] = mapped_column(sa.ForeignKey("enterprise.id"), index=True)
    moved: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    """Row ids by table and column."""
    merged_by_id: Mapped[int | None] = mapped_column(sa.ForeignKey("account.id"))
    merged_at: Mapped[datetime] = mapped_column(UtcDateTime)
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    kept: Mapped[Enterprise] = relationship(foreign_keys=[kept_id])
    merged: Mapped[Enterprise] = relationship(foreign_keys=[merged_id])
