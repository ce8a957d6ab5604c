"""The manual as an exhibitor reads it and does what it asks."""

from flask import Blueprint, Response, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as Answer

from fairapp.accounts.policy import Role
from fairapp.applications.models import Application
from fairapp.errors import NotFound
from fairapp.exhibitors.views.own import own_exhibitor
from fairapp.files import service as files
from fairapp.manual.actions import may_answer
from fairapp.manual.forms import AnswerForm
from fairapp.manual.kinds import concerns
from fairapp.manual.models import ManualTask
from fairapp.manual.outline import blocks
from fairapp.manual.progress import TaskState
from fairapp.manual.queries import standing, writing
from fairapp.manual.service import answering
from fairapp.manual.views.paper import manual_pdf
from fairapp.web import clock, languages
from fairapp.web.access import actor, allow, current_fair
from fairapp.web.parts import part_of
from fairapp.web.toasts import say
from fairapp.web.uploads import download

bp = Blueprint("exhibitor_manual", __name__, url_prefix="/<fair:fair_code>/exhibitor/manual")

PLACES = {
    "fascia": "exhibitor_contact.edit_contact",
    "profile": "enterprise_profile.edit_profile",
    "catalogue_text": "enterprise_profile.edit_profile",
    "certificates": "profile_certificates.list_certificates",
    "staff": "exhibitor_staff.list_staff",
    "contractors": "exhibitor_staff.list_staff",
    "orders": "exhibitor_orders.list_orders",
    "payment": "exhibitor_orders.show_fees",
}
"""Where a task is done that is not done here."""

MOST_SHOWN = 4
"""Tasks on the overview."""


@bp.get("/")
@allow(Role.EXHIBITOR_CONTACT, Role.EXHIBITOR_STAFF)
def show_manual() -> str:
    """Show the checklist with its progress, and the sections to read."""
    return _page()


@part_of("exhibitor_overview")
def checklist_part(application: Application) -> str:
    """Write how far the exhibitor is, for its overview; nothing before it is one or where nothing is asked."""
    fair, exhibitor = current_fair(), application.exhibitor
    if exhibitor is None or exhibitor.withdrawn_at is not None:
        return ""
    tasks = writing.list_tasks(fair.id, kinds=standing.kinds_of_exhibitor(exhibitor))
    rows = standing.board(fair, tasks, now=clock.now(), exhibitor_id=exhibitor.id) if tasks else []
    if not rows:
        return ""
    standings = rows[0].standings
    waiting = sorted(
        (one for one in tasks if standings[one.id].is_open), key=lambda one: (standings[one.id].deadline, one.position)
    )
    return render_template(
        "manual/part.html", score=rows[0].score, waiting=waiting[:MOST_SHOWN], more=len(waiting) - MOST_SHOWN,
        standings=standings,
    )  # fmt: skip


def _page(refused: tuple[str, AnswerForm] | None = None) -> str:
    fair, exhibitor = current_fair(), own_exhibitor(Role.EXHIBITOR_CONTACT, Role.EXHIBITOR_STAFF)
    kinds, now = standing.kinds_of_exhibitor(exhibitor), clock.now()
    tasks = writing.list_tasks(fair.id, kinds=kinds)
    rows = standing.board(fair, tasks, now=now, exhibitor_id=exhibitor.id)
    answers = standing.answers_of(exhibitor.id)
    standings = rows[0].standings if rows else {}
    closed = answering.is_over(fair, now) or not rows
    forms = {
        task.id: _form(task, has_file=_has_file(answers.get(task.id)), returned=state is TaskState.RETURNED)
        for task in tasks
        if task.id in standings
        and not closed
        and may_answer(task.action, returned=(state := standings[task.id].state) is TaskState.RETURNED)
    }
    if refused is not None:
        forms |= {task.id: refused[1] for task in tasks if task.public_id == refused[0]}
    in_time = sorted((one for one in tasks if one.id in standings), key=lambda one: (one.deadline, one.position))
    return render_template(
        "manual/checklist.html",
        exhibitor=exhibitor,
        sections=writing.list_sections(fair.id, kinds=kinds),
        todo=[one for one in in_time if standings[one.id].is_open],
        rest=[one for one in in_time if not standings[one.id].is_open],
        standings=standings,
        score=rows[0].score if rows else None,
        answers=answers,
        forms=forms,
        places=PLACES,
        refused=refused[0] if refused else "",
        closed=closed,
        now=now,
        blocks=blocks,
        text=lambda texts: languages.text_in(texts, languages.current_language()),
    )


