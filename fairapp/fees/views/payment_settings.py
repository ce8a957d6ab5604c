"""Whereto and until when exhibitors pay: the organizer's settings."""

from flask import Blueprint, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from fairapp import qr
from fairapp.accounts.policy import Role
from fairapp.fees.references import make_reference
from fairapp.fees.schedule import read_terms
from fairapp.fees.service import payment_terms as service
from fairapp.fees.service.payment_shared import code_of
from fairapp.fees.views.payment_forms import TermsForm
from fairapp.web import clock
from fairapp.web.access import actor, allow, current_fair
from fairapp.web.toasts import say

bp = Blueprint("payment_settings", __name__, url_prefix="/<fair:fair_code>/organizer/set-up")
TRIAL = 10_000
"""Đồng of the code that one scans to see whether the account is right."""


@bp.get("/payment")
@allow(Role.ORGANIZER)
def edit_terms() -> str:
    """Show the payment settings."""
    return _page(TermsForm(data=TermsForm.values_of(current_fair()), formdata=None))


@bp.post("/payment")
@allow(Role.ORGANIZER)
def set_terms() -> Response | tuple[str, int]:
    """Change the payment settings."""
    form = TermsForm()
    if form.validate_on_submit():
        with form.refusals():
            seen = form.seen.data or ""
            service.set_terms(
                current_fair().id,
                form.terms(),
                form.payee(),
                seen=int(seen) if seen.isdigit() else 0,
                actor=actor(),
                now=clock.now(),
            )
            say(gettext("Saved. Requests that were issued stay as they are."))
            return redirect(url_for(".edit_terms"), code=303)
    return _page(form), form.answer_with


def _page(form: TermsForm) -> str:
    fair = current_fair()
    terms = read_terms(fair.payment)
    code = code_of(terms, amount=TRIAL, reference=make_reference(fair.code, 1)) if terms.complete else ""
    return render_template(
        "fees/payment_settings.html",
        form=form,
        terms=terms,
        trial=TRIAL,
        code=qr.svg(code, label="VietQR") if code else "",
    )
