"""Orders of extras: placed, changed and cancelled until the hard close; the organizer may act after it."""

from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fairapp.audit.service import ActorLike, record
from fairapp.database import retried, transaction
from fairapp.errors import FairError, NotFound
from fairapp.exhibitors.models import Exhibitor
from fairapp.exhibitors.service.shared import lock, lock_present, write_to_contact
from fairapp.fairs.models import Fair
from fairapp.fees.extras import Offer, check_open, check_order
from fairapp.fees.models import Extra, FeeRules, Order, OrderLine
from fairapp.fees.ordering import (
    RESTORED_WITHIN,
    NoteNeeded,
    NothingOrdered,
    OrderCancelled,
    OrderRefused,
    PriceChanged,
    RestoredTooLate,
    check_wanted,
)
from fairapp.fees.rules import Ordered, Rules, default_rules, total_of


def offer_of(extra: Extra) -> Offer:
    """Return the terms of an extra."""
    return Offer(
        name=extra.name,
        price=extra.price,
        late_from=extra.late_from,
        late_percent=extra.late_percent,
        closes_at=extra.closes_at,
        most=extra.most,
        offered=extra.offered,
    )


def ordered_of(line: OrderLine) -> Ordered:
    """Return a line of an order as fees are computed from it."""
    return Ordered(
        facts={"extra": line.extra.code, "name": dict(line.extra.name), "unit": dict(line.extra.unit)},
        quantity=line.quantity,
        price=line.price,
        late_percent=line.late_percent,
        vat_percent=line.vat_percent,
    )


@retried
def place(
    fair_id: int,
    exhibitor_id: str,
    wanted: Mapping[str, int],
    *,
    reference: str,
    note: str,
    seen_total: int | None,
    by_organizer: bool = False,
    waive_late: bool = False,
    actor: ActorLike,
    now: datetime,
) -> Order:
    """Order extras for an exhibitor; ``wanted`` are units by the extras' public ids.

    ``seen_total`` is what the summary said with VAT: whoever agreed to one sum is not charged another.
    """
    with transaction() as session:
        exhibitor = lock_present(session, fair_id, exhibitor_id)
        extras = _extras(session, fair_id, wanted)
        offers = {key: offer_of(extra) for key, extra in extras.items()}
        wanted = {key: units for key, units in wanted.items() if units > 0}
        check_wanted(wanted, offers, _have(session, exhibitor, extras), now=now, after_close=by_organizer)
        if by_organizer and not note and any(offers[key].state(now) == "closed" for key in wanted):
            raise NoteNeeded()
        percent = vat_percent_of(session, fair_id)
        lines = [
            _line(extras[key], units, 0 if waive_late else offers[key].percent_at(now), percent)
            for key, units in wanted.items()
        ]
        total = total_of([ordered_of(line) for line in lines], percent)
        if seen_total is not None and total.gross != seen_total:
            raise PriceChanged()
        last = session.scalar(sa.select(sa.func.max(Order.number)).where(Order.fair_id == fair_id)) or 0
        order = Order(
            fair_id=fair_id,
            exhibitor_id=exhibitor.id,
            number=last + 1,
            reference=reference,
            note=note,
            ordered_by=actor.name,
            ordered_at=now,
            lines=lines,
        )
        session.add(order)
        session.flush()
        _note(session, "order.place", order, actor=actor, now=now)
        _tell(session, "order_placed", order, now=now)
    return order


