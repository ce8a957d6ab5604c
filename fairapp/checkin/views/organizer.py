"""Gates and live counts, for the organizer."""

import json
import time
from collections.abc import Iterator
from datetime import date, datetime

from flask import (
    Blueprint,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    stream_with_context,
    url_for,
)
from flask_babel import gettext
from werkzeug.wrappers import Response

from fairapp.accounts.policy import Role
from fairapp.checkin import queries, service
from fairapp.checkin.forms import GateForm
from fairapp.checkin.models import Scan
from fairapp.checkin.views.sentences import holder
from fairapp.database import db
from fairapp.enterprises.taxonomy import label
from fairapp.fairs.calendar import fair_time
from fairapp.fairs.models import Fair
from fairapp.web import clock, languages, words
from fairapp.web.access import actor, allow, current_fair
from fairapp.web.limits import Places

bp = Blueprint("checkin", __name__, url_prefix="/<fair:fair_code>/organizer/gates")
STREAMS = Places(16)
"""So many boards may be open live at once; the rest ask every few seconds."""
PAUSE = 2.0
"""Seconds between two looks at the numbers."""


@bp.get("/")
@allow(Role.ORGANIZER)
def show_board() -> str:
    """Show the counts of today, moving."""
    return _board(GateForm())


@bp.post("/")
@allow(Role.ORGANIZER)
def create_gate() -> Response | tuple[str, int]:
    """Add a gate."""
    form = GateForm()
    if form.validate_on_submit():
        with form.refusals():
            service.add_gate(
                current_fair().id,
                form.code.data.upper(),
                form.name.data,
                form.categories.data or [],
                actor=actor(),
                now=clock.now(),
            )
            flash(gettext("The gate is added."), "success")
            return redirect(url_for(".show_board"), code=303)
    return _board(form), form.answer_with


def _board(form: GateForm) -> str:
    fair = current_fair()
    return render_template(
        "checkin/board.html",
        form=form,
        gates=queries.list_gates(fair.id),
        figures=figures(fair),
        scans=queries.list_latest_scans(fair.id, rehearsal=fair.rehearsal_started_at is not None),
        fair_now=_fair_now(fair),
    )


def _fair_now(fair: Fair) -> datetime:
    return fair_time(clock.now(), days=service.fair_days(fair), rehearsal_started_at=fair.rehearsal_started_at)


def _today(fair: Fair) -> date:
    return service.local_date(fair, _fair_now(fair))


def figures(fair: Fair) -> dict[str, object]:
    """Return the numbers of the board as plain data."""
    counts = queries.counts(fair.id, day=_today(fair), rehearsal=fair.rehearsal_started_at is not None)
    language = languages.current_language()
    return {
        "visitors": counts.visitors,
        "refused": counts.refused,
        "scans": counts.scans,
        "by_gate": counts.by_gate,
        "by_category": {
            label("badge_categories", code, language): number for code, number in counts.by_category.items()
        },
        "latest": [
            _line(scan)
            for scan in queries.list_latest_scans(fair.id, rehearsal=fair.rehearsal_started_at is not None, most=8)
        ],
    }


def _line(scan: Scan) -> dict[str, object]:
    person = holder(scan.badge)
    return {
        "id": scan.id,
        "state": words.state(scan.verdict, "verdict"),
        "title": words.word(scan.verdict, "verdict"),
        "name": person["name"] if person else "–",
        "gate": scan.gate.name,
    }


@bp.get("/figures")
@allow(Role.ORGANIZER)
def show_figures() -> dict[str, object]:
    """Answer with the numbers once, for boards that ask every few seconds."""
    return figures(current_fair())


@bp.get("/live")
@allow(Role.ORGANIZER)
def stream_figures() -> Response:
    """Send the numbers whenever they change; 503 sends a board to asking instead."""
    fair_id, longest = current_fair().id, current_app.config["LONGEST_STREAM"]
    if not STREAMS.take():
        return Response(status=503, headers={"Retry-After": "5"})

    def lines() -> Iterator[str]:
        last, until = "", time.monotonic() + longest
        while True:
            fair = db.session.get(Fair, fair_id)
            text = json.dumps(figures(fair), ensure_ascii=False) if fair else "{}"
            db.session.remove()
            yield f"data: {text}\n\n" if text != last else ": still here\n\n"
            last = text
            if time.monotonic() >= until:
                return
            time.sleep(PAUSE)

    answer = Response(stream_with_context(lines()), mimetype="text/event-stream")
    answer.headers["X-Accel-Buffering"] = "no"
    answer.call_on_close(STREAMS.give_back)
    return answer


@bp.post("/rehearsal")
@allow(Role.ORGANIZER)
def set_rehearsal() -> Response:
    """Start or end a rehearsal."""
    # The page says which: the second of two who end a rehearsal must not start the next one.
    on = request.form.get("on") == "1"
    service.set_rehearsal(current_fair().id, on=on, actor=actor(), now=clock.now())
    done = gettext("The rehearsal runs: the gates take now for the first opening.")
    ended = gettext("The rehearsal has ended; its scans are forgotten.")
    flash(done if on else ended, "success")
    return redirect(url_for(".show_board"), code=303)
