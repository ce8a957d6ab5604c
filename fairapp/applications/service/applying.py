"""What an enterprise does with its application."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fairapp.accounts.models import Membership
from fairapp.accounts.policy import Role
from fairapp.applications import answers, eligibility, space
from fairapp.applications.lifecycle import ApplicationStateRefused, ApplicationStatus, check_step
from fairapp.applications.models import Application, Submission
from fairapp.applications.service import consenting, drafts, register, signing
from fairapp.applications.service.checking import TaxCodeOfAnother, find_mistakes
from fairapp.applications.service.drafts import Owner
from fairapp.applications.service.ownership import is_own
from fairapp.applications.service.shared import AlreadyApplied, note, own, write_to_contact
from fairapp.applications.service.signing import Scan
from fairapp.audit.service import ActorLike
from fairapp.database import add_once, retried, transaction
from fairapp.enterprises import phones, tax_code
from fairapp.enterprises.models import Enterprise
from fairapp.enterprises.names import short_name_of
from fairapp.enterprises.queries import find_by_tax_code
from fairapp.errors import FairError, NotFound
from fairapp.exhibitors.models import Exhibitor
from fairapp.fairs.models import CoOrganizer, Fair

EDITABLE = (
    ApplicationStatus.DRAFT,
    ApplicationStatus.APPLIED,
    ApplicationStatus.RETURNED,
    ApplicationStatus.WITHDRAWN,
)
"""States in which the enterprise may send its application, once more or for the first time."""


def may_be_sent(application: Application) -> bool:
    """Whether the enterprise may still change its application and send it."""
    return application.status in EDITABLE and application.exhibitor_id is None


class SentMeanwhile(FairError):
    """Somebody of the enterprise has sent the application since this page was opened."""

    code = "sent_meanwhile"


@retried
def apply(
    fair_id: int,
    values: Mapping[str, Any],
    *,
    account_id: int,
    application_id: str | None = None,
    based_on: int | None = None,
    scan: Scan | None = None,
    consents: Sequence[tuple[str, str]] = (),
    language: str,
    actor: ActorLike,
    now: datetime,
) -> Application:
    """Send an application, or send a returned or still undecided one again; what was typed is no draft any more.

    ``based_on`` is the number of the submission that was changed: of two who change it at once the slower is told.
    """
    with transaction() as session:
        fair = session.get_one(Fair, fair_id)
        eligibility.check_time(opens_at=fair.applications_open_at, closes_at=fair.applications_close_at, now=now)
        application = _find_own(session, fair_id, application_id, account_id)
        for _field, mistake in find_mistakes(session, fair, values, application=application, now=now):
            raise mistake
        enterprise = _register(session, values, account_id=account_id, now=now)
        owner = Owner(fair_id=fair_id, account_id=account_id, application_id=application.id if application else None)
        if application is None:
            application = _open(session, fair_id, enterprise, account_id=account_id, now=now)
        else:
            _check_may_send(application, enterprise, based_on)
        _fill(session, application, values)
        application.language = language
        if application.applied_at is None or application.status is ApplicationStatus.WITHDRAWN:
            # The day counts for early bird and for who came first: to complete an application must not cost it.
            application.applied_at = now
        application.status, application.reason = ApplicationStatus.APPLIED, ""
        _submit(session, application, values, account_id=account_id, now=now)
        signing.outdate(application)
        if scan is not None:
            signing.keep(session, application, scan, account_id=account_id, now=now)
        consenting.keep(session, application, consents, language=language, actor=actor, now=now)
        drafts.drop(session, owner)
        number = application.submissions[-1].number
        note(session, "application.apply", application, actor=actor, now=now, submission=str(number))
        write_to_contact(session, "application_received", application, language=language, now=now)
    return application


def _find_own(session: Session, fair_id: int, public_id: str | None, account_id: int) -> Application | None:
    if public_id is None:
        return None
    application = session.scalar(
        sa.select(Application)
        .join(
            Membership,
            sa.and_(
                Membership.fair_id == Application.fair_id,
                Membership.enterprise_id == Application.enterprise_id,
                Membership.role == Role.EXHIBITOR_CONTACT,
            ),
        )
        .where(
            Application.fair_id == fair_id,
            Application.public_id == public_id,
            Membership.account_id == account_id,
        )
        .with_for_update(of=Application)
    )
    if application is None:
        raise NotFound()
    return application


def _register(session: Session, values: Mapping[str, Any], *, account_id: int, now: datetime) -> Enterprise:
    """Return the enterprise of a tax code; what the register says is changed only by its own people."""
    code = tax_code.parse_tax_code(values["tax_code"], country=values["country"]).text
    enterprise = find_by_tax_code(values["country"], code, lock=True)
    if enterprise is None:
        enterprise = Enterprise(
            country=values["country"],
            tax_code=code,
            legal_name=values["legal_name"],
            short_name=short_name_of(values["legal_name"])[:120],
            main_products={},
            summary={},
        )
        session.add(enterprise)
        session.flush()
    elif not is_own(session, enterprise, account_id):
        return enterprise
    register.write(session, enterprise, values, now=now)
    return enterprise


def _open(session: Session, fair_id: int, enterprise: Enterprise, *, account_id: int, now: datetime) -> Application:
    application = Application(fair_id=fair_id, enterprise=enterprise, account_id=account_id, created_at=now)
    session.flush()
    add_once(session, application, AlreadyApplied(name=enterprise.legal_name, tax_code=enterprise.tax_code))
    exists = session.scalar(
        sa.select(Membership.id).where(
            Membership.account_id == account_id,
            Membership.fair_id == fair_id,
            Membership.role == Role.EXHIBITOR_CONTACT,
            Membership.enterprise_id == enterprise.id,
        )
    )
    if exists is None:
        session.add(
            Membership(
                account_id=account_id,
                fair_id=fair_id,
                role=Role.EXHIBITOR_CONTACT,
                enterprise_id=enterprise.id,
                created_at=now,
            )
        )
    return application


def _check_may_send(application: Application, enterprise: Enterprise, based_on: int | None) -> None:
    if application.enterprise_id != enterprise.id:
        raise TaxCodeOfAnother(name=application.enterprise.legal_name)
    if application.exhibitor_id is not None:
        # It was accepted once: the organizer takes the withdrawal back, with whatever hangs on the exhibitor.
        raise ApplicationStateRefused(current=application.status.value, wanted=ApplicationStatus.APPLIED.value)
    if application.status is not ApplicationStatus.APPLIED:
        check_step(application.status, ApplicationStatus.APPLIED)
    last = application.submissions[-1].number if application.submissions else 0
    if based_on is not None and based_on != last:
        raise SentMeanwhile()


def _fill(session: Session, application: Application, values: Mapping[str, Any]) -> None:
    for name in answers.APPLICATION_TEXTS:
        setattr(application, name, answers.text(values, name))
    country = values["country"]
    application.contact_phone = phones.parse_phone(values["contact_phone"], country=country)
    invoiced = answers.text(values, "invoice_tax_code")
    application.invoice_tax_code = tax_code.parse_tax_code(invoiced, country=country).text if invoiced else ""
    application.quantity = 1 if values["booth_type"] == space.RAW_SPACE else values["quantity"]
    application.area = space.wanted_area(values["booth_type"], application.quantity, values.get("area"))
    application.corner = bool(values.get("corner"))
    application.extras = list(values.get("extras") or ())
    application.subsidy_wanted = bool(values.get("subsidy_wanted"))
    body = session.scalar(
        sa.select(CoOrganizer).where(
            CoOrganizer.fair_id == application.fair_id, CoOrganizer.public_id == answers.text(values, "co_organizer")
        )
    )
    application.co_organizer = body


def _submit(
    session: Session, application: Application, values: Mapping[str, Any], *, account_id: int, now: datetime
) -> None:
    last = application.submissions[-1].number if application.submissions else 0
    submission = Submission(number=last + 1, values=dict(values), account_id=account_id, sent_at=now)
    application.submissions.append(submission)
    session.flush()


def last_values(session: Session, application: Application, account_id: int) -> dict[str, Any]:
    """Return what an application says, to be changed: what was sent, never what only the register knows.

    An application that came without a submission, from a file or an organizer, says what the register says,
    but to strangers to the register no more than its name and tax code.
    """
    if application.submissions:
        return dict(application.submissions[-1].values)
    enterprise = application.enterprise
    known = register.read(enterprise)
    if not is_own(session, enterprise, account_id):
        known = {name: known[name] for name in ("legal_name", "country", "tax_code", "province")}
    return {**known, **register.read_application(application)}


def confirm(fair_id: int, enterprise_id: int, *, actor: ActorLike, now: datetime) -> Application:
    """The exhibitor confirms that it takes part."""
    with transaction() as session:
        application = own(session, fair_id, enterprise_id)
        check_step(application.status, ApplicationStatus.CONFIRMED)
        application.status = ApplicationStatus.CONFIRMED
        exhibitor = session.scalar(
            sa.select(Exhibitor).where(Exhibitor.fair_id == fair_id, Exhibitor.enterprise_id == enterprise_id)
        )
        if exhibitor is not None:
            exhibitor.confirmed_at = now
        note(session, "application.confirm", application, actor=actor, now=now)
    return application


def withdraw(fair_id: int, enterprise_id: int, *, actor: ActorLike, now: datetime) -> Application:
    """The enterprise withdraws an application that is not accepted yet."""
    with transaction() as session:
        application = own(session, fair_id, enterprise_id)
        if application.status in (ApplicationStatus.ACCEPTED, ApplicationStatus.CONFIRMED):
            # Booths, meetings and badges hang on an exhibitor; the organizer takes it out with them.
            check_step(application.status, ApplicationStatus.REJECTED)
        check_step(application.status, ApplicationStatus.WITHDRAWN)
        application.status = ApplicationStatus.WITHDRAWN
        note(session, "application.withdraw", application, actor=actor, now=now)
    return application
