"""What organizers and co-organizers decide on applications, and how they take it back."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fairapp.applications.lifecycle import (
    DECISIONS,
    ApplicationStateRefused,
    ApplicationStatus,
    Step,
    check_decision,
)
from fairapp.applications.models import CARRIED, Application
from fairapp.applications.queries import TAKES_A_PLACE
from fairapp.applications.service import consenting
from fairapp.applications.service.shared import AlreadyApplied, lock, note, write_to_contact
from fairapp.audit.models import AuditEntry
from fairapp.audit.service import ActorLike
from fairapp.database import add_once, retried, transaction
from fairapp.errors import FairError
from fairapp.exhibitors.models import Exhibitor
from fairapp.fairs.models import CoOrganizer
from fairapp.mail import service as mail

STEPS = tuple(f"application.{step}" for step in Step)
UNDO = "application.undo"


class MayOnlyRecommend(FairError):
    """The co-organizer recommends; the organizer decides."""

    code = "may_only_recommend"


class QuotaFull(FairError):
    """The co-organizer has accepted as many exhibitors as it may."""

    code = "quota_full"


class ExhibitorInUse(FairError):
    """Something hangs on the exhibitor that would be lost with the acceptance."""

    code = "exhibitor_in_use"


class NothingToUndo(FairError):
    """The account decided nothing in that request."""

    code = "nothing_to_undo"


@dataclass(frozen=True, kw_only=True)
class Refused:
    """An application that was left as it was, and why."""

    public_id: str
    name: str
    refusal: FairError


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came of one decision on many applications."""

    done: Sequence[str] = field(default_factory=list)
    refused: Sequence[Refused] = field(default_factory=list)


def decide(
    fair_id: int,
    public_id: str,
    step: Step,
    *,
    reason: str = "",
    scope: int | None = None,
    actor: ActorLike,
    now: datetime,
) -> Application:
    """Take one step with an application and tell the enterprise; ``scope`` is the deciding co-organizer's body."""
    return _decide(fair_id, public_id, step, reason=reason, scope=scope, actor=actor, now=now)


def decide_many(
    fair_id: int,
    public_ids: Sequence[str],
    step: Step,
    *,
    reason: str = "",
    scope: int | None = None,
    actor: ActorLike,
    now: datetime,
) -> Outcome:
    """Take one step with many applications; each stands for itself, so one refusal holds up nobody."""
    done: list[str] = []
    refused: list[Refused] = []
    for public_id in public_ids:
        try:
            _decide(fair_id, public_id, step, reason=reason, scope=scope, actor=actor, now=now)
        except FairError as refusal:
            refused.append(Refused(public_id=public_id, name=str(refusal.facts.get("enterprise", "")), refusal=refusal))
        else:
            done.append(public_id)
    return Outcome(done=done, refused=refused)


def undo(fair_id: int, batch: str, *, scope: int | None = None, actor: ActorLike, now: datetime) -> Outcome:
    """Take back what the account decided in one request, where nothing has happened since."""
    done: list[str] = []
    refused: list[Refused] = []
    for entry_id, public_id, name in _decided_in(fair_id, batch, actor=actor):
        try:
            _undo(fair_id, public_id, entry_id, scope=scope, actor=actor, now=now)
        except FairError as refusal:
            refused.append(Refused(public_id=public_id, name=name, refusal=refusal))
        else:
            done.append(public_id)
    if not done and not refused:
        raise NothingToUndo()
    return Outcome(done=done, refused=refused)


@retried
def _decide(
    fair_id: int, public_id: str, step: Step, *, reason: str, scope: int | None, actor: ActorLike, now: datetime
) -> Application:
    decision = DECISIONS[step]
    with transaction() as session:
        application = lock(session, fair_id, public_id, scope=scope)
        before, reason_before = application.status, application.reason
        try:
            check_decision(before, step)
            _check_right(session, application, step, scope=scope)
            if step is Step.REOPEN and application.exhibitor_id is not None:
                _take_exhibitor_back(session, application)
            if step is Step.ACCEPT:
                _make_exhibitor(session, application, now=now)
        except FairError as refusal:
            refusal.facts.setdefault("enterprise", application.enterprise.legal_name)
            raise
        application.status, application.reason = decision.becomes, reason if decision.with_reason else ""
        _sign(application, actor=actor, now=now)
        facts = {"reason": reason} if decision.with_reason else {}
        note(
            session, f"application.{step}", application, actor=actor, now=now,
            before=before.value, reason_before=reason_before, **facts,
        )  # fmt: skip
        if step is not Step.REOPEN:
            write_to_contact(session, decision.mail, application, now=now)
        else:
            _tell_otherwise(session, application, before, now=now)
    return application


@retried
def _undo(
    fair_id: int, public_id: str, entry_id: int, *, scope: int | None, actor: ActorLike, now: datetime
) -> Application:
    with transaction() as session:
        application = lock(session, fair_id, public_id, scope=scope)
        entry = _last_change(session, application)
        if entry is None or entry.id != entry_id or not _still_holds(entry, application):
            raise ApplicationStateRefused(current=application.status.value, wanted="")
        if application.exhibitor_id is not None:
            _take_exhibitor_back(session, application)
        decided = application.status
        application.status = ApplicationStatus(entry.facts["before"])
        application.reason = entry.facts.get("reason_before", "")
        _sign(application, actor=actor, now=now)
        note(session, UNDO, application, actor=actor, now=now)
        _tell_otherwise(session, application, decided, now=now)
    return application


