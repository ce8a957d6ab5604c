"""Co-exhibitors that main exhibitors name, for the organizer."""

from flask import Blueprint, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from fairapp.accounts.policy import Role
from fairapp.exhibitors.forms.exhibitor import ReasonForm
from fairapp.exhibitors.queries import groups
from fairapp.exhibitors.service import joining
from fairapp.web import clock
from fairapp.web.access import actor, allow, current_fair
from fairapp.web.toasts import say

bp = Blueprint("co_exhibitors", __name__, url_prefix="/<fair:fair_code>/organizer/exhibitors/co-exhibitors")


@bp.get("/")
@allow(Role.ORGANIZER)
def list_proposals() -> str:
    """Show who was named as a co-exhibitor, what waits first."""
    return _page(ReasonForm())


@bp.post("/<id:proposal_id>/accept")
@allow(Role.ORGANIZER)
def accept_proposal(proposal_id: str) -> Response:
    """Let a co-exhibitor take part."""
    exhibitor = joining.accept_proposal(current_fair().id, proposal_id, actor=actor(), now=clock.now())
    say(gettext("%(name)s takes part; both enterprises get a mail.", name=exhibitor.enterprise.legal_name))
    return redirect(url_for(".list_proposals"), code=303)


@bp.post("/<id:proposal_id>/reject")
@allow(Role.ORGANIZER)
def reject_proposal(proposal_id: str) -> Response | tuple[str, int]:
    """Reject a co-exhibitor with a reason."""
    form = ReasonForm()
    groups.get_proposal(current_fair().id, proposal_id)
    if form.validate_on_submit():
        proposal = joining.reject_proposal(
            current_fair().id, proposal_id, form.reason.data, actor=actor(), now=clock.now()
        )
        say(gettext("%(name)s is rejected; the main exhibitor gets a mail.", name=proposal.legal_name))
        return redirect(url_for(".list_proposals"), code=303)
    return _page(form, rejecting=proposal_id), form.answer_with


def _page(form: ReasonForm, *, rejecting: str = "") -> str:
    proposals = groups.list_proposals(current_fair().id)
    return render_template("exhibitors/proposals.html", proposals=proposals, form=form, rejecting=rejecting)
