"""The pages of orders, the same for an exhibitor, for a firm with its link and for the organizer who acts for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask import redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from fairapp.applications.queries import find_application
from fairapp.audit.service import ActorLike
from fairapp.errors import FairError
from fairapp.exhibitors.models import Exhibitor
from fairapp.fees.extras import GROUPS, OfferState
from fairapp.fees.forms import CancelForm, OrderForm, order_form
from fairapp.fees.lines import Statement
from fairapp.fees.models import Extra, Order
from fairapp.fees.ordering import PriceChanged, check_wanted
from fairapp.fees.queries import orders as queries
from fairapp.fees.queries.rules import rules_of
from fairapp.fees.rules import Ordered, total_of
from fairapp.fees.service import orders as service
from fairapp.fees.service.orders import offer_of, ordered_of
from fairapp.web import clock, languages
from fairapp.web.access import current_fair
from fairapp.web.pdf import html_to_pdf
from fairapp.web.toasts import Undo, say
from fairapp.web.uploads import download

Answer = str | Response | tuple[str, int]


@dataclass(frozen=True, kw_only=True)
class Counter:
    """Where orders are placed: for which exhibitor, on whose pages, and what may be done there."""

    exhibitor: Exhibitor
    pages: str
    """The blueprint."""
    layout: str
    actor: ActorLike
    values: Mapping[str, str] = field(default_factory=dict)
    """What the addresses of the pages need besides the order."""
    may_order: bool = True
    by_organizer: bool = False

    def url(self, name: str, **values: Any) -> str:
        """Return the address of one of the pages."""
        known = {**self.values, **values}
        return url_for(f"{self.pages}.{name}", **known)


def show_catalogue(counter: Counter, form: OrderForm | None = None) -> str:
    """Show what may be ordered at which price until when, and what was ordered."""
    extras, now = _extras(counter), clock.now()
    have = queries.units_of(counter.exhibitor.id)
    offers = {extra.public_id: offer_of(extra) for extra in extras}
    states = {key: offer.state(now) for key, offer in offers.items()}
    if form is None:
        form = _form(extras, formdata=None)
    orders = queries.list_orders(counter.exhibitor.id)
    application = find_application(counter.exhibitor.fair_id, counter.exhibitor.enterprise_id)
    return render_template(
        "fees/catalogue.html",
        counter=counter,
        form=form,
        groups=[(group, [one for one in extras if one.group == group]) for group in (*GROUPS, "")],
        offers=offers,
        states=states,
        open_count=sum(counter.by_organizer or state is not OfferState.CLOSED for state in states.values()),
        have=have,
        wished=set(application.extras) if application is not None else set(),
        orders=[(order, statement_of_order(order)) for order in orders],
        percent=_vat_percent(),
    )


def review_order(counter: Counter) -> Answer:
    """Show what an order costs before it is placed; nothing is written."""
    extras = _extras(counter)
    form = _form(extras)
    if not form.validate_on_submit():
        return show_catalogue(counter, form), form.answer_with
    with form.refusals():
        return _summary(counter, extras, form)
    return show_catalogue(counter, form), form.answer_with


def edit_order(counter: Counter) -> str:
    """Show the catalogue with the quantities of a summary that shall be another."""
    return show_catalogue(counter, _form(_extras(counter)))


def create_order(counter: Counter) -> Answer:
    """Place the order that the summary showed."""
    extras = _extras(counter)
    form = _form(extras)
    if not form.validate_on_submit():
        return show_catalogue(counter, form), form.answer_with
    wanted = {key: units for key, units in form.wanted().items() if units}
    try:
        order = service.place(
            counter.exhibitor.fair_id,
            counter.exhibitor.public_id,
            wanted,
            reference=form.reference.data or "",
            note=form.note.data or "",
            seen_total=form.seen_total.data or 0,
            by_organizer=counter.by_organizer,
            waive_late=counter.by_organizer and form.waive_late.data,
            actor=counter.actor,
            now=clock.now(),
        )
    except PriceChanged as error:
        form.refuse(error)
        return _summary(counter, _extras(counter), form), form.answer_with
    except FairError as error:
        form.refuse(error)
        return show_catalogue(counter, form), form.answer_with
    say(gettext("Order %(number)s is placed. A mail confirms it.", number=order.number))
    return redirect(counter.url("show_order", order_id=order.public_id), code=303)


def show_order(counter: Counter, order_id: str, form: OrderForm | None = None) -> str:
    """Show one order with what may still be changed."""
    order, now = get_order(counter, order_id), clock.now()
    closed = {line.id: offer_of(line.extra).state(now) is OfferState.CLOSED for line in order.lines}
    offers = {line.id: offer_of(line.extra) for line in order.lines}
    if form is None:
        form = _change_form(order, formdata=None)
    return render_template(
        "fees/order.html",
        counter=counter,
        order=order,
        total=statement_of_order(order),
        closed=closed,
        offers=offers,
        now_percent={line.id: offers[line.id].percent_at(now) for line in order.lines},
        may_change=_may_change(counter, order) and (counter.by_organizer or not all(closed.values())),
        may_cancel=_may_change(counter, order) and (counter.by_organizer or not any(closed.values())),
        needs_note=any(closed.values()),
        form=form,
        cancel_form=CancelForm(formdata=None, prefix="cancel"),
    )


def change_order(counter: Counter, order_id: str) -> Answer:
    """Set other quantities, the purchase number and the note."""
    order = get_order(counter, order_id)
    form = _change_form(order)
    if form.validate_on_submit():
        with form.refusals():
            service.change(
                counter.exhibitor.fair_id,
                order_id,
                {int(key): units for key, units in form.wanted().items()},
                exhibitor_id=counter.exhibitor.id,
                reference=form.reference.data or "",
                note=form.note.data or "",
                by_organizer=counter.by_organizer,
                actor=counter.actor,
                now=clock.now(),
            )
            say(gettext("Order %(number)s is changed.", number=order.number))
            return redirect(counter.url("show_order", order_id=order_id), code=303)
    return show_order(counter, order_id, form), form.answer_with


def cancel_order(counter: Counter, order_id: str) -> Answer:
    """Cancel an order; the toast takes it back for a while."""
    form = CancelForm(prefix="cancel")
    note = (form.note.data or "") if form.validate() else ""
    order = service.cancel(
        counter.exhibitor.fair_id,
        order_id,
        exhibitor_id=counter.exhibitor.id,
        by_organizer=counter.by_organizer,
        note=note,
        actor=counter.actor,
        now=clock.now(),
    )
    undo = Undo(url=counter.url("restore_order", order_id=order_id))
    say(gettext("Order %(number)s is cancelled.", number=order.number), undo=undo)
    return redirect(counter.url("show_order", order_id=order_id), code=303)


def restore_order(counter: Counter, order_id: str) -> Answer:
    """Take a cancellation back."""
    order = service.restore(
        counter.exhibitor.fair_id,
        order_id,
        exhibitor_id=counter.exhibitor.id,
        by_organizer=counter.by_organizer,
        actor=counter.actor,
        now=clock.now(),
    )
    say(gettext("Order %(number)s counts again.", number=order.number))
    return redirect(counter.url("show_order", order_id=order_id), code=303)


def print_order(counter: Counter, order_id: str) -> Response:
    """Answer with an order as a PDF."""
    order = get_order(counter, order_id)
    html = render_template(
        "fees/order_paper.html",
        order=order,
        total=statement_of_order(order),
        fair=current_fair(),
        language=languages.current_language(),
    )
    name = f"{current_fair().code}-order-{order.number}.pdf"
    return download(html_to_pdf(html), name=name, content_type="application/pdf", inline=True)


def get_order(counter: Counter, order_id: str) -> Order:
    """Return an order of the counter's exhibitor."""
    return queries.get_order(counter.exhibitor.fair_id, order_id, counter.exhibitor.id)


