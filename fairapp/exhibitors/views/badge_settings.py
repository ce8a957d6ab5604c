"""How many badges exhibitors have, and when booths are built and dismantled: a page of the set-up."""

from flask import Blueprint, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from fairapp.accounts.policy import Role
from fairapp.exhibitors import quota
from fairapp.exhibitors.forms.settings import BadgeRulesForm
from fairapp.exhibitors.prices import badge_price
from fairapp.exhibitors.service import changing
from fairapp.web import clock
from fairapp.web.access import actor, allow, current_fair
from fairapp.web.toasts import say

bp = Blueprint("badge_settings", __name__, url_prefix="/<fair:fair_code>/organizer/set-up/badges")

EXAMPLES = (9, 18, 36, 54, 108)
"""Areas in m² for which the page says what the rules mean."""


@bp.get("")
@allow(Role.ORGANIZER)
def edit_rules() -> str:
    """Show the rules and what they mean for some areas."""
    return _page(BadgeRulesForm(data=BadgeRulesForm.values_of(current_fair())))


@bp.post("")
@allow(Role.ORGANIZER)
def update_rules() -> Response | tuple[str, int]:
    """Change the rules."""
    fair, form = current_fair(), BadgeRulesForm()
    if form.validate_on_submit():
        with form.refusals():
            changing.set_badge_rules(
                fair.id,
                form.to_rules(),
                move_in=form.move_in(),
                move_out_at=form.out_at(fair.timezone),
                version=int(form.version.data) if (form.version.data or "").isdigit() else 0,
                actor=actor(),
                now=clock.now(),
            )
            say(gettext("Saved. Badges of contractors go by the new days at once."))
            return redirect(url_for(".edit_rules"), code=303)
    return _page(form), form.answer_with


def _page(form: BadgeRulesForm) -> str:
    fair = current_fair()
    rules = quota.read_rules(fair.staff_badges)
    return render_template(
        "exhibitors/badge_rules.html",
        form=form,
        price=badge_price(fair.id),
        examples=[(area, quota.quota_of(rules, area=area)) for area in EXAMPLES],
    )
