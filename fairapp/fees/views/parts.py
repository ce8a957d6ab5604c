"""What fees add to the pages of features below them."""

from flask import render_template

from fairapp.exhibitors.models import Exhibitor
from fairapp.fees.lines import OWN
from fairapp.fees.queries.payments import Payer, statement_for
from fairapp.fees.schedule import read_terms
from fairapp.fees.service.payment_cancellation import preview
from fairapp.web import clock
from fairapp.web.access import current_fair
from fairapp.web.parts import part_of


@part_of("exhibitor_withdrawal")
def show_cancellation_fee(exhibitor: Exhibitor) -> str:
    """Show what a withdrawal costs before it is confirmed; nothing where somebody else holds the contract."""
    fair = current_fair()
    if statement_for(Payer(exhibitor_id=exhibitor.id)).held_by != OWN:
        return ""
    return render_template(
        "fees/cancellation_part.html",
        preview=preview(fair, exhibitor, now=clock.now()),
        complete=read_terms(fair.payment).complete,
        exhibitor=exhibitor,
    )
