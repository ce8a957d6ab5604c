"""The exhibitor's desk, and the two steps of its application."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_security import current_user
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from fairapp.accounts.policy import Role
from fairapp.applications import answers, queries
from fairapp.applications.forms.base import StepForm, province_names, to_form, typed_of
from fairapp.applications.forms.enterprise import EnterpriseForm
from fairapp.applications.forms.participation import ParticipationForm
from fairapp.applications.models import Application
from fairapp.applications.service import applying, drafts, reuse, signing
from fairapp.applications.service.signing import Scan
from fairapp.applications.views import steps
from fairapp.applications.views.desk import overview
from fairapp.applications.views.steps import Visit
from fairapp.database import db
from fairapp.enterprises import queries as enterprises
from fairapp.errors import FairError, NotFound
from fairapp.exhibitors import queries as exhibitors
from fairapp.files import service as files
from fairapp.web import clock, languages
from fairapp.web.access import act_for, actor, allow, allow_signed_in, current_fair, membership, memberships
from fairapp.web.toasts import say

bp = Blueprint("exhibitor_desk", __name__, url_prefix="/<fair:fair_code>/exhibitor")

OWN = (Role.EXHIBITOR_CONTACT, Role.EXHIBITOR_STAFF)
PAGES = {
    answers.ENTERPRISE: "applications/apply_enterprise.html",
    answers.PARTICIPATION: "applications/apply_participation.html",
}
Answer = Response | tuple[str, int]


def own_application() -> Application:
    """Return the application of the enterprise for which the account acts."""
    member = membership(*OWN)
    application = queries.find_application(current_fair().id, member.enterprise_id)
    if application is None:
        raise NotFound()
    return application


@bp.get("/")
@allow(*OWN)
def show_overview() -> str | Response:
    """Show where the exhibitor stands, what is missing and what is next."""
    acting, fair = membership(*OWN), current_fair()
    exhibitor = exhibitors.find_exhibitor(fair.id, acting.enterprise_id)
    if exhibitor is not None and exhibitor.main_exhibitor_id is not None:
        # A co-exhibitor has not applied: its main exhibitor holds the contract.
        return redirect(url_for("own_co_exhibitors.list_co_exhibitors"), code=303)
    application = own_application()
    others = {one.enterprise_id for one in memberships(*OWN)} - {application.enterprise_id}
    return render_template(
        "applications/overview.html",
        **overview(application),
        others=enterprises.list_enterprises(sorted(others)) if others else [],
    )


@bp.post("/act-for/<id:enterprise_id>")
@allow(*OWN)
def act_for_enterprise(enterprise_id: str) -> Response:
    """Go on as another of the account's enterprises in this fair."""
    own = enterprises.list_enterprises([one.enterprise_id for one in memberships(*OWN)])
    found = next((one for one in own if one.public_id == enterprise_id), None)
    if found is None:
        raise NotFound()
    act_for(found.id)
    return redirect(url_for(".show_overview"), code=303)


@bp.get("/apply")
@allow_signed_in
def new_application() -> str:
    """Show the first step of a new application as it was left."""
    here = steps.visit(None)
    return _page(answers.ENTERPRISE, steps.kept_form(answers.ENTERPRISE, here), here)


@bp.post("/apply")
@allow_signed_in
def check_application() -> Answer:
    """Check and keep the first step of a new application."""
    return _take_first(steps.visit(None))


@bp.get("/apply/participation")
@allow_signed_in
def new_participation() -> str:
    """Show the second step of a new application as it was left."""
    here = steps.visit(None)
    return _page(answers.PARTICIPATION, steps.kept_form(answers.PARTICIPATION, here), here)


@bp.post("/apply/participation")
@allow_signed_in
def create_application() -> Answer:
    """Send a new application."""
    return _take_second(steps.visit(None))


@bp.post("/apply/draft")
@allow_signed_in
def save_new_draft() -> Response:
    """Keep what somebody is typing into a new application."""
    return _keep(steps.visit(None))


