"""The queue of applications and the page of one, for organizers and co-organizers."""

from typing import Any

from flask import Blueprint, render_template, request, url_for
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from fairapp.accounts.policy import Role
from fairapp.applications import queries
from fairapp.applications.filtering import NO_BODY, ApplicationFilter, read_filter
from fairapp.applications.lifecycle import UNDECIDED, open_steps
from fairapp.applications.models import Application
from fairapp.applications.service import remarks
from fairapp.applications.space import AREA_OF, RAW_SPACE
from fairapp.applications.views import showing, telling
from fairapp.applications.views.columns import COLUMNS
from fairapp.applications.views.forms import MessageForm, NoteForm, ReasonForm, RecommendForm
from fairapp.audit import queries as audit
from fairapp.enterprises.taxonomy import code_list
from fairapp.errors import NotFound
from fairapp.files import service as files
from fairapp.web import clock, exports, languages, words
from fairapp.web.access import allow, current_fair, scope
from fairapp.web.sorting import Sort, read_sort
from fairapp.web.uploads import download

bp = Blueprint("applications", __name__, url_prefix="/<fair:fair_code>/organizer")

DESK = (Role.ORGANIZER, Role.CO_ORGANIZER)
"""Both see the pages; ``scope`` says of a co-organizer what it sees there."""


@bp.get("/applications/")
@allow(*DESK)
def list_applications() -> str:
    """Show the queue of applications with filters."""
    return queue_page()


def queue_page() -> str:
    """Return the queue as the address filters it."""
    fair, chosen, sort = current_fair(), read_filter(request.args), sort_of(request.args)
    double = queries.find_duplicates(fair.id, scope=scope())
    page = queries.page_of_applications(
        fair.id, chosen, scope=scope(), sort=sort, double=double, page=request.args.get("page", 1, type=int)
    )
    return render_template(
        "applications/applications.html",
        page=page,
        chosen=chosen,
        sort=sort,
        address={**chosen.as_query(), "sort": sort.by, "order": sort.order},
        counts=queries.count_by_status(fair.id, scope=scope()),
        double=double,
        unread=queries.ids_with_unread(fair.id, scope=scope()),
        recommended=queries.recommendations(fair.id, scope=scope()),
        decides=may_decide(),
        **_lists(),
    )


def sort_of(arguments: Any) -> Sort:
    """Return how the address sorts the queue."""
    return read_sort(arguments, queries.APPLICATION_SORTS, queries.LATEST)


def may_decide() -> bool:
    """Whether the account decides, or only recommends."""
    body_id = scope()
    return body_id is None or any(body.id == body_id and body.may_decide for body in current_fair().co_organizers)


def _lists() -> dict[str, object]:
    language = languages.current_language()
    types = dict(code_list("booth_types").choices(language))
    bodies = [(body.public_id, body.code) for body in current_fair().co_organizers] if scope() is None else []
    return {
        "sectors": code_list("sectors").choices(language),
        "provinces": code_list("provinces").choices(language),
        "countries": code_list("countries").choices(language),
        "booth_types": [(code, types[code]) for code in (*AREA_OF, RAW_SPACE)],
        "form_states": words.options("form_state"),
        "bodies": [*bodies, (NO_BODY, "–")] if bodies else [],
    }


@bp.get("/applications.xlsx")
@allow(*DESK)
@exports.offers(COLUMNS)
def export_applications() -> Response:
    """Answer with the filtered applications as a workbook."""
    found = queries.list_applications(
        current_fair().id, read_filter(request.args), scope=scope(), sort=sort_of(request.args)
    )
    rows = [[column.value(one) for column in COLUMNS] for one in found]
    return exports.answer("applications", COLUMNS, rows)


@bp.get("/applications/<id:application_id>/")
@allow(*DESK)
def show_application(application_id: str) -> str:
    """Show one application with everything that belongs to it."""
    return application_page(application_id)


