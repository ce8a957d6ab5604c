"""Exhibitors, for the organizer: the list, the list of contractors, and the page of one exhibitor."""

from typing import Any

from flask import Blueprint, render_template, request
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from fairapp.accounts.policy import Role
from fairapp.enterprises.completeness import completeness
from fairapp.enterprises.models import CapabilityKind
from fairapp.enterprises.taxonomy import code_list
from fairapp.exhibitors import queries
from fairapp.exhibitors.prices import badge_price
from fairapp.exhibitors.queries import Filters, groups
from fairapp.exhibitors.service.changing import is_fascia_frozen
from fairapp.web import clock, exports, languages, words
from fairapp.web.access import allow, current_fair, scope
from fairapp.web.languages import text_in
from fairapp.web.sorting import Sort, read_sort

bp = Blueprint("exhibitors", __name__, url_prefix="/<fair:fair_code>/organizer")


@bp.get("/exhibitors/")
@allow(Role.ORGANIZER, Role.CO_ORGANIZER)
def list_exhibitors() -> str:
    """Show the exhibitors of the fair; a co-organizer sees those of its body."""
    fair, sort, filters = current_fair(), _sort(), _filters()
    page = queries.page_of_exhibitors(
        fair.id, filters, scope=scope(), sort=sort, page=request.args.get("page", 1, type=int)
    )
    today = clock.now().date()
    return render_template(
        "exhibitors/exhibitors.html",
        page=page,
        sort=sort,
        chosen=filters,
        standings=queries.standings(fair, page.rows),
        complete={one.id: completeness(one.enterprise, today=today).percent for one in page},
        **_lists(),
    )


def _lists() -> dict[str, object]:
    language, fair = languages.current_language(), current_fair()
    everything = scope() is None
    bodies = groups.list_co_organizers(fair.id) if everything else []
    pavilions = groups.list_pavilions(fair.id) if everything else []
    return {
        "sectors": code_list("sectors").choices(language),
        "provinces": code_list("provinces").choices(language),
        "bodies": [(one.public_id, text_in(one.name, language)) for one in bodies],
        "pavilions": [(one.public_id, text_in(one.name, language)) for one in pavilions],
        "states": words.options("exhibitor_state"),
        "kinds": [("main", gettext("Main exhibitors")), ("co", gettext("Co-exhibitors"))],
        "listings": [("yes", gettext("Listed")), ("no", gettext("Not listed"))],
    }


def _filters() -> Filters:
    names = {name: name for name in Filters.__dataclass_fields__} | {"query": "q"}
    return Filters(**{name: request.args.get(key, "") for name, key in names.items()})


def _sort() -> Sort:
    return read_sort(request.args, queries.EXHIBITOR_SORTS, Sort(by="name"))


EXHIBITORS_COLUMNS = exports.columns(
    enterprise=_("Enterprise"),
    tax_code=_("Tax code"),
    province=_("Province"),
    sectors=_("Sectors"),
    fascia_name=_("Fascia name"),
    state=_("State"),
    main_exhibitor=_("Main exhibitor"),
    pavilion=_("Pavilion"),
    co_organizer=_("Co-organizer"),
    booth_type=_("Booth type"),
    net_area_in_m2=_("Net area in m²"),
    listed=_("Listed"),
    contact=_("Contact"),
    mail_address=_("Mail address"),
    phone=_("Phone"),
    staff=_("Staff"),
    free_badges=_("Free badges"),
    contractors=_("Contractors"),
    profile_in=_("Profile in %"),
    accepted=_("Accepted"),
    number_in_your_list=_("Number in your list"),
)


@bp.get("/exhibitors.xlsx")
@allow(Role.ORGANIZER, Role.CO_ORGANIZER)
@exports.offers(EXHIBITORS_COLUMNS)
def export_exhibitors() -> Response:
    """Answer with the filtered exhibitors as a workbook."""
    language, fair, today = languages.current_language(), current_fair(), clock.now().date()
    found = queries.list_filtered_exhibitors(fair.id, _filters(), scope=scope(), sort=_sort())
    standings = queries.standings(fair, found)
    rows: list[list[Any]] = [
        [
            one.enterprise.legal_name,
            one.enterprise.tax_code,
            code_list("provinces").label(one.enterprise.province, language),
            ", ".join(
                code_list("sectors").label(code, language) for code in one.enterprise.codes(CapabilityKind.SECTOR)
            ),
            one.fascia_name,
            words.word(one.state, "exhibitor_state"),
            one.main_exhibitor.enterprise.legal_name if one.main_exhibitor else "",
            text_in(one.pavilion.name, language) if one.pavilion else "",
            text_in(one.co_organizer.name, language) if one.co_organizer else "",
            code_list("booth_types").label(one.booth_type, language),
            one.net_area,
            gettext("Yes") if one.listed else gettext("No"),
            one.contact_name,
            one.contact_email,
            one.contact_phone,
            standings[one.id].used,
            standings[one.id].quota.free,
            standings[one.id].building,
            completeness(one.enterprise, today=today).percent,
            one.accepted_at,
            one.external_ref,
        ]
        for one in found
    ]
    return exports.answer("exhibitors", EXHIBITORS_COLUMNS, rows)


@bp.get("/exhibitors/contractors")
@allow(Role.ORGANIZER)
def list_contractors() -> str:
    """Show who builds and dismantles, to be printed for the guards of the venue."""
    return render_template("exhibitors/contractors.html", people=queries.list_contractors(current_fair().id))


CONTRACTORS_COLUMNS = exports.columns(
    exhibitor=_("Exhibitor"),
    firm_of_the_contractor=_("Firm of the contractor"),
    full_name=_("Full name"),
    position=_("Position"),
    phone=_("Phone"),
)


@bp.get("/exhibitors/contractors.xlsx")
@allow(Role.ORGANIZER)
@exports.offers(CONTRACTORS_COLUMNS)
def export_contractors() -> Response:
    """Answer with the guards' list as a workbook."""
    rows = [
        [one.exhibitor.enterprise.legal_name, one.contractor, one.full_name, one.position, one.phone]
        for one in queries.list_contractors(current_fair().id)
    ]
    return exports.answer("contractors", CONTRACTORS_COLUMNS, rows)


@bp.get("/exhibitors/<id:exhibitor_id>/")
@allow(Role.ORGANIZER)
def show_exhibitor(exhibitor_id: str) -> str:
    """Show one exhibitor: its contact, what was agreed, its people, and its history."""
    fair = current_fair()
    exhibitor = queries.get_exhibitor(fair.id, exhibitor_id)
    return render_template(
        "exhibitors/exhibitor.html",
        exhibitor=exhibitor,
        standing=queries.standing_of(fair, exhibitor, price=badge_price(fair.id)),
        complete=completeness(exhibitor.enterprise, today=clock.now().date()).percent,
        co_exhibitors=groups.list_co_exhibitors(exhibitor.id),
        links=queries.list_delegations(exhibitor.id),
        history=queries.list_history(exhibitor),
        frozen=is_fascia_frozen(fair, now=clock.now()),
        now=clock.now(),
    )
