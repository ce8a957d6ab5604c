"""The exhibitor manual as the organizer writes it."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_security import current_user
from werkzeug.wrappers import Response as Answer

from fairapp.accounts.policy import Role
from fairapp.errors import NotFound
from fairapp.files import service as files
from fairapp.manual.forms import SectionForm, SettingsForm, TaskForm
from fairapp.manual.outline import blocks
from fairapp.manual.queries import writing as queries
from fairapp.manual.service import starting, writing
from fairapp.manual.views.paper import manual_pdf
from fairapp.web import clock, languages
from fairapp.web.access import actor, allow, current_fair
from fairapp.web.toasts import say
from fairapp.web.uploads import download

bp = Blueprint("manual", __name__, url_prefix="/<fair:fair_code>/organizer")


@bp.get("/manual/")
@allow(Role.ORGANIZER)
def show_manual() -> str:
    """Show the sections and tasks of the manual."""
    fair = current_fair()
    sections, tasks = queries.list_sections(fair.id), queries.list_tasks(fair.id)
    return render_template(
        "manual/manual.html",
        sections=sections,
        tasks=tasks,
        sources=queries.list_fairs_to_copy(fair.id, current_user.id) if not sections and not tasks else [],
        blocks=blocks,
        text=lambda texts: languages.text_in(texts, languages.current_language()),
    )


@bp.post("/manual/standard")
@allow(Role.ORGANIZER)
def start_standard() -> Answer:
    """Begin with the standard manual."""
    starting.start_standard(current_fair().id, actor=actor(), now=clock.now())
    say(gettext("The standard manual is in. Go through it and change what your fair does otherwise."))
    return redirect(url_for(".show_manual"), code=303)


@bp.post("/manual/copy")
@allow(Role.ORGANIZER)
def copy_manual() -> Answer:
    """Begin with the manual of another fair of the organizer."""
    fair = current_fair()
    sources = {one.code: one for one in queries.list_fairs_to_copy(fair.id, current_user.id)}
    source = sources.get(request.form.get("source", ""))
    if source is None:
        raise starting.NothingToCopy()
    starting.copy_manual(fair.id, source.id, actor=actor(), now=clock.now())
    say(gettext("The manual of %(fair)s is in; its deadlines moved with the opening.", fair=source.code))
    return redirect(url_for(".show_manual"), code=303)


@bp.get("/manual/manual.pdf")
@allow(Role.ORGANIZER)
def print_manual() -> Response:
    """Answer with the whole manual as a PDF."""
    fair = current_fair()
    return manual_pdf(fair, queries.list_sections(fair.id), queries.list_tasks(fair.id))


@bp.get("/manual/sections/new")
@allow(Role.ORGANIZER)
def new_section() -> str:
    """Show an empty section."""
    return render_template("manual/section.html", form=SectionForm(), section=None)


@bp.post("/manual/sections/new")
@allow(Role.ORGANIZER)
def create_section() -> Answer | tuple[str, int]:
    """Add a section."""
    return _save_section(None)


@bp.get("/manual/sections/<id:section_id>/")
@allow(Role.ORGANIZER)
def edit_section(section_id: str) -> str:
    """Show a section to be changed."""
    section = queries.get_section(current_fair().id, section_id)
    form = SectionForm(data=SectionForm.values_of_part(section))
    return render_template("manual/section.html", form=form, section=section)


@bp.post("/manual/sections/<id:section_id>/")
@allow(Role.ORGANIZER)
def update_section(section_id: str) -> Answer | tuple[str, int]:
    """Change a section."""
    return _save_section(section_id)


def _save_section(section_id: str | None) -> Answer | tuple[str, int]:
    fair = current_fair()
    section = queries.get_section(fair.id, section_id) if section_id else None
    form = SectionForm()
    if form.validate_on_submit():
        with form.refusals():
            saved = writing.save_section(fair.id, section_id, form.to_data(), actor=actor(), now=clock.now())
            say(gettext("Saved."))
            return redirect(url_for(".show_manual", _anchor=saved.public_id), code=303)
    return render_template("manual/section.html", form=form, section=section), form.answer_with


@bp.post("/manual/sections/<id:section_id>/move")
@allow(Role.ORGANIZER)
def move_section(section_id: str) -> Answer:
    """Move a section up or down."""
    writing.move_section(current_fair().id, section_id, up=request.form.get("way") != "down")
    return redirect(url_for(".show_manual", _anchor=section_id), code=303)


@bp.post("/manual/sections/<id:section_id>/remove")
@allow(Role.ORGANIZER)
def remove_section(section_id: str) -> Answer:
    """Take a section out."""
    writing.remove_section(current_fair().id, section_id, actor=actor(), now=clock.now())
    say(gettext("The section is out; its tasks stay."))
    return redirect(url_for(".show_manual"), code=303)


@bp.get("/manual/sections/<id:section_id>/file")
@allow(Role.ORGANIZER)
def download_section_file(section_id: str) -> Response:
    """Answer with the file of a section."""
    section = queries.get_section(current_fair().id, section_id)
    if section.file is None:
        raise NotFound()
    return download(files.read(section.file), name=section.file.name, content_type=section.file.content_type)


@bp.get("/manual/tasks/new")
@allow(Role.ORGANIZER)
def new_task() -> str:
    """Show an empty task."""
    form = TaskForm(sections=_sections(), data={"required": True, "section": request.args.get("section", "")})
    return render_template("manual/task.html", form=form, task=None, answers=0)


@bp.post("/manual/tasks/new")
@allow(Role.ORGANIZER)
def create_task() -> Answer | tuple[str, int]:
    """Add a task."""
    return _save_task(None)


@bp.get("/manual/tasks/<id:task_id>/edit")
@allow(Role.ORGANIZER)
def edit_task(task_id: str) -> str:
    """Show a task to be changed."""
    fair = current_fair()
    task = queries.get_task(fair.id, task_id)
    form = TaskForm(sections=_sections(), data=TaskForm.values_of(task, fair.timezone))
    return render_template("manual/task.html", form=form, task=task, answers=queries.count_answers(task.id))


@bp.post("/manual/tasks/<id:task_id>/edit")
@allow(Role.ORGANIZER)
def update_task(task_id: str) -> Answer | tuple[str, int]:
    """Change a task."""
    return _save_task(task_id)


def _save_task(task_id: str | None) -> Answer | tuple[str, int]:
    fair = current_fair()
    task = queries.get_task(fair.id, task_id) if task_id else None
    form = TaskForm(sections=_sections())
    if form.validate_on_submit():
        with form.refusals():
            saved = writing.save_task(fair.id, task_id, form.to_data(fair.timezone), actor=actor(), now=clock.now())
            say(gettext("Saved."))
            return redirect(url_for(".show_manual", _anchor=saved.public_id), code=303)
    answers = queries.count_answers(task.id) if task else 0
    return render_template("manual/task.html", form=form, task=task, answers=answers), form.answer_with


@bp.post("/manual/tasks/<id:task_id>/move")
@allow(Role.ORGANIZER)
def move_task(task_id: str) -> Answer:
    """Move a task up or down."""
    writing.move_task(current_fair().id, task_id, up=request.form.get("way") != "down")
    return redirect(url_for(".show_manual", _anchor=task_id), code=303)


@bp.post("/manual/tasks/<id:task_id>/remove")
@allow(Role.ORGANIZER)
def remove_task(task_id: str) -> Answer:
    """Take a task out."""
    writing.remove_task(current_fair().id, task_id, actor=actor(), now=clock.now())
    say(gettext("The task is out."))
    return redirect(url_for(".show_manual"), code=303)


@bp.get("/set-up/manual")
@allow(Role.ORGANIZER)
def edit_settings() -> str:
    """Show freeze dates and reminders."""
    return render_template("manual/settings.html", form=SettingsForm(data=SettingsForm.values_of(current_fair())))


@bp.post("/set-up/manual")
@allow(Role.ORGANIZER)
def update_settings() -> Answer | tuple[str, int]:
    """Change freeze dates and reminders."""
    fair, form = current_fair(), SettingsForm()
    if form.validate_on_submit():
        with form.refusals():
            writing.set_settings(
                fair.id,
                version=form.version.data,
                fascia_freeze_at=form.moment("fascia_freeze_at", fair.timezone),
                catalogue_freeze_at=form.moment("catalogue_freeze_at", fair.timezone),
                reminders=form.reminders(),
                actor=actor(),
                now=clock.now(),
            )
            say(gettext("Saved."))
            return redirect(url_for(".edit_settings"), code=303)
    return render_template("manual/settings.html", form=form), form.answer_with


def _sections() -> list[tuple[str, str]]:
    language = languages.current_language()
    return [(one.public_id, languages.text_in(one.title, language)) for one in queries.list_sections(current_fair().id)]