def _form(task: ManualTask, *, has_file: bool, returned: bool, **values: object) -> AnswerForm:
    return AnswerForm(action=task.action, has_file=has_file, returned=returned, prefix=f"{task.public_id}-", **values)


def _has_file(answer: object) -> bool:
    return getattr(answer, "file_id", None) is not None


@bp.post("/<id:task_id>")
@allow(Role.EXHIBITOR_CONTACT)
def answer_task(task_id: str) -> Answer | tuple[str, int]:
    """Answer a task."""
    fair, exhibitor = current_fair(), own_exhibitor(Role.EXHIBITOR_CONTACT)
    task = _own_task(task_id)
    given = standing.find_answer(task.id, exhibitor.id)
    returned = bool(given and given.returned_reason)
    form = _form(task, has_file=_has_file(given) and not returned, returned=returned)
    if form.validate_on_submit():
        with form.refusals():
            answering.answer(
                fair.id,
                exhibitor.id,
                task_id,
                text=form.text.data or "",
                upload=form.upload(),
                actor=actor(),
                now=clock.now(),
            )
            say(gettext("Thank you, it is noted."))
            return redirect(url_for(".show_manual", _anchor=task_id), code=303)
    return _page((task_id, form)), form.answer_with


@bp.get("/<id:task_id>/file")
@allow(Role.EXHIBITOR_CONTACT, Role.EXHIBITOR_STAFF)
def download_answer(task_id: str) -> Response:
    """Answer with the file that the exhibitor sent."""
    exhibitor = own_exhibitor(Role.EXHIBITOR_CONTACT, Role.EXHIBITOR_STAFF)
    answer = standing.find_answer(_own_task(task_id).id, exhibitor.id)
    if answer is None or answer.file is None:
        raise NotFound()
    return download(files.read(answer.file), name=answer.file.name, content_type=answer.file.content_type)


@bp.get("/sections/<id:section_id>/file")
@allow(Role.EXHIBITOR_CONTACT, Role.EXHIBITOR_STAFF)
def download_section_file(section_id: str) -> Response:
    """Answer with the file of a section that is for the exhibitor."""
    exhibitor = own_exhibitor(Role.EXHIBITOR_CONTACT, Role.EXHIBITOR_STAFF)
    section = writing.get_section(current_fair().id, section_id)
    if section.file is None or not concerns(section.kinds, standing.kinds_of_exhibitor(exhibitor)):
        raise NotFound()
    return download(files.read(section.file), name=section.file.name, content_type=section.file.content_type)


@bp.get("/manual.pdf")
@allow(Role.EXHIBITOR_CONTACT, Role.EXHIBITOR_STAFF)
def print_manual() -> Response:
    """Answer with what concerns the exhibitor as a PDF."""
    fair, exhibitor = current_fair(), own_exhibitor(Role.EXHIBITOR_CONTACT, Role.EXHIBITOR_STAFF)
    kinds = standing.kinds_of_exhibitor(exhibitor)
    return manual_pdf(fair, writing.list_sections(fair.id, kinds=kinds), writing.list_tasks(fair.id, kinds=kinds))


def _own_task(task_id: str) -> ManualTask:
    task = writing.get_task(current_fair().id, task_id)
    exhibitor = own_exhibitor(Role.EXHIBITOR_CONTACT, Role.EXHIBITOR_STAFF)
    if not concerns(task.kinds, standing.kinds_of_exhibitor(exhibitor)):
        raise NotFound()
    return task
