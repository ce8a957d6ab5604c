"""The exhibitor's own application and profile."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext
from flask_security import current_user
from werkzeug.wrappers import Response

from fairapp.accounts.policy import Role
from fairapp.enterprises.models import CapabilityKind
from fairapp.errors import NotFound
from fairapp.exhibitors import queries, service
from fairapp.exhibitors.forms import ApplicationForm, ProfileForm
from fairapp.exhibitors.lifecycle import ApplicationStatus
from fairapp.exhibitors.models import Application, Exhibitor
from fairapp.exhibitors.service import Upload
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
        "exhibitors/overview.html",
        application=application,
        exhibitor=queries.find_exhibitor(current_fair().id, application.enterprise_id),
        others=queries.list_enterprises(sorted(others)) if others else [],
    )


def _own_enterprise_ids() -> list[int]:
    return [one.enterprise_id for one in memberships(*OWN)]


@bp.post("/act-for/<id:enterprise_id>")
@allow(*OWN)
def act_for_enterprise(enterprise_id: str) -> Response:
    """Go on as another of the account's enterprises in this fair."""
    own = queries.list_enterprises(_own_enterprise_ids())
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
    return render_template("exhibitors/apply.html", form=ApplicationForm(data=values), application=None)


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
    return render_template("exhibitors/apply.html", form=form, application=None), form.answer_with


@bp.get("/application")
@allow(Role.EXHIBITOR_CONTACT)
def edit_application() -> str:
    """Show the application, to be changed as long as nobody has decided."""
    application = own_application()
    form = ApplicationForm(data=ApplicationForm.values_of(application))
    return render_template(
        "exhibitors/apply.html",
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
    page = render_template("exhibitors/apply.html", form=form, application=application, editable=True)
    return page, form.answer_with


def _apply(form: ApplicationForm, application_id: str | None = None) -> Application:
    scan = content_of(form.scan)
    return service.apply(
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
    service.confirm(current_fair().id, member.enterprise_id, actor=actor(), now=clock.now())
    flash(gettext("Confirmed. See you at the fair."), "success")
    return redirect(url_for(".show_overview"), code=303)


@bp.post("/withdraw")
@allow(Role.EXHIBITOR_CONTACT)
def withdraw_application() -> Response:
    """Withdraw an application."""
    member = membership(Role.EXHIBITOR_CONTACT)
    service.withdraw(current_fair().id, member.enterprise_id, actor=actor(), now=clock.now())
    flash(gettext("The application is withdrawn."), "success")
    return redirect(url_for(".show_overview"), code=303)


@bp.get("/profile")
@allow(Role.EXHIBITOR_CONTACT)
def edit_profile() -> str:
    """Show what the directory says of the enterprise."""
    enterprise = _own_exhibitor().enterprise
    values: dict[str, object] = {"website": enterprise.website, "tightest_tolerance": enterprise.tightest_tolerance}
    for code in languages.LANGUAGES:
        values[f"main_products_{code}"] = enterprise.main_products.get(code, "")
        values[f"summary_{code}"] = enterprise.summary.get(code, "")
    for name, kind in ProfileForm.KINDS.items():
        values[name] = enterprise.codes(CapabilityKind(kind))
    return render_template("exhibitors/profile.html", form=ProfileForm(data=values), enterprise=enterprise)


@bp.post("/profile")
@allow(Role.EXHIBITOR_CONTACT)
def update_profile() -> Response | tuple[str, int]:
    """Change what the directory says of the enterprise."""
    enterprise = _own_exhibitor().enterprise
    form = ProfileForm()
    if form.validate_on_submit():
        service.update_profile(
            enterprise.id,
            fair_id=current_fair().id,
            main_products=form.texts("main_products"),
            summary=form.texts("summary"),
            website=form.website.data or "",
            tolerance=form.tightest_tolerance.data or "",
            capabilities=form.capabilities(),
            actor=actor(),
            now=clock.now(),
        )
        flash(gettext("Saved. The directory shows it at once."), "success")
        return redirect(url_for(".edit_profile"), code=303)
    return render_template("exhibitors/profile.html", form=form, enterprise=enterprise), form.answer_with


def _own_exhibitor() -> Exhibitor:
    member = membership(Role.EXHIBITOR_CONTACT)
    exhibitor = queries.find_exhibitor(current_fair().id, member.enterprise_id)
    if exhibitor is None:
        raise service.NotAnExhibitor()
    return exhibitor
