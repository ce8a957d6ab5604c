"""The printed catalogue and the list of fascia names, for the organizer."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from fairapp.accounts.policy import Role
from fairapp.booths import queries as booths
from fairapp.booths.geometry import Rect
from fairapp.enterprises.taxonomy import code_list
from fairapp.jobs.models import Job, JobState
from fairapp.site import queries, service
from fairapp.site.fascia import FasciaLine, open_sides
from fairapp.site.forms import GreetingForm, PrintForm
from fairapp.web import clock, exports, languages, words
from fairapp.web.access import actor, allow, current_fair
from fairapp.web.toasts import say

bp = Blueprint("catalogue", __name__, url_prefix="/<fair:fair_code>/organizer/catalogue")


@bp.get("/")
@allow(Role.ORGANIZER)
def show_catalogue() -> str:
    """Show how far the entries are, what was printed, and the greeting."""
    return _page()


@bp.post("/")
@allow(Role.ORGANIZER)
def print_catalogue() -> Response | tuple[str, int]:
    """Order the catalogue, or a sample of it, and show how far it is."""
    form = PrintForm()
    if not form.validate_on_submit():
        return _page(printing=form), form.answer_with
    job = service.order_catalogue(
        current_fair().id,
        tongues=form.tongues(),
        sample=request.form.get("sample") == "1",
        actor=actor(),
        now=clock.now(),
    )
    return redirect(url_for("jobs.show_job", job_id=job.public_id), code=303)


@bp.post("/greeting")
@allow(Role.ORGANIZER)
def update_greeting() -> Response | tuple[str, int]:
    """Change the greeting at the front of the catalogue."""
    form = GreetingForm()
    if form.validate_on_submit():
        with form.refusals():
            version = int(form.version.data) if (form.version.data or "").isdigit() else 0
            service.introduce(current_fair().id, form.texts(), version=version, actor=actor(), now=clock.now())
            say(gettext("Saved."))
            return redirect(url_for(".show_catalogue", _anchor="greeting"), code=303)
    return _page(greeting=form), form.answer_with


def _page(*, printing: PrintForm | None = None, greeting: GreetingForm | None = None) -> str:
    fair = current_fair()
    prints = queries.list_prints(fair.id)
    return render_template(
        "site/catalogue.html",
        printing=printing or PrintForm(formdata=None),
        greeting=greeting or GreetingForm(formdata=None, data=GreetingForm.values_of(fair)),
        readiness=queries.readiness(fair.id),
        prints=prints,
        frozen=_frozen(prints, fair.catalogue_freeze_at),
        is_frozen=fair.catalogue_freeze_at is not None and fair.catalogue_freeze_at <= clock.now(),
    )


def _frozen(prints: Sequence[Job], freeze: datetime | None) -> Job | None:
    """Return the print that says what the profiles said at the freeze: its own, else the last one before it."""
    if freeze is None or freeze > clock.now():
        return None
    whole = [job for job in prints if job.state is JobState.DONE and job.file and not job.payload.get("sample")]
    own = [job for job in whole if job.payload.get("freeze") == freeze.isoformat()]
    before = [job for job in whole if job.finished_at is not None and job.finished_at <= freeze]
    return next(iter([*own, *before]), None)


@bp.get("/fascia-names")
@allow(Role.ORGANIZER)
def print_fascia_names() -> str:
    """Show the list of fascia names for the booth builder, ready to print."""
    return render_template("site/fascia_names.html", lines=_lines(), sides=_sides)


FASCIA_NAMES_COLUMNS = exports.columns(
    hall=_("Hall"),
    booth=_("Booth"),
    fascia_name=_("Fascia name"),
    exhibitor=_("Exhibitor"),
    booth_type=_("Booth type"),
    size=_("Size"),
    net_area_in_m2=_("Net area in m²"),
    open_sides=_("Open sides"),
    which_sides=_("Which sides"),
)


@bp.get("/fascia-names.xlsx")
@allow(Role.ORGANIZER)
@exports.offers(FASCIA_NAMES_COLUMNS)
def export_fascia_names() -> Response:
    """Answer with the list of fascia names as a workbook."""
    rows: list[list[Any]] = [
        [
            line.hall,
            line.code,
            line.name,
            line.exhibitor,
            line.booth_type,
            line.size,
            line.area,
            len(line.sides),
            _sides(line.sides),
        ]
        for line in _lines()
    ]
    return exports.answer("fascia-names", FASCIA_NAMES_COLUMNS, rows)


def _sides(sides: Sequence[str]) -> str:
    return ", ".join(words.word(side, "side") for side in sides)


def _lines() -> list[FasciaLine]:
    fair, language = current_fair(), languages.current_language()
    every = booths.list_booths(fair.id)
    lines = []
    for hall in booths.list_halls(fair.id):
        rects = {
            b.code: Rect(code=b.code, x=b.x, y=b.y, width=b.width, depth=b.depth) for b in every if b.hall_id == hall.id
        }
        for booth in every:
            if booth.hall_id != hall.id or booth.allocation is None:
                continue
            exhibitor = booth.allocation.exhibitor
            lines.append(
                FasciaLine(
                    hall=hall.code,
                    code=booth.code,
                    booth_type=code_list("booth_types").label(booth.booth_type, language),
                    area=booth.area,
                    size=f"{booth.width:g} × {booth.depth:g} m",
                    sides=open_sides(
                        rects[booth.code], list(rects.values()), hall_width=hall.width, hall_depth=hall.depth
                    ),
                    name=exhibitor.fascia_name,
                    exhibitor=exhibitor.enterprise.short_name or exhibitor.enterprise.legal_name,
                )
            )
    return lines