def _decided_in(fair_id: int, batch: str, *, actor: ActorLike) -> list[tuple[int, str, str]]:
    with transaction() as session:
        rows = session.execute(
            sa.select(AuditEntry.id, Application.public_id, AuditEntry.label)
            .join(Application, sa.cast(Application.id, sa.String) == AuditEntry.thing_id)
            .where(
                AuditEntry.fair_id == fair_id,
                Application.fair_id == fair_id,
                AuditEntry.thing == "application",
                AuditEntry.request_id == batch,
                AuditEntry.account_id == actor.account_id,
                AuditEntry.action.in_(STEPS),
                AuditEntry.action != f"application.{Step.REOPEN}",
            )
            .order_by(AuditEntry.id)
        ).all()
    return [(row[0], row[1], row[2]) for row in rows]


def _last_change(session: Session, application: Application) -> AuditEntry | None:
    """Return the latest entry of the trail that tells of the application, be it a decision or its own people's."""
    return session.scalar(
        sa.select(AuditEntry)
        .where(
            AuditEntry.fair_id == application.fair_id,
            AuditEntry.thing == "application",
            AuditEntry.thing_id == str(application.id),
            AuditEntry.action.in_((*STEPS, UNDO, "application.apply", "application.confirm", "application.withdraw")),
        )
        .order_by(AuditEntry.id.desc())
        .limit(1)
    )


def _still_holds(entry: AuditEntry, application: Application) -> bool:
    """Whether the application is what the decision made of it; others, such as a withdrawal, may have come since."""
    step = Step(entry.action.removeprefix("application."))
    return application.status is DECISIONS[step].becomes


def _sign(application: Application, *, actor: ActorLike, now: datetime) -> None:
    """Note who decided; an application that waits for a decision has been decided by nobody."""
    undecided = application.status is ApplicationStatus.APPLIED
    application.decided_at = None if undecided else now
    application.decided_by_id = None if undecided else actor.account_id


def _check_right(session: Session, application: Application, step: Step, *, scope: int | None) -> None:
    """Return quietly if the step is the decider's to take; two who accept for one body take turns."""
    if application.co_organizer_id is None or (scope is None and step is not Step.ACCEPT):
        return
    body = session.scalar(
        sa.select(CoOrganizer)
        .where(CoOrganizer.id == application.co_organizer_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if body is None or scope is None:
        return
    if not body.may_decide:
        raise MayOnlyRecommend()
    if step is Step.ACCEPT and body.quota is not None:
        used = session.scalar(
            sa.select(sa.func.count())
            .select_from(Exhibitor)
            .where(Exhibitor.co_organizer_id == body.id, *TAKES_A_PLACE)
        )
        if (used or 0) >= body.quota:
            raise QuotaFull(body=body.code, quota=body.quota, used=used)


def _make_exhibitor(session: Session, application: Application, *, now: datetime) -> None:
    enterprise = application.enterprise
    taken = AlreadyApplied(name=enterprise.legal_name, tax_code=enterprise.tax_code)
    exhibitor = session.scalar(
        sa.select(Exhibitor)
        .where(Exhibitor.fair_id == application.fair_id, Exhibitor.enterprise_id == enterprise.id)
        .with_for_update()
    )
    if exhibitor is None:
        exhibitor = Exhibitor(fair_id=application.fair_id, enterprise_id=enterprise.id)
    elif exhibitor.withdrawn_at is None:
        raise taken
    # Whoever withdrew and applied again comes back with what the new application says.
    exhibitor.accepted_at, exhibitor.confirmed_at = now, None
    exhibitor.withdrawn_at, exhibitor.withdrawn_reason, exhibitor.main_exhibitor_id = None, "", None
    exhibitor.listed = consenting.may_be_listed(session, application)
    for name in CARRIED:
        setattr(exhibitor, name, getattr(application, name))
    add_once(session, exhibitor, taken)
    application.exhibitor = exhibitor


def _take_exhibitor_back(session: Session, application: Application) -> None:
    """Take the exhibitor out again; whatever any feature has hung on it would go with it, so then it stays."""
    exhibitor = session.scalar(sa.select(Exhibitor).where(Exhibitor.id == application.exhibitor_id).with_for_update())
    if exhibitor is None:
        return
    key = Exhibitor.__table__.c.id
    for table in Exhibitor.metadata.sorted_tables:
        for column in table.columns:
            if table is Application.__table__ or not any(one.column is key for one in column.foreign_keys):
                continue
            if session.scalar(sa.select(sa.exists().where(column == exhibitor.id))):
                raise ExhibitorInUse(name=application.enterprise.legal_name)
    application.exhibitor_id = None
    session.flush()
    session.delete(exhibitor)
    session.flush()


def _tell_otherwise(session: Session, application: Application, decided: ApplicationStatus, *, now: datetime) -> None:
    """Keep back the mail about a decision that was taken back; if it is out already, write how it stands now."""
    kinds = {decision.becomes: decision.mail for decision in DECISIONS.values()}
    if mail.keep_back(session, kinds[decided], fair_id=application.fair_id, enterprise_id=application.enterprise_id):
        return
    write_to_contact(session, kinds[application.status], application, now=now)