def application_page(application_id: str, **forms: FlaskForm) -> str:
    """Return the page of an application; ``forms`` are those that come back with mistakes."""
    fair, seen = current_fair(), scope()
    application = queries.get_application(fair.id, application_id, scope=seen)
    twins = queries.find_duplicates(fair.id, scope=seen).get(application.id, [])
    chosen, sort = read_filter(request.args), sort_of(request.args)
    given: dict[str, Any] = {
        "reason_form": ReasonForm(formdata=None),
        "note_form": NoteForm(formdata=None, prefix="note"),
        "message_form": MessageForm(formdata=None, prefix="message"),
        "recommend_form": RecommendForm(formdata=None, prefix="recommend"),
    }
    return render_template(
        "applications/application.html",
        application=application,
        steps=open_steps(application.status) if may_decide() else [],
        decides=may_decide(),
        recommends=not may_decide() and application.status in UNDECIDED,
        missing=showing.missing_in(application, today=clock.now().date()),
        today=clock.now().date(),
        twins=queries.list_by_id(fair.id, twins, scope=seen) if twins else [],
        changes=_changes(application),
        sections=_sections(application),
        remarks=_remarks(application),
        history=audit.list_of(fair.id, "application", application.id),
        beside=queries.find_neighbours(fair.id, application_id, chosen, scope=seen, sort=sort),
        address=queue_address(chosen, sort),
        bodies=fair.co_organizers if seen is None else [],
        **{**given, **forms},
    )


def queue_address(chosen: ApplicationFilter, sort: Sort) -> dict[str, Any]:
    """Return the filters and the order of the queue as its address writes them, without what goes without saying."""
    order = {} if sort == queries.LATEST else {"sort": sort.by, "order": sort.order}
    return {**chosen.as_query(), **order}


def _changes(application: Application) -> list[showing.ShownChange]:
    if len(application.submissions) < 2:
        return []
    before, after = application.submissions[-2:]
    return showing.show_changes(before.values, after.values, bodies=_body_names())


def _sections(application: Application) -> list[telling.Section]:
    """Return what the enterprise last sent; nothing of an application that came with an import."""
    if not application.submissions:
        return []
    return telling.tell(application.submissions[-1].values, bodies=_body_names())


def _body_names() -> dict[str, str]:
    language = languages.current_language()
    return {body.public_id: languages.text_in(body.name, language) for body in current_fair().co_organizers}


def _remarks(application: Application) -> dict[str, list[Any]]:
    body_id = scope()
    accounts = None if body_id is None else queries.list_accounts_of(current_fair().id, body_id)
    found = queries.list_remarks(application.id, accounts=accounts)
    return {
        "internal": [one for one in found if one.kind in remarks.INTERNAL],
        "messages": [one for one in found if one.kind in remarks.MESSAGES],
    }


@bp.get("/applications/<id:application_id>/print")
@allow(*DESK)
def print_application(application_id: str) -> str:
    """Show the application on paper, for a meeting of those who decide."""
    application = queries.get_application(current_fair().id, application_id, scope=scope())
    return render_template(
        "applications/print.html",
        application=application,
        missing=showing.missing_in(application, today=clock.now().date()),
        sections=_sections(application),
        today=clock.now().date(),
        history=audit.list_of(current_fair().id, "application", application.id),
    )


@bp.get("/applications/<id:application_id>/scan")
@allow(*DESK)
def download_scan(application_id: str) -> Response:
    """Answer with the signed form."""
    application = queries.get_application(current_fair().id, application_id, scope=scope())
    if application.scan is None:
        raise NotFound()
    scan = application.scan
    return download(files.read(scan), name=scan.name, content_type=scan.content_type)


def address_of(application_id: str) -> str:
    """Return the address of an application, with the queue from which one came."""
    arguments: MultiDict[str, str] = request.args
    kept = queue_address(read_filter(arguments), sort_of(arguments))
    return url_for("applications.show_application", application_id=application_id, **kept)