def statement_of_order(order: Order) -> Statement:
    """Return what an order costs."""
    return total_of([ordered_of(line) for line in order.lines], 0)


def _may_change(counter: Counter, order: Order) -> bool:
    return counter.may_order and order.cancelled_at is None


def _extras(counter: Counter) -> list[Extra]:
    return list(queries.list_extras(counter.exhibitor.fair_id, offered=True))


def _form(extras: list[Extra], **kwargs: Any) -> OrderForm:
    language = languages.current_language()
    return order_form({one.public_id: languages.text_in(one.name, language) for one in extras}, **kwargs)


def _change_form(order: Order, **kwargs: Any) -> OrderForm:
    language = languages.current_language()
    labels = {str(line.id): languages.text_in(line.extra.name, language) for line in order.lines}
    data = {f"q_{line.id}": line.quantity for line in order.lines}
    return order_form(labels, data={**data, "reference": order.reference, "note": order.note}, **kwargs)


def _summary(counter: Counter, extras: list[Extra], form: OrderForm) -> str:
    now = clock.now()
    units_of, wanted = queries.units_of(counter.exhibitor.id), form.wanted()
    check_wanted(
        {key: units for key, units in wanted.items() if units},
        {one.public_id: offer_of(one) for one in extras},
        {one.public_id: units_of.get(one.id, 0) for one in extras},
        now=now,
        after_close=counter.by_organizer,
    )
    chosen = [(one, wanted[one.public_id]) for one in extras if wanted[one.public_id]]
    waived = counter.by_organizer and form.waive_late.data
    total = total_of([_ordered(one, units, 0 if waived else None, now) for one, units in chosen], _vat_percent())
    return render_template("fees/review.html", counter=counter, form=form, chosen=chosen, total=total)


def _ordered(extra: Extra, units: int, late_percent: int | None, now: datetime) -> Ordered:
    return Ordered(
        facts={"extra": extra.code, "name": dict(extra.name), "unit": dict(extra.unit)},
        quantity=units,
        price=extra.price,
        late_percent=offer_of(extra).percent_at(now) if late_percent is None else late_percent,
        vat_percent=extra.vat_percent,
    )


def _vat_percent() -> int:
    fair = current_fair()
    return rules_of(fair.id)[1].vat_on(fair.starts_on)
