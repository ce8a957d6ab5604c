"""What organizers and co-organizers decide: on one application, or on many at once."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from fairapp.accounts.policy import Role
from fairapp.applications import queries
from fairapp.applications.filtering import read_filter
from fairapp.applications.lifecycle import DECISIONS, Step
from fairapp.applications.models import RemarkKind
from fairapp.applications.service import co_organizers, deciding, remarks
from fairapp.applications.service.deciding import Outcome
from fairapp.applications.views.forms import BulkForm, ReasonForm, RecommendForm
from fairapp.applications.views.organizer import DESK, address_of, application_page, queue_address, sort_of
from fairapp.errors import FairError
from fairapp.web import clock, refusals
from fairapp.web.access import actor, allow, current_fair, scope
from fairapp.web.toasts import Undo, say

bp = Blueprint("deciding", __name__, url_prefix="/<fair:fair_code>/organizer/applications")

MOST_AT_ONCE = 300
"""Decisions in one request: more than any fair has to decide, few enough to be answered at once."""


class NothingTicked(FairError):
    """A step was asked for, but for no application."""

    code = "nothing_ticked"


class TooManyAtOnce(FairError):
    """More applications than are decided in one request."""

    code = "too_many_at_once"


@bp.post("/<id:application_id>/accept")
@allow(*DESK)
def accept_application(application_id: str) -> Response:
    """Accept: the enterprise becomes an exhibitor and is told so."""
    return _decide(application_id, Step.ACCEPT, gettext("Accepted. The enterprise gets a mail."))


@bp.post("/<id:application_id>/waiting-list")
@allow(*DESK)
def put_on_waiting_list(application_id: str) -> Response:
    """Put on the waiting list."""
    return _decide(application_id, Step.WAIT, gettext("Put on the waiting list. The enterprise gets a mail."))


@bp.post("/<id:application_id>/reject")
@allow(*DESK)
def reject_application(application_id: str) -> Response | tuple[str, int]:
    """Reject with a reason."""
    done = gettext("Rejected. The enterprise gets a mail with the reason.")
    return _decide_with_reason(application_id, Step.REJECT, done)


@bp.post("/<id:application_id>/return")
@allow(*DESK)
def return_application(application_id: str) -> Response | tuple[str, int]:
    """Return with what is missing."""
    return _decide_with_reason(application_id, Step.RETURN, gettext("Returned. The enterprise gets a mail."))


@bp.post("/<id:application_id>/reopen")
@allow(*DESK)
def reopen_application(application_id: str) -> Response:
    """Take a decision back."""
    deciding.decide(current_fair().id, application_id, Step.REOPEN, scope=scope(), actor=actor(), now=clock.now())
    say(gettext("The decision is taken back: the application waits for a new one."))
    return redirect(address_of(application_id), code=303)


def _decide(application_id: str, step: Step, done: str, *, reason: str = "") -> Response:
    who = actor()
    deciding.decide(current_fair().id, application_id, step, reason=reason, scope=scope(), actor=who, now=clock.now())
    say(done, undo=Undo(url=url_for("deciding.undo_decisions"), values={"batch": who.request_id}))
    return redirect(address_of(application_id), code=303)


def _decide_with_reason(application_id: str, step: Step, done: str) -> Response | tuple[str, int]:
    form = ReasonForm()
    if form.validate_on_submit():
        with form.refusals():
            return _decide(application_id, step, done, reason=form.reason.data)
    return application_page(application_id, reason_form=form), form.answer_with


@bp.post("/<id:application_id>/recommend-for")
@allow(*DESK)
def recommend_for(application_id: str) -> Response | tuple[str, int]:
    """Say that one would accept."""
    return _recommend(application_id, RemarkKind.FOR)


@bp.post("/<id:application_id>/recommend-against")
@allow(*DESK)
def recommend_against(application_id: str) -> Response | tuple[str, int]:
    """Say that one would reject."""
    return _recommend(application_id, RemarkKind.AGAINST)


def _recommend(application_id: str, kind: RemarkKind) -> Response | tuple[str, int]:
    form = RecommendForm(prefix="recommend")
    if form.validate_on_submit():
        with form.refusals():
            remarks.recommend(
                current_fair().id,
                application_id,
                kind,
                form.text.data or "",
                scope=scope(),
                actor=actor(),
                now=clock.now(),
            )
            say(gettext("The organizer sees your recommendation."))
            return redirect(address_of(application_id), code=303)
    return application_page(application_id, recommend_form=form), form.answer_with


@bp.post("/<id:application_id>/body")
@allow(Role.ORGANIZER)
def move_application(application_id: str) -> Response:
    """Give an application to another body, or to none."""
    body = request.form.get("body", "")
    co_organizers.move(current_fair().id, application_id, body, actor=actor(), now=clock.now())
    say(gettext("Saved."))
    return redirect(address_of(application_id), code=303)


@bp.post("/decide")
@allow(*DESK)
def decide_on_many() -> Response | tuple[str, int] | str:
    """Take one step with the ticked applications, or with all that the filter leaves."""
    form = BulkForm()
    if not form.validate():
        raise NothingTicked()
    chosen = _chosen(form)
    first_time, needs_reason = not form.ids.data, DECISIONS[form.wanted].with_reason
    if first_time and (needs_reason or "all" in request.form):
        return _ask(form, chosen)
    if form.lacks_reason():
        return _ask(form, chosen), form.answer_with
    who = actor()
    outcome = deciding.decide_many(
        current_fair().id,
        chosen,
        form.wanted,
        reason=form.reason.data or "",
        scope=scope(),
        actor=who,
        now=clock.now(),
    )
    return _tell(outcome, form.wanted, batch=who.request_id)


@bp.post("/undo")
@allow(*DESK)
def undo_decisions() -> Response:
    """Take back what was decided in one request."""
    batch = request.form.get("batch", "")
    outcome = deciding.undo(current_fair().id, batch, scope=scope(), actor=actor(), now=clock.now())
    if outcome.done:
        say(ngettext("%(num)d decision is undone.", "%(num)d decisions are undone.", len(outcome.done)))
    for line in _sentences(outcome):
        flash(line, "error")
    if len(outcome.done) + len(outcome.refused) == 1:
        return redirect(address_of([*outcome.done, *(one.public_id for one in outcome.refused)][0]), code=303)
    return redirect(url_for("applications.list_applications"), code=303)


def _chosen(form: BulkForm) -> list[str]:
    """Return the public ids that were meant, in the order of the queue, each once."""
    if form.ids.data:
        ids = form.ids.data.split()
    elif "all" in request.form:
        found = read_filter(request.args)
        ids = list(queries.list_public_ids(current_fair().id, found, scope=scope(), sort=sort_of(request.args)))
    else:
        ids = request.form.getlist("tick")
    chosen = list(dict.fromkeys(ids))
    if not chosen:
        raise NothingTicked()
    if len(chosen) > MOST_AT_ONCE:
        raise TooManyAtOnce(most=MOST_AT_ONCE, count=len(chosen))
    return chosen


def _ask(form: BulkForm, chosen: list[str]) -> str:
    """Return the page that shows once more what is about to happen, and asks for the reason."""
    found = queries.list_named(current_fair().id, chosen, scope=scope())
    form.ids.data = " ".join(one.public_id for one in found)
    return render_template(
        "applications/decide.html",
        form=form,
        step=form.wanted,
        with_reason=DECISIONS[form.wanted].with_reason,
        applications=found,
        address=_address(),
    )


def _address() -> dict[str, Any]:
    return queue_address(read_filter(request.args), sort_of(request.args))


def _tell(outcome: Outcome, step: Step, *, batch: str) -> Response | tuple[str, int]:
    said = _done(step, len(outcome.done))
    undo = Undo(url=url_for("deciding.undo_decisions"), values={"batch": batch})
    if not outcome.refused:
        say(said, undo=undo if step is not Step.REOPEN else None)
        return redirect(url_for("applications.list_applications", **_address()), code=303)
    page = render_template(
        "applications/outcome.html",
        said=said,
        outcome=outcome,
        batch=batch if outcome.done and step is not Step.REOPEN else "",
        lines=_by_sentence(outcome),
        address=_address(),
    )
    return page, 200 if outcome.done else 409


def _done(step: Step, count: int) -> str:
    texts = {
        Step.ACCEPT: ngettext("%(num)d application accepted.", "%(num)d applications accepted.", count),
        Step.WAIT: ngettext(
            "%(num)d application put on the waiting list.", "%(num)d applications put on the waiting list.", count
        ),
        Step.RETURN: ngettext("%(num)d application returned.", "%(num)d applications returned.", count),
        Step.REJECT: ngettext("%(num)d application rejected.", "%(num)d applications rejected.", count),
        Step.REOPEN: ngettext("%(num)d decision taken back.", "%(num)d decisions taken back.", count),
    }
    return texts[step]


def _by_sentence(outcome: Outcome) -> list[tuple[str, list[str]]]:
    """Return why applications were left as they were, each sentence with the names to which it applies."""
    names: dict[str, list[str]] = {}
    for one in outcome.refused:
        names.setdefault(refusals.sentence_of(one.refusal), []).append(one.name or one.public_id)
    return sorted(names.items(), key=lambda entry: -len(entry[1]))


def _sentences(outcome: Outcome) -> Iterable[str]:
    counts = Counter(refusals.sentence_of(one.refusal) for one in outcome.refused)
    return [f"{count} × {text}" if count > 1 else text for text, count in counts.most_common()]
