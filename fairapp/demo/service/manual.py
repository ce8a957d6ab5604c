"""The demo fair's exhibitor manual: the standard one, with answers in every state."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from fairapp.database import transaction
from fairapp.exhibitors.models import Exhibitor
from fairapp.fairs.models import Fair
from fairapp.files import service as files
from fairapp.manual import dates
from fairapp.manual.actions import TaskAction
from fairapp.manual.kinds import concerns
from fairapp.manual.models import ManualTask, TaskAnswer
from fairapp.manual.queries.standing import kinds_of_exhibitor
from fairapp.manual.service.starting import write_standard

RETURNED = "Sơ đồ chưa ghi công suất của máy phay CNC. Vui lòng bổ sung. (giả lập)"
HEAVY = "Máy phay CNC, 2,2 × 2,0 × 2,4 m, 4,8 tấn, đến lúc 08:00 (giả lập)"


def furnish(fair_id: int, *, now: datetime) -> None:
    """Write the standard manual and what exhibitors answered; two tasks are due soon, one is late."""
    with transaction() as session:
        fair = session.get_one(Fair, fair_id)
        zone = ZoneInfo(fair.timezone)
        fair.fascia_freeze_at = dates.before_opening(fair.starts_on, days=14, zone=zone)
        fair.catalogue_freeze_at = dates.before_opening(fair.starts_on, days=10, zone=zone)
        tasks = write_standard(session, fair)
        _bring_near(tasks, now)
        exhibitors = session.scalars(
            sa.select(Exhibitor).where(Exhibitor.fair_id == fair_id).order_by(Exhibitor.id)
        ).all()
        plan = files.store(session, _plan(), name="so-do-dien.png", content_type="image/png", fair_id=fair_id, now=now)
        for number, exhibitor in enumerate(exhibitors):
            kinds = kinds_of_exhibitor(exhibitor)
            for task in tasks:
                if concerns(task.kinds, kinds):
                    session.add_all(_answers(task, exhibitor, number, plan.id, now))


def _bring_near(tasks: list[ManualTask], now: datetime) -> None:
    """Let one deadline be past and two be near, whenever the demo is made."""
    by_action = {task.action: task for task in tasks}
    for action, days in ((TaskAction.PROFILE, -3), (TaskAction.CONFIRM, 2), (TaskAction.TEXT, 5)):
        by_action[action].deadline = min(by_action[action].deadline, now + timedelta(days=days))


def _answers(task: ManualTask, exhibitor: Exhibitor, number: int, plan_id: int, now: datetime) -> list[TaskAnswer]:
    days = number % 9
    given = {
        "task_id": task.id,
        "exhibitor_id": exhibitor.id,
        "answered_by": exhibitor.contact_name,
        "answered_at": now - timedelta(days=days + 1, hours=number % 5),
    }
    if task.action is TaskAction.CONFIRM and number % 3:
        return [TaskAnswer(**given)]
    if task.action is TaskAction.TEXT and number % 4 == 1:
        return [TaskAnswer(**given, text=HEAVY)]
    if task.action is TaskAction.UPLOAD and number % 2:
        returned = RETURNED if number % 4 == 3 else ""
        return [TaskAnswer(**given, file_id=plan_id, returned_reason=returned)]
    if task.action is TaskAction.PROFILE and number % 10 == 7:
        return [TaskAnswer(task_id=task.id, exhibitor_id=exhibitor.id, waived_at=now)]
    return []


def _plan() -> bytes:
    """Return a small drawing that stands for a power plan."""
    import io

    from PIL import Image, ImageDraw  # the service itself only reads pictures

    picture = Image.new("RGB", (480, 320), "#fffefb")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((40, 40, 440, 280), outline="#1f1c17", width=3)
    for left, top in ((80, 80), (240, 80), (360, 200)):
        pen.ellipse((left, top, left + 28, top + 28), outline="#0b6e4f", width=3)
        pen.line((left + 14, top + 28, left + 14, 280), fill="#0b6e4f", width=2)
    target = io.BytesIO()
    picture.save(target, "PNG")
    return target.getvalue()
