"""What exhibitors answer, and what the organizer says of it."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fairapp.audit.service import ActorLike, record
from fairapp.database import retried, transaction
from fairapp.errors import FairError, NotFound
from fairapp.exhibitors.models import Exhibitor
from fairapp.fairs.models import Fair
from fairapp.files import service as files
from fairapp.files import sniffing
from fairapp.mail import service as mail
from fairapp.manual.actions import ANSWERED, TaskAction, may_answer
from fairapp.manual.kinds import concerns
from fairapp.manual.models import ManualTask, TaskAnswer
from fairapp.manual.queries.standing import kinds_of_exhibitor

ACCEPTED = frozenset({sniffing.PDF, *sniffing.IMAGES.values()})


class ManualClosed(FairError):
    """The fair is over: nothing can be answered any more."""

    code = "manual_closed"


class DoneElsewhere(FairError):
    """A task that is seen in what the exhibitor does on another page."""

    code = "task_done_elsewhere"


class AnswerIncomplete(FairError):
    """A text or a file is missing."""

    code = "answer_incomplete"


class NothingToReturn(FairError):
    """There is no answer that could be sent back, or it has been sent back already."""

    code = "nothing_to_return"


@retried
def answer(
    fair_id: int,
    exhibitor_id: int,
    task_id: str,
    *,
    text: str = "",
    upload: tuple[str, bytes] | None = None,
    actor: ActorLike,
    now: datetime,
) -> TaskAnswer:
    """Answer a task, or answer it anew; also after its deadline, until the fair is over."""
    with transaction() as session:
        task, exhibitor = _load(session, fair_id, exhibitor_id, task_id)
        _check_open(session.get_one(Fair, fair_id), now)
        row = _row(session, task, exhibitor)
        if exhibitor.withdrawn_at is not None or not may_answer(task.action, returned=bool(row.returned_reason)):
            raise DoneElsewhere()
        if task.action is TaskAction.TEXT and not text.strip():
            raise AnswerIncomplete()
        if task.action is TaskAction.UPLOAD and upload is None and row.file_id is None:
            raise AnswerIncomplete()
        if upload is not None:
            name, content = upload
            row.file = files.store_upload(session, content, name=name, accepted=ACCEPTED, fair_id=fair_id, now=now)
        row.text, row.answered_by, row.answered_at = text.strip(), actor.name, now
        row.returned_reason, row.waived_at = "", None
        _note(session, "task_answer.answer", task, exhibitor, actor=actor, now=now)
    return row


@retried
def return_answer(
    fair_id: int, exhibitor_id: int, task_id: str, reason: str, *, actor: ActorLike, now: datetime
) -> None:
    """Send an answer back with a reason; the exhibitor is told by mail."""
    with transaction() as session:
        task, exhibitor = _load(session, fair_id, exhibitor_id, task_id)
        row = _row(session, task, exhibitor)
        if row.returned_reason or (task.action in ANSWERED and row.answered_at is None):
            raise NothingToReturn()
        row.returned_reason, row.waived_at = reason.strip(), None
        fair = session.get_one(Fair, fair_id)
        mail.queue(
            session,
            "task_returned",
            to=exhibitor.contact_email,
            to_name=exhibitor.contact_name,
            language=exhibitor.language,
            context={
                "name": exhibitor.contact_name,
                "enterprise": exhibitor.enterprise.legal_name,
                "fair_name": dict(fair.name),
                "fair_code": fair.code,
                "task": dict(task.title),
                "reason": row.returned_reason,
            },
            now=now,
            fair_id=fair_id,
            enterprise_id=exhibitor.enterprise_id,
            reply_to=fair.contact_email,
        )
        _note(session, "task_answer.return", task, exhibitor, actor=actor, now=now, reason=row.returned_reason)


def take_back_return(fair_id: int, exhibitor_id: int, task_id: str, *, actor: ActorLike, now: datetime) -> None:
    """Let an answer stand again that was sent back; the mail stays in the outbox if it has not gone yet."""
    with transaction() as session:
        task, exhibitor = _load(session, fair_id, exhibitor_id, task_id)
        row = _row(session, task, exhibitor)
        if not row.returned_reason:
            raise NothingToReturn()
        row.returned_reason = ""
        mail.keep_back(session, "task_returned", fair_id=fair_id, enterprise_id=exhibitor.enterprise_id)
        _note(session, "task_answer.accept", task, exhibitor, actor=actor, now=now)


@retried
def waive(fair_id: int, exhibitor_id: int, task_id: str, *, actor: ActorLike, now: datetime) -> None:
    """Let an exhibitor off a task."""
    with transaction() as session:
        task, exhibitor = _load(session, fair_id, exhibitor_id, task_id)
        row = _row(session, task, exhibitor)
        if row.waived_at is None:
            row.waived_at = now
            _note(session, "task_answer.waive", task, exhibitor, actor=actor, now=now)


def ask_again(fair_id: int, exhibitor_id: int, task_id: str, *, actor: ActorLike, now: datetime) -> None:
    """Ask an exhibitor for a task again that it was let off."""
    with transaction() as session:
        task, exhibitor = _load(session, fair_id, exhibitor_id, task_id)
        row = _row(session, task, exhibitor)
        if row.waived_at is not None:
            row.waived_at = None
            _note(session, "task_answer.ask", task, exhibitor, actor=actor, now=now)


def is_over(fair: Fair, now: datetime) -> bool:
    """Whether the last day of a fair has passed, in its zone."""
    return now > datetime.combine(fair.ends_on, time(23, 59, 59), ZoneInfo(fair.timezone))


def _check_open(fair: Fair, now: datetime) -> None:
    if is_over(fair, now):
        raise ManualClosed()


def _load(session: Session, fair_id: int, exhibitor_id: int, task_id: str) -> tuple[ManualTask, Exhibitor]:
    task = session.scalar(sa.select(ManualTask).where(ManualTask.fair_id == fair_id, ManualTask.public_id == task_id))
    exhibitor = session.scalar(sa.select(Exhibitor).where(Exhibitor.fair_id == fair_id, Exhibitor.id == exhibitor_id))
    if task is None or exhibitor is None or not concerns(task.kinds, kinds_of_exhibitor(exhibitor)):
        raise NotFound()
    return task, exhibitor


def _row(session: Session, task: ManualTask, exhibitor: Exhibitor) -> TaskAnswer:
    row = session.scalar(
        sa.select(TaskAnswer)
        .where(TaskAnswer.task_id == task.id, TaskAnswer.exhibitor_id == exhibitor.id)
        .with_for_update()
    )
    if row is None:
        row = TaskAnswer(task_id=task.id, exhibitor_id=exhibitor.id, text="", returned_reason="")
        session.add(row)
        session.flush()
    return row


def _note(
    session: Session, action: str, task: ManualTask, exhibitor: Exhibitor, *, actor: ActorLike, now: datetime,
    **facts: str,
) -> None:  # fmt: skip
    title = next((text for code in ("en", "vi", "ja", "ko") if (text := task.title.get(code))), "")
    record(
        session,
        action,
        fair_id=task.fair_id,
        thing_id=exhibitor.id,
        actor=actor,
        now=now,
        label=exhibitor.enterprise.legal_name,
        task=title,
        **facts,
    )
