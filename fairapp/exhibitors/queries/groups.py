"""Looking up pavilions, co-exhibitors and the bodies that send exhibitors; every query is bound to a fair."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import contains_eager, joinedload

from fairapp.database import db
from fairapp.enterprises.models import Enterprise
from fairapp.errors import NotFound
from fairapp.exhibitors.models import CoExhibitorProposal, CoExhibitorState, Exhibitor, Pavilion
from fairapp.fairs.models import CoOrganizer


def list_co_organizers(fair_id: int) -> Sequence[CoOrganizer]:
    """Return the bodies of a fair by code."""
    return db.session.scalars(
        sa.select(CoOrganizer).where(CoOrganizer.fair_id == fair_id).order_by(CoOrganizer.code)
    ).all()


def list_pavilions(fair_id: int) -> Sequence[Pavilion]:
    """Return the pavilions of a fair, the oldest first."""
    return db.session.scalars(
        sa.select(Pavilion)
        .where(Pavilion.fair_id == fair_id)
        .options(joinedload(Pavilion.co_organizer))
        .order_by(Pavilion.id)
    ).all()


def count_members(fair_id: int) -> dict[int, int]:
    """Return how many exhibitors belong to each pavilion."""
    rows = db.session.execute(
        sa.select(Exhibitor.pavilion_id, sa.func.count())
        .where(Exhibitor.fair_id == fair_id, Exhibitor.pavilion_id.is_not(None), Exhibitor.withdrawn_at.is_(None))
        .group_by(Exhibitor.pavilion_id)
    )
    return {pavilion_id: count for pavilion_id, count in rows if pavilion_id is not None}


def get_pavilion(fair_id: int, public_id: str) -> Pavilion:
    """Return a pavilion of a fair; raise ``NotFound``."""
    pavilion = db.session.scalar(
        sa.select(Pavilion).where(Pavilion.fair_id == fair_id, Pavilion.public_id == public_id)
    )
    if pavilion is None:
        raise NotFound()
    return pavilion


def list_members(pavilion_id: int) -> Sequence[Exhibitor]:
    """Return the exhibitors of a pavilion by name."""
    return _with_names(Exhibitor.pavilion_id == pavilion_id)


def list_without_pavilion(fair_id: int) -> Sequence[Exhibitor]:
    """Return the main exhibitors that could join a pavilion, by name."""
    return _with_names(
        Exhibitor.fair_id == fair_id,
        Exhibitor.pavilion_id.is_(None),
        Exhibitor.main_exhibitor_id.is_(None),
        Exhibitor.withdrawn_at.is_(None),
    )


def list_co_exhibitors(main_id: int) -> Sequence[Exhibitor]:
    """Return who shares the booth of a main exhibitor, by name; those that withdrew too."""
    return _with_names(Exhibitor.main_exhibitor_id == main_id)


def get_co_exhibitor(main_id: int, public_id: str) -> Exhibitor:
    """Return a co-exhibitor of a main exhibitor; raise ``NotFound``."""
    found = _with_names(Exhibitor.main_exhibitor_id == main_id, Exhibitor.public_id == public_id)
    if not found:
        raise NotFound()
    return found[0]


def _with_names(*conditions: sa.ColumnElement[bool]) -> Sequence[Exhibitor]:
    return db.session.scalars(
        sa.select(Exhibitor)
        .join(Exhibitor.enterprise)
        .where(*conditions)
        .options(contains_eager(Exhibitor.enterprise), joinedload(Exhibitor.main_exhibitor))
        .order_by(Enterprise.search_text, Exhibitor.id)
    ).all()


def list_proposals(fair_id: int, *, main_id: int | None = None) -> Sequence[CoExhibitorProposal]:
    """Return who was named as a co-exhibitor: what waits first, then the latest."""
    waits = CoExhibitorProposal.state == CoExhibitorState.PROPOSED
    statement = (
        sa.select(CoExhibitorProposal)
        .where(CoExhibitorProposal.fair_id == fair_id)
        .options(joinedload(CoExhibitorProposal.main_exhibitor).joinedload(Exhibitor.enterprise))
        .order_by(waits.desc(), CoExhibitorProposal.id.desc())
    )
    if main_id is not None:
        statement = statement.where(CoExhibitorProposal.main_exhibitor_id == main_id)
    return db.session.scalars(statement).all()


def get_proposal(fair_id: int, public_id: str) -> CoExhibitorProposal:
    """Return what a main exhibitor proposed; raise ``NotFound``."""
    proposal = db.session.scalar(
        sa.select(CoExhibitorProposal).where(
            CoExhibitorProposal.fair_id == fair_id, CoExhibitorProposal.public_id == public_id
        )
    )
    if proposal is None:
        raise NotFound()
    return proposal
