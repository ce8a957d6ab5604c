"""The account's fairs, and the settings of a fair."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext
from flask_security import current_user
from werkzeug.wrappers import Response

from fairapp.accounts.policy import Role
from fairapp.fairs import queries, service
from fairapp.fairs.forms import FairForm
from fairapp.web import clock
from fairapp.web.access import actor, allow, allow_signed_in, current_fair

bp = Blueprint("fair_desk", __name__)


@bp.get("/account/")
@allow_signed_in
def show_account() -> str:
    """Show the fairs in which the account has a role, and its sign-in settings."""
    return render_template(
        "accounts/account.html",
        roles=queries.list_own_roles(current_user.id),
        published=queries.list_published_fairs(),
    )


@bp.get("/<fair:fair_code>/organizer/set-up")
@allow(Role.ORGANIZER)
def edit_fair() -> str:
    """Show the settings of the fair."""
    return render_template("fairs/edit.html", form=FairForm(data=FairForm.values_of(current_fair())))


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
        flash(gettext("Saved."), "success")
        return redirect(url_for(".edit_fair"), code=303)
    return render_template("fairs/edit.html", form=form), form.answer_with
