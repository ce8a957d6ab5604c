"""What every use case of an exhibitor needs: its row, its trail, its mail."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fairapp.audit.service import ActorLike, record
from fairapp.errors import FairError, NotFound
from fairapp.exhibitors.models import Exhibitor
from fairapp.fairs.models import Fair
from fairapp.mail import service as mail


class NotAnExhibitor(FairError):
    """The enterprise has not been accepted as an exhibitor yet."""

    code = "not_an_exhibitor"


class ExhibitorWithdrawn(FairError):
    """The exhibitor takes part no more."""

    code = "exhibitor_withdrawn"


def lock(session: Session, fair_id: int, public_id: str) -> Exhibitor:
    """Return an exhibitor of a fair, locked; raise ``NotFound``."""
    exhibitor = session.scalar(
        sa.select(Exhibitor).where(Exhibitor.fair_id == fair_id, Exhibitor.public_id == public_id).with_for_update()
    )
    if exhibitor is None:
        raise NotFound()
    return exhibitor


def lock_present(session: Session, fair_id: int, public_id: str) -> Exhibitor:
    """Return an exhibitor of a fair that still takes part, locked."""
    exhibitor = lock(session, fair_id, public_id)
    if exhibitor.withdrawn_at is not None:
        raise ExhibitorWithdrawn(name=exhibitor.enterprise.legal_name)
    return exhibitor


def note(session: Session, action: str, exhibitor: Exhibitor, *, actor: ActorLike, now: datetime, **facts: Any) -> None:
    """Write into the trail what happened to an exhibitor."""
    session.flush()
    record(
        session,
        action,
        fair_id=exhibitor.fair_id,
        thing_id=exhibitor.id,
        actor=actor,
        now=now,
        label=exhibitor.enterprise.legal_name,
        **facts,
    )


def write_to_contact(session: Session, kind: str, exhibitor: Exhibitor, *, now: datetime, **context: Any) -> None:
    """Queue the mail of ``kind`` to the contact of an exhibitor, if it has an address."""
    if not exhibitor.contact_email:
        return
    fair = session.get_one(Fair, exhibitor.fair_id)
    mail.queue(
        session,
        kind,
        to=exhibitor.contact_email,
        to_name=exhibitor.contact_name,
        language=exhibitor.language,
        context={
            "name": exhibitor.contact_name,
            "enterprise": exhibitor.enterprise.legal_name,
            "fair_name": dict(fair.name),
            "fair_code": fair.code,
            **context,
        },
        now=now,
        fair_id=fair.id,
        enterprise_id=exhibitor.enterprise_id,
        reply_to=fair.contact_email,
    )
