"""Writing the manual: sections and tasks, their order, and its settings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fairapp.audit.service import ActorLike, record
from fairapp.database import count_changed, transaction
from fairapp.errors import FairError, NotFound
from fairapp.fairs.models import Fair
from fairapp.files import service as files
from fairapp.files import sniffing
from fairapp.manual.actions import TaskAction
from fairapp.manual.models import ManualSection, ManualTask

Part = TypeVar("Part", ManualSection, ManualTask)
ACCEPTED = frozenset({sniffing.PDF, *sniffing.IMAGES.values()})


class SettingsChanged(FairError):
    """Somebody else saved the settings of the fair in the meantime."""

    code = "settings_changed"


@dataclass(frozen=True, kw_only=True)
class SectionData:
    """What a section says."""

    title: Mapping[str, str]
    body: Mapping[str, str]
    kinds: Sequence[str]
    upload: tuple[str, bytes] | None = None
    """Name and content of a new file."""
    drops_file: bool = False


@dataclass(frozen=True, kw_only=True)
class TaskData:
    """What a task asks for."""

    title: Mapping[str, str]
    body: Mapping[str, str]
    kinds: Sequence[str]
    action: TaskAction
    deadline: datetime
    required: bool
    section_id: str
    """Public id; empty for none."""


def save_section(
    fair_id: int, public_id: str | None, data: SectionData, *, actor: ActorLike, now: datetime
) -> ManualSection:
    """Add a section to the end of the manual, or change one."""
    with transaction() as session:
        if public_id is None:
            section = ManualSection(fair_id=fair_id, position=_next_position(session, ManualSection, fair_id))
            session.add(section)
        else:
            section = _get(session, ManualSection, fair_id, public_id)
        section.title, section.body, section.kinds = dict(data.title), dict(data.body), list(data.kinds)
        if data.upload is not None:
            name, content = data.upload
            section.file = files.store_upload(session, content, name=name, accepted=ACCEPTED, fair_id=fair_id, now=now)
        elif data.drops_file:
            section.file = None
        session.flush()
        _note(session, "manual_section", section, new=public_id is None, actor=actor, now=now)
    return section


def save_task(fair_id: int, public_id: str | None, data: TaskData, *, actor: ActorLike, now: datetime) -> ManualTask:
    """Add a task to the end of the list, or change one."""
    with transaction() as session:
        section = _get(session, ManualSection, fair_id, data.section_id) if data.section_id else None
        if public_id is None:
            task = ManualTask(fair_id=fair_id, position=_next_position(session, ManualTask, fair_id))
        else:
            task = _get(session, ManualTask, fair_id, public_id)
        task.title, task.body, task.kinds = dict(data.title), dict(data.body), list(data.kinds)
        task.action, task.deadline, task.required = data.action, data.deadline, data.required
        task.section_id = section.id if section else None
        session.add(task)
        session.flush()
        _note(session, "manual_task", task, new=public_id is None, actor=actor, now=now)
    return task


def move_section(fair_id: int, public_id: str, *, up: bool) -> None:
    """Move a section one place towards the beginning or the end."""
    _move(ManualSection, fair_id, public_id, up=up)


def move_task(fair_id: int, public_id: str, *, up: bool) -> None:
    """Move a task one place towards the beginning or the end."""
    _move(ManualTask, fair_id, public_id, up=up)


def remove_section(fair_id: int, public_id: str, *, actor: ActorLike, now: datetime) -> None:
    """Take a section out of the manual; its tasks stay."""
    with transaction() as session:
        section = _get(session, ManualSection, fair_id, public_id)
        session.execute(sa.update(ManualTask).where(ManualTask.section_id == section.id).values(section_id=None))
        _record(session, "manual_section.remove", section, actor=actor, now=now)
        session.expire(section, ["tasks"])
        session.delete(section)


def remove_task(fair_id: int, public_id: str, *, actor: ActorLike, now: datetime) -> None:
    """Take a task out of the manual, with what exhibitors answered."""
    with transaction() as session:
        task = _get(session, ManualTask, fair_id, public_id)
        _record(session, "manual_task.remove", task, actor=actor, now=now)
        session.delete(task)


def set_settings(
    fair_id: int,
    *,
    version: int,
    fascia_freeze_at: datetime | None,
    catalogue_freeze_at: datetime | None,
    reminders: Sequence[int],
    actor: ActorLike,
    now: datetime,
) -> None:
    """Set when fascia names and the catalogue freeze, and when exhibitors are reminded."""
    with transaction() as session:
        changed = count_changed(
            session,
            sa.update(Fair)
            .where(Fair.id == fair_id, Fair.version == version)
            .values(
                fascia_freeze_at=fascia_freeze_at,
                catalogue_freeze_at=catalogue_freeze_at,
                task_reminders=list(reminders),
                version=Fair.version + 1,
            ),
        )
        if not changed:
            raise SettingsChanged()
        fair = session.get_one(Fair, fair_id)
        record(session, "fair.set_manual", fair_id=fair_id, thing_id=fair_id, actor=actor, now=now, label=fair.code)


def _next_position(session: Session, part: type[Part], fair_id: int) -> int:
    highest = session.scalar(sa.select(sa.func.max(part.position)).where(part.fair_id == fair_id))
    return (highest or 0) + 1


def _get(session: Session, part: type[Part], fair_id: int, public_id: str) -> Part:
    row = session.scalar(sa.select(part).where(part.fair_id == fair_id, part.public_id == public_id).with_for_update())
    if row is None:
        raise NotFound()
    return row


def _move(part: type[Part], fair_id: int, public_id: str, *, up: bool) -> None:
    with transaction() as session:
        rows = list(
            session.scalars(
                sa.select(part).where(part.fair_id == fair_id).order_by(part.position, part.id).with_for_update()
            )
        )
        here = next((number for number, row in enumerate(rows) if row.public_id == public_id), None)
        if here is None:
            raise NotFound()
        there = here - 1 if up else here + 1
        if 0 <= there < len(rows):
            rows[here], rows[there] = rows[there], rows[here]
        for number, row in enumerate(rows, start=1):
            row.position = number


def _note(
    session: Session, thing: str, part: ManualSection | ManualTask, *, new: bool, actor: ActorLike, now: datetime
) -> None:
    _record(session, f"{thing}.{'add' if new else 'update'}", part, actor=actor, now=now)


def _record(
    session: Session, action: str, part: ManualSection | ManualTask, *, actor: ActorLike, now: datetime
) -> None:
    label = next((text for code in ("en", "vi", "ja", "ko") if (text := part.title.get(code))), "")
    record(session, action, fair_id=part.fair_id, thing_id=part.id, actor=actor, now=now, label=label)
