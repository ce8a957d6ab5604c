"""How complete the profiles of a fair's exhibitors are, in five queries for any number of them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from fairapp.database import db
from fairapp.enterprises.completeness import completeness
from fairapp.enterprises.models import Capability, Customer, Machine, Product, QualityFigure
from fairapp.exhibitors.models import Exhibitor


@dataclass(frozen=True, kw_only=True)
class _Capability:
    kind: str
    expires_on: date | None


@dataclass(frozen=True, kw_only=True)
class _Product:
    photo_id: int | None


class _Profile:
    """What completeness asks an enterprise, without loading its lists: an IN of all of them would be cut up."""

    def __init__(self, enterprise: Any, **lists: Any) -> None:
        self._enterprise = enterprise
        self.__dict__.update(lists)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._enterprise, name)


def percents(fair_id: int, exhibitors: Sequence[Exhibitor], exhibitor_id: int | None) -> dict[int, int]:
    """Return by exhibitor how complete its profile is."""
    capabilities: dict[int, list[_Capability]] = defaultdict(list)
    for enterprise, kind, expires_on in _rows(
        fair_id, exhibitor_id, Capability, Capability.kind, Capability.expires_on
    ):
        capabilities[enterprise].append(_Capability(kind=kind, expires_on=expires_on))
    products: dict[int, list[_Product]] = defaultdict(list)
    for enterprise, photo_id in _rows(fair_id, exhibitor_id, Product, Product.photo_id):
        products[enterprise].append(_Product(photo_id=photo_id))
    counts = {part: _counts(fair_id, exhibitor_id, part) for part in (Machine, Customer, QualityFigure)}
    return {
        one.id: completeness(
            _Profile(
                one.enterprise,
                capabilities=capabilities[one.enterprise_id],
                products=products[one.enterprise_id],
                machines=range(counts[Machine].get(one.enterprise_id, 0)),
                customers=range(counts[Customer].get(one.enterprise_id, 0)),
                figures=range(counts[QualityFigure].get(one.enterprise_id, 0)),
            )  # type: ignore[arg-type]  # it passes on what it does not hold
        ).percent
        for one in exhibitors
    }


def _rows(fair_id: int, exhibitor_id: int | None, part: Any, *columns: Any) -> Any:
    return db.session.execute(_of_fair(sa.select(part.enterprise_id, *columns), fair_id, exhibitor_id, part))


def _counts(fair_id: int, exhibitor_id: int | None, part: Any) -> dict[int, int]:
    statement = sa.select(part.enterprise_id, sa.func.count()).group_by(part.enterprise_id)
    rows: Any = db.session.execute(_of_fair(statement, fair_id, exhibitor_id, part)).all()
    return {enterprise: int(count) for enterprise, count in rows}


def _of_fair(statement: Any, fair_id: int, exhibitor_id: int | None, part: Any) -> Any:
    statement = statement.join(Exhibitor, Exhibitor.enterprise_id == part.enterprise_id).where(
        Exhibitor.fair_id == fair_id
    )
    return statement if exhibitor_id is None else statement.where(Exhibitor.id == exhibitor_id)
