"""Setting who may apply to a fair."""

from datetime import datetime

import sqlalchemy as sa

from fairapp.applications.eligibility import Rules, to_stored
from fairapp.audit.service import ActorLike, record
from fairapp.database import transaction
from fairapp.errors import FairError
from fairapp.fairs.models import Fair


class FairChanged(FairError):
    """Somebody else has changed the settings since they were shown."""

    code = "fair_changed"


def set_rules(fair_id: int, rules: Rules, *, version: int, actor: ActorLike, now: datetime) -> Fair:
    """Set who may apply; of two organizers who do it at once the slower is told."""
    with transaction() as session:
        fair = session.scalars(sa.select(Fair).where(Fair.id == fair_id).with_for_update()).one()
        if fair.version != version:
            raise FairChanged()
        fair.eligibility, fair.version = to_stored(rules), fair.version + 1
        record(
            session, "fair.set_eligibility", fair_id=fair_id, thing_id=fair_id, actor=actor, now=now, label=fair.code
        )
    return fair
