"""What the printed catalogue needs: its exhibitors, how far they are, and what was printed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from fairapp.database import db
from fairapp.enterprises.models import CapabilityKind, Enterprise
from fairapp.exhibitors.models import Exhibitor
from fairapp.jobs.models import Job
from fairapp.site.queries.listed import IS_LISTED, places_by_exhibitor

PRINT = "site.print_catalogue"
"""The name of the jobs that print a catalogue."""

MOST_PRINTS = 30


def list_catalogue(fair_id: int) -> Sequence[Exhibitor]:
    """Return every listed exhibitor with what the catalogue prints."""
    enterprise = joinedload(Exhibitor.enterprise)
    return db.session.scalars(
        sa.select(Exhibitor)
        .where(Exhibitor.fair_id == fair_id, IS_LISTED)
        .options(
            enterprise.selectinload(Enterprise.capabilities),
            enterprise.joinedload(Enterprise.logo),
            joinedload(Exhibitor.main_exhibitor).joinedload(Exhibitor.enterprise),
        )
        .order_by(Exhibitor.id)
    ).all()


def valid_codes(enterprise: Enterprise, day: date) -> list[str]:
    """Return the codes of the certificates that count on ``day``."""
    return [
        one.code
        for one in enterprise.capabilities
        if one.kind is CapabilityKind.CERTIFICATE and (one.expires_on is None or one.expires_on >= day)
    ]


def forget() -> None:
    """Let go of every row that was read: long work must not hold on to them."""
    db.session.expunge_all()


def list_prints(fair_id: int) -> Sequence[Job]:
    """Return the jobs that printed or print a catalogue, the latest first."""
    return db.session.scalars(
        sa.select(Job)
        .where(Job.fair_id == fair_id, Job.name == PRINT)
        .options(joinedload(Job.file))
        .order_by(Job.created_at.desc(), Job.id.desc())
        .limit(MOST_PRINTS)
    ).all()


@dataclass(frozen=True, kw_only=True)
class Readiness:
    """What is still missing for the catalogue, by number of listed exhibitors."""

    listed: int
    hidden: int
    without_text: int
    without_english: int
    without_logo: int
    without_booth: int
    without_fascia: int


def readiness(fair_id: int) -> Readiness:
    """Return how far the entries of the catalogue are."""
    rows = db.session.execute(
        sa.select(Exhibitor.id, Exhibitor.fascia_name, Enterprise.main_products, Enterprise.summary, Enterprise.logo_id)
        .join(Exhibitor.enterprise)
        .where(Exhibitor.fair_id == fair_id, IS_LISTED)
    ).all()
    hidden = db.session.scalar(
        sa.select(sa.func.count()).where(
            Exhibitor.fair_id == fair_id, ~Exhibitor.listed, Exhibitor.withdrawn_at.is_(None)
        )
    )
    placed = places_by_exhibitor(fair_id)
    texts = [{**(products or {}), **(summary or {})} for _, _, products, summary, _ in rows]
    return Readiness(
        listed=len(rows),
        hidden=hidden or 0,
        without_text=sum(not any(text.values()) for text in texts),
        without_english=sum(bool(text) and not text.get("en") for text in texts),
        without_logo=sum(row[4] is None for row in rows),
        without_booth=sum(row[0] not in placed for row in rows),
        without_fascia=sum(not row[1] for row in rows),
    )
