"""Importing a list of exhibitors: upload, columns, dry run, take over."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from fairapp.accounts.policy import Role
from fairapp.errors import FairError, NotFound
from fairapp.imports import queries
from fairapp.imports.columns import COLUMNS
from fairapp.imports.forms import ListForm, mapping_of
from fairapp.imports.models import ImportRun
from fairapp.imports.service import runs
from fairapp.imports.views import sentences
from fairapp.jobs import queries as jobs
from fairapp.jobs.models import JobState
from fairapp.web import clock, refusals, requests
from fairapp.web.access import actor, allow, current_fair
from fairapp.web.tables import xlsx
from fairapp.web.toasts import say
from fairapp.web.uploads import content_of

bp = Blueprint("exhibitor_import", __name__, url_prefix="/<fair:fair_code>/organizer/exhibitors/import")

EXAMPLES = 3
SHOWN = 100
"""Wrong rows on the page; the file has them all."""


@bp.get("/")
@allow(Role.ORGANIZER)
def list_imports() -> str:
    """Show the way in and what was imported."""
    return _start(ListForm())


@bp.post("/")
@allow(Role.ORGANIZER)
def receive_list() -> Response | tuple[str, int]:
    """Take a file in and go on to its columns."""
    form = ListForm()
    if form.validate_on_submit():
        with form.refusals():
            name, content = content_of(form.file) or ("", b"")
            run = runs.receive(
                current_fair().id, content, name=name, named=sentences.named(), actor=actor(), now=clock.now()
            )
            return redirect(url_for(".show_import", import_id=run.public_id), code=303)
    return _start(form), form.answer_with


def _start(form: ListForm) -> str:
    return render_template("imports/start.html", form=form, runs=queries.list_runs(current_fair().id, runs.KIND))


@bp.get("/template.xlsx")
@allow(Role.ORGANIZER)
def export_template() -> Response:
    """Answer with an empty list that has every column."""
    head = [str(sentences.LABELS[column.field]) for column in COLUMNS]
    return xlsx(f"{current_fair().code}-exhibitors-template", head, [])


@bp.get("/<id:import_id>/")
@allow(Role.ORGANIZER)
def show_import(import_id: str) -> str:
    """Show the columns of a list, how far it is, and what is wrong with it."""
    run = queries.get_run(current_fair().id, import_id)
    if requests.is_fragment():
        return render_template("imports/state.html", **_state(run))
    return _page(run)


def _page(run: ImportRun, *, refusal: FairError | None = None, chosen: list[str] | None = None) -> str:
    table = queries.read_table(run)
    columns = [
        {
            "title": title,
            "field": chosen[number] if chosen and number < len(chosen) else run.mapping.get(title, ""),
            "examples": [row[number] for row in table.rows if row[number]][:EXAMPLES],
        }
        for number, title in enumerate(run.head)
    ]
    return render_template(
        "imports/import.html",
        columns=columns,
        fields=sentences.choices(),
        rows=sum(any(row) for row in table.rows),
        refusal=refusals.sentence_of(_spoken(refusal)) if refusal else "",
        **_state(run),
    )


def _spoken(refusal: FairError) -> FairError:
    if "fields" in refusal.facts:
        names = [str(sentences.LABELS.get(name, name)) for name in str(refusal.facts["fields"]).split(", ")]
        refusal.facts["fields"] = ", ".join(names)
    return refusal


def _state(run: ImportRun) -> dict[str, Any]:
    tried = run.tried or {}
    job = jobs.get_job(current_fair().id, tried["job"]) if "job" in tried else None
    taken = tried.get("taken", {}) if run.imported_at else {}
    errors = taken.get("errors", tried.get("errors", []))
    return {
        "run": run,
        "job": job,
        "is_running": job is not None and job.state in (JobState.READY, JobState.RUNNING),
        "become": tried.get("become", runs.EXHIBITORS),
        "counts": taken.get("counts") or tried.get("counts"),
        "errors": [(one["row"], sentences.sentences(one["faults"])) for one in errors[:SHOWN]],
        "errors_total": len(errors),
    }


@bp.post("/<id:import_id>/try")
@allow(Role.ORGANIZER)
def try_list(import_id: str) -> Response | tuple[str, int]:
    """Keep what the columns mean and order a dry run."""
    run = queries.get_run(current_fair().id, import_id)
    chosen = request.form.getlist("field")
    try:
        runs.order_try(
            current_fair().id,
            import_id,
            mapping_of(chosen, run.head),
            become=request.form.get("become", runs.EXHIBITORS),
            actor=actor(),
            now=clock.now(),
        )
    except (runs.ColumnsTwice, runs.KeyMissing) as refusal:
        run = queries.get_run(current_fair().id, import_id)
        return _page(run, refusal=refusal, chosen=chosen), refusals.status_of(refusal)
    return redirect(url_for(".show_import", import_id=import_id, _anchor="state"), code=303)


@bp.post("/<id:import_id>/take")
@allow(Role.ORGANIZER)
def take_list(import_id: str) -> Response:
    """Order that the good rows are taken over."""
    runs.order_take(current_fair().id, import_id, actor=actor(), now=clock.now())
    say(gettext("The good rows are being imported. You may leave this page."))
    return redirect(url_for(".show_import", import_id=import_id, _anchor="state"), code=303)


@bp.get("/<id:import_id>/errors.xlsx")
@allow(Role.ORGANIZER)
def export_errors(import_id: str) -> Response:
    """Answer with the rows that are wrong as they were sent, and the reason in a last column."""
    run = queries.get_run(current_fair().id, import_id)
    tried = run.tried or {}
    errors = tried.get("taken", {}).get("errors") if run.imported_at else tried.get("errors")
    if not errors:
        raise NotFound()
    table = queries.read_table(run)
    rows = [[*table.rows[one["row"] - table.first], sentences.sentences(one["faults"])] for one in errors]
    return xlsx(f"{current_fair().code}-exhibitors-errors", [*run.head, gettext("What is wrong")], rows)
