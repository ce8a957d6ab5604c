"""Who has which role in a fair, for the organizer."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from fairapp.accounts import queries, service
from fairapp.accounts.forms import MemberForm
from fairapp.accounts.policy import Role
from fairapp.errors import NotFound
from fairapp.web import clock, exports, languages, words
from fairapp.web.access import actor, allow, current_fair

bp = Blueprint("members", __name__, url_prefix="/<fair:fair_code>/organizer/people")


@bp.get("/")
@allow(Role.ORGANIZER)
def list_members() -> str:
    """Show the people with a role."""
    return _page(MemberForm())


MEMBER_COLUMNS = exports.columns(
    full_name=_("Full name"), mail=_("Mail address"), role=_("Role"), body=_("Co-organizer"), since=_("Since")
)


@bp.get("/list.xlsx")
@allow(Role.ORGANIZER)
@exports.offers(MEMBER_COLUMNS)
def export_members() -> Response:
    """Answer with the people and their roles as a workbook."""
    bodies = {body.id: body.code for body in current_fair().co_organizers}
    rows = [
        [
            one.account.full_name,
            one.account.email,
            words.word(one.role, "role"),
            bodies.get(one.co_organizer_id, ""),
            one.created_at,
        ]
        for one in queries.list_members(current_fair().id)
    ]
    return exports.answer("people", MEMBER_COLUMNS, rows)


@bp.post("/")
@allow(Role.ORGANIZER)
def create_member() -> Response | tuple[str, int]:
    """Give a role and invite."""
    form = MemberForm()
    if form.validate_on_submit():
        with form.refusals():
            service.add_member(
                current_fair().id,
                fair_code=current_fair().code,
                fair_name=current_fair().name,
                email=form.email.data,
                full_name=form.full_name.data,
                role=Role(form.role.data),
                co_organizer_id=_body_of(form.body.data),
                language=languages.current_language(),
                actor=actor(),
                now=clock.now(),
            )
            flash(gettext("%(name)s gets an invitation by mail.", name=form.full_name.data), "success")
            return redirect(url_for(".list_members"), code=303)
    return _page(form), form.answer_with


@bp.post("/<id:member_id>/remove")
@allow(Role.ORGANIZER)
def remove_member(member_id: str) -> Response:
    """Take a role away."""
    service.remove_member(current_fair().id, member_id, actor=actor(), now=clock.now())
    flash(gettext("The role is taken away."), "success")
    return redirect(url_for(".list_members"), code=303)


@bp.post("/<id:member_id>/body")
@allow(Role.ORGANIZER)
def give_body(member_id: str) -> Response:
    """Let a co-organizer act for another body."""
    body_id = _body_of(request.form.get("body"))
    service.give_body(current_fair().id, member_id, body_id, actor=actor(), now=clock.now())
    flash(gettext("Saved."), "success")
    return redirect(url_for(".list_members"), code=303)


def _body_of(public_id: str | None) -> int | None:
    """Return the number of a body of this fair; none was chosen where there is no public id."""
    if not public_id:
        return None
    found = next((body for body in current_fair().co_organizers if body.public_id == public_id), None)
    if found is None:
        raise NotFound()
    return int(found.id)


def _page(form: MemberForm) -> str:
    return render_template(
        "accounts/members.html",
        members=queries.list_members(current_fair().id),
        bodies=current_fair().co_organizers,
        form=form,
    )
