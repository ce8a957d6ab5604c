"""Who has done what of the manual, for the organizer."""

from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response as Answer

from fairapp.accounts.policy import Role
from fairapp.booths import queries as booths
from fairapp.database import transaction
from fairapp.errors import NotFound
from fairapp.exhibitors import queries as exhibitors
from fairapp.files import service as files
from fairapp.jobs import service as jobs
from fairapp.manual import board
from fairapp.manual.forms import ReasonForm
from fairapp.manual.models import ManualTask
from fairapp.manual.queries import standing, writing
from fairapp.manual.service import answering
from fairapp.manual.tasks import FILES
from fairapp.web import clock, exports, languages, words
from fairapp.web.access import actor, allow, current_fair
from fairapp.web.lists import Page
from fairapp.web.sorting import Sort, read_sort
from fairapp.web.toasts import Undo, say
from fairapp.web.uploads import download

bp = Blueprint("manual_progress", __name__, url_prefix="/<fair:fair_code>/organizer")
PER_PAGE = 50


@bp.get("/manual/progress/")
@allow(Role.ORGANIZER)
def list_progress() -> str:
    """Show how far every exhibitor is."""
    tasks, everybody, rows, sort = _rows()
    chosen = _chosen()
    return render_template(
        "manual/progress.html",
        tasks=tasks,
        page=_cut(rows),
        sort=sort,
        chosen=chosen,
        counts=board.count_by_state(everybody, _task_id(tasks, chosen["task"])),
        total=len(everybody),
        halls=[(hall.code, hall.code) for hall in booths.list_halls(current_fair().id)],
        kinds=words.options("exhibitor_kind"),
        text=lambda texts: languages.text_in(texts, languages.current_language()),
    )


def _columns() -> tuple[exports.Column, ...]:
    """Return the columns of the workbook: those of every fair, and one for each task of this one."""
    language = languages.current_language()
    known = exports.columns(
        enterprise=_("Enterprise"), booth=_("Booth"), done=_("Done"), tasks=_("Tasks"), late=_("Late")
    )
    of_tasks = (
        exports.Column(key=task.public_id, title=languages.text_in(task.title, language))
        for task in writing.list_tasks(current_fair().id)
    )
    return (*known, *of_tasks)


@bp.get("/manual/progress.xlsx")
@allow(Role.ORGANIZER)
@exports.offers(_columns)
def export_progress() -> Response:
    """Answer with the filtered exhibitors and the state of each task as a workbook."""
    tasks, _everybody, rows, _sort = _rows()
    lines = [
        [
            row.name,
            ", ".join(row.booths),
            row.score.done,
            row.score.of,
            row.score.late,
            *(words.word(row.standings[task.id].state, "task") if task.id in row.standings else "" for task in tasks),
        ]
        for row in rows
    ]
    return exports.answer("manual", _columns(), lines)


