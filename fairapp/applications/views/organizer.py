"""Applications and exhibitors, for the organizer."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from fairapp.accounts.policy import Role
from fairapp.applications import queries
from fairapp.applications.forms import ReasonForm
from fairapp.applications.lifecycle import MAY_BECOME
from fairapp.applications.service import deciding
from fairapp.audit import queries as audit
from fairapp.enterprises.models import CapabilityKind
from fairapp.enterprises.taxonomy import code_list
from fairapp.errors import NotFound
from fairapp.files import service as files
from fairapp.web import clock, languages, words
from fairapp.web.access import actor, allow, current_fair
from fairapp.web.sorting import Sort, read_sort
from fairapp.web.tables import xlsx
from fairapp.web.toasts import Undo, say
from fairapp.web.uploads import download

bp = Blueprint("applications", __name__, url_prefix="/<fair:fair_code>/organizer")


@bp.get("/applications/")
@allow(Role.ORGANIZER)
def list_applications() -> str:
    """Show the queue of applications with filters."""
    fair, sort = current_fair(), _application_sort()
    page = queries.page_of_applications(fair.id, **_filters(), sort=sort, page=request.args.get("page", 1, type=int))
    return render_template(
        "applications/applications.html", page=page, counts=queries.count_by_status(fair.id), sort=sort, **_lists()
    )


def _application_sort() -> Sort:
    return read_sort(request.args, queries.APPLICATION_SORTS, Sort(by="applied", descending=True))


def _filters() -> dict[str, Any]:
    return {
        "query": request.args.get("q", ""),
        "status": request.args.get("status", ""),
        "sector": request.args.get("sector", ""),
        "province": request.args.get("province", ""),
    }


def _lists() -> dict[str, object]:
    language = languages.current_language()
    return {
        "sectors": code_list("sectors").choices(language),
        "provinces": code_list("provinces").choices(language),
        "chosen": _filters(),
    }


@bp.get("/applications.xlsx")
@allow(Role.ORGANIZER)
def export_applications() -> Response:
    """Answer with the filtered applications as a workbook."""
    language = languages.current_language()
    head = [
        gettext("Enterprise"), gettext("Tax code"), gettext("Province"), gettext("Sectors"),
        gettext("Contact"), gettext("Mail address"), gettext("Phone"), gettext("Booth type"),
        gettext("Net area in m²"), gettext("State"), gettext("Applied"),
    ]  # fmt: skip
    rows = [
        [
            one.enterprise.legal_name,
            one.enterprise.tax_code,
            code_list("provinces").label(one.enterprise.province, language),
            ", ".join(
                code_list("sectors").label(code, language) for code in one.enterprise.codes(CapabilityKind.SECTOR)
            ),
            one.contact_name,
            one.contact_email,
            one.contact_phone,
            code_list("booth_types").label(one.booth_type, language),
            one.area,
            words.word(one.status, "application"),
            one.applied_at,
        ]
        for one in queries.list_applications(current_fair().id, **_filters(), sort=_application_sort())
    ]
    return xlsx(f"{current_fair().code}-applications", head, rows)


@bp.get("/applications/<id:application_id>/")
@allow(Role.ORGANIZER)
def show_application(application_id: str) -> str:
    """Show one application with its history."""
    application = queries.get_application(current_fair().id, application_id)
    return render_template(
        "applications/application.html",
        application=application,
        may_become=MAY_BECOME[application.status],
        history=audit.list_of(current_fair().id, "application", application.id),
        form=ReasonForm(),
    )


@bp.post("/applications/<id:application_id>/accept")
@allow(Role.ORGANIZER)
def accept_application(application_id: str) -> Response:
    """Accept: the enterprise becomes an exhibitor and is told so."""
    deciding.accept(current_fair().id, application_id, actor=actor(), now=clock.now())
    say(gettext("Accepted. The enterprise gets a mail."))
    return _back_to(application_id)


@bp.post("/applications/<id:application_id>/waiting-list")
@allow(Role.ORGANIZER)
def put_on_waiting_list(application_id: str) -> Response:
    """Put on the waiting list."""
    deciding.put_on_waiting_list(current_fair().id, application_id, actor=actor(), now=clock.now())
    say(gettext("Put on the waiting list. The enterprise gets a mail."))
    return _back_to(application_id)


@bp.post("/applications/<id:application_id>/reject")
@allow(Role.ORGANIZER)
def reject_application(application_id: str) -> Response | tuple[str, int]:
    """Reject with a reason."""
    return _decide_with_reason(
        application_id,
        deciding.reject,
        gettext("Rejected. The enterprise gets a mail with the reason."),
        undo=Undo(url=url_for(".reopen_application", application_id=application_id)),
    )


@bp.post("/applications/<id:application_id>/return")
@allow(Role.ORGANIZER)
def return_application(application_id: str) -> Response | tuple[str, int]:
    """Return with what is missing."""
    return _decide_with_reason(application_id, deciding.send_back, gettext("Returned. The enterprise gets a mail."))


@bp.post("/applications/<id:application_id>/reopen")
@allow(Role.ORGANIZER)
def reopen_application(application_id: str) -> Response:
    """Take a rejection back."""
    deciding.reopen(current_fair().id, application_id, actor=actor(), now=clock.now())
    say(gettext("The rejection is taken back."))
    return _back_to(application_id)


@bp.get("/applications/<id:application_id>/scan")
@allow(Role.ORGANIZER)
def download_scan(application_id: str) -> Response:
    """Answer with the signed form."""
    application = queries.get_application(current_fair().id, application_id)
    if application.scan is None:
        raise NotFound()
    scan = application.scan
    return download(files.read(scan), name=scan.name, content_type=scan.content_type)


def _decide_with_reason(
    application_id: str, decide: object, done: str, *, undo: Undo | None = None
) -> Response | tuple[str, int]:
    form = ReasonForm()
    if form.validate_on_submit():
        decide(current_fair().id, application_id, form.reason.data, actor=actor(), now=clock.now())  # type: ignore[operator]
        say(done, undo=undo)
        return _back_to(application_id)
    application = queries.get_application(current_fair().id, application_id)
    page = render_template(
        "applications/application.html",
        application=application,
        may_become=MAY_BECOME[application.status],
        history=audit.list_of(current_fair().id, "application", application.id),
        form=form,
    )
    return page, form.answer_with


def _back_to(application_id: str) -> Response:
    return redirect(url_for(".show_application", application_id=application_id), code=303)
