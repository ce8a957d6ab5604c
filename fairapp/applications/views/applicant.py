"""The exhibitor's own application."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext
from flask_security import current_user
from werkzeug.wrappers import Response

from fairapp.accounts.policy import Role
from fairapp.applications import queries
from fairapp.applications.forms import ApplicationForm
from fairapp.applications.lifecycle import ApplicationStatus
from fairapp.applications.models import Application
from fairapp.applications.service import applying
from fairapp.applications.service.applying import Upload
from fairapp.enterprises import queries as enterprises
from fairapp.errors import NotFound
from fairapp.exhibitors import queries as exhibitors
from fairapp.web import clock, languages
from fairapp.web.access import act_for, actor, allow, allow_signed_in, current_fair, membership, memberships
from fairapp.web.uploads import content_of

bp = Blueprint("exhibitor_desk", __name__, url_prefix="/<fair:fair_code>/exhibitor")


OWN = (Role.EXHIBITOR_CONTACT, Role.EXHIBITOR_STAFF)


EDITABLE = (
    ApplicationStatus.DRAFT,
    ApplicationStatus.APPLIED,
    ApplicationStatus.RETURNED,
    ApplicationStatus.WITHDRAWN,
)


def own_application() -> Application:
    """Return the application of the enterprise for which the account acts."""
    member = membership(*OWN)
    application = queries.find_application(current_fair().id, member.enterprise_id)
    if application is None:
        raise NotFound()
    return application


@bp.get("/")
@allow(*OWN)
def show_overview() -> str:
    """Show where the exhibitor stands and what is next."""
    application = own_application()
    others = set(_own_enterprise_ids()) - {application.enterprise_id}
    return render_template(
        "applications/overview.html",
        application=application,
        exhibitor=exhibitors.find_exhibitor(current_fair().id, application.enterprise_id),
        others=enterprises.list_enterprises(sorted(others)) if others else [],
    )


def _own_enterprise_ids() -> list[int]:
    return [one.enterprise_id for one in memberships(*OWN)]


@bp.post("/act-for/<id:enterprise_id>")
@allow(*OWN)
def act_for_enterprise(enterprise_id: str) -> Response:
    """Go on as another of the account's enterprises in this fair."""
    own = enterprises.list_enterprises(_own_enterprise_ids())
    found = next((one for one in own if one.public_id == enterprise_id), None)
    if found is None:
        raise NotFound()
    act_for(found.id)
    return redirect(url_for(".show_overview"), code=303)


@bp.get("/apply")
@allow_signed_in
def new_application() -> str:
    """Show an empty application."""
    values = {
        "contact_name": current_user.full_name,
        "contact_email": current_user.email,
        "country": "VN",
        "area": 9,
    }
    return render_template("applications/apply.html", form=ApplicationForm(data=values), application=None)


@bp.post("/apply")
@allow_signed_in
def create_application() -> Response | tuple[str, int]:
    """Send an application."""
    form = ApplicationForm()
    if form.validate_on_submit():
        with form.refusals():
            act_for(_apply(form).enterprise_id)
            flash(gettext("Your application is with the organizer. You get a mail."), "success")
            return redirect(url_for(".show_overview"), code=303)
    return render_template("applications/apply.html", form=form, application=None), form.answer_with


@bp.get("/application")
@allow(Role.EXHIBITOR_CONTACT)
def edit_application() -> str:
    """Show the application, to be changed as long as nobody has decided."""
    application = own_application()
    form = ApplicationForm(data=ApplicationForm.values_of(application))
    return render_template(
        "applications/apply.html",
        form=form,
        application=application,
        editable=application.status in EDITABLE,
    )


@bp.post("/application")
@allow(Role.EXHIBITOR_CONTACT)
def update_application() -> Response | tuple[str, int]:
    """Send the application again."""
    application = own_application()
    form = ApplicationForm()
    if form.validate_on_submit():
        with form.refusals():
            _apply(form, application.public_id)
            flash(gettext("Sent again. You get a mail."), "success")
            return redirect(url_for(".show_overview"), code=303)
    page = render_template("applications/apply.html", form=form, application=application, editable=True)
    return page, form.answer_with


def _apply(form: ApplicationForm, application_id: str | None = None) -> Application:
    scan = content_of(form.scan)
    return applying.apply(
        current_fair().id,
        form.to_data(),
        account_id=current_user.id,
        application_id=application_id,
        scan=Upload(name=scan[0], content=scan[1]) if scan else None,
        consents=form.consents(),
        language=languages.current_language(),
        actor=actor(),
        now=clock.now(),
    )


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
