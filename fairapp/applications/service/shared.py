"""What every use case of an application needs: its row, its trail, its mail."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fairapp.applications.models import Application
from fairapp.audit.service import ActorLike, record
from fairapp.errors import FairError, NotFound
from fairapp.fairs.models import Fair
from fairapp.mail import service as mail


class AlreadyApplied(FairError):
    """The enterprise has an application in this fair."""

    code = "already_applied"


def lock(session: Session, fair_id: int, public_id: str, *, scope: int | None = None) -> Application:
    """Return an application of a fair, locked; raise ``NotFound``, also where it is not in the scope."""
    statement = sa.select(Application).where(Application.fair_id == fair_id, Application.public_id == public_id)
    if scope is not None:
        statement = statement.where(Application.co_organizer_id == scope)
    application = session.scalar(statement.with_for_update())
    if application is None:
        raise NotFound()
    return application


def own(session: Session, fair_id: int, enterprise_id: int) -> Application:
    """Return the application of an enterprise, locked; raise ``NotFound``."""
    application = session.scalar(
        sa.select(Application)
        .where(Application.fair_id == fair_id, Application.enterprise_id == enterprise_id)
        .with_for_update()
    )
    if application is None:
        raise NotFound()
    return application


def note(
    session: Session, action: str, application: Application, *, actor: ActorLike, now: datetime, **facts: str
) -> None:
    """Write into the trail what happened to an application."""
    session.flush()
    record(
        session,
        action,
        fair_id=application.fair_id,
        thing_id=application.id,
        actor=actor,
        now=now,
        label=application.enterprise.legal_name,
        **facts,
    )


def write_to_contact(
    session: Session, kind: str, application: Application, *, now: datetime, language: str | None = None
) -> None:
    """Queue the mail of ``kind`` to the contact of an application."""
    fair = session.get_one(Fair, application.fair_id)
    mail.queue(
        session,
        kind,
        to=application.contact_email,
        to_name=application.contact_name,
        language=language or application.language,
        context={
            "name": application.contact_name,
            "enterprise": application.enterprise.legal_name,
            "fair_name": dict(fair.name),
            "fair_code": fair.code,
            "reason": application.reason,
        },
        now=now,
        fair_id=fair.id,
        enterprise_id=application.enterprise_id,
        reply_to=fair.contact_email,
    )