def _cut(rows: list[board.Row]) -> Page[board.Row]:
    last = max(1, -(-len(rows) // PER_PAGE))
    number = min(max(1, request.args.get("page", 1, type=int)), last)
    return Page(
        rows=rows[(number - 1) * PER_PAGE : number * PER_PAGE], number=number, per_page=PER_PAGE, total=len(rows)
    )


def _rows() -> tuple[list[ManualTask], list[board.Row], list[board.Row], Sort]:
    fair, chosen = current_fair(), _chosen()
    tasks = writing.list_tasks(fair.id)
    everybody = standing.board(fair, tasks, now=clock.now())
    sort = read_sort(request.args, board.SORTS, Sort(by="late", descending=True))
    found = board.choose(
        everybody,
        query=chosen["query"],
        task=_task_id(tasks, chosen["task"]),
        state=chosen["state"],
        kind=chosen["kind"],
        hall=chosen["hall"],
    )
    return tasks, everybody, board.arrange(found, by=sort.by, descending=sort.descending), sort


def _chosen() -> dict[str, str]:
    state = request.args.get("state", "")
    return {
        "query": request.args.get("q", ""),
        "task": request.args.get("task", ""),
        "state": state if state in board.STATES else "",
        "kind": request.args.get("kind", ""),
        "hall": request.args.get("hall", ""),
    }


def _task_id(tasks: list[ManualTask], public_id: str) -> int | None:
    return next((one.id for one in tasks if one.public_id == public_id), None)


@bp.get("/manual/tasks/<id:task_id>/")
@allow(Role.ORGANIZER)
def show_task(task_id: str) -> str:
    """Show a task with what every exhibitor answered."""
    return _task_page(task_id, ReasonForm())


def _task_page(task_id: str, form: ReasonForm, refused: str = "") -> str:
    fair = current_fair()
    task = writing.get_task(fair.id, task_id)
    rows = standing.board(fair, [task], now=clock.now())
    state = request.args.get("state", "")
    found = board.choose(rows, query=request.args.get("q", ""), task=task.id, state=state)
    return render_template(
        "manual/answers.html",
        task=task,
        page=_cut(found),
        answers={answer.exhibitor_id: answer for answer in standing.list_answers(task.id)},
        counts=board.count_by_state(rows, task.id),
        chosen={"query": request.args.get("q", ""), "state": state if state in board.STATES else ""},
        total=sum(task.id in row.standings for row in rows),
        form=form,
        refused=refused,
    )


@bp.post("/manual/tasks/<id:task_id>/files")
@allow(Role.ORGANIZER)
def pack_files(task_id: str) -> Answer:
    """Order all files of a task in one archive."""
    fair, now = current_fair(), clock.now()
    task = writing.get_task(fair.id, task_id)
    with transaction() as session:
        job = jobs.enqueue(
            session, FILES, {"task_id": task.id}, now=now, fair_id=fair.id, account_id=actor().account_id
        )
        job_id = job.public_id
    return redirect(url_for("jobs.show_job", job_id=job_id), code=303)


@bp.get("/exhibitors/<id:exhibitor_id>/manual")
@allow(Role.ORGANIZER)
def show_checklist(exhibitor_id: str) -> str:
    """Show the checklist of one exhibitor."""
    fair = current_fair()
    exhibitor = exhibitors.get_exhibitor(fair.id, exhibitor_id)
    tasks = writing.list_tasks(fair.id)
    rows = standing.board(fair, tasks, now=clock.now(), exhibitor_id=exhibitor.id)
    return render_template(
        "manual/of_exhibitor.html",
        exhibitor=exhibitor,
        tasks=sorted(tasks, key=lambda one: (one.deadline, one.position)),
        row=rows[0] if rows else None,
        answers=standing.answers_of(exhibitor.id),
        form=ReasonForm(),
    )


@bp.get("/exhibitors/<id:exhibitor_id>/manual/<id:task_id>/file")
@allow(Role.ORGANIZER)
def download_answer(exhibitor_id: str, task_id: str) -> Response:
    """Answer with the file that an exhibitor sent."""
    fair = current_fair()
    exhibitor = exhibitors.get_exhibitor(fair.id, exhibitor_id)
    answer = standing.find_answer(writing.get_task(fair.id, task_id).id, exhibitor.id)
    if answer is None or answer.file is None:
        raise NotFound()
    return download(files.read(answer.file), name=answer.file.name, content_type=answer.file.content_type)


@bp.post("/exhibitors/<id:exhibitor_id>/manual/<id:task_id>/return")
@allow(Role.ORGANIZER)
def return_answer(exhibitor_id: str, task_id: str) -> Answer | tuple[str, int]:
    """Send an answer back with a reason."""
    fair, form = current_fair(), ReasonForm()
    exhibitor = exhibitors.get_exhibitor(fair.id, exhibitor_id)
    writing.get_task(fair.id, task_id)
    if form.validate_on_submit():
        with form.refusals():
            answering.return_answer(
                fair.id, exhibitor.id, task_id, form.reason.data or "", actor=actor(), now=clock.now()
            )
            back = url_for(".take_back_return", exhibitor_id=exhibitor_id, task_id=task_id, **_way())
            say(gettext("Returned. The exhibitor gets a mail with the reason."), undo=Undo(url=back))
            return _back(exhibitor_id, task_id)
    return _task_page(task_id, form, refused=exhibitor_id), form.answer_with


@bp.post("/exhibitors/<id:exhibitor_id>/manual/<id:task_id>/pass")
@allow(Role.ORGANIZER)
def take_back_return(exhibitor_id: str, task_id: str) -> Answer:
    """Let an answer stand again that was sent back."""
    fair = current_fair()
    exhibitor = exhibitors.get_exhibitor(fair.id, exhibitor_id)
    answering.take_back_return(fair.id, exhibitor.id, task_id, actor=actor(), now=clock.now())
    say(gettext("The answer counts again."))
    return _back(exhibitor_id, task_id)


@bp.post("/exhibitors/<id:exhibitor_id>/manual/<id:task_id>/waive")
@allow(Role.ORGANIZER)
def waive_task(exhibitor_id: str, task_id: str) -> Answer:
    """Let an exhibitor off a task."""
    fair = current_fair()
    exhibitor = exhibitors.get_exhibitor(fair.id, exhibitor_id)
    answering.waive(fair.id, exhibitor.id, task_id, actor=actor(), now=clock.now())
    undo = Undo(url=url_for(".ask_again", exhibitor_id=exhibitor_id, task_id=task_id, **_way()))
    say(gettext("Waived for %(name)s.", name=exhibitor.enterprise.legal_name), undo=undo)
    return _back(exhibitor_id, task_id)


@bp.post("/exhibitors/<id:exhibitor_id>/manual/<id:task_id>/ask")
@allow(Role.ORGANIZER)
def ask_again(exhibitor_id: str, task_id: str) -> Answer:
    """Ask an exhibitor for a waived task again."""
    fair = current_fair()
    exhibitor = exhibitors.get_exhibitor(fair.id, exhibitor_id)
    answering.ask_again(fair.id, exhibitor.id, task_id, actor=actor(), now=clock.now())
    say(gettext("The task is open again."))
    return _back(exhibitor_id, task_id)


def _way() -> dict[str, Any]:
    return {"from": "task"} if request.args.get("from") == "task" else {}


def _back(exhibitor_id: str, task_id: str) -> Answer:
    if _way():
        return redirect(url_for(".show_task", task_id=task_id, _anchor=exhibitor_id), code=303)
    return redirect(url_for(".show_checklist", exhibitor_id=exhibitor_id, _anchor=task_id), code=303)
