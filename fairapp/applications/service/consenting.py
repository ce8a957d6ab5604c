"""Consents of an application: given one by one, kept as proofs, withdrawn at any time."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fairapp.applications import consents
from fairapp.applications.consents import Proof
from fairapp.applications.models import Application
from fairapp.applications.service.shared import note, own
from fairapp.audit.models import Consent
from fairapp.audit.service import ActorLike, record_consents
from fairapp.database import db, transaction
from fairapp.errors import FairError, NotFound
from fairapp.exhibitors.models import Exhibitor
from fairapp.exhibitors.service.changing import before_listing

SUBJECT = "application"


class ConsentNeeded(FairError):
    """Without this consent there is no application: it is withdrawn as a whole."""

    code = "consent_needed"


class DirectoryConsentMissing(FairError):
    """The enterprise never agreed that the directory shows it, or took that back."""

    code = "directory_consent_missing"


def list_proofs(application: Application) -> list[Proof]:
    """Return every consent that was ever given for an application, the first first."""
    return _proofs(db.session(), application)


def may_be_listed(session: Session, application: Application) -> bool:
    """Whether the directory may show what becomes of an application."""
    return consents.may_be_listed(_proofs(session, application))


def give(
    fair_id: int,
    enterprise_id: int,
    purpose: str,
    wording: str,
    *,
    language: str,
    actor: ActorLike,
    now: datetime,
) -> Application:
    """Agree to one more purpose."""
    with transaction() as session:
        application = own(session, fair_id, enterprise_id)
        if purpose not in consents.in_force(_proofs(session, application)):
            keep(session, application, [(purpose, wording)], language=language, actor=actor, now=now)
            note(session, "application.consent", application, actor=actor, now=now, purpose=purpose)
    return application


def withdraw(fair_id: int, enterprise_id: int, purpose: str, *, actor: ActorLike, now: datetime) -> Application:
    """Withdraw a consent; what it allowed ends at once, the proof stays."""
    if purpose == consents.PROCESSING:
        raise ConsentNeeded()
    with transaction() as session:
        application = own(session, fair_id, enterprise_id)
        given = session.scalars(_of(application).where(Consent.purpose == purpose, Consent.withdrawn_at.is_(None)))
        rows = given.all()
        if not rows:
            raise NotFound()
        for row in rows:
            row.withdrawn_at = now
        follow(session, application, [purpose])
        note(session, "application.withdraw_consent", application, actor=actor, now=now, purpose=purpose)
    return application


def keep(
    session: Session,
    application: Application,
    given: Sequence[tuple[str, str]],
    *,
    language: str,
    actor: ActorLike,
    now: datetime,
) -> None:
    """Keep consents in the running transaction."""
    record_consents(
        session,
        given,
        fair_id=application.fair_id,
        subject=SUBJECT,
        subject_id=application.id,
        language=language,
        actor=actor,
        now=now,
    )
    follow(session, application, [purpose for purpose, _wording in given])


def follow(session: Session, application: Application, purposes: Iterable[str]) -> None:
    """Let the directory show the exhibitor of an application, or hide it, when that consent has changed."""
    session.flush()
    if application.exhibitor is not None and consents.DIRECTORY in set(purposes):
        application.exhibitor.listed = may_be_listed(session, application)


@before_listing
def check_directory_consent(session: Session, exhibitor: Exhibitor) -> None:
    """Return quietly if the enterprise agreed to be shown, or was asked on paper."""
    application = session.scalar(sa.select(Application).where(Application.exhibitor_id == exhibitor.id))
    if application is not None and not may_be_listed(session, application):
        raise DirectoryConsentMissing()


def _proofs(session: Session, application: Application) -> list[Proof]:
    return [
        Proof(
            purpose=row.purpose,
            wording=row.wording,
            language=row.language,
            given_at=row.given_at,
            withdrawn_at=row.withdrawn_at,
        )
        for row in session.scalars(_of(application))
    ]


def _of(application: Application) -> sa.Select[Consent]:
    return (
        sa.select(Consent)
        .where(
            Consent.fair_id == application.fair_id,
            Consent.subject == SUBJECT,
            Consent.subject_id == str(application.id),
        )
        .order_by(Consent.id)
    )