def change(
    fair_id: int,
    order_id: str,
    quantities: Mapping[int, int],
    *,
    exhibitor_id: int | None,
    reference: str,
    note: str,
    by_organizer: bool = False,
    actor: ActorLike,
    now: datetime,
) -> Order:
    """Set the units of an order's lines, by the lines' ids.

    Units that stay keep their price and surcharge; those that are added cost what they cost now, on a line of
    their own.
    """
    with transaction() as session:
        order = _lock(session, fair_id, order_id, exhibitor_id)
        before = {line.id: line for line in order.lines}
        if set(quantities) - set(before):
            raise NotFound()
        wanted = {line_id: quantities.get(line_id, line.quantity) for line_id, line in before.items()}
        if not any(wanted.values()):
            raise NothingOrdered()
        changed = {line_id: units for line_id, units in wanted.items() if units != before[line_id].quantity}
        have = _have(session, order.exhibitor, {line.extra.public_id: line.extra for line in order.lines})
        refused: dict[str, FairError] = {}
        for line_id, units in changed.items():
            line, offer = before[line_id], offer_of(before[line_id].extra)
            more = units - line.quantity
            try:
                if more > 0:
                    key = line.extra.public_id
                    check_order(offer, units=more, have=have[key], now=now, after_close=by_organizer)
                    have[key] += more
                else:
                    check_open(offer, now=now, after_close=by_organizer)
            except FairError as error:
                refused[str(line_id)] = error
        if refused:
            raise OrderRefused(refused)
        if by_organizer and not note and any(_closed(before[one].extra, now) for one in changed):
            raise NoteNeeded()
        _apply(session, order, changed, now=now)
        order.reference, order.note = reference, note
        session.flush()
        session.refresh(order, ["lines"])
        _note(session, "order.change", order, actor=actor, now=now)
        if changed:
            _tell(session, "order_changed", order, now=now)
    return order


def cancel(
    fair_id: int,
    order_id: str,
    *,
    exhibitor_id: int | None,
    by_organizer: bool = False,
    note: str = "",
    actor: ActorLike,
    now: datetime,
) -> Order:
    """Cancel a whole order; refused where one of its extras has closed, unless the organizer does it and says why.

    The organizer may also cancel what an exhibitor ordered before it withdrew.
    """
    with transaction() as session:
        order = _lock(session, fair_id, order_id, exhibitor_id, withdrawn=by_organizer)
        refused: dict[str, FairError] = {}
        for line in order.lines:
            try:
                check_open(offer_of(line.extra), now=now, after_close=by_organizer)
            except FairError as error:
                refused[str(line.id)] = error
        if refused:
            raise next(iter(refused.values())) if len(refused) == 1 else OrderRefused(refused)
        if by_organizer and not note and any(_closed(line.extra, now) for line in order.lines):
            raise NoteNeeded()
        order.cancelled_at = now
        if note:
            order.note = f"{order.note}\n{note}".strip()
        _note(session, "order.cancel", order, actor=actor, now=now, note=note)
        _tell(session, "order_cancelled", order, now=now)
    return order


def restore(
    fair_id: int,
    order_id: str,
    *,
    exhibitor_id: int | None,
    by_organizer: bool = False,
    actor: ActorLike,
    now: datetime,
) -> Order:
    """Take a cancellation back soon after it; later the extras are ordered anew at the prices of then."""
    with transaction() as session:
        order = _lock(session, fair_id, order_id, exhibitor_id, cancelled=True)
        if order.cancelled_at is None:
            return order
        if now - order.cancelled_at > RESTORED_WITHIN:
            raise RestoredTooLate()
        extras = {line.extra.public_id: line.extra for line in order.lines}
        have = _have(session, order.exhibitor, extras)
        units = Counter[str]()
        for line in order.lines:
            units[line.extra.public_id] += line.quantity
        offers = {key: offer_of(extra) for key, extra in extras.items()}
        check_wanted(units, offers, have, now=now, after_close=by_organizer)
        order.cancelled_at = None
        _note(session, "order.restore", order, actor=actor, now=now)
        _tell(session, "order_placed", order, now=now)
    return order


def vat_percent_of(session: Session, fair_id: int) -> int:
    """Return the VAT percentage of a fair's opening day by the rules that count."""
    fair = session.get_one(Fair, fair_id)
    latest = session.scalar(
        sa.select(FeeRules).where(FeeRules.fair_id == fair_id).order_by(FeeRules.number.desc()).limit(1)
    )
    if latest is None:
        rules = default_rules(fair.prices, vat_percent=fair.vat_percent, starts_on=fair.starts_on)
    else:
        rules = Rules.from_values(latest.values)
    return rules.vat_on(fair.starts_on)


