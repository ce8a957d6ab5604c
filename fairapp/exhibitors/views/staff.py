"""The people on an exhibitor's booth."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from fairapp.accounts.policy import Role
from fairapp.exhibitors.forms import StaffForm
from fairapp.exhibitors.service import staff as service
from fairapp.exhibitors.views.own import own_exhibitor
from fairapp.web import clock
from fairapp.web.access import actor, allow, current_fair

bp = Blueprint("exhibitor_staff", __name__, url_prefix="/<fair:fair_code>/exhibitor/staff")


@bp.get("/")
@allow(Role.EXHIBITOR_CONTACT, Role.EXHIBITOR_STAFF)
def list_staff() -> str:
    """Show the staff list with a badge for each."""
    exhibitor = own_exhibitor(Role.EXHIBITOR_CONTACT, Role.EXHIBITOR_STAFF)
    return render_template("exhibitors/staff.html", exhibitor=exhibitor, form=StaffForm())


@bp.post("/")
@allow(Role.EXHIBITOR_CONTACT)
def create_staff() -> Response | tuple[str, int]:
    """Put a person on the list."""
    exhibitor = own_exhibitor(Role.EXHIBITOR_CONTACT)
    form = StaffForm()
    if form.validate_on_submit():
        with form.refusals():
            service.add_staff(current_fair().id, exhibitor.id, form.to_data(), actor=actor(), now=clock.now())
            flash(gettext("%(name)s is on the list and has a badge.", name=form.full_name.data), "success")
            return redirect(url_for(".list_staff"), code=303)
    return render_template("exhibitors/staff.html", exhibitor=exhibitor, form=form), form.answer_with
