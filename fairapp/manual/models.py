"""The exhibitor manual: what exhibitors must know and do, until when, and who has done it."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from fairapp.database import Json, Model, PublicId, Translated, UtcDateTime, enum_type
from fairapp.exhibitors.models import Exhibitor
from fairapp.files.models import StoredFile
from fairapp.manual.actions import TaskAction


class ManualSection(PublicId, Model):
    """A part of the manual to be read."""

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    title: Mapped[dict[str, str]] = mapped_column(Translated)
    body: Mapped[dict[str, str]] = mapped_column(Translated, default=dict)
    """Plain text: empty lines part paragraphs, lines that begin with a hyphen are a list."""
    kinds: Mapped[list[str]] = mapped_column(Json, default=list)
    """The kinds of exhibitors that it is for, of ``manual.kinds``; none means all."""
    file_id: Mapped[int | None] = mapped_column(sa.ForeignKey("stored_file.id"))

    file: Mapped[StoredFile | None] = relationship()
    tasks: Mapped[list["ManualTask"]] = relationship(back_populates="section", order_by="ManualTask.position")


class ManualTask(PublicId, Model):
    """Something that exhibitors must do until a deadline."""

    id: Mapped[int] = mapped_column(primary_key=True)
    fair_id: Mapped[int] = mapped_column(sa.ForeignKey("fair.id", ondelete="CASCADE"), index=True)
    section_id: Mapped[int | None] = mapped_column(sa.ForeignKey("manual_section.id", ondelete="SET NULL"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    action: Mapped[TaskAction] = mapped_column(enum_type(TaskAction))
    title: Mapped[dict[str, str]] = mapped_column(Translated)
    body: Mapped[dict[str, str]] = mapped_column(Translated, default=dict)
    deadline: Mapped[datetime] = mapped_column(UtcDateTime)
    kinds: Mapped[list[str]] = mapped_column(Json, default=list)
    """The kinds of exhibitors that it is for, of ``manual.kinds``; none means all."""
    required: Mapped[bool] = mapped_column(default=True)

    section: Mapped[ManualSection | None] = relationship(back_populates="tasks")


class TaskAnswer(PublicId, Model):
    """What an exhibitor did for a task that is done here, or what the organizer said of it."""

    __table_args__ = (sa.UniqueConstraint("task_id", "exhibitor_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(sa.ForeignKey("manual_task.id", ondelete="CASCADE"), index=True)
    exhibitor_id: Mapped[int] = mapped_column(sa.ForeignKey("exhibitor.id", ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(sa.Text, default="")
    file_id: Mapped[int | None] = mapped_column(sa.ForeignKey("stored_file.id"))
    answered_by: Mapped[str] = mapped_column(sa.String(255), default="")
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    returned_reason: Mapped[str] = mapped_column(sa.Text, default="")
    """Why the organizer sent it back; empty if it was not."""
    waived_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    """When the organizer let the exhibitor off."""

    task: Mapped[ManualTask] = relationship()
    exhibitor: Mapped[Exhibitor] = relationship()
    file: Mapped[StoredFile | None] = relationship()


class TaskReminder(Model):
    """A reminder that went out, so that none goes out twice."""

    __table_args__ = (sa.UniqueConstraint("task_id", "exhibitor_id", "days_before"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(sa.ForeignKey("manual_task.id", ondelete="CASCADE"), index=True)
    exhibitor_id: Mapped[int] = mapped_column(sa.ForeignKey("exhibitor.id", ondelete="CASCADE"), index=True)
    days_before: Mapped[int]
    """7, 2, 1; -1 once the deadline has passed."""
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)