@bp.post("/apply/again")
@allow_signed_in
def apply_again() -> Response:
    """Begin with what an enterprise answered at an earlier fair."""
    fair, here = current_fair(), steps.visit(None)
    if "enterprise" not in request.form:
        raise BadRequest()
    values, kept = reuse.read_known(current_user.id, fair.id, request.form["enterprise"])
    filled = to_form({**steps.first_values(here), **values})
    forms = [EnterpriseForm(formdata=None, data=filled)]
    forms.append(ParticipationForm(formdata=None, data=filled, bodies=steps.bodies()))  # type: ignore[arg-type]
    drafts.replace(
        here.owner,
        {form.step: typed_of(form) for form in forms},
        kept=kept,
        version=request.form.get("draft_version", 0, type=int),
        now=clock.now(),
    )
    here = steps.visit(None)
    ready = not steps.first_form(here).errors
    return redirect(url_for(".new_participation" if ready else ".new_application"), code=303)


@bp.post("/apply/discard")
@allow_signed_in
def discard_draft() -> Response:
    """Throw away what was typed into a new application."""
    drafts.discard(steps.visit(None).owner, version=request.form.get("draft_version", 0, type=int))
    say(gettext("What was typed is thrown away."))
    return redirect(url_for(".new_application"), code=303)


@bp.get("/application/edit")
@allow(Role.EXHIBITOR_CONTACT)
def edit_application() -> Response | str:
    """Show the first step of an application that may still be changed."""
    here = steps.visit(own_application())
    if not applying.may_be_sent(here.application):  # type: ignore[arg-type]
        return redirect(url_for("own_application.show_application"), code=303)
    return _page(answers.ENTERPRISE, steps.kept_form(answers.ENTERPRISE, here), here)


@bp.post("/application/edit")
@allow(Role.EXHIBITOR_CONTACT)
def check_changes() -> Answer:
    """Check and keep the first step of an application that is changed."""
    return _take_first(steps.visit(own_application()))


@bp.get("/application/edit/participation")
@allow(Role.EXHIBITOR_CONTACT)
def edit_participation() -> Response | str:
    """Show the second step of an application that may still be changed."""
    here = steps.visit(own_application())
    if not applying.may_be_sent(here.application):  # type: ignore[arg-type]
        return redirect(url_for("own_application.show_application"), code=303)
    return _page(answers.PARTICIPATION, steps.kept_form(answers.PARTICIPATION, here), here)


@bp.post("/application/edit/participation")
@allow(Role.EXHIBITOR_CONTACT)
def update_application() -> Answer:
    """Send the application again."""
    return _take_second(steps.visit(own_application()))


@bp.post("/application/edit/draft")
@allow(Role.EXHIBITOR_CONTACT)
def save_draft() -> Response:
    """Keep what somebody is typing into an application that was sent before."""
    return _keep(steps.visit(own_application()))


@bp.post("/application/edit/discard")
@allow(Role.EXHIBITOR_CONTACT)
def discard_changes() -> Response:
    """Throw away changes that were not sent."""
    drafts.discard(steps.visit(own_application()).owner, version=request.form.get("draft_version", 0, type=int))
    say(gettext("Your changes are thrown away; what you sent counts."))
    return redirect(url_for("own_application.show_application"), code=303)


@bp.post("/confirm")
@allow(Role.EXHIBITOR_CONTACT)
def confirm_application() -> Response:
    """Confirm that the exhibitor takes part."""
    member = membership(Role.EXHIBITOR_CONTACT)
    applying.confirm(current_fair().id, member.enterprise_id, actor=actor(), now=clock.now())
    flash(gettext("Confirmed. See you at the fair."), "success")
    return redirect(url_for(".show_overview"), code=303)


@bp.post("/withdraw")
@allow(Role.EXHIBITOR_CONTACT)
def withdraw_application() -> Response:
    """Withdraw an application."""
    member = membership(Role.EXHIBITOR_CONTACT)
    applying.withdraw(current_fair().id, member.enterprise_id, actor=actor(), now=clock.now())
    flash(gettext("The application is withdrawn."), "success")
    return redirect(url_for(".show_overview"), code=303)


