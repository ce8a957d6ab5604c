"""The manual as the organizer writes it."""

from collections.abc import Collection, Sequence

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from fairapp.accounts.models import Membership
from fairapp.accounts.policy import Role
from fairapp.database import db
from fairapp.errors import NotFound
from fairapp.fairs.models import Fair
from fairapp.manual.kinds import concerns
from fairapp.manual.models import ManualSection, ManualTask, TaskAnswer


def list_sections(fair_id: int, *, kinds: Collection[str] | None = None) -> list[ManualSection]:
    """Return the sections of a fair in their order, of ``kinds`` only if any are given."""
    found = db.session.scalars(
        sa.select(ManualSection)
        .where(ManualSection.fair_id == fair_id)
        .options(joinedload(ManualSection.file))
        .order_by(ManualSection.position, ManualSection.id)
    )
    return [one for one in found if kinds is None or concerns(one.kinds, kinds)]


def list_tasks(fair_id: int, *, kinds: Collection[str] | None = None) -> list[ManualTask]:
    """Return the tasks of a fair in their order, of ``kinds`` only if any are given."""
    found = db.session.scalars(
        sa.select(ManualTask).where(ManualTask.fair_id == fair_id).order_by(ManualTask.position, ManualTask.id)
    )
    return [one for one in found if kinds is None or concerns(one.kinds, kinds)]


def get_section(fair_id: int, public_id: str) -> ManualSection:
    """Return a section of a fair; raise ``NotFound``."""
    section = db.session.scalar(
        sa.select(ManualSection)
        .where(ManualSection.fair_id == fair_id, ManualSection.public_id == public_id)
        .options(joinedload(ManualSection.file))
    )
    if section is None:
        raise NotFound()
    return section


def get_task(fair_id: int, public_id: str) -> ManualTask:
    """Return a task of a fair; raise ``NotFound``."""
    task = db.session.scalar(
        sa.select(ManualTask).where(ManualTask.fair_id == fair_id, ManualTask.public_id == public_id)
    )
    if task is None:
        raise NotFound()
    return task


def count_answers(task_id: int) -> int:
    """Return how many exhibitors have answered a task."""
    return (
        db.session.scalar(
            sa.select(sa.func.count()).where(TaskAnswer.task_id == task_id, TaskAnswer.answered_at.is_not(None))
        )
        or 0
    )


def list_fairs_to_copy(fair_id: int, account_id: int | None) -> Sequence[Fair]:
    """Return the other fairs of an organizer that have a manual, the latest first."""
    return db.session.scalars(
        sa.select(Fair)
        .join(Membership, Membership.fair_id == Fair.id)
        .where(
            Membership.account_id == account_id,
            Membership.role == Role.ORGANIZER,
            Fair.id != fair_id,
            sa.or_(
                sa.select(ManualSection.id).where(ManualSection.fair_id == Fair.id).exists(),
                sa.select(ManualTask.id).where(ManualTask.fair_id == Fair.id).exists(),
            ),
        )
        .order_by(Fair.starts_on.desc(), Fair.code)
    ).all()
