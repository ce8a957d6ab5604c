"""Writing the trail; called inside the transaction of the use case it tells of."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy.orm import Session

from fairapp.audit.models import AuditEntry, Consent


class ActorLike(Protocol):
    """Who did it."""

    @property
    def account_id(self) -> int | None: ...
    @property
    def name(self) -> str: ...
    @property
    def ip(self) -> str: ...
    @property
    def request_id(self) -> str: ...


def record(
    session: Session,
    action: str,
    *,
    fair_id: int | None,
    thing_id: str | int,
    actor: ActorLike,
    now: datetime,
    label: str = "",
    **facts: Any,
) -> None:
    """Add one entry; ``action`` is ``thing.verb``, ``facts`` are plain JSON values."""
    session.add(
        AuditEntry(
            fair_id=fair_id,
            account_id=actor.account_id,
            actor=actor.name,
            action=action,
            thing=action.partition(".")[0],
            thing_id=str(thing_id),
            label=label[:200],
            facts=facts,
            ip=actor.ip,
            request_id=actor.request_id,
            at=now,
        )
    )


def record_consents(
    session: Session,
    consents: Iterable[tuple[str, str]],
    *,
    fair_id: int,
    subject: str,
    subject_id: str | int,
    language: str,
    actor: ActorLike,
    now: datetime,
) -> None:
    """Keep the proof of consents, given as pairs of purpose and the words that were agreed to."""
    for purpose, wording in consents:
        session.add(
            Consent(
                fair_id=fair_id,
                subject=subject,
                subject_id=str(subject_id),
                purpose=purpose,
                wording=wording,
                language=language,
                ip=actor.ip,
                given_at=now,
            )
        )
