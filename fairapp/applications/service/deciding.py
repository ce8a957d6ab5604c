"""What the organizer decides on an application."""

from datetime import datetime

from sqlalchemy.orm import Session

from fairapp.applications.lifecycle import ApplicationStateRefused, ApplicationStatus, check_step
from fairapp.applications.models import CARRIED, Application
from fairapp.applications.service.shared import AlreadyApplied, lock, note, write_to_contact
from fairapp.audit.service import ActorLike
from fairapp.database import add_once, transaction
from fairapp.exhibitors.models import Exhibitor


def accept(fair_id: int, public_id: str, *, actor: ActorLike, now: datetime) -> Exhibitor:
    """Accept an application: the enterprise becomes an exhibitor."""
    with transaction() as session:
        application = _decide(session, fair_id, public_id, ApplicationStatus.ACCEPTED, actor=actor, now=now)
        exhibitor = Exhibitor(
            fair_id=fair_id,
            enterprise_id=application.enterprise_id,
            accepted_at=now,
            **{name: getattr(application, name) for name in CARRIED},
        )
        add_once(session, exhibitor, AlreadyApplied(name=application.enterprise.legal_name, tax_code=""))
        application.exhibitor = exhibitor
        note(session, "application.accept", application, actor=actor, now=now)
        write_to_contact(session, "application_accepted", application, now=now)
    return exhibitor


def reject(fair_id: int, public_id: str, reason: str, *, actor: ActorLike, now: datetime) -> Application:
    """Reject an application and tell the enterprise why."""
    with transaction() as session:
        application = _decide(session, fair_id, public_id, ApplicationStatus.REJECTED, actor=actor, now=now)
        application.reason = reason
        note(session, "application.reject", application, actor=actor, now=now, reason=reason)
        write_to_contact(session, "application_rejected", application, now=now)
    return application


def send_back(fair_id: int, public_id: str, reason: str, *, actor: ActorLike, now: datetime) -> Application:
    """Return an application to be completed."""
    with transaction() as session:
        application = _decide(session, fair_id, public_id, ApplicationStatus.RETURNED, actor=actor, now=now)
        application.reason = reason
        note(session, "application.return", application, actor=actor, now=now, reason=reason)
        write_to_contact(session, "application_returned", application, now=now)
    return application


def put_on_waiting_list(fair_id: int, public_id: str, *, actor: ActorLike, now: datetime) -> Application:
    """Put an application on the waiting list."""
    with transaction() as session:
        application = _decide(session, fair_id, public_id, ApplicationStatus.WAITING_LIST, actor=actor, now=now)
        note(session, "application.wait", application, actor=actor, now=now)
        write_to_contact(session, "application_waiting", application, now=now)
    return application


def reopen(fair_id: int, public_id: str, *, actor: ActorLike, now: datetime) -> Application:
    """Take a rejection back: the application waits for a decision again."""
    with transaction() as session:
        application = lock(session, fair_id, public_id)
        if application.status is not ApplicationStatus.REJECTED:
            raise ApplicationStateRefused(current=application.status.value, wanted=ApplicationStatus.APPLIED.value)
        application.status, application.reason = ApplicationStatus.APPLIED, ""
        application.decided_at = application.decided_by_id = None
        note(session, "application.reopen", application, actor=actor, now=now)
    return application


def _decide(
    session: Session,
    fair_id: int,
    public_id: str,
    wanted: ApplicationStatus,
    *,
    actor: ActorLike,
    now: datetime,
) -> Application:
    application = lock(session, fair_id, public_id)
    check_step(application.status, wanted)
    application.status, application.decided_at = wanted, now
    application.decided_by_id = actor.account_id
    return application
