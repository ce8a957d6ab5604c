"""The account's fairs, and the settings of a fair."""

from flask import Blueprint, redirect, render_template, session, url_for
from flask_babel import gettext
from flask_security import current_user
from werkzeug.wrappers import Response

from fairapp.accounts.policy import Role
from fairapp.fairs import queries, service
from fairapp.fairs.forms import FairForm, HoursForm
from fairapp.web import clock
from fairapp.web.access import actor, allow, allow_signed_in, current_fair
from fairapp.web.toasts import say

bp = Blueprint("fair_desk", __name__)
HOURS = "hours"
"""The two forms of the page keep their names apart."""


@bp.get("/account/")
@allow_signed_in
def show_account() -> Response | str:
    """Show the fairs in which the account has a role, and its sign-in settings.

    Whoever has just signed up goes on to the page for which they did.
    """
    wanted = session.pop("wanted", "")
    if wanted:
        return redirect(wanted, code=303)
    return render_template(
        "accounts/account.html",
        roles=queries.list_own_roles(current_user.id),
        published=queries.list_published_fairs(),
    )


@bp.get("/<fair:fair_code>/organizer/set-up")
@allow(Role.ORGANIZER)
def edit_fair() -> str:
    """Show the settings of the fair."""
    return _settings(FairForm(data=FairForm.values_of(current_fair())))


@bp.post("/<fair:fair_code>/organizer/set-up")
@allow(Role.ORGANIZER)
def update_fair() -> Response | tuple[str, int]:
    """Change the settings of the fair."""
    fair, form = current_fair(), FairForm()
    if form.validate_on_submit():
        service.update(
            fair.id,
            texts={name: form.texts(name) for name in FairForm.TEXTS},
            moments=form.moments(fair.timezone),
            contact_email=form.contact_email.data or "",
            colour=form.colour.data,
            published=form.published.data,
            actor=actor(),
            now=clock.now(),
        )
        say(gettext("Saved."))
        return redirect(url_for(".edit_fair"), code=303)
    return _settings(form), form.answer_with


@bp.post("/<fair:fair_code>/organizer/opening-hours")
@allow(Role.ORGANIZER)
def set_opening_hours() -> Response | tuple[str, int]:
    """Change the opening hours of the fair days."""
    fair, form = current_fair(), HoursForm(prefix=HOURS)
    settings = FairForm(data=FairForm.values_of(fair), formdata=None)
    if len(form.days) != len(fair.days):  # the fair got other days since the page was opened
        return _settings(settings), 422
    if form.validate_on_submit():
        with form.refusals():
            service.set_opening_hours(fair.id, form.hours(fair.days), actor=actor(), now=clock.now())
            say(gettext("The opening hours are saved. The gates go by them at once."))
            return redirect(url_for(".edit_fair", _anchor="hours"), code=303)
    return _settings(settings, form), form.answer_with


def _settings(form: FairForm, hours: HoursForm | None = None) -> str:
    days = current_fair().days
    if hours is None:
        hours = HoursForm(data=HoursForm.values_of(days), formdata=None, prefix=HOURS)
    return render_template("fairs/edit.html", form=form, hours=hours, days=days)
