"""Jobs of the manual: reminders that go out by themselves, and the files of a task in one archive."""

import io
import zipfile
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePath
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from fairapp.database import add_once, db, transaction
from fairapp.errors import FairError
from fairapp.exhibitors.models import Exhibitor
from fairapp.fairs.models import Fair
from fairapp.files import service as files
from fairapp.jobs.registry import Done, Task, daily, handles
from fairapp.mail import service as mail
from fairapp.manual.board import Row
from fairapp.manual.models import ManualTask, TaskReminder
from fairapp.manual.queries import standing, writing
from fairapp.manual.reminders import is_due, stage_of
from fairapp.manual.service.answering import is_over
from fairapp.web import clock

FILES = "manual.files"


@dataclass(frozen=True, kw_only=True)
class _Asked:
    """A task apart from its row, which every transaction would read again."""

    id: int
    title: dict[str, str]
    deadline: datetime
    position: int
    required: bool

    @classmethod
    def of(cls, task: ManualTask) -> "_Asked":
        return cls(
            id=task.id, title=dict(task.title), deadline=task.deadline, position=task.position, required=task.required
        )


@daily("manual.remind")
def remind(task: Task) -> Done:
    """Write one mail to each exhibitor with a deadline near or just passed, listing what it has open."""
    now = clock.now()
    fairs = db.session.scalars(
        sa.select(Fair).where(sa.select(ManualTask.id).where(ManualTask.fair_id == Fair.id).exists()).order_by(Fair.id)
    ).all()
    return Done(outcome={"mails": sum(_remind_fair(fair, now, task) for fair in fairs if not is_over(fair, now))})


def _remind_fair(fair: Fair, now: datetime, job: Task) -> int:
    if not fair.task_reminders:
        return 0
    rows_of_tasks = writing.list_tasks(fair.id)
    rows = standing.board(fair, rows_of_tasks, now=now)
    tasks = {one.id: _Asked.of(one) for one in rows_of_tasks}
    sent = _sent(fair.id)
    zone, chosen, fair_id = ZoneInfo(fair.timezone), set(fair.task_reminders), fair.id
    count = 0
    for place, row in enumerate(rows, start=1):
        open_tasks = sorted(
            (
                replace(tasks[number], deadline=one.deadline)
                for number, one in row.standings.items()
                if one.is_open and tasks[number].required
            ),
            key=lambda one: (one.deadline, one.position),
        )
        due = {
            one.id: stage
            for one in open_tasks
            if is_due(one.deadline, chosen=chosen, sent=sent.get((row.exhibitor_id, one.id), ()), now=now, zone=zone)
            and (stage := stage_of(one.deadline, now=now, zone=zone)) is not None
        }
        if due:
            listed = [
                {
                    "title": one.title,
                    "deadline": one.deadline.astimezone(zone).date().isoformat(),
                    "late": row.standings[one.id].late,
                }
                for one in open_tasks
            ]
            count += _remind_exhibitor(fair_id, row, due, listed, now)
        if place % 50 == 0:
            job.progress(place, len(rows))
    return count


def _sent(fair_id: int) -> dict[tuple[int, int], set[int]]:
    found: dict[tuple[int, int], set[int]] = {}
    rows = db.session.execute(
        sa.select(TaskReminder.exhibitor_id, TaskReminder.task_id, TaskReminder.days_before)
        .join(ManualTask, ManualTask.id == TaskReminder.task_id)
        .where(ManualTask.fair_id == fair_id)
    )
    for exhibitor, task, days in rows:
        found.setdefault((exhibitor, task), set()).add(days)
    return found


def _remind_exhibitor(
    fair_id: int, row: Row, due: dict[int, int], listed: list[dict[str, object]], now: datetime
) -> int:
    try:
        with transaction() as session:
            exhibitor, fair = session.get(Exhibitor, row.exhibitor_id), session.get_one(Fair, fair_id)
            if exhibitor is None or exhibitor.withdrawn_at is not None or not exhibitor.contact_email:
                return 0
            for task_id, days in due.items():
                reminder = TaskReminder(task_id=task_id, exhibitor_id=exhibitor.id, days_before=days, sent_at=now)
                add_once(session, reminder, FairError())
            mail.queue(
                session,
                "task_reminder",
                to=exhibitor.contact_email,
                to_name=exhibitor.contact_name,
                language=exhibitor.language,
                context={
                    "name": exhibitor.contact_name,
                    "enterprise": exhibitor.enterprise.legal_name,
                    "fair_name": dict(fair.name),
                    "fair_code": fair.code,
                    "tasks": listed,
                },
                now=now,
                fair_id=fair.id,
                enterprise_id=exhibitor.enterprise_id,
                reply_to=fair.contact_email,
            )
    except FairError:  # another run was quicker
        return 0
    return 1


@handles(FILES)
def pack_files(task: Task) -> Done:
    """Put every file that exhibitors sent for a task into one archive, named by enterprise."""
    now = clock.now()
    wanted = db.session.get(ManualTask, task.payload["task_id"])
    if wanted is None or wanted.fair_id != task.fair_id:
        return Done(outcome={"files": 0})
    answers = [answer for answer in standing.list_answers(wanted.id) if answer.file is not None]
    if not answers:
        return Done(outcome={"files": 0})
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for number, answer in enumerate(answers, start=1):
            file, enterprise = answer.file, answer.exhibitor.enterprise
            if file is not None:
                plain = (enterprise.short_name or enterprise.legal_name).replace("/", "-")
                name = f"{number:03}-{plain}{PurePath(file.name).suffix}"
                archive.writestr(name, files.read(file))
    with transaction() as session:
        stored = files.store(
            session,
            target.getvalue(),
            name=f"{wanted.public_id}.zip",
            content_type="application/zip",
            fair_id=task.fair_id,
            now=now,
        )
        file_id = stored.id
    return Done(outcome={"files": len(answers)}, file_id=file_id)
