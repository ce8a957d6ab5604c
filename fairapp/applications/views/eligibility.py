"""Who may apply: a page of the fair's settings."""

from flask import Blueprint, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from fairapp.accounts.policy import Role
from fairapp.applications import eligibility
from fairapp.applications.forms.small import EligibilityForm
from fairapp.applications.service import opening
from fairapp.web import clock
from fairapp.web.access import actor, allow, current_fair
from fairapp.web.toasts import say

bp = Blueprint("eligibility", __name__, url_prefix="/<fair:fair_code>/organizer/set-up")


@bp.get("/eligibility")
@allow(Role.ORGANIZER)
def edit_eligibility() -> str:
    """Show who may apply."""
    fair = current_fair()
    values = EligibilityForm.values_of(eligibility.to_rules(fair.eligibility), fair.version)
    return render_template("applications/eligibility.html", form=EligibilityForm(data=values))


@bp.post("/eligibility")
@allow(Role.ORGANIZER)
def update_eligibility() -> Response | tuple[str, int]:
    """Change who may apply; applications that were sent before stay."""
    form = EligibilityForm()
    if form.validate_on_submit():
        with form.refusals():
            version = form.version.data or ""
            opening.set_rules(
                current_fair().id,
                form.to_rules(),
                version=int(version) if version.isdecimal() else 0,
                actor=actor(),
                now=clock.now(),
            )
            say(gettext("Saved. It holds for every application that is sent from now on."))
            return redirect(url_for(".edit_eligibility"), code=303)
    return render_template("applications/eligibility.html", form=form), form.answer_with
