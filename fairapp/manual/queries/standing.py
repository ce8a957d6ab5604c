"""How far exhibitors are: the same number of queries for one exhibitor or for all of a fair."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from fairapp.booths.models import Allocation, Booth, Hall
from fairapp.database import db
from fairapp.enterprises.models import Capability, CapabilityKind, Enterprise
from fairapp.exhibitors.models import Exhibitor, ExhibitorStaff
from fairapp.exhibitors.people import StaffKind
from fairapp.fairs.models import Fair
from fairapp.fees.models import Order, Payment, PaymentRequest
from fairapp.manual.actions import TaskAction
from fairapp.manual.board import Row
from fairapp.manual.kinds import concerns, kinds_of
from fairapp.manual.models import ManualTask, TaskAnswer
from fairapp.manual.progress import Answer, Facts, deadline_for, judge
from fairapp.manual.queries.profiles import percents

NOTHING = Answer()


def kinds_of_exhibitor(exhibitor: Exhibitor) -> frozenset[str]:
    """Return the kinds of an exhibitor, for which parts of the manual are written."""
    return frozenset(
        kinds_of(
            booth_type=exhibitor.booth_type,
            is_co_exhibitor=exhibitor.main_exhibitor_id is not None,
            in_pavilion=exhibitor.pavilion_id is not None,
        )
    )


def board(fair: Fair, tasks: Sequence[ManualTask], *, now: datetime, exhibitor_id: int | None = None) -> list[Row]:
    """Return where every exhibitor that takes part stands with ``tasks``, or one of them."""
    # A profile is many rows: they are read only where a task asks for it.
    with_profile = any(task.action is TaskAction.PROFILE for task in tasks)
    exhibitors = _exhibitors(fair.id, exhibitor_id)
    facts = _facts(fair.id, exhibitors, exhibitor_id, with_profile=with_profile)
    answers = _answers(fair.id, exhibitor_id)
    places = _places(fair.id, exhibitor_id)
    zone = ZoneInfo(fair.timezone)
    rows = []
    for one in exhibitors:
        kinds = kinds_of_exhibitor(one)
        standings = {
            task.id: judge(
                task.action,
                deadline=deadline_for(task.deadline, accepted_at=one.accepted_at),
                required=task.required,
                facts=facts[one.id],
                answer=answers.get((task.id, one.id), NOTHING),
                now=now,
                zone=zone,
            )
            for task in tasks
            if concerns(task.kinds, kinds)
        }
        rows.append(
            Row(
                exhibitor_id=one.id,
                public_id=one.public_id,
                enterprise_id=one.enterprise_id,
                name=one.enterprise.short_name or one.enterprise.legal_name,
                language=one.language,
                kinds=kinds,
                booths=tuple(booth for booth, _hall in places[one.id]),
                halls=frozenset(hall for _booth, hall in places[one.id]),
                standings=standings,
                search_text=f"{one.enterprise.search_text} {one.search_text}",
            )
        )
    return rows


def owed(fair_id: int) -> dict[int, int]:
    """Return what each exhibitor was asked for and has not paid, in whole đồng; negative where it paid too much."""
    paid = _paid(fair_id, None)
    return {
        exhibitor: amount - int(paid.get(exhibitor) or 0)
        for exhibitor, (_count, amount) in _payments_asked(fair_id, None).items()
    }


def list_answers(task_id: int) -> Sequence[TaskAnswer]:
    """Return what exhibitors answered to a task, with their files."""
    return db.session.scalars(
        sa.select(TaskAnswer)
        .join(TaskAnswer.exhibitor)
        .join(Exhibitor.enterprise)
        .where(TaskAnswer.task_id == task_id)
        .options(joinedload(TaskAnswer.file), joinedload(TaskAnswer.exhibitor).joinedload(Exhibitor.enterprise))
        .order_by(Enterprise.search_text, TaskAnswer.id)
    ).all()


def answers_of(exhibitor_id: int) -> dict[int, TaskAnswer]:
    """Return the answers of an exhibitor by task."""
    rows = db.session.scalars(
        sa.select(TaskAnswer).where(TaskAnswer.exhibitor_id == exhibitor_id).options(joinedload(TaskAnswer.file))
    )
    return {answer.task_id: answer for answer in rows}


def find_answer(task_id: int, exhibitor_id: int) -> TaskAnswer | None:
    """Return what an exhibitor answered to a task."""
    return db.session.scalar(
        sa.select(TaskAnswer)
        .where(TaskAnswer.task_id == task_id, TaskAnswer.exhibitor_id == exhibitor_id)
        .options(joinedload(TaskAnswer.file))
    )


def _exhibitors(fair_id: int, exhibitor_id: int | None) -> Sequence[Exhibitor]:
    statement = (
        sa.select(Exhibitor)
        .join(Exhibitor.enterprise)
        .where(Exhibitor.fair_id == fair_id, Exhibitor.withdrawn_at.is_(None))
        .options(joinedload(Exhibitor.enterprise))
        .order_by(Enterprise.search_text, Exhibitor.id)
    )
    if exhibitor_id is not None:
        statement = statement.where(Exhibitor.id == exhibitor_id)
    return db.session.scalars(statement).all()


def _answers(fair_id: int, exhibitor_id: int | None) -> dict[tuple[int, int], Answer]:
    statement = (
        sa.select(
            TaskAnswer.task_id,
            TaskAnswer.exhibitor_id,
            TaskAnswer.answered_at,
            TaskAnswer.returned_reason,
            TaskAnswer.waived_at,
        )
        .join(TaskAnswer.task)
        .where(ManualTask.fair_id == fair_id)
    )
    if exhibitor_id is not None:
        statement = statement.where(TaskAnswer.exhibitor_id == exhibitor_id)
    return {
        (task, exhibitor): Answer(answered_at=answered, returned=bool(reason), waived=waived is not None)
        for task, exhibitor, answered, reason, waived in db.session.execute(statement)
    }


def _places(fair_id: int, exhibitor_id: int | None) -> dict[int, list[tuple[str, str]]]:
    statement = (
        sa.select(Allocation.exhibitor_id, Booth.code, Hall.code)
        .join(Allocation.booth)
        .join(Booth.hall)
        .where(Booth.fair_id == fair_id)
        .order_by(Booth.code)
    )
    if exhibitor_id is not None:
        statement = statement.where(Allocation.exhibitor_id == exhibitor_id)
    places: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for exhibitor, booth, hall in db.session.execute(statement):
        places[exhibitor].append((booth, hall))
    return places


def _facts(
    fair_id: int, exhibitors: Sequence[Exhibitor], exhibitor_id: int | None, *, with_profile: bool
) -> dict[int, Facts]:
    certificates = _certificates(fair_id, exhibitor_id)
    profiles = percents(fair_id, exhibitors, exhibitor_id) if with_profile else {}
    staff = _staff(fair_id, exhibitor_id)
    orders = dict(
        _pairs(
            sa.select(Order.exhibitor_id, sa.func.count())
            .where(Order.fair_id == fair_id, Order.cancelled_at.is_(None))
            .group_by(Order.exhibitor_id),
            Order.exhibitor_id,
            exhibitor_id,
        )
    )
    asked = _payments_asked(fair_id, exhibitor_id)
    paid = _paid(fair_id, exhibitor_id)
    return {
        one.id: Facts(
            fascia_name=one.fascia_name,
            profile_percent=profiles.get(one.id, 0),
            has_catalogue_text=all((one.enterprise.summary or {}).get(code) for code in ("vi", "en")),
            certificates=certificates.get(one.enterprise_id, (0, 0))[0],
            certificates_without_file=certificates.get(one.enterprise_id, (0, 0))[1],
            staff=staff[one.id][0],
            contractors=staff[one.id][1],
            orders=orders.get(one.id, 0),
            payments_asked=asked.get(one.id, (0, 0))[0],
            payments_owed=int(asked.get(one.id, (0, 0))[1]) - int(paid.get(one.id) or 0),
        )
        for one in exhibitors
    }


def _certificates(fair_id: int, exhibitor_id: int | None) -> dict[int, tuple[int, int]]:
    statement = (
        sa.select(
            Capability.enterprise_id,
            sa.func.count(),
            sa.func.sum(sa.case((Capability.file_id.is_(None), 1), else_=0)),
        )
        .join(Exhibitor, Exhibitor.enterprise_id == Capability.enterprise_id)
        .where(Exhibitor.fair_id == fair_id, Capability.kind == CapabilityKind.CERTIFICATE)
        .group_by(Capability.enterprise_id)
    )
    if exhibitor_id is not None:
        statement = statement.where(Exhibitor.id == exhibitor_id)
    return {enterprise: (count, int(missing)) for enterprise, count, missing in db.session.execute(statement)}


def _staff(fair_id: int, exhibitor_id: int | None) -> dict[int, tuple[int, int]]:
    is_contractor = ExhibitorStaff.kind == StaffKind.CONTRACTOR
    statement = (
        sa.select(
            ExhibitorStaff.exhibitor_id,
            sa.func.sum(sa.case((is_contractor, 0), else_=1)),
            sa.func.sum(sa.case((is_contractor, 1), else_=0)),
        )
        .where(ExhibitorStaff.fair_id == fair_id, ExhibitorStaff.removed_at.is_(None))
        .group_by(ExhibitorStaff.exhibitor_id)
    )
    if exhibitor_id is not None:
        statement = statement.where(ExhibitorStaff.exhibitor_id == exhibitor_id)
    counts: dict[int, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for exhibitor, staff, contractors in db.session.execute(statement):
        counts[exhibitor] = (int(staff), int(contractors))
    return counts


def _payments_asked(fair_id: int, exhibitor_id: int | None) -> dict[int, tuple[int, int]]:
    statement = (
        sa.select(PaymentRequest.exhibitor_id, sa.func.count(), sa.func.sum(PaymentRequest.amount))
        .where(
            PaymentRequest.fair_id == fair_id,
            PaymentRequest.withdrawn_at.is_(None),
            PaymentRequest.exhibitor_id.is_not(None),
        )
        .group_by(PaymentRequest.exhibitor_id)
    )
    if exhibitor_id is not None:
        statement = statement.where(PaymentRequest.exhibitor_id == exhibitor_id)
    rows = db.session.execute(statement)
    return {exhibitor: (count, int(amount)) for exhibitor, count, amount in rows if exhibitor is not None}


def _paid(fair_id: int, exhibitor_id: int | None) -> dict[int, int]:
    statement = (
        sa.select(Payment.exhibitor_id, sa.func.sum(Payment.amount))
        .where(Payment.fair_id == fair_id, Payment.reversed_at.is_(None), Payment.exhibitor_id.is_not(None))
        .group_by(Payment.exhibitor_id)
    )
    return dict(_pairs(statement, Payment.exhibitor_id, exhibitor_id))


def _pairs(statement: Any, column: Any, exhibitor_id: int | None) -> list[tuple[int, Any]]:
    if exhibitor_id is not None:
        statement = statement.where(column == exhibitor_id)
    return [(exhibitor, value) for exhibitor, value in db.session.execute(statement)]
