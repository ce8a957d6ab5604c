"""Beginning a manual: the standard one, or that of another fair."""

from datetime import datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fairapp.audit.service import ActorLike, record
from fairapp.database import transaction
from fairapp.errors import FairError
from fairapp.fairs.models import Fair
from fairapp.files import service as files
from fairapp.files.models import StoredFile
from fairapp.manual import dates, standard
from fairapp.manual.models import ManualSection, ManualTask


class ManualNotEmpty(FairError):
    """A manual is begun once: the fair has sections or tasks already."""

    code = "manual_not_empty"


class NothingToCopy(FairError):
    """There is no manual to copy, or it is not of a fair of the organizer."""

    code = "nothing_to_copy"


def start_standard(fair_id: int, *, actor: ActorLike, now: datetime) -> None:
    """Fill an empty manual with the standard one, its deadlines counted from the opening."""
    with transaction() as session:
        fair = _lock_empty(session, fair_id)
        write_standard(session, fair)
        record(session, "manual.start", fair_id=fair_id, thing_id=fair_id, actor=actor, now=now, label=fair.code)


def write_standard(session: Session, fair: Fair) -> list[ManualTask]:
    """Write the standard manual in the running transaction; return its tasks."""
    sections = {
        one.code: ManualSection(
            fair_id=fair.id, position=number, title=dict(one.title), body=dict(one.body), kinds=list(one.kinds)
        )
        for number, one in enumerate(standard.sections(), start=1)
    }
    session.add_all(sections.values())
    session.flush()
    tasks = [
        ManualTask(
            fair_id=fair.id,
            section_id=sections[one.section].id,
            position=number,
            action=one.action,
            title=dict(one.title),
            body=dict(one.body),
            kinds=list(one.kinds),
            required=one.required,
            deadline=dates.before_opening(fair.starts_on, days=one.days_before, zone=ZoneInfo(fair.timezone)),
        )
        for number, one in enumerate(standard.tasks(), start=1)
    ]
    session.add_all(tasks)
    session.flush()
    return tasks


def copy_manual(fair_id: int, source_id: int, *, actor: ActorLike, now: datetime) -> None:
    """Fill an empty manual with that of another fair, its deadlines moved with the opening."""
    with transaction() as session:
        fair, source = _lock_empty(session, fair_id), session.get_one(Fair, source_id)
        copies: dict[int, ManualSection] = {}
        for section in session.scalars(sa.select(ManualSection).where(ManualSection.fair_id == source_id)).all():
            copies[section.id] = ManualSection(
                fair_id=fair_id,
                position=section.position,
                title=dict(section.title),
                body=dict(section.body),
                kinds=list(section.kinds),
                file=_copy(session, section.file, fair_id, now) if section.file else None,
            )
        session.add_all(copies.values())
        session.flush()
        for task in session.scalars(sa.select(ManualTask).where(ManualTask.fair_id == source_id)).all():
            deadline = dates.shifted(
                task.deadline,
                old_start=source.starts_on,
                old_zone=ZoneInfo(source.timezone),
                new_start=fair.starts_on,
                new_zone=ZoneInfo(fair.timezone),
            )
            session.add(
                ManualTask(
                    fair_id=fair_id,
                    section_id=copies[task.section_id].id if task.section_id else None,
                    position=task.position,
                    action=task.action,
                    title=dict(task.title),
                    body=dict(task.body),
                    kinds=list(task.kinds),
                    required=task.required,
                    deadline=deadline,
                )
            )
        record(
            session, "manual.copy", fair_id=fair_id, thing_id=fair_id, actor=actor, now=now, label=fair.code,
            source=source.code,
        )  # fmt: skip


def _lock_empty(session: Session, fair_id: int) -> Fair:
    # The fair's row is the lock: two organizers who begin at once would have every task twice.
    fair = session.scalars(sa.select(Fair).where(Fair.id == fair_id).with_for_update()).one()
    for part in (ManualSection, ManualTask):
        if session.scalar(sa.select(sa.func.count()).select_from(part).where(part.fair_id == fair_id)):
            raise ManualNotEmpty()
    return fair


def _copy(session: Session, file: StoredFile, fair_id: int, now: datetime) -> StoredFile:
    return files.store(
        session, files.read(file), name=file.name, content_type=file.content_type, fair_id=fair_id, now=now
    )
