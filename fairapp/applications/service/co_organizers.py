"""The bodies that send enterprises to a fair: their quotas and their links."""

import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fairapp.accounts.models import Membership
from fairapp.applications.models import Application
from fairapp.applications.service.shared import lock, note
from fairapp.audit.service import ActorLike, record
from fairapp.database import add_once, retried, transaction
from fairapp.errors import FairError, NotFound
from fairapp.exhibitors.models import Exhibitor, Pavilion
from fairapp.fairs.models import CoOrganizer


class CoOrganizerExists(FairError):
    """Another body of the fair has the code."""

    code = "co_organizer_exists"


class CoOrganizerInUse(FairError):
    """Applications or exhibitors belong to the body."""

    code = "co_organizer_in_use"


@dataclass(frozen=True, kw_only=True)
class CoOrganizerData:
    """What an organizer says of a body."""

    code: str
    name: Mapping[str, str]
    country: str
    quota: int | None
    may_decide: bool
    contact_name: str
    contact_email: str
    tax_code: str
    address: str


def new_invitation() -> str:
    """Return the random part of a link, too long to be guessed."""
    return secrets.token_urlsafe(18)


def add(fair_id: int, data: CoOrganizerData, *, actor: ActorLike, now: datetime) -> CoOrganizer:
    """Add a body with an invitation link of its own."""
    with transaction() as session:
        body = CoOrganizer(fair_id=fair_id, invitation=new_invitation(), **asdict(data))
        add_once(session, body, CoOrganizerExists(code=data.code))
        _note(session, "co_organizer.add", body, actor=actor, now=now)
    return body


@retried
def update(fair_id: int, public_id: str, data: CoOrganizerData, *, actor: ActorLike, now: datetime) -> CoOrganizer:
    """Change a body; a quota below what is used takes nothing back, it only stops further acceptances."""
    with transaction() as session:
        body = _lock(session, fair_id, public_id)
        rival = session.scalar(
            sa.select(CoOrganizer.id).where(
                CoOrganizer.fair_id == fair_id, CoOrganizer.code == data.code, CoOrganizer.id != body.id
            )
        )
        if rival is not None:
            raise CoOrganizerExists(code=data.code)
        for name, value in asdict(data).items():
            setattr(body, name, value)
        _note(session, "co_organizer.update", body, actor=actor, now=now)
    return body


def rotate_link(fair_id: int, public_id: str, *, actor: ActorLike, now: datetime) -> CoOrganizer:
    """Give a body a new invitation link; the old one leads nowhere from now on."""
    with transaction() as session:
        body = _lock(session, fair_id, public_id)
        body.invitation = new_invitation()
        _note(session, "co_organizer.rotate", body, actor=actor, now=now)
    return body


def remove(fair_id: int, public_id: str, *, actor: ActorLike, now: datetime) -> None:
    """Take out a body to which nothing belongs; its people lose the role."""
    with transaction() as session:
        body = _lock(session, fair_id, public_id)
        for model in (Application, Exhibitor, Pavilion):
            if session.scalar(sa.select(sa.exists().where(model.co_organizer_id == body.id))):
                raise CoOrganizerInUse(code=body.code)
        session.execute(sa.delete(Membership).where(Membership.co_organizer_id == body.id))
        _note(session, "co_organizer.remove", body, actor=actor, now=now)
        session.delete(body)


def move(fair_id: int, public_id: str, body_id: str, *, actor: ActorLike, now: datetime) -> Application:
    """Give an application, and the exhibitor that came of it, to another body or to none."""
    with transaction() as session:
        application = lock(session, fair_id, public_id)
        body = _lock(session, fair_id, body_id) if body_id else None
        application.co_organizer_id = body.id if body else None
        if application.exhibitor_id is not None:
            session.execute(
                sa.update(Exhibitor)
                .where(Exhibitor.id == application.exhibitor_id)
                .values(co_organizer_id=application.co_organizer_id)
            )
        note(session, "application.move", application, actor=actor, now=now, body=body.code if body else "")
    return application


def _lock(session: Session, fair_id: int, public_id: str) -> CoOrganizer:
    body = session.scalar(
        sa.select(CoOrganizer)
        .where(CoOrganizer.fair_id == fair_id, CoOrganizer.public_id == public_id)
        .with_for_update()
    )
    if body is None:
        raise NotFound()
    return body


def _note(session: Session, action: str, body: CoOrganizer, *, actor: ActorLike, now: datetime) -> None:
    record(session, action, fair_id=body.fair_id, thing_id=body.id, actor=actor, now=now, label=body.code)