def _take_first(here: Visit) -> Answer:
    form = steps.sent_form(answers.ENTERPRISE, here)
    if not form.is_token_right() or not steps.save(form, here):
        return _page(answers.ENTERPRISE, form, here), form.answer_with
    wanted = request.form.get("do", "next")
    if wanted == "save":
        return _saved(here, _urls(here)["first"])
    if wanted != "next":
        steps.show_refused_files(form)
        return _page(answers.ENTERPRISE, form, here), form.answer_with
    valid = form.validate()
    fine = steps.judge({**form.answers(), "booth_type": ""}, here, form)
    if all((valid, fine, steps.show_refused_files(form))):
        return redirect(_urls(here)["second"], code=303)
    return _page(answers.ENTERPRISE, form, here), form.answer_with


def _take_second(here: Visit) -> Answer:
    form = steps.sent_form(answers.PARTICIPATION, here)
    if not form.is_token_right() or not steps.save(form, here):
        return _page(answers.PARTICIPATION, form, here), form.answer_with
    if request.form.get("do", "send") == "save":
        return _saved(here, _urls(here)["second"])
    here = steps.visit(here.application)
    first = steps.first_form(here)
    values = steps.only_own_files({**first.answers(), **form.answers()}, here)
    valid = form.validate()
    fine = steps.judge(values, here, first, form)
    scan = _scan_of(form, here)
    right = all((valid, fine, steps.show_refused_files(form), not first.errors))
    if right:
        with form.refusals():
            application = applying.apply(
                current_fair().id,
                values,
                account_id=current_user.id,
                application_id=here.application.public_id if here.application else None,
                based_on=form.based_on_number(),
                scan=scan,
                consents=form.consents(),  # type: ignore[attr-defined]
                language=languages.current_language(),
                actor=actor(),
                now=clock.now(),
            )
            act_for(application.enterprise_id)
            again = here.application is not None
            sent = gettext("Sent again. You get a mail.") if again else ""
            flash(sent or gettext("Your application is with the organizer. You get a mail."), "success")
            return redirect(url_for(".show_overview"), code=303)
    # Whoever sends once more has read what the page says now.
    form.based_on.data = str(steps.visit(here.application).number)
    status = form.answer_with if form.errors else 422
    return _page(answers.PARTICIPATION, form, here, first=first), status


def _scan_of(form: StepForm, here: Visit) -> Scan | None:
    """Return the signed form that came along; if it is another's, say so beside its field."""
    kept = form["scan_kept"].data
    if not kept or here.draft is None:
        return None
    session = db.session()
    file = drafts.file_of(session, here.draft.files, kept)
    if file is None:
        return None
    scan = signing.read_scan(file.name, files.read(file))
    try:
        signing.judge(session, here.application, scan, fair_id=current_fair().id, number=here.number)
    except FairError as error:
        form.refuse_at(form["scan"], error)
        form["scan_kept"].data = ""
    return scan


def _keep(here: Visit) -> Response:
    draft = steps.save_typed(request.form.get("step", ""), here)
    return jsonify(version=draft.version, saved=steps.saved_words(draft))


def _saved(here: Visit, url: str) -> Response:
    say(gettext("Saved. Sign in on any device to go on."))
    return redirect(url, code=303)


def _page(step: str, form: StepForm, here: Visit, *, first: StepForm | None = None) -> str:
    here = steps.visit(here.application)  # what was saved just now counts too
    account, fair = current_user.id, current_fair()
    fresh = here.application is None and step == answers.ENTERPRISE
    return render_template(
        PAGES[step],
        form=form,
        first=first if first is not None and first.errors else None,
        application=here.application,
        draft=here.draft,
        saved=steps.saved_words(here.draft) if here.draft else "",
        urls=_urls(here),
        kept=steps.kept_files(form, here),
        known=reuse.list_known(account, fair.id) if fresh else [],
        provinces=province_names(languages.current_language()) if step == answers.ENTERPRISE else [],
    )


def _urls(here: Visit) -> dict[str, str]:
    name: Callable[[str, str], str] = lambda new, old: url_for(f".{old if here.application else new}")  # noqa: E731
    found: dict[str, Any] = {
        "first": name("new_application", "edit_application"),
        "second": name("new_participation", "edit_participation"),
        "draft": name("save_new_draft", "save_draft"),
        "discard": name("discard_draft", "discard_changes"),
    }
    return found
