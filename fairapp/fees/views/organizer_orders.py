"""Orders of all exhibitors, for the organizer: lists, totals for contractors, orders on behalf."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from fairapp.accounts.policy import Role
from fairapp.booths import queries as booths
from fairapp.exhibitors import queries as exhibitors
from fairapp.fees.lines import percent_of
from fairapp.fees.models import Extra, OrderLine
from fairapp.fees.queries import orders as queries
from fairapp.fees.views import counter as pages
from fairapp.fees.views.counter import Answer, Counter, statement_of_order
from fairapp.web import exports, languages, words
from fairapp.web.access import actor, allow, current_fair
from fairapp.web.sorting import Sort, read_sort

bp = Blueprint("organizer_orders", __name__, url_prefix="/<fair:fair_code>/organizer")


@dataclass(frozen=True, kw_only=True)
class Total:
    """What all exhibitors ordered of one extra."""

    extra: Extra
    lines: tuple[OrderLine, ...]

    @property
    def units(self) -> int:
        """How many units."""
        return sum(line.quantity for line in self.lines)

    @property
    def exhibitors(self) -> int:
        """By how many exhibitors."""
        return len({line.order.exhibitor_id for line in self.lines})

    @property
    def net(self) -> int:
        """What they cost, surcharges included, before VAT."""
        return sum(
            line.quantity * line.price + percent_of(line.quantity * line.price, line.late_percent)
            for line in self.lines
        )


@bp.get("/orders/")
@allow(Role.ORGANIZER)
def list_all_orders() -> str:
    """Show the orders of the fair with filters."""
    fair, sort = current_fair(), _sort()
    page = queries.page_of_orders(fair.id, **_filters(), sort=sort, page=request.args.get("page", 1, type=int))
    return render_template(
        "fees/orders.html",
        page=page,
        totals={order.id: statement_of_order(order) for order in page},
        booth_codes=_booth_codes(order.exhibitor for order in page),
        sort=sort,
        **_lists(),
    )


@bp.get("/orders/extras")
@allow(Role.ORGANIZER)
def list_totals() -> str:
    """Show what is ordered of each extra, for contractors."""
    return render_template("fees/order_totals.html", totals=_totals(), **_lists())


@bp.get("/orders/print")
@allow(Role.ORGANIZER)
def print_totals() -> str:
    """Show the delivery list: each extra with the booths it goes to."""
    totals = _totals()
    booth_codes = _booth_codes(line.order.exhibitor for total in totals for line in total.lines)
    by_booth = {
        total.extra.id: sorted(total.lines, key=lambda line: (booth_codes[line.order.exhibitor_id] or "~", line.id))
        for total in totals
    }
    return render_template(
        "fees/orders_print.html", totals=totals, by_booth=by_booth, booth_codes=booth_codes, chosen=_filters()
    )


ORDERS_COLUMNS = exports.columns(
    order_number=_("Order number"),
    exhibitor=_("Exhibitor"),
    tax_code=_("Tax code"),
    booth=_("Booth"),
    extra=_("Extra"),
    code=_("Code"),
    quantity=_("Quantity"),
    unit=_("Unit"),
    unit_price=_("Unit price"),
    surcharge_in_per_cent=_("Surcharge in per cent"),
    amount_before_vat=_("Amount before VAT"),
    vat_in_per_cent=_("VAT in per cent"),
    purchase_number=_("Purchase number"),
    note=_("Note"),
    ordered_at=_("Ordered at"),
    by=_("By"),
    state=_("State"),
)


@bp.get("/orders.xlsx")
@allow(Role.ORGANIZER)
@exports.offers(ORDERS_COLUMNS)
def export_orders() -> Response:
    """Answer with every line of the filtered orders as a workbook."""
    found = queries.list_filtered_orders(current_fair().id, **_filters(), sort=_sort())
    booth_codes = _booth_codes(order.exhibitor for order in found)
    rows = [
        [
            order.number,
            order.exhibitor.enterprise.legal_name,
            order.exhibitor.enterprise.tax_code,
            booth_codes[order.exhibitor_id],
            _text(line.extra.name),
            line.extra.code,
            line.quantity,
            _text(line.extra.unit),
            line.price,
            line.late_percent,
            Total(extra=line.extra, lines=(line,)).net,
            line.vat_percent,
            order.reference,
            order.note,
            order.ordered_at,
            order.ordered_by,
            words.word("cancelled" if order.cancelled_at else "standing", "order"),
        ]
        for order in found
        for line in order.lines
    ]
    return exports.answer("orders", ORDERS_COLUMNS, rows)


TOTALS_COLUMNS = exports.columns(
    code=_("Code"),
    extra=_("Extra"),
    unit=_("Unit"),
    quantity=_("Quantity"),
    exhibitors=_("Exhibitors"),
    amount_before_vat=_("Amount before VAT"),
)


@bp.get("/orders/extras.xlsx")
@allow(Role.ORGANIZER)
@exports.offers(TOTALS_COLUMNS)
def export_totals() -> Response:
    """Answer with what is ordered of each extra as a workbook."""
    rows = [
        [one.extra.code, _text(one.extra.name), _text(one.extra.unit), one.units, one.exhibitors, one.net]
        for one in _totals()
    ]
    return exports.answer("extras-ordered", TOTALS_COLUMNS, rows)


def _totals() -> list[Total]:
    chosen = _filters()
    found: dict[int, list[OrderLine]] = {}
    for line in queries.list_lines_for_contractors(current_fair().id, extra=chosen["extra"], hall=chosen["hall"]):
        found.setdefault(line.extra_id, []).append(line)
    return [Total(extra=lines[0].extra, lines=tuple(lines)) for lines in found.values()]


def _booth_codes(several: Iterable[Any]) -> Mapping[int, str]:
    codes = booths.codes_by_exhibitor(current_fair().id)
    # A co-exhibitor is served on its main exhibitor's booth.
    return {one.id: ", ".join(codes.get(one.id) or codes.get(one.main_exhibitor_id or 0, [])) for one in several}


def _lists() -> dict[str, Any]:
    fair = current_fair()
    language = languages.current_language()
    return {
        "chosen": _filters(),
        "extras": [(one.code, _text(one.name)) for one in queries.list_extras(fair.id)],
        "halls": [(hall.code, languages.text_in(hall.name, language)) for hall in booths.list_halls(fair.id)],
        "states": words.options("order"),
    }


def _filters() -> dict[str, Any]:
    return {
        "query": request.args.get("q", ""),
        "state": request.args.get("state", ""),
        "extra": request.args.get("extra", ""),
        "hall": request.args.get("hall", ""),
    }


def _sort() -> Sort:
    return read_sort(request.args, queries.ORDER_SORTS, queries.NEWEST)


def _text(texts: Mapping[str, str]) -> str:
    return languages.text_in(texts, languages.current_language())


# On behalf of one exhibitor


def _counter(exhibitor_id: str) -> Counter:
    exhibitor = exhibitors.get_exhibitor(current_fair().id, exhibitor_id)
    return Counter(
        exhibitor=exhibitor,
        pages="organizer_orders",
        layout="layouts/desk.html",
        actor=actor(),
        values={"exhibitor_id": exhibitor_id},
        by_organizer=True,
    )


@bp.get("/exhibitors/<id:exhibitor_id>/orders/")
@allow(Role.ORGANIZER)
def list_orders(exhibitor_id: str) -> str:
    """Show the catalogue and the orders of one exhibitor."""
    return pages.show_catalogue(_counter(exhibitor_id))


@bp.post("/exhibitors/<id:exhibitor_id>/orders/review")
@allow(Role.ORGANIZER)
def review_order(exhibitor_id: str) -> Answer:
    """Show what an order would cost."""
    return pages.review_order(_counter(exhibitor_id))


@bp.post("/exhibitors/<id:exhibitor_id>/orders/edit")
@allow(Role.ORGANIZER)
def edit_order(exhibitor_id: str) -> str:
    """Go back from the sum to the quantities."""
    return pages.edit_order(_counter(exhibitor_id))


@bp.post("/exhibitors/<id:exhibitor_id>/orders/")
@allow(Role.ORGANIZER)
def create_order(exhibitor_id: str) -> Answer:
    """Order for an exhibitor."""
    return pages.create_order(_counter(exhibitor_id))


@bp.get("/exhibitors/<id:exhibitor_id>/orders/<id:order_id>/")
@allow(Role.ORGANIZER)
def show_order(exhibitor_id: str, order_id: str) -> str:
    """Show an order."""
    return pages.show_order(_counter(exhibitor_id), order_id)


@bp.post("/exhibitors/<id:exhibitor_id>/orders/<id:order_id>/")
@allow(Role.ORGANIZER)
def change_order(exhibitor_id: str, order_id: str) -> Answer:
    """Change an order, also after the close."""
    return pages.change_order(_counter(exhibitor_id), order_id)


@bp.post("/exhibitors/<id:exhibitor_id>/orders/<id:order_id>/cancel")
@allow(Role.ORGANIZER)
def cancel_order(exhibitor_id: str, order_id: str) -> Answer:
    """Cancel an order, also after the close."""
    return pages.cancel_order(_counter(exhibitor_id), order_id)


@bp.post("/exhibitors/<id:exhibitor_id>/orders/<id:order_id>/restore")
@allow(Role.ORGANIZER)
def restore_order(exhibitor_id: str, order_id: str) -> Answer:
    """Take the cancellation of an order back."""
    return pages.restore_order(_counter(exhibitor_id), order_id)


@bp.get("/exhibitors/<id:exhibitor_id>/orders/<id:order_id>/order.pdf")
@allow(Role.ORGANIZER)
def print_order(exhibitor_id: str, order_id: str) -> Response:
    """Answer with an order as a PDF."""
    return pages.print_order(_counter(exhibitor_id), order_id)
