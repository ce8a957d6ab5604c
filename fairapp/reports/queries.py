"""Figures of a fair from every feature."""

from datetime import datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from fairapp.applications.lifecycle import ApplicationStatus
from fairapp.applications.models import Application
from fairapp.applications.queries import TAKES_A_PLACE, ids_with_unread
from fairapp.badges.models import Badge
from fairapp.booths.models import Allocation, Booth
from fairapp.checkin.models import CheckIn
from fairapp.database import db
from fairapp.exhibitors.models import CoExhibitorProposal, CoExhibitorState, Exhibitor
from fairapp.fairs.models import Fair
from fairapp.fees.models import BankLine, PaymentRequest
from fairapp.fees.queries import bank, payments
from fairapp.fees.schedule import RequestState
from fairapp.mail.models import Mail, MailState
from fairapp.manual.board import LATE, count_by_state
from fairapp.manual.queries import standing, writing
from fairapp.meetings.models import Meeting, MeetingRequest, RequestStatus
from fairapp.needs.models import Need
from fairapp.visitors.models import Buyer, Visitor


def overview(fair_id: int) -> dict[str, int]:
    """Return how a fair stands: one number for each line of the overview."""
    waiting = ApplicationStatus.APPLIED
    accepted = MeetingRequest.status == RequestStatus.ACCEPTED
    scheduled = sa.select(Meeting.request_id).where(Meeting.fair_id == fair_id)
    counts = {
        "applications_waiting": _count(Application, Application.fair_id == fair_id, Application.status == waiting),
        "exhibitors": _count(Exhibitor, Exhibitor.fair_id == fair_id),
        "booths": _count(Booth, Booth.fair_id == fair_id),
        "booths_allocated": _count(Allocation, Allocation.booth.has(Booth.fair_id == fair_id)),
        "visitors": _count(Visitor, Visitor.fair_id == fair_id, Visitor.withdrawn_at.is_(None)),
        "buyers": _count(Buyer, Buyer.fair_id == fair_id),
        "needs": _count(Need, Need.fair_id == fair_id),
        "requests_open": _count(
            MeetingRequest,
            MeetingRequest.fair_id == fair_id,
            MeetingRequest.status == RequestStatus.REQUESTED,
        ),
        "requests_unscheduled": _count(
            MeetingRequest,
            MeetingRequest.fair_id == fair_id,
            accepted,
            MeetingRequest.id.not_in(scheduled),
        ),
        "meetings": _count(Meeting, Meeting.fair_id == fair_id),
        "badges": _count(Badge, Badge.fair_id == fair_id, Badge.revoked_at.is_(None)),
        "check_ins": _count(CheckIn, CheckIn.fair_id == fair_id, ~CheckIn.rehearsal),
        "mails_failed": _count(Mail, Mail.fair_id == fair_id, Mail.state == MailState.FAILED),
    }
    return {name: number or 0 for name, number in counts.items()}


def exhibitors_waiting(fair: Fair, *, now: datetime) -> dict[str, int]:
    """Return what exhibitors and the bank wait for: one number for each line of the overview."""
    today = now.astimezone(ZoneInfo(fair.timezone)).date()
    asks = (Exhibitor.fair_id == fair.id, Exhibitor.withdrawn_at.is_(None), Exhibitor.withdrawal_asked_at.is_not(None))
    proposed = CoExhibitorProposal.state == CoExhibitorState.PROPOSED
    unsettled = sa.or_(bank.in_state(bank.LineState.LOOK), bank.in_state(bank.LineState.UNMATCHED))
    overdue = payments.in_state(RequestState.OVERDUE, today)
    counts = {
        "withdrawals": _count(Exhibitor, *asks),
        "proposals": _count(CoExhibitorProposal, CoExhibitorProposal.fair_id == fair.id, proposed),
        "bank_lines": _count(BankLine, BankLine.fair_id == fair.id, unsettled),
        "overdue": _count(PaymentRequest, PaymentRequest.fair_id == fair.id, overdue),
        "messages": len(ids_with_unread(fair.id)),
        "late": count_by_state(standing.board(fair, writing.list_tasks(fair.id), now=now))[LATE],
    }
    return {name: number or 0 for name, number in counts.items()}


def overview_of_body(fair_id: int, body_id: int) -> dict[str, int]:
    """Return how the enterprises of a co-organizer stand; of the others it sees nothing."""
    own = Exhibitor.co_organizer_id == body_id
    sent = (Application.fair_id == fair_id, Application.co_organizer_id == body_id)
    counts = {
        "applications": _count(Application, *sent, Application.status != ApplicationStatus.DRAFT),
        "applications_waiting": _count(Application, *sent, Application.status == ApplicationStatus.APPLIED),
        "exhibitors": _count(Exhibitor, Exhibitor.fair_id == fair_id, own, *TAKES_A_PLACE),
        "confirmed": _count(
            Exhibitor, Exhibitor.fair_id == fair_id, own, *TAKES_A_PLACE, Exhibitor.confirmed_at.is_not(None)
        ),
        "booths_allocated": _count(
            Allocation, Allocation.booth.has(Booth.fair_id == fair_id), Allocation.exhibitor.has(own)
        ),
    }
    return {name: number or 0 for name, number in counts.items()}


def _count(model: type, *conditions: sa.ColumnElement[bool]) -> int | None:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model).where(*conditions))


def waiting(fair_id: int, *, scope: int | None = None) -> dict[str, int]:
    """Return what waits for the organizer, or for the co-organizer of a scope, in one query for every page."""
    applied = (
        sa.select(sa.func.count())
        .select_from(Application)
        .where(Application.fair_id == fair_id, Application.status == ApplicationStatus.APPLIED)
    )
    if scope is not None:
        applied = applied.where(Application.co_organizer_id == scope)
    failed = sa.select(sa.func.count()).select_from(Mail).where(Mail.fair_id == fair_id, Mail.state == MailState.FAILED)
    applications, mails = db.session.execute(sa.select(applied.scalar_subquery(), failed.scalar_subquery())).one()
    return {"applications": applications, "mails": mails}
