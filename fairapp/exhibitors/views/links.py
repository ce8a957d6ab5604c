"""Links by which an agency or a contractor acts for the exhibitor, for the exhibitor."""

from datetime import timedelta

from flask import Blueprint, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from fairapp.accounts.policy import Role
from fairapp.exhibitors import queries
from fairapp.exhibitors.forms.exhibitor import LinkForm
from fairapp.exhibitors.service import delegating
from fairapp.exhibitors.views.own import own_exhibitor
from fairapp.web import clock, languages
from fairapp.web.access import actor, allow, current_fair
from fairapp.web.toasts import Undo, say

bp = Blueprint("exhibitor_links", __name__, url_prefix="/<fair:fair_code>/exhibitor/staff/links")


@bp.get("/")
@allow(Role.EXHIBITOR_CONTACT)
def list_links() -> str:
    """Show the links with what they are for and when they were used."""
    return _page()


@bp.post("/")
@allow(Role.EXHIBITOR_CONTACT)
def create_link() -> Response | tuple[str, int]:
    """Make a link and send it."""
    exhibitor, form = own_exhibitor(Role.EXHIBITOR_CONTACT), LinkForm()
    if form.validate_on_submit():
        with form.refusals():
            delegation = delegating.delegate(
                current_fair().id,
                exhibitor.id,
                form.to_data(current_fair().timezone),
                language=languages.current_language(),
                actor=actor(),
                now=clock.now(),
            )
            say(
                gettext("%(name)s gets the link by mail.", name=delegation.name),
                undo=Undo(url=url_for(".revoke_link", delegation_id=delegation.public_id)),
            )
            return redirect(url_for(".list_links"), code=303)
    return _page(form), form.answer_with


@bp.post("/<id:delegation_id>/revoke")
@allow(Role.EXHIBITOR_CONTACT)
def revoke_link(delegation_id: str) -> Response:
    """Make a link worthless."""
    exhibitor = own_exhibitor(Role.EXHIBITOR_CONTACT)
    delegation = delegating.revoke_delegation(exhibitor.id, delegation_id, actor=actor(), now=clock.now())
    say(
        gettext("The link of %(name)s does not work any more.", name=delegation.name),
        undo=Undo(url=url_for(".restore_link", delegation_id=delegation.public_id)),
    )
    return redirect(url_for(".list_links"), code=303)


@bp.post("/<id:delegation_id>/restore")
@allow(Role.EXHIBITOR_CONTACT)
def restore_link(delegation_id: str) -> Response:
    """Let a revoked link work again."""
    exhibitor = own_exhibitor(Role.EXHIBITOR_CONTACT)
    delegation = delegating.restore_delegation(exhibitor.id, delegation_id, actor=actor(), now=clock.now())
    say(gettext("The link of %(name)s works again.", name=delegation.name))
    return redirect(url_for(".list_links"), code=303)


def _page(form: LinkForm | None = None) -> str:
    exhibitor, fair = own_exhibitor(Role.EXHIBITOR_CONTACT), current_fair()
    if form is None:
        # Builders have to come back until everything is taken down.
        form = LinkForm(
            data={"expires_on": fair.ends_on + timedelta(days=2), "may_order": True, "may_list_staff": True}
        )
    return render_template(
        "exhibitors/links.html",
        exhibitor=exhibitor,
        links=queries.list_delegations(exhibitor.id),
        form=form,
        now=clock.now(),
    )
