"""Ordering the printed catalogue, and the greeting in it."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa

from fairapp.audit.service import ActorLike, record
from fairapp.database import add_once, count_changed, transaction
from fairapp.errors import FairError
from fairapp.fairs.models import Fair
from fairapp.jobs import service as jobs
from fairapp.jobs.models import Job
from fairapp.site.queries import PRINT

FROZEN_TONGUES = ("vi", "en")
AHEAD = timedelta(days=2)
"""So long before the freeze its print is ordered."""


class GreetingChanged(FairError):
    """Somebody else has changed the fair's settings since the page was opened."""

    code = "greeting_changed"


def order_catalogue(fair_id: int, *, tongues: Sequence[str], sample: bool, actor: ActorLike, now: datetime) -> Job:
    """Order a print of the catalogue as it is now."""
    with transaction() as session:
        job = jobs.enqueue(
            session,
            PRINT,
            {"tongues": list(tongues), "sample": sample},
            now=now,
            fair_id=fair_id,
            account_id=actor.account_id,
        )
        record(
            session,
            "catalogue.print",
            fair_id=fair_id,
            thing_id=fair_id,
            actor=actor,
            now=now,
            languages=", ".join(tongues),
        )
    return job


def order_frozen_catalogues(*, now: datetime) -> int:
    """Order, once for each freeze that is near or just over, the print that keeps what the profiles say then."""
    with transaction() as session:
        due = session.execute(
            sa.select(Fair.id, Fair.catalogue_freeze_at).where(
                Fair.catalogue_freeze_at > now - AHEAD, Fair.catalogue_freeze_at <= now + AHEAD
            )
        ).all()
    ordered = 0
    for fair_id, moment in due:
        if moment is not None:
            ordered += _order_frozen(fair_id, moment, now=now)
    return ordered


def _order_frozen(fair_id: int, moment: datetime, *, now: datetime) -> bool:
    job = Job(
        name=PRINT,
        source=f"catalogue:{fair_id}:{moment:%Y-%m-%dT%H:%M}",
        fair_id=fair_id,
        payload={"tongues": list(FROZEN_TONGUES), "sample": False, "freeze": moment.isoformat()},
        run_at=max(moment, now),
        created_at=now,
    )
    try:
        with transaction() as session:
            add_once(session, job, FairError())
    except FairError:  # ordered already
        return False
    return True


def introduce(fair_id: int, texts: Mapping[str, str], *, version: int, actor: ActorLike, now: datetime) -> None:
    """Set the greeting of the catalogue by language."""
    with transaction() as session:
        changed = count_changed(
            session,
            sa.update(Fair)
            .where(Fair.id == fair_id, Fair.version == version)
            .values(introduction=dict(texts), version=version + 1),
        )
        if not changed:
            raise GreetingChanged()
        record(session, "fair.introduce", fair_id=fair_id, thing_id=fair_id, actor=actor, now=now)
