"""The catalogue of extras: what was ordered once is never deleted, only offered no more."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fairapp.audit.service import ActorLike, record
from fairapp.database import add_once, transaction
from fairapp.enterprises.taxonomy import code_list
from fairapp.errors import FairError, NotFound
from fairapp.fees.extras import GROUP_OF
from fairapp.fees.models import Extra, Order, OrderLine
from fairapp.fees.service.orders import vat_percent_of


class ExtraCodeTaken(FairError):
    """The fair has an extra of this code already."""

    code = "extra_code_taken"


@dataclass(frozen=True, kw_only=True)
class ExtraData:
    """One extra as the organizer sets it."""

    code: str
    group: str
    name: Mapping[str, str]
    text: Mapping[str, str]
    unit: Mapping[str, str]
    price: int
    vat_percent: int | None
    late_from: datetime | None
    late_percent: int
    closes_at: datetime | None
    most: int | None
    position: int


COPIED = ("code", "group", "name", "text", "unit", "price", "vat_percent", "late_percent", "most", "position")
"""What another fair's extra brings along; its dates are that fair's."""


def add_extra(fair_id: int, data: ExtraData, *, actor: ActorLike, now: datetime) -> Extra:
    """Put an extra into the catalogue."""
    with transaction() as session:
        extra = Extra(fair_id=fair_id, **_values(data))
        add_once(session, extra, ExtraCodeTaken(extra=data.code))
        _note(session, "extra.add", extra, actor=actor, now=now)
    return extra


def update_extra(fair_id: int, public_id: str, data: ExtraData, *, actor: ActorLike, now: datetime) -> Extra:
    """Change an extra; orders that stand keep their price and surcharge, VAT is that of the law."""
    with transaction() as session:
        extra = _lock(session, fair_id, public_id)
        taken = sa.select(Extra.id).where(
            Extra.fair_id == fair_id, Extra.code == data.code, Extra.public_id != public_id
        )
        if session.scalar(taken) is not None:
            raise ExtraCodeTaken(extra=data.code)
        for name, value in _values(data).items():
            setattr(extra, name, value)
        percent = vat_percent_of(session, fair_id) if data.vat_percent is None else data.vat_percent
        standing = sa.select(Order.id).where(Order.fair_id == fair_id, Order.cancelled_at.is_(None))
        session.execute(
            sa.update(OrderLine)
            .where(OrderLine.extra_id == extra.id, OrderLine.order_id.in_(standing))
            .values(vat_percent=percent)
            .execution_options(synchronize_session=False)
        )
        _note(session, "extra.update", extra, actor=actor, now=now)
    return extra


def set_offered(fair_id: int, public_id: str, *, offered: bool, actor: ActorLike, now: datetime) -> Extra:
    """Take an extra out of the catalogue, or put it back; what was ordered stays ordered."""
    with transaction() as session:
        extra = _lock(session, fair_id, public_id)
        if extra.offered != offered:
            extra.offered = offered
            _note(session, "extra.offer" if offered else "extra.remove", extra, actor=actor, now=now)
    return extra


def usual_codes() -> list[str]:
    """Return the codes of the usual extras, in their order."""
    return [one.code for one in code_list("booth_extras") if one.code in GROUP_OF]


def add_usual(fair_id: int, *, actor: ActorLike, now: datetime) -> int:
    """Put the usual extras into the catalogue that are missing in it, without prices; return how many."""
    with transaction() as session:
        known = _codes(session, fair_id)
        missing = [code for code in usual_codes() if code not in known]
        usual = [
            Extra(
                fair_id=fair_id,
                code=code,
                group=GROUP_OF[code],
                name=dict(code_list("booth_extras")[code].label),
                price=0,
                position=len(known) + number,
                # Nobody shall order for nothing before the organizer has set a price.
                offered=False,
            )
            for number, code in enumerate(missing, start=1)
        ]
        _add_all(session, fair_id, usual, actor=actor, now=now, source="usual")
    return len(usual)


def copy_extras(fair_id: int, from_fair_id: int, *, actor: ActorLike, now: datetime) -> int:
    """Copy another fair's catalogue, without its dates and without what is here already; return how many."""
    with transaction() as session:
        known = _codes(session, fair_id)
        others = session.scalars(
            sa.select(Extra).where(Extra.fair_id == from_fair_id, Extra.offered).order_by(Extra.position, Extra.id)
        )
        copies = [
            Extra(fair_id=fair_id, **{name: getattr(one, name) for name in COPIED})
            for one in others
            if one.code not in known
        ]
        _add_all(session, fair_id, copies, actor=actor, now=now, source=str(from_fair_id))
    return len(copies)


def _add_all(
    session: Session, fair_id: int, extras: list[Extra], *, actor: ActorLike, now: datetime, source: str
) -> None:
    for extra in extras:
        add_once(session, extra, ExtraCodeTaken(extra=extra.code))
    if extras:
        record(
            session,
            "extra.copy",
            fair_id=fair_id,
            thing_id=fair_id,
            actor=actor,
            now=now,
            extras=[extra.code for extra in extras],
            source=source,
        )


def _codes(session: Session, fair_id: int) -> set[str]:
    return set(session.scalars(sa.select(Extra.code).where(Extra.fair_id == fair_id)))


def _values(data: ExtraData) -> dict[str, Any]:
    texts = {name: dict(getattr(data, name)) for name in ("name", "text", "unit")}
    return {**vars(data), **texts}


def _lock(session: Session, fair_id: int, public_id: str) -> Extra:
    extra = session.scalar(
        sa.select(Extra).where(Extra.fair_id == fair_id, Extra.public_id == public_id).with_for_update()
    )
    if extra is None:
        raise NotFound()
    return extra


def _note(session: Session, action: str, extra: Extra, *, actor: ActorLike, now: datetime) -> None:
    session.flush()
    record(
        session,
        action,
        fair_id=extra.fair_id,
        thing_id=extra.id,
        actor=actor,
        now=now,
        label=extra.code,
        price=extra.price,
    )
