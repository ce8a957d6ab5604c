"""Orders that a firm places for an exhibitor by its link."""

from flask import Blueprint
from werkzeug.wrappers import Response

from fairapp.exhibitors.views.delegated import delegated_actor, delegated_exhibitor, guard
from fairapp.fees.views import counter as pages
from fairapp.fees.views.counter import Answer, Counter
from fairapp.web.access import allow_public

bp = Blueprint("delegated_orders", __name__, url_prefix="/<fair:fair_code>/act/<act_token>/orders")
guard(bp)


def _counter(act_token: str) -> Counter:
    exhibitor = delegated_exhibitor(act_token, may="order")
    return Counter(
        exhibitor=exhibitor,
        pages="delegated_orders",
        layout="layouts/delegated.html",
        actor=delegated_actor(),
        values={"act_token": act_token},
    )


@bp.get("/")
@allow_public
def list_orders(act_token: str) -> str:
    """Show the catalogue of extras and the exhibitor's orders."""
    return pages.show_catalogue(_counter(act_token))


@bp.post("/review")
@allow_public
def review_order(act_token: str) -> Answer:
    """Show what an order would cost."""
    return pages.review_order(_counter(act_token))


@bp.post("/edit")
@allow_public
def edit_order(act_token: str) -> str:
    """Go back from the sum to the quantities."""
    return pages.edit_order(_counter(act_token))


@bp.post("/")
@allow_public
def create_order(act_token: str) -> Answer:
    """Place an order."""
    return pages.create_order(_counter(act_token))


@bp.get("/<id:order_id>/")
@allow_public
def show_order(act_token: str, order_id: str) -> str:
    """Show an order."""
    return pages.show_order(_counter(act_token), order_id)


@bp.post("/<id:order_id>/")
@allow_public
def change_order(act_token: str, order_id: str) -> Answer:
    """Change an order."""
    return pages.change_order(_counter(act_token), order_id)


@bp.post("/<id:order_id>/cancel")
@allow_public
def cancel_order(act_token: str, order_id: str) -> Answer:
    """Cancel an order."""
    return pages.cancel_order(_counter(act_token), order_id)


@bp.post("/<id:order_id>/restore")
@allow_public
def restore_order(act_token: str, order_id: str) -> Answer:
    """Take the cancellation of an order back."""
    return pages.restore_order(_counter(act_token), order_id)


@bp.get("/<id:order_id>/order.pdf")
@allow_public
def print_order(act_token: str, order_id: str) -> Response:
    """Answer with an order as a PDF."""
    return pages.print_order(_counter(act_token), order_id)
