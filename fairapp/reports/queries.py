"""Figures of a fair from every feature."""

import sqlalchemy as sa

from fairapp.applications.lifecycle import ApplicationStatus
from fairapp.applications.models import Application
from fairapp.badges.models import Badge
from fairapp.booths.models import Allocation, Booth
from fairapp.checkin.models import CheckIn
from fairapp.database import db
from fairapp.exhibitors.models import Exhibitor
from fairapp.mail.models import Mail, MailState
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


def _count(model: type, *conditions: sa.ColumnElement[bool]) -> int | None:
    return db.session.scalar(sa.select(sa.func.count()).select_from(model).where(*conditions))


def waiting(fair_id: int) -> dict[str, int]:
    """Return what waits for the organizer, in one query for every page of the desk."""
    applied = (
        sa.select(sa.func.count())
        .select_from(Application)
        .where(Application.fair_id == fair_id, Application.status == ApplicationStatus.APPLIED)
    )
    failed = sa.select(sa.func.count()).select_from(Mail).where(Mail.fair_id == fair_id, Mail.state == MailState.FAILED)
    applications, mails = db.session.execute(sa.select(applied.scalar_subquery(), failed.scalar_subquery())).one()
    return {"applications": applications, "mails": mails}
