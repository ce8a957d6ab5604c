"""Requests, grid and schedule, for the organizer."""

from collections import defaultdict
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from fairapp.accounts.policy import Role
from fairapp.errors import NotFound
from fairapp.meetings import queries, service
from fairapp.meetings.models import Meeting
from fairapp.web import clock, exports, languages, words
from fairapp.web.access import actor, allow, current_fair
from fairapp.web.sorting import Sort, read_sort
from fairapp.web.toasts import Undo, say

bp = Blueprint("meetings", __name__, url_prefix="/<fair:fair_code>/organizer/meetings")


@bp.get("/")
@allow(Role.ORGANIZER)
def show_schedule() -> str:
    """Show the grid with every meeting."""
    fair = current_fair()
    meetings = queries.list_meetings(fair.id)
    cells: dict[tuple[int, int], Meeting] = {(one.slot_id, one.table_id): one for one in meetings}
    days = defaultdict(list)
    for slot in queries.list_slots(fair.id):
        days[slot.day].append(slot)
    return render_template(
        "meetings/schedule.html",
        days=dict(days),
        tables=queries.list_tables(fair.id),
        cells=cells,
        counts=queries.count_requests(fair.id),
        placed=len(meetings),
    )


@bp.post("/schedule")
@allow(Role.ORGANIZER)
def schedule_meetings() -> Response:
    """Schedule every accepted request that has no slot yet."""
    now = clock.now()
    answer = service.schedule(current_fair().id, actor=actor(), now=now)
    say(
        gettext(
            "%(held)s meetings are scheduled, %(idle)s gaps, %(left)s requests have no place.",
            held=len(answer.placements),
            idle=answer.idle,
            left=len(answer.unscheduled),
        )
        + (" " + gettext("No schedule can hold more.") if answer.optimal else ""),
        undo=_undo(now),
    )
    return redirect(url_for(".show_schedule"), code=303)


@bp.post("/clear")
@allow(Role.ORGANIZER)
def clear_schedule() -> Response:
    """Take every meeting out again, or those of one run."""
    count = service.clear_schedule(current_fair().id, run_at=_run(), actor=actor(), now=clock.now())
    say(gettext("%(count)s meetings are taken out; the requests stay.", count=count))
    return redirect(url_for(".show_schedule"), code=303)


def _undo(run_at: datetime) -> Undo | None:
    """Return the way back from a run, if it placed anything."""
    if not queries.count_placed(current_fair().id, run_at=run_at):
        return None
    return Undo(url=url_for(".clear_schedule"), values={"run": run_at.isoformat()})


def _run() -> datetime | None:
    text = request.form.get("run")
    if text is None:
        return None
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise NotFound() from error


@bp.get("/requests")
@allow(Role.ORGANIZER)
def list_requests() -> str:
    """Show every request with its state, and why it has no place."""
    fair, sort = current_fair(), _request_sort()
    page = queries.page_of_requests(
        fair.id, **_request_filters(), sort=sort, page=request.args.get("page", 1, type=int)
    )
    return render_template(
        "meetings/all_requests.html",
        page=page,
        counts=queries.count_requests(fair.id),
        chosen=_request_filters(),
        sort=sort,
    )


def _request_filters() -> dict[str, Any]:
    return {"query": request.args.get("q", ""), "status": request.args.get("status", "")}


def _request_sort() -> Sort:
    return read_sort(request.args, queries.REQUEST_SORTS, queries.LATEST)


REQUESTS_COLUMNS = exports.columns(
    buyer=_("Buyer"),
    exhibitor=_("Exhibitor"),
    about=_("About"),
    state=_("State"),
    requested=_("Requested"),
    start=_("Start"),
    table=_("Table"),
    reason=_("Reason"),
)


@bp.get("/requests.xlsx")
@allow(Role.ORGANIZER)
@exports.offers(REQUESTS_COLUMNS)
def export_requests() -> Response:
    """Answer with the filtered requests as a workbook."""
    language = languages.current_language()
    rows = [
        [
            one.buyer.enterprise.legal_name,
            one.exhibitor.enterprise.legal_name,
            languages.text_in(one.need.title, language) if one.need else "",
            words.word(one.status, "request"),
            one.requested_at,
            one.meeting.slot.starts_at if one.meeting else None,
            one.meeting.table.code if one.meeting else "",
            words.word(one.unscheduled_reason, "unscheduled") if one.unscheduled_reason and not one.meeting else "",
        ]
        for one in queries.list_filtered_requests(current_fair().id, **_request_filters(), sort=_request_sort())
    ]
    return exports.answer("requests", REQUESTS_COLUMNS, rows)


@bp.get("/print")
@allow(Role.ORGANIZER)
def print_schedule() -> str:
    """Show the schedule by table on paper."""
    by_table = defaultdict(list)
    for meeting in queries.list_meetings(current_fair().id):
        by_table[meeting.table.code].append(meeting)
    return render_template("meetings/schedule_print.html", by_table=dict(sorted(by_table.items())))


SCHEDULE_COLUMNS = exports.columns(
    day=_("Day"),
    start=_("Start"),
    table=_("Table"),
    buyer=_("Buyer"),
    exhibitor=_("Exhibitor"),
    language_of_meetings=_("Language of meetings"),
    needs_an_interpreter=_("Needs an interpreter"),
    state=_("State"),
)


@bp.get("/list.xlsx")
@allow(Role.ORGANIZER)
@exports.offers(SCHEDULE_COLUMNS)
def export_schedule() -> Response:
    """Answer with every meeting as a workbook."""
    rows = [
        [
            one.slot.day.isoformat(),
            one.slot.starts_at,
            one.table.code,
            one.buyer.enterprise.legal_name,
            one.exhibitor.enterprise.legal_name,
            one.buyer.meeting_language,
            gettext("yes") if one.buyer.needs_interpreter else "",
            words.word("accepted", "request"),
        ]
        for one in queries.list_meetings(current_fair().id)
    ]
    return exports.answer("meetings", SCHEDULE_COLUMNS, rows)
