"""Jobs of a fair, their progress and what they produced."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from fairapp.accounts.policy import Role
from fairapp.errors import NotFound
from fairapp.files import service as files
from fairapp.jobs import queries, service
from fairapp.web import clock, requests
from fairapp.web.access import allow, current_fair
from fairapp.web.uploads import download

bp = Blueprint("jobs", __name__, url_prefix="/<fair:fair_code>/organizer/jobs")


@bp.get("/")
@allow(Role.ORGANIZER)
def list_jobs() -> str:
    """Show the fair's jobs."""
    page = queries.page_of_jobs(current_fair().id, page=request.args.get("page", 1, type=int))
    return render_template("jobs/jobs.html", page=page)


@bp.get("/<id:job_id>/")
@allow(Role.ORGANIZER)
def show_job(job_id: str) -> str:
    """Show how far a job is; asks again by itself while it runs."""
    job = queries.get_job(current_fair().id, job_id)
    return render_template("jobs/progress.html" if requests.is_fragment() else "jobs/job.html", job=job)


@bp.get("/<id:job_id>/file")
@allow(Role.ORGANIZER)
def download_outcome(job_id: str) -> Response:
    """Answer with what a job produced."""
    job = queries.get_job(current_fair().id, job_id)
    if job.file is None:
        raise NotFound()
    return download(files.read(job.file), name=job.file.name, content_type=job.file.content_type)


@bp.post("/<id:job_id>/again")
@allow(Role.ORGANIZER)
def run_again(job_id: str) -> Response:
    """Let a failed job run again."""
    job = queries.get_job(current_fair().id, job_id)
    if service.revive(job.id, fair_id=current_fair().id, now=clock.now()):
        flash(gettext("The job runs again."), "success")
    return redirect(url_for(".show_job", job_id=job_id), code=303)