def _extras(session: Session, fair_id: int, wanted: Mapping[str, int]) -> dict[str, Extra]:
    rows = session.scalars(
        sa.select(Extra)
        .where(Extra.fair_id == fair_id, Extra.public_id.in_(wanted))
        .order_by(Extra.position, Extra.id)
        # Prices and the close are those of the moment of the write.
        .with_for_update(read=True)
    )
    found = {extra.public_id: extra for extra in rows}
    if set(wanted) - set(found):
        raise NotFound()
    return found


def _have(session: Session, exhibitor: Exhibitor, extras: Mapping[str, Extra]) -> dict[str, int]:
    rows = session.execute(
        sa.select(Extra.public_id, sa.func.sum(OrderLine.quantity))
        .select_from(OrderLine)
        .join(Order, Order.id == OrderLine.order_id)
        .join(Extra, Extra.id == OrderLine.extra_id)
        .where(Order.exhibitor_id == exhibitor.id, Order.cancelled_at.is_(None))
        .group_by(Extra.public_id)
    )
    counted = {public_id: int(units) for public_id, units in rows}
    return {key: counted.get(key, 0) for key in extras}


def _line(extra: Extra, units: int, late_percent: int, vat_percent: int) -> OrderLine:
    own = vat_percent if extra.vat_percent is None else extra.vat_percent
    return OrderLine(
        extra=extra, extra_id=extra.id, quantity=units, price=extra.price, late_percent=late_percent, vat_percent=own
    )


def _apply(session: Session, order: Order, changed: Mapping[int, int], *, now: datetime) -> None:
    percent = vat_percent_of(session, order.fair_id)
    for line in list(order.lines):
        units = changed.get(line.id, line.quantity)
        if units == 0:
            order.lines.remove(line)
        elif units < line.quantity:
            line.quantity = units
        elif units > line.quantity:
            extra, offer = line.extra, offer_of(line.extra)
            late = offer.percent_at(now)
            if (line.price, line.late_percent) == (extra.price, late):
                line.quantity = units
            else:
                order.lines.append(_line(extra, units - line.quantity, late, percent))


def _closed(extra: Extra, now: datetime) -> bool:
    return offer_of(extra).state(now) == "closed"


def _lock(
    session: Session,
    fair_id: int,
    public_id: str,
    exhibitor_id: int | None,
    *,
    cancelled: bool = False,
    withdrawn: bool = False,
) -> Order:
    statement = sa.select(Order).where(Order.fair_id == fair_id, Order.public_id == public_id)
    if exhibitor_id is not None:
        statement = statement.where(Order.exhibitor_id == exhibitor_id)
    order = session.scalar(statement)
    if order is None:
        raise NotFound()
    # Whoever counts an exhibitor's units takes turns on the exhibitor, orders and changes alike.
    (lock if withdrawn else lock_present)(session, fair_id, order.exhibitor.public_id)
    session.refresh(order)
    if order.cancelled_at is not None and not cancelled:
        raise OrderCancelled()
    return order


def _note(session: Session, action: str, order: Order, *, actor: ActorLike, now: datetime, **facts: Any) -> None:
    record(
        session,
        action,
        fair_id=order.fair_id,
        thing_id=order.id,
        actor=actor,
        now=now,
        label=f"{order.number} · {order.exhibitor.enterprise.legal_name}",
        lines={line.extra.code: line.quantity for line in order.lines},
        **facts,
    )


def _tell(session: Session, kind: str, order: Order, *, now: datetime) -> None:
    total = total_of([ordered_of(line) for line in order.lines], 0)
    write_to_contact(
        session,
        kind,
        order.exhibitor,
        now=now,
        number=order.number,
        order_id=order.public_id,
        reference=order.reference,
        ordered_by=order.ordered_by,
        lines=[
            {
                "name": dict(line.extra.name),
                "unit": dict(line.extra.unit),
                "quantity": line.quantity,
                "late_percent": line.late_percent,
            }
            for line in order.lines
        ],
        net=total.net,
        vat=total.vat,
        gross=total.gross,
    )
