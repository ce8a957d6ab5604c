"""Setting up a fair."""

from collections.abc import Mapping
from datetime import date, datetime

from fairapp.audit.service import ActorLike, record
from fairapp.database import transaction
from fairapp.errors import NotFound
from fairapp.fairs.calendar import Hours, check_hours
from fairapp.fairs.models import Fair


def update(
    fair_id: int,
    *,
    texts: Mapping[str, Mapping[str, str]],
    moments: Mapping[str, datetime | None],
    contact_email: str,
    colour: str,
    published: bool,
    actor: ActorLike,
    now: datetime,
) -> Fair:
    """Change what a fair says of itself and until when things are taken."""
    with transaction() as session:
        fair = session.get_one(Fair, fair_id)
        for name, translations in texts.items():
            setattr(fair, name, dict(translations))
        for name, moment in moments.items():
            setattr(fair, name, moment)
        fair.contact_email, fair.colour, fair.published = contact_email, colour.lower(), published
        record(session, "fair.update", fair_id=fair_id, thing_id=fair_id, actor=actor, now=now, label=fair.code)
    return fair


def set_opening_hours(fair_id: int, hours: Mapping[date, Hours], *, actor: ActorLike, now: datetime) -> Fair:
    """Set the opening hours of a fair's days; the gates go by them from the next scan on."""
    check_hours(hours)
    with transaction() as session:
        fair = session.get_one(Fair, fair_id)
        days = {one.day: one for one in fair.days}
        if set(hours) - set(days):
            raise NotFound()
        for day, one in hours.items():
            days[day].opens_at, days[day].closes_at, days[day].exhibitors_from = one.opens, one.closes, one.early
        record(
            session,
            "fair.set_hours",
            fair_id=fair_id,
            thing_id=fair_id,
            actor=actor,
            now=now,
            label=fair.code,
            hours={day.isoformat(): f"{one.opens:%H:%M}–{one.closes:%H:%M}" for day, one in hours.items()},
        )
    return fair
