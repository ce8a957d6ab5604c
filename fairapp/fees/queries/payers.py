"""Who pays at a fair, by name: exhibitors, and pavilions whose contract a co-organizer holds."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from fairapp.database import db
from fairapp.exhibitors.models import Exhibitor, Pavilion
from fairapp.fees.queries.payments import Payer


@dataclass(frozen=True, kw_only=True)
class PayerName:
    """How a payer is shown in lists."""

    key: str
    """Its id in forms: ``e:…`` for an exhibitor, ``p:…`` for a pavilion."""
    public_id: str
    name: str
    tax_code: str = ""
    withdrawn: bool = False


def names_of(fair_id: int) -> dict[Payer, PayerName]:
    """Return every payer of a fair with its name, in two queries."""
    found: dict[Payer, PayerName] = {}
    for exhibitor in db.session.scalars(
        sa.select(Exhibitor).where(Exhibitor.fair_id == fair_id).options(joinedload(Exhibitor.enterprise))
    ):
        enterprise = exhibitor.enterprise
        found[Payer(exhibitor_id=exhibitor.id)] = PayerName(
            key=f"e:{exhibitor.public_id}",
            public_id=exhibitor.public_id,
            name=enterprise.short_name or enterprise.legal_name,
            tax_code=enterprise.tax_code,
            withdrawn=exhibitor.withdrawn_at is not None,
        )
    for pavilion in db.session.scalars(
        sa.select(Pavilion).where(Pavilion.fair_id == fair_id).options(joinedload(Pavilion.co_organizer))
    ):
        if pavilion.co_organizer is not None:
            found[Payer(pavilion_id=pavilion.id)] = PayerName(
                key=f"p:{pavilion.public_id}",
                public_id=pavilion.public_id,
                name=pavilion.name.get("vi") or next(iter(pavilion.name.values()), ""),
                tax_code=pavilion.co_organizer.tax_code,
            )
    return found


def payers_by_key(fair_id: int) -> dict[str, Payer]:
    """Return the payers of a fair by their ids in forms."""
    return {name.key: payer for payer, name in names_of(fair_id).items()}
