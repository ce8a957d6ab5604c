"""The bodies that send enterprises to the fair, for the organizer."""

from flask import Blueprint, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from fairapp.accounts import queries as accounts
from fairapp.accounts.policy import Role
from fairapp.applications import queries
from fairapp.applications.service import co_organizers as service
from fairapp.applications.views.forms import CoOrganizerForm
from fairapp.fairs import queries as fairs
from fairapp.web import clock
from fairapp.web.access import actor, allow, current_fair
from fairapp.web.toasts import say

bp = Blueprint("co_organizers", __name__, url_prefix="/<fair:fair_code>/organizer/set-up/co-organizers")


@bp.get("")
@allow(Role.ORGANIZER)
def list_co_organizers() -> str:
    """Show the bodies with what they have used of their quotas."""
    return _list(CoOrganizerForm(formdata=None, data={"may_decide": True, "country": "VN"}))


@bp.post("")
@allow(Role.ORGANIZER)
def create_co_organizer() -> Response | tuple[str, int]:
    """Add a body."""
    form = CoOrganizerForm()
    if form.validate_on_submit():
        with form.refusals():
            body = service.add(current_fair().id, form.to_data(), actor=actor(), now=clock.now())
            say(gettext("%(code)s is added. Send it the link by which its enterprises apply.", code=body.code))
            return redirect(url_for(".edit_co_organizer", body_id=body.public_id), code=303)
    return _list(form), form.answer_with


@bp.get("/<id:body_id>")
@allow(Role.ORGANIZER)
def edit_co_organizer(body_id: str) -> str:
    """Show one body with its link, its people and its quota."""
    body = fairs.get_co_organizer(current_fair().id, body_id)
    return _page(body_id, CoOrganizerForm(formdata=None, data=CoOrganizerForm.values_of(body)))


@bp.post("/<id:body_id>")
@allow(Role.ORGANIZER)
def update_co_organizer(body_id: str) -> Response | tuple[str, int]:
    """Change a body."""
    form = CoOrganizerForm()
    fairs.get_co_organizer(current_fair().id, body_id)
    if form.validate_on_submit():
        with form.refusals():
            service.update(current_fair().id, body_id, form.to_data(), actor=actor(), now=clock.now())
            say(gettext("Saved."))
            return redirect(url_for(".edit_co_organizer", body_id=body_id), code=303)
    return _page(body_id, form), form.answer_with


@bp.post("/<id:body_id>/rotate")
@allow(Role.ORGANIZER)
def rotate_link(body_id: str) -> Response:
    """Change the link by which a body's enterprises apply."""
    service.rotate_link(current_fair().id, body_id, actor=actor(), now=clock.now())
    say(gettext("The link is new; the old one leads nowhere from now on."))
    return redirect(url_for(".edit_co_organizer", body_id=body_id), code=303)


@bp.post("/<id:body_id>/remove")
@allow(Role.ORGANIZER)
def remove_co_organizer(body_id: str) -> Response:
    """Take out a body to which nothing belongs."""
    service.remove(current_fair().id, body_id, actor=actor(), now=clock.now())
    say(gettext("The co-organizer is removed."))
    return redirect(url_for(".list_co_organizers"), code=303)


def _list(form: CoOrganizerForm) -> str:
    fair = current_fair()
    return render_template(
        "applications/co_organizers.html",
        bodies=fairs.list_co_organizers(fair.id),
        use=queries.count_by_body(fair.id),
        form=form,
    )


def _page(body_id: str, form: CoOrganizerForm) -> str:
    fair = current_fair()
    body = fairs.get_co_organizer(fair.id, body_id)
    return render_template(
        "applications/co_organizer.html",
        body=body,
        use=queries.count_by_body(fair.id).get(body.id, queries.NO_USE),
        people=[one for one in accounts.list_members(fair.id) if one.co_organizer_id == body.id],
        link=url_for("exhibitor_desk.new_application", via=body.invitation, _external=True),
        form=form,
    )
