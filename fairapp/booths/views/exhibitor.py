"""The exhibitor's booth and choices."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from fairapp.accounts.policy import Role
from fairapp.applications import queries as applications
from fairapp.applications.models import Application
from fairapp.booths import queries, service
from fairapp.booths.forms import ChoicesForm
from fairapp.booths.models import Booth
from fairapp.booths.views.shapes import public_names, shapes
from fairapp.errors import NotFound
from fairapp.exhibitors import queries as exhibitors
from fairapp.web import clock
from fairapp.web.access import actor, allow, current_fair, membership

bp = Blueprint("exhibitor_booth", __name__, url_prefix="/<fair:fair_code>/exhibitor/booth")


def _own_application() -> Application:
    member = membership(Role.EXHIBITOR_CONTACT, Role.EXHIBITOR_STAFF)
    application = applications.find_application(current_fair().id, member.enterprise_id)
    if application is None:
        raise NotFound()
    return application


@bp.get("/")
@allow(Role.EXHIBITOR_CONTACT, Role.EXHIBITOR_STAFF)
def show_booth() -> str:
    """Show the exhibitor's booth on the plan, or let it choose."""
    choices = queries.list_choices(_own_application().id)
    form = ChoicesForm(data={f"choice_{choice.rank}": choice.booth.code for choice in choices}, formdata=None)
    return _page(form)


@bp.post("/")
@allow(Role.EXHIBITOR_CONTACT)
def choose_booths() -> Response | tuple[str, int]:
    """Set the choices."""
    form = ChoicesForm()
    if form.validate_on_submit():
        with form.refusals():
            service.choose(
                current_fair().id,
                _own_application().enterprise_id,
                form.codes(),
                actor=actor(),
                now=clock.now(),
            )
            flash(gettext("Your choices are with the organizer."), "success")
            return redirect(url_for(".show_booth"), code=303)
    return _page(form), form.answer_with


def _page(form: ChoicesForm) -> str:
    fair, application = current_fair(), _own_application()
    exhibitor = exhibitors.find_exhibitor(fair.id, application.enterprise_id)
    own = queries.list_allocated(exhibitor.id) if exhibitor else []
    choices = queries.list_choices(application.id)
    hall = own[0].hall if own else queries.find_hall(fair.id, request.args.get("hall"))
    booths = queries.list_booths(fair.id, hall.id) if hall else []
    return render_template(
        "booths/choices.html",
        form=form,
        own=own,
        choices=choices,
        halls=queries.list_halls(fair.id),
        hall=hall,
        shapes=shapes(
            hall,
            booths,
            href=_href,
            now=clock.now(),
            ranks={choice.booth_id: choice.rank for choice in choices},
            picked=own[0].code if own else None,
            names=public_names(booths),
        )
        if hall
        else [],
    )


def _href(booth: Booth) -> str:
    return f"#{booth.code}"
