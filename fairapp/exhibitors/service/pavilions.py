"""Pavilions: several exhibitors under one name, whose contract one body holds."""

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fairapp.audit.service import ActorLike, record
from fairapp.database import transaction
from fairapp.errors import FairError, NotFound
from fairapp.exhibitors.models import Exhibitor, Pavilion
from fairapp.exhibitors.service.shared import lock_present
from fairapp.fairs.models import CoOrganizer


class PavilionNotEmpty(FairError):
    """A pavilion with members stays."""

    code = "pavilion_not_empty"


class NoExhibitorChosen(FairError):
    """No exhibitor of this fair was chosen."""

    code = "no_exhibitor_chosen"


class InAnotherPavilion(FairError):
    """The exhibitor belongs to another pavilion."""

    code = "in_another_pavilion"


def create_pavilion(
    fair_id: int, name: Mapping[str, str], co_organizer_id: str | None, *, actor: ActorLike, now: datetime
) -> Pavilion:
    """Open a pavilion; a co-organizer holds its contract, or the main exhibitors among its members do."""
    with transaction() as session:
        pavilion = Pavilion(fair_id=fair_id, name=dict(name))
        pavilion.co_organizer = _body(session, fair_id, co_organizer_id)
        session.add(pavilion)
        session.flush()
        _note(session, "pavilion.create", pavilion, actor=actor, now=now)
    return pavilion


def update_pavilion(
    fair_id: int,
    pavilion_id: str,
    name: Mapping[str, str],
    co_organizer_id: str | None,
    *,
    actor: ActorLike,
    now: datetime,
) -> Pavilion:
    """Change what a pavilion is called and who holds its contract."""
    with transaction() as session:
        pavilion = _lock(session, fair_id, pavilion_id)
        pavilion.name = dict(name)
        pavilion.co_organizer = _body(session, fair_id, co_organizer_id)
        _note(session, "pavilion.update", pavilion, actor=actor, now=now)
    return pavilion


def remove_pavilion(fair_id: int, pavilion_id: str, *, actor: ActorLike, now: datetime) -> None:
    """Close a pavilion that has no members."""
    with transaction() as session:
        pavilion = _lock(session, fair_id, pavilion_id)
        if session.scalar(sa.select(Exhibitor.id).where(Exhibitor.pavilion_id == pavilion.id).limit(1)):
            raise PavilionNotEmpty()
        _note(session, "pavilion.remove", pavilion, actor=actor, now=now)
        session.delete(pavilion)


def add_member(fair_id: int, pavilion_id: str, exhibitor_id: str, *, actor: ActorLike, now: datetime) -> Exhibitor:
    """Put an exhibitor into a pavilion, with the co-exhibitors on its booth."""
    with transaction() as session:
        pavilion = _lock(session, fair_id, pavilion_id)
        try:
            exhibitor = lock_present(session, fair_id, exhibitor_id)
        except NotFound as error:
            raise NoExhibitorChosen() from error
        if exhibitor.pavilion_id not in (None, pavilion.id):
            raise InAnotherPavilion(name=exhibitor.enterprise.legal_name)
        _move(session, exhibitor, pavilion.id)
        _note(session, "pavilion.add_member", pavilion, actor=actor, now=now, exhibitor=exhibitor.enterprise.legal_name)
    return exhibitor


def remove_member(fair_id: int, pavilion_id: str, exhibitor_id: str, *, actor: ActorLike, now: datetime) -> Exhibitor:
    """Take an exhibitor out of a pavilion, with the co-exhibitors on its booth."""
    with transaction() as session:
        pavilion = _lock(session, fair_id, pavilion_id)
        exhibitor = session.scalar(
            sa.select(Exhibitor)
            .where(Exhibitor.pavilion_id == pavilion.id, Exhibitor.public_id == exhibitor_id)
            .with_for_update()
        )
        if exhibitor is None:
            raise NotFound()
        _move(session, exhibitor, None)
        _note(
            session, "pavilion.remove_member", pavilion, actor=actor, now=now, exhibitor=exhibitor.enterprise.legal_name
        )
    return exhibitor


def _move(session: Session, exhibitor: Exhibitor, pavilion_id: int | None) -> None:
    exhibitor.pavilion_id = pavilion_id
    session.execute(
        sa.update(Exhibitor).where(Exhibitor.main_exhibitor_id == exhibitor.id).values(pavilion_id=pavilion_id)
    )


def _body(session: Session, fair_id: int, public_id: str | None) -> CoOrganizer | None:
    if not public_id:
        return None
    body = session.scalar(
        sa.select(CoOrganizer).where(CoOrganizer.fair_id == fair_id, CoOrganizer.public_id == public_id)
    )
    if body is None:
        raise NotFound()
    return body


def _lock(session: Session, fair_id: int, public_id: str) -> Pavilion:
    pavilion = session.scalar(
        sa.select(Pavilion).where(Pavilion.fair_id == fair_id, Pavilion.public_id == public_id).with_for_update()
    )
    if pavilion is None:
        raise NotFound()
    return pavilion


def _note(session: Session, action: str, pavilion: Pavilion, *, actor: ActorLike, now: datetime, **facts: str) -> None:
    label = next(iter(pavilion.name.values()), "")
    record(session, action, fair_id=pavilion.fair_id, thing_id=pavilion.id, actor=actor, now=now, label=label, **facts)
