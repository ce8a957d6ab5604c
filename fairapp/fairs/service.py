"""Setting up a fair."""

from collections.abc import Mapping
from datetime import datetime

from fairapp.audit.service import ActorLike, record
from fairapp.database import transaction
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
