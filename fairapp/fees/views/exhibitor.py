"""Orders and fees, for the exhibitor."""

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from fairapp.accounts.policy import Role
from fairapp.exhibitors.views.own import own_exhibitor
from fairapp.fees.queries import payments, statements
from fairapp.fees.queries.payments import Payer
from fairapp.fees.views import counter as pages
from fairapp.fees.views.counter import Answer, Counter
from fairapp.web.access import actor, acts_as, allow

bp = Blueprint("exhibitor_orders", __name__, url_prefix="/<fair:fair_code>/exhibitor")

OWN = (Role.EXHIBITOR_CONTACT, Role.EXHIBITOR_STAFF)


def _counter(*roles: Role) -> Counter:
    exhibitor = own_exhibitor(*roles)
    return Counter(
        exhibitor=exhibitor,
        pages="exhibitor_orders",
        layout="layouts/desk.html",
        actor=actor(),
        may_order=acts_as(Role.EXHIBITOR_CONTACT) and exhibitor.withdrawn_at is None,
    )


@bp.get("/orders/")
@allow(*OWN)
def list_orders() -> str:
    """Show the catalogue of extras and the exhibitor's orders."""
    return pages.show_catalogue(_counter(*OWN))


@bp.post("/orders/review")
@allow(Role.EXHIBITOR_CONTACT)
def review_order() -> Answer:
    """Show what an order would cost."""
    return pages.review_order(_counter(Role.EXHIBITOR_CONTACT))


@bp.post("/orders/edit")
@allow(Role.EXHIBITOR_CONTACT)
def edit_order() -> str:
    """Go back from the sum to the quantities."""
    return pages.edit_order(_counter(Role.EXHIBITOR_CONTACT))


@bp.post("/orders/")
@allow(Role.EXHIBITOR_CONTACT)
def create_order() -> Answer:
    """Place an order."""
    return pages.create_order(_counter(Role.EXHIBITOR_CONTACT))


@bp.get("/orders/<id:order_id>/")
@allow(*OWN)
def show_order(order_id: str) -> str:
    """Show an order."""
    return pages.show_order(_counter(*OWN), order_id)


@bp.post("/orders/<id:order_id>/")
@allow(Role.EXHIBITOR_CONTACT)
def change_order(order_id: str) -> Answer:
    """Change an order."""
    return pages.change_order(_counter(Role.EXHIBITOR_CONTACT), order_id)


@bp.post("/orders/<id:order_id>/cancel")
@allow(Role.EXHIBITOR_CONTACT)
def cancel_order(order_id: str) -> Answer:
    """Cancel an order."""
    return pages.cancel_order(_counter(Role.EXHIBITOR_CONTACT), order_id)


@bp.post("/orders/<id:order_id>/restore")
@allow(Role.EXHIBITOR_CONTACT)
def restore_order(order_id: str) -> Answer:
    """Take the cancellation of an order back."""
    return pages.restore_order(_counter(Role.EXHIBITOR_CONTACT), order_id)


@bp.get("/orders/<id:order_id>/order.pdf")
@allow(*OWN)
def print_order(order_id: str) -> Response:
    """Answer with an order as a PDF."""
    return pages.print_order(_counter(*OWN), order_id)


@bp.get("/fees/")
@allow(*OWN)
def show_fees() -> str:
    """Show what the exhibitor owes, line by line, and what it was asked for and paid."""
    exhibitor = own_exhibitor(*OWN)
    payer = Payer(exhibitor_id=exhibitor.id)
    return render_template(
        "fees/own_fees.html",
        exhibitor=exhibitor,
        statement=statements.statement_of(exhibitor.id),
        ledger=payments.ledger_of(payer),
        requests=[one for one in payments.list_requests_of(payer) if one.withdrawn_at is None],
    )
