"""Reading jobs."""

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from fairapp.database import db
from fairapp.errors import NotFound
from fairapp.jobs.models import Job
from fairapp.web.lists import Page, paginate


def page_of_jobs(fair_id: int, *, page: int, per_page: int = 50) -> Page[Job]:
    """Return one page of a fair's jobs, the latest first."""
    statement = sa.select(Job).where(Job.fair_id == fair_id).options(joinedload(Job.file))
    return paginate(statement.order_by(Job.id.desc()), page=page, per_page=per_page)


def get_job(fair_id: int, public_id: str) -> Job:
    """Return a job of a fair; raise ``NotFound``."""
    job = db.session.scalar(
        sa.select(Job).where(Job.fair_id == fair_id, Job.public_id == public_id).options(joinedload(Job.file))
    )
    if job is None:
        raise NotFound()
    return job
