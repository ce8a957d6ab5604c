"""The register of enterprises and what they can do; it lives across fairs."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fairapp.database import Model, PublicId, Searchable, Translated, enum_type


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
    province: Mapped[str | None] = mapped_column(sa.String(4))
    website: Mapped[str] = mapped_column(sa.String(200), default="")
    phone: Mapped[str] = mapped_column(sa.String(20), default="")
    employees: Mapped[int | None]
    size: Mapped[str] = mapped_column(sa.String(16), default="")
    established: Mapped[int | None]
    main_products: Mapped[dict[str, str]] = mapped_column(Translated, default=dict)
    summary: Mapped[dict[str, str]] = mapped_column(Translated, default=dict)
    tightest_tolerance: Mapped[str] = mapped_column(sa.String(16), default="")
    fictional: Mapped[bool] = mapped_column(default=False)
    import_ref: Mapped[str | None] = mapped_column(sa.String(40), index=True)

    capabilities: Mapped[list["Capability"]] = relationship(
        back_populates="enterprise", cascade="all, delete-orphan", order_by="Capability.id"
    )

    def search_parts(self) -> Iterable[str | None]:
        return (
            self.legal_name,
            self.short_name,
            self.english_name,
            self.tax_code,
            *(self.main_products or {}).values(),
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
    expires_on: Mapped[date | None]

    enterprise: Mapped[Enterprise] = relationship(back_populates="capabilities")
