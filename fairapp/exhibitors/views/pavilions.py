"""Pavilions, for the organizer."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from fairapp.accounts.policy import Role
from fairapp.exhibitors.forms.settings import PavilionForm
from fairapp.exhibitors.queries import groups
from fairapp.exhibitors.service import pavilions as service
from fairapp.web import clock, fields, languages
from fairapp.web.access import actor, allow, current_fair
from fairapp.web.toasts import Undo, say

bp = Blueprint("pavilions", __name__, url_prefix="/<fair:fair_code>/organizer/exhibitors/pavilions")


@bp.get("/")
@allow(Role.ORGANIZER)
def list_pavilions() -> str:
    """Show the pavilions with how many belong to them."""
    return _list(_form())


@bp.post("/")
@allow(Role.ORGANIZER)
def create_pavilion() -> Response | tuple[str, int]:
    """Open a pavilion."""
    form = _offer(PavilionForm())
    if form.validate_on_submit():
        with form.refusals():
            pavilion = service.create_pavilion(
                current_fair().id, form.names(), form.body.data or None, actor=actor(), now=clock.now()
            )
            say(
                gettext("The pavilion is open."),
                undo=Undo(url=url_for(".remove_pavilion", pavilion_id=pavilion.public_id)),
            )
            return redirect(url_for(".show_pavilion", pavilion_id=pavilion.public_id), code=303)
    return _list(form), form.answer_with


@bp.get("/<id:pavilion_id>/")
@allow(Role.ORGANIZER)
def show_pavilion(pavilion_id: str) -> str:
    """Show a pavilion with its members."""
    return _page(pavilion_id)


@bp.post("/<id:pavilion_id>/")
@allow(Role.ORGANIZER)
def update_pavilion(pavilion_id: str) -> Response | tuple[str, int]:
    """Change what a pavilion is called and who holds its contract."""
    form = _offer(PavilionForm())
    groups.get_pavilion(current_fair().id, pavilion_id)
    if form.validate_on_submit():
        with form.refusals():
            service.update_pavilion(
                current_fair().id, pavilion_id, form.names(), form.body.data or None, actor=actor(), now=clock.now()
            )
            say(gettext("Saved."))
            return redirect(url_for(".show_pavilion", pavilion_id=pavilion_id), code=303)
    return _page(pavilion_id, form), form.answer_with


@bp.post("/<id:pavilion_id>/remove")
@allow(Role.ORGANIZER)
def remove_pavilion(pavilion_id: str) -> Response:
    """Close a pavilion without members."""
    service.remove_pavilion(current_fair().id, pavilion_id, actor=actor(), now=clock.now())
    say(gettext("The pavilion is closed."))
    return redirect(url_for(".list_pavilions"), code=303)


@bp.post("/<id:pavilion_id>/members")
@allow(Role.ORGANIZER)
def add_member(pavilion_id: str) -> Response:
    """Put an exhibitor into the pavilion."""
    exhibitor = service.add_member(
        current_fair().id, pavilion_id, request.form.get("exhibitor", ""), actor=actor(), now=clock.now()
    )
    say(
        gettext("%(name)s belongs to the pavilion.", name=exhibitor.enterprise.legal_name),
        undo=Undo(url=url_for(".remove_member", pavilion_id=pavilion_id, exhibitor_id=exhibitor.public_id)),
    )
    return redirect(url_for(".show_pavilion", pavilion_id=pavilion_id), code=303)


@bp.post("/<id:pavilion_id>/members/<id:exhibitor_id>/remove")
@allow(Role.ORGANIZER)
def remove_member(pavilion_id: str, exhibitor_id: str) -> Response:
    """Take an exhibitor out of the pavilion."""
    exhibitor = service.remove_member(current_fair().id, pavilion_id, exhibitor_id, actor=actor(), now=clock.now())
    say(
        gettext("%(name)s does not belong to the pavilion any more.", name=exhibitor.enterprise.legal_name),
        undo=Undo(url=url_for(".add_member", pavilion_id=pavilion_id), values={"exhibitor": exhibitor.public_id}),
    )
    return redirect(url_for(".show_pavilion", pavilion_id=pavilion_id), code=303)


def _form(**values: object) -> PavilionForm:
    return _offer(PavilionForm(data=values, formdata=None))


def _offer(form: PavilionForm) -> PavilionForm:
    language = languages.current_language()
    bodies = [
        (one.public_id, languages.text_in(one.name, language)) for one in groups.list_co_organizers(current_fair().id)
    ]
    form.body.choices = fields.options([("", gettext("The main exhibitors among its members")), *bodies])
    return form


def _list(form: PavilionForm) -> str:
    fair = current_fair()
    return render_template(
        "exhibitors/pavilions.html",
        pavilions=groups.list_pavilions(fair.id),
        counts=groups.count_members(fair.id),
        form=form,
    )


def _page(pavilion_id: str, form: PavilionForm | None = None) -> str:
    pavilion = groups.get_pavilion(current_fair().id, pavilion_id)
    return render_template(
        "exhibitors/pavilion.html",
        pavilion=pavilion,
        members=groups.list_members(pavilion.id),
        others=groups.list_without_pavilion(current_fair().id),
        form=form or _form(**PavilionForm.values_of(pavilion)),
    )
