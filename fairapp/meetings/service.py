"""Asking for meetings, answering, and scheduling what was agreed."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from fairapp.audit.service import ActorLike, record
from fairapp.database import add_once, count_changed, retried, transaction
from fairapp.errors import FairError, NotFound
from fairapp.exhibitors.models import Exhibitor
from fairapp.exhibitors.service.shared import ExhibitorWithdrawn
from fairapp.exhibitors.service.withdrawing import on_withdrawal
from fairapp.fairs.models import Fair
from fairapp.mail import service as mail
from fairapp.meetings.models import (
    Meeting,
    MeetingRequest,
    MeetingStatus,
    MeetingTable,
    RequestStatus,
    Side,
    Slot,
    Unavailability,
)
from fairapp.meetings.scheduling.answer import Answer
from fairapp.meetings.scheduling.problem import Match, Participant, Problem
from fairapp.meetings.scheduling.problem import Slot as GridSlot
from fairapp.meetings.scheduling.solving import solve
from fairapp.needs.models import Need
from fairapp.visitors.models import Buyer


class AlreadyRequested(FairError):
    """The two have a request already."""

    code = "already_requested"


class ScheduleRival(FairError):
    """Somebody else scheduled the meetings of this fair at the same moment."""

    code = "schedule_rival"


class RequestsClosed(FairError):
    """Requests are not taken any more."""

    code = "meeting_requests_closed"


class RequestAnswered(FairError):
    """The request is not open any more."""

    code = "request_answered"


class NotYoursToAnswer(FairError):
    """The side that asked cannot answer for the other."""

    code = "not_yours_to_answer"


MAILS = {RequestStatus.ACCEPTED: "meeting_accepted", RequestStatus.DECLINED: "meeting_declined"}


@dataclass(frozen=True, kw_only=True)
class Party:
    """One side of a meeting in a fair."""

    side: Side
    id: int


@retried
def request_meeting(
    fair_id: int,
    asking: Party,
    other_public_id: str,
    *,
    need_public_id: str | None = None,
    message: str = "",
    actor: ActorLike,
    now: datetime,
) -> MeetingRequest:
    """Ask a buyer or an exhibitor for a meeting, perhaps about a need."""
    with transaction() as session:
        fair = session.get_one(Fair, fair_id)
        if fair.meeting_requests_close_at is not None and now > fair.meeting_requests_close_at:
            raise RequestsClosed(at=fair.meeting_requests_close_at)
        need = _find_need(session, fair_id, need_public_id)
        buyer, exhibitor = _parties(session, fair_id, asking, other_public_id)
        if need is not None and need.buyer_id != buyer.id:
            raise NotFound()
        request = _find_ended(session, asking, buyer, exhibitor)
        if request is None:
            request = MeetingRequest(fair_id=fair_id, buyer_id=buyer.id, exhibitor_id=exhibitor.id)
        request.need_id, request.asked_by, request.message = need.id if need else None, asking.side, message
        request.status, request.answer, request.answered_at = RequestStatus.REQUESTED, "", None
        request.requested_at = now
        add_once(session, request, AlreadyRequested())
        _note(session, "meeting_request.request", request, buyer, exhibitor, actor=actor, now=now)
        _tell(session, "meeting_requested", fair, request, buyer, exhibitor, to=_other(asking.side), now=now)
    return request


def _find_ended(session: Session, asking: Party, buyer: Buyer, exhibitor: Exhibitor) -> MeetingRequest | None:
    """Return the request of two that may be made again: taken back, or declined by the side that now asks."""
    found = session.scalar(
        sa.select(MeetingRequest)
        .where(MeetingRequest.buyer_id == buyer.id, MeetingRequest.exhibitor_id == exhibitor.id)
        .with_for_update()
    )
    if found is None or found.status in (RequestStatus.WITHDRAWN, RequestStatus.EXPIRED):
        return found
    declined_by_asking = found.status is RequestStatus.DECLINED and found.asked_by is not asking.side
    return found if declined_by_asking else None


def _find_need(session: Session, fair_id: int, public_id: str | None) -> Need | None:
    if not public_id:
        return None
    need = session.scalar(sa.select(Need).where(Need.fair_id == fair_id, Need.public_id == public_id))
    if need is None:
        raise NotFound()
    return need


def _parties(session: Session, fair_id: int, asking: Party, other_public_id: str) -> tuple[Buyer, Exhibitor]:
    if asking.side is Side.BUYER:
        buyer = session.get(Buyer, asking.id)
        exhibitor = session.scalar(
            sa.select(Exhibitor).where(Exhibitor.fair_id == fair_id, Exhibitor.public_id == other_public_id)
        )
    else:
        exhibitor = session.get(Exhibitor, asking.id)
        buyer = session.scalar(sa.select(Buyer).where(Buyer.fair_id == fair_id, Buyer.public_id == other_public_id))
    if buyer is None or exhibitor is None or buyer.fair_id != fair_id or exhibitor.fair_id != fair_id:
        raise NotFound()
    if exhibitor.withdrawn_at is not None:
        raise ExhibitorWithdrawn(name=exhibitor.enterprise.legal_name)
    return buyer, exhibitor


def accept(fair_id: int, party: Party, public_id: str, *, actor: ActorLike, now: datetime) -> MeetingRequest:
    """Accept a request that the other side made."""
    return _answer(fair_id, party, public_id, RequestStatus.ACCEPTED, "", actor=actor, now=now)


def decline(
    fair_id: int, party: Party, public_id: str, reason: str, *, actor: ActorLike, now: datetime
) -> MeetingRequest:
    """Decline a request that the other side made."""
    return _answer(fair_id, party, public_id, RequestStatus.DECLINED, reason, actor=actor, now=now)


def _answer(
    fair_id: int,
    party: Party,
    public_id: str,
    status: RequestStatus,
    reason: str,
    *,
    actor: ActorLike,
    now: datetime,
) -> MeetingRequest:
    with transaction() as session:
        request = _lock(session, fair_id, party, public_id)
        if request.asked_by is party.side:
            raise NotYoursToAnswer()
        if request.status is not RequestStatus.REQUESTED:
            raise RequestAnswered()
        request.status, request.answer, request.answered_at = status, reason, now
        fair = session.get_one(Fair, fair_id)
        verb = "accept" if status is RequestStatus.ACCEPTED else "decline"
        buyer, exhibitor = request.buyer, request.exhibitor
        _note(session, f"meeting_request.{verb}", request, buyer, exhibitor, actor=actor, now=now)
        _tell(session, MAILS[status], fair, request, buyer, exhibitor, to=request.asked_by, now=now)
    return request


def withdraw(fair_id: int, party: Party, public_id: str, *, actor: ActorLike, now: datetime) -> MeetingRequest:
    """Take a request back, by the side that made it, before it is scheduled."""
    with transaction() as session:
        request = _lock(session, fair_id, party, public_id)
        if request.asked_by is not party.side:
            raise NotYoursToAnswer()
        if request.status not in (RequestStatus.REQUESTED, RequestStatus.ACCEPTED) or request.meeting:
            raise RequestAnswered()
        request.status, request.answered_at = RequestStatus.WITHDRAWN, now
        _note(
            session,
            "meeting_request.withdraw",
            request,
            request.buyer,
            request.exhibitor,
            actor=actor,
            now=now,
        )
    return request


def set_unavailable(
    fair_id: int, party: Party, slot_public_ids: Sequence[str], *, actor: ActorLike, now: datetime
) -> None:
    """Set the slots that a party cannot take."""
    with transaction() as session:
        column, chosen = _column(party), set(slot_public_ids)
        # Two people of one party, or one who clicks twice, take turns: each list replaces the one before.
        session.get_one(Buyer if party.side is Side.BUYER else Exhibitor, party.id, with_for_update=True)
        session.execute(sa.delete(Unavailability).where(getattr(Unavailability, column) == party.id))
        grid = session.execute(sa.select(Slot.id, Slot.public_id).where(Slot.fair_id == fair_id)).all()
        slots = [slot_id for slot_id, public_id in grid if public_id in chosen]
        for slot_id in slots:
            session.add(Unavailability(fair_id=fair_id, slot_id=slot_id, **{column: party.id}))
        record(
            session,
            "availability.set",
            fair_id=fair_id,
            thing_id=f"{party.side}:{party.id}",
            actor=actor,
            now=now,
            slots=len(slots),
        )


def schedule(fair_id: int, *, actor: ActorLike, now: datetime) -> Answer:
    """Place every accepted request that has no meeting yet; what was placed before does not move."""
    problem = read_problem(fair_id)
    answer = solve(problem)
    with transaction() as session:
        fixed = {match.id for match in problem.matches if match.fixed_slot is not None}
        fresh = [placement for placement in answer.placements if placement.match not in fixed]
        requests = {
            str(request.id): request
            for request in session.scalars(
                sa.select(MeetingRequest)
                .where(MeetingRequest.fair_id == fair_id, MeetingRequest.status == RequestStatus.ACCEPTED)
                .options(
                    joinedload(MeetingRequest.buyer).joinedload(Buyer.enterprise),
                    joinedload(MeetingRequest.exhibitor).joinedload(Exhibitor.enterprise),
                )
                .with_for_update(of=MeetingRequest)  # none is withdrawn between this look and its meeting
            )
        }
        people: dict[tuple[Side, int], MeetingRequest] = {}
        for placement in fresh:
            request = requests.get(placement.match)
            if request is None:
                continue  # withdrawn while the solver worked
            request.unscheduled_reason, request.unscheduled_facts = "", None
            meeting = Meeting(
                fair_id=fair_id,
                request_id=request.id,
                buyer_id=request.buyer_id,
                exhibitor_id=request.exhibitor_id,
                slot_id=int(placement.slot),
                table_id=int(placement.table),
                scheduled_at=now,
            )
            add_once(session, meeting, ScheduleRival())
            people[Side.BUYER, request.buyer_id] = request
            people[Side.EXHIBITOR, request.exhibitor_id] = request
        for rest in answer.unscheduled:
            if request := requests.get(rest.match):
                request.unscheduled_reason, request.unscheduled_facts = rest.reason.value, dict(rest.facts)
        fair = session.get_one(Fair, fair_id)
        for (side, _party_id), request in sorted(people.items(), key=lambda one: (one[0][0], one[0][1])):
            _tell(session, "agenda_ready", fair, request, request.buyer, request.exhibitor, to=side, now=now)
        record(
            session,
            "meeting.schedule",
            fair_id=fair_id,
            thing_id=fair_id,
            actor=actor,
            now=now,
            placed=len(fresh),
            left_out=len(answer.unscheduled),
            idle=answer.idle,
        )
    return answer


def read_problem(fair_id: int) -> Problem:
    """Return what the solver has to do; the ids are those of the rows, as text."""
    with transaction() as session:
        slots = session.scalars(sa.select(Slot).where(Slot.fair_id == fair_id).order_by(Slot.starts_at)).all()
        tables = session.scalars(
            sa.select(MeetingTable.id).where(MeetingTable.fair_id == fair_id).order_by(MeetingTable.code)
        ).all()
        requests = session.scalars(
            sa.select(MeetingRequest)
            .where(MeetingRequest.fair_id == fair_id, MeetingRequest.status == RequestStatus.ACCEPTED)
            .options(joinedload(MeetingRequest.meeting))
        ).all()
        away: dict[str, set[str]] = defaultdict(set)
        for row in session.scalars(sa.select(Unavailability).where(Unavailability.fair_id == fair_id)):
            name = f"B{row.buyer_id}" if row.buyer_id is not None else f"E{row.exhibitor_id}"
            away[name].add(str(row.slot_id))
        names = sorted({f"B{one.buyer_id}" for one in requests} | {f"E{one.exhibitor_id}" for one in requests})
        return Problem(
            slots=[GridSlot(id=str(slot.id), day=slot.day.isoformat(), session=slot.session) for slot in slots],
            tables=[str(table) for table in tables],
            participants=[Participant(id=name, unavailable=frozenset(away[name])) for name in names],
            matches=[_match(request) for request in requests],
        )


def _match(request: MeetingRequest) -> Match:
    held = request.meeting if request.meeting and request.meeting.status is not MeetingStatus.CANCELLED else None
    return Match(
        id=str(request.id),
        a=f"B{request.buyer_id}",
        b=f"E{request.exhibitor_id}",
        fixed_slot=str(held.slot_id) if held else None,
        fixed_table=str(held.table_id) if held else None,
    )


def clear_schedule(fair_id: int, *, run_at: datetime | None = None, actor: ActorLike, now: datetime) -> int:
    """Take meetings out of the schedule, all or those that one run placed; the agreed requests stay."""
    with transaction() as session:
        statement = sa.delete(Meeting).where(Meeting.fair_id == fair_id)
        if run_at is not None:
            statement = statement.where(Meeting.scheduled_at == run_at)
        count = count_changed(session, statement)
        record(session, "meeting.clear", fair_id=fair_id, thing_id=fair_id, actor=actor, now=now, count=count)
    return count


@on_withdrawal
def cancel_all(session: Session, exhibitor: Exhibitor, *, actor: ActorLike, now: datetime) -> dict[str, Any]:
    """Cancel the meetings and requests of an exhibitor that withdraws, and tell the buyers."""
    requests = session.scalars(
        sa.select(MeetingRequest)
        .where(
            MeetingRequest.exhibitor_id == exhibitor.id,
            MeetingRequest.status.in_((RequestStatus.REQUESTED, RequestStatus.ACCEPTED)),
        )
        .order_by(MeetingRequest.id)
        .with_for_update()
    ).all()
    fair = session.get_one(Fair, exhibitor.fair_id)
    meetings = 0
    for request in requests:
        if request.meeting is not None:
            session.delete(request.meeting)
            meetings += 1
        request.status, request.answered_at = RequestStatus.WITHDRAWN, now
        _note(session, "meeting_request.withdraw", request, request.buyer, exhibitor, actor=actor, now=now)
        _tell(session, "meeting_cancelled", fair, request, request.buyer, exhibitor, to=Side.BUYER, now=now)
    found = {"meetings": meetings, "requests": len(requests) - meetings}
    return {name: count for name, count in found.items() if count}


def _column(party: Party) -> str:
    return "buyer_id" if party.side is Side.BUYER else "exhibitor_id"


def _other(side: Side) -> Side:
    return Side.EXHIBITOR if side is Side.BUYER else Side.BUYER


def _lock(session: Session, fair_id: int, party: Party, public_id: str) -> MeetingRequest:
    request = session.scalar(
        sa.select(MeetingRequest)
        .where(
            MeetingRequest.fair_id == fair_id,
            MeetingRequest.public_id == public_id,
            getattr(MeetingRequest, _column(party)) == party.id,
        )
        .with_for_update()
    )
    if request is None:
        raise NotFound()
    return request


def _note(
    session: Session,
    action: str,
    request: MeetingRequest,
    buyer: Buyer,
    exhibitor: Exhibitor,
    *,
    actor: ActorLike,
    now: datetime,
) -> None:
    label = f"{exhibitor.enterprise.legal_name} – {buyer.enterprise.legal_name}"
    record(session, action, fair_id=request.fair_id, thing_id=request.id, actor=actor, now=now, label=label)


def _tell(
    session: Session,
    kind: str,
    fair: Fair,
    request: MeetingRequest,
    buyer: Buyer,
    exhibitor: Exhibitor,
    *,
    to: Side,
    now: datetime,
) -> None:
    if to is Side.BUYER:
        address, name, language = buyer.contact_email, buyer.contact_name, buyer.meeting_language
        other = exhibitor.enterprise.legal_name
    else:
        address, name, language = exhibitor.contact_email, exhibitor.contact_name, exhibitor.language
        other = buyer.enterprise.legal_name
    if not address:
        return
    mail.queue(
        session,
        kind,
        to=address,
        to_name=name,
        language=language,
        context={
            "name": name,
            "other": other,
            "fair_name": dict(fair.name),
            "fair_code": fair.code,
            "message": request.message,
            "answer": request.answer,
        },
        now=now,
        fair_id=fair.id,
        enterprise_id=buyer.enterprise_id if to is Side.BUYER else exhibitor.enterprise_id,
        reply_to=fair.contact_email,
    )
