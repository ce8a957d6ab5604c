"""Warning enterprises of certificates that run out."""

from collections import defaultdict
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from fairapp.database import transaction
from fairapp.enterprises.certificates import last_warned_day
from fairapp.enterprises.models import Capability, CapabilityKind, Enterprise
from fairapp.exhibitors.models import Exhibitor
from fairapp.mail import service as mail

KIND = "certificates_expire"


def warn_of_certificates(*, today: date, now: datetime) -> int:
    """Write once to each enterprise whose certificates run out within 60 days; return how many mails that makes.

    The mail goes to the contact of its latest participation; an enterprise that exhibits nowhere has none and
    is asked again tomorrow.
    """
    with transaction() as session:
        due: dict[int, list[Capability]] = defaultdict(list)
        for row in session.scalars(_due(today)):
            due[row.enterprise_id].append(row)
        written = 0
        for enterprise_id, certificates in due.items():
            exhibitor = _latest(session, enterprise_id)
            if exhibitor is None or not exhibitor.contact_email:
                continue
            _write(session, exhibitor, certificates, now=now)
            for row in certificates:
                row.warned_on = today
            written += 1
    return written


def _due(today: date) -> sa.Select[Capability]:
    return (
        sa.select(Capability)
        .join(Capability.enterprise)
        .where(
            Capability.kind == CapabilityKind.CERTIFICATE,
            Capability.expires_on.between(today, last_warned_day(today)),
            Capability.warned_on.is_(None),
            Enterprise.merged_into_id.is_(None),
        )
        .order_by(Capability.enterprise_id, Capability.expires_on, Capability.id)
        .with_for_update(of=Capability)
    )


def _latest(session: Session, enterprise_id: int) -> Exhibitor | None:
    return session.scalar(
        sa.select(Exhibitor)
        .where(Exhibitor.enterprise_id == enterprise_id, Exhibitor.withdrawn_at.is_(None))
        .options(joinedload(Exhibitor.fair), joinedload(Exhibitor.enterprise))
        .order_by(Exhibitor.accepted_at.desc(), Exhibitor.id.desc())
        .limit(1)
    )


def _write(session: Session, exhibitor: Exhibitor, certificates: list[Capability], *, now: datetime) -> None:
    mail.queue(
        session,
        KIND,
        to=exhibitor.contact_email,
        to_name=exhibitor.contact_name,
        language=exhibitor.language,
        context={
            "name": exhibitor.contact_name,
            "enterprise": exhibitor.enterprise.legal_name,
            "fair_code": exhibitor.fair.code,
            "fair_name": dict(exhibitor.fair.name),
            "certificates": [
                {"code": row.code, "number": row.number, "day": row.expires_on.strftime("%d/%m/%Y")}
                for row in certificates
                if row.expires_on
            ],
        },
        now=now,
        fair_id=exhibitor.fair_id,
        enterprise_id=exhibitor.enterprise_id,
        reply_to=exhibitor.fair.contact_email,
    )
