"""What a withdrawal after acceptance makes of the application, and what taking it back does."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fairapp.applications.lifecycle import ApplicationStatus, check_step
from fairapp.applications.models import Application
from fairapp.applications.service.shared import note
from fairapp.audit.service import ActorLike
from fairapp.exhibitors.models import Exhibitor
from fairapp.exhibitors.service.withdrawing import on_return, on_withdrawal


@on_withdrawal
def withdraw_with_exhibitor(
    session: Session, exhibitor: Exhibitor, *, actor: ActorLike, now: datetime
) -> dict[str, Any]:
    """The application of an exhibitor that withdraws is withdrawn; a co-exhibitor has none."""
    application = _of(session, exhibitor)
    if application is not None and application.status is not ApplicationStatus.WITHDRAWN:
        check_step(application.status, ApplicationStatus.WITHDRAWN)
        application.status, application.reason = ApplicationStatus.WITHDRAWN, exhibitor.withdrawn_reason
        note(session, "application.withdraw", application, actor=actor, now=now, reason=exhibitor.withdrawn_reason)
    return {}


@on_return
def return_with_exhibitor(session: Session, exhibitor: Exhibitor, *, actor: ActorLike, now: datetime) -> dict[str, Any]:
    """The application stands again where it stood before the withdrawal."""
    application = _of(session, exhibitor)
    if application is not None and application.status is ApplicationStatus.WITHDRAWN:
        confirmed = exhibitor.confirmed_at is not None
        application.status = ApplicationStatus.CONFIRMED if confirmed else ApplicationStatus.ACCEPTED
        application.reason = ""
        note(session, "application.return_to_fair", application, actor=actor, now=now)
    return {}


def _of(session: Session, exhibitor: Exhibitor) -> Application | None:
    return session.scalar(sa.select(Application).where(Application.exhibitor_id == exhibitor.id).with_for_update())
