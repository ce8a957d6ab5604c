"""What an enterprise does with its application."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fairapp.accounts.models import Membership
from fairapp.accounts.policy import Role
from fairapp.applications import eligibility
from fairapp.applications.lifecycle import ApplicationStatus, check_step
from fairapp.applications.models import Application
from fairapp.applications.service.ownership import is_own
from fairapp.applications.service.shared import AlreadyApplied, note, own, write_to_contact
from fairapp.audit.service import ActorLike, record_consents
from fairapp.database import add_once, retried, transaction
from fairapp.enterprises import phones, tax_code
from fairapp.enterprises.models import CapabilityKind, Enterprise
from fairapp.enterprises.queries import find_by_tax_code
from fairapp.enterprises.service import set_capabilities
from fairapp.enterprises.taxonomy import enterprise_size
from fairapp.errors import NotFound
from fairapp.exhibitors.models import Exhibitor
from fairapp.fairs.models import Fair
from fairapp.files import service as files
from fairapp.files import sniffing

SCANS = frozenset({sniffing.PDF, "image/jpeg", "image/png"})


@dataclass(frozen=True, kw_only=True)
class ApplicationData:
    """What an applicant fills in."""

    legal_name: str
    english_name: str
    country: str
    tax_code: str
    legal_form: str
    representative: str
    representative_title: str
    address: str
    province: str | None
    website: str
    employees: int | None
    established: int | None
    sectors: Sequence[str]
    processes: Sequence[str]
    main_products: Mapping[str, str]
    fascia_name: str
    contact_name: str
    contact_title: str
    contact_email: str
    contact_phone: str
    booth_type: str
    area: int
    message: str


@dataclass(frozen=True, kw_only=True)
class Upload:
    """A file as it was sent."""

    name: str
    content: bytes


@retried
def apply(
    fair_id: int,
    data: ApplicationData,
    *,
    account_id: int,
    application_id: str | None = None,
    scan: Upload | None = None,
    consents: Sequence[tuple[str, str]] = (),
    language: str,
    actor: ActorLike,
    now: datetime,
) -> Application:
    """Send an application, or send a returned or still undecided one again."""
    code = tax_code.parse_tax_code(data.tax_code, country=data.country)
    phone = phones.parse_phone(data.contact_phone, country=data.country)
    eligibility.check_enterprise(legal_form=data.legal_form)
    with transaction() as session:
        fair = session.get_one(Fair, fair_id)
        eligibility.check_time(opens_at=fair.applications_open_at, closes_at=fair.applications_close_at, now=now)
        application = _find_own(session, fair_id, application_id, account_id)
        enterprise = _register(session, data, code.text, account_id=account_id)
        if application is None:
            application = _open(session, fair_id, enterprise, account_id=account_id, now=now)
        else:
            _change_enterprise(session, application, enterprise)
            if application.status is not ApplicationStatus.APPLIED:
                check_step(application.status, ApplicationStatus.APPLIED)
        _fill(application, data, phone=phone)
        application.language = language
        application.status, application.applied_at, application.reason = ApplicationStatus.APPLIED, now, ""
        if scan is not None:
            application.scan = files.store_upload(
                session, scan.content, name=scan.name, accepted=SCANS, fair_id=fair_id, now=now
            )
        record_consents(
            session,
            consents,
            fair_id=fair_id,
            subject="application",
            subject_id=application.id,
            language=language,
            actor=actor,
            now=now,
        )
        note(session, "application.apply", application, actor=actor, now=now)
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


def _register(session: Session, data: ApplicationData, code: str, *, account_id: int) -> Enterprise:
    """Return the enterprise of a tax code; what the register says is changed only by its own people."""
    enterprise = find_by_tax_code(data.country, code, lock=True)
    if enterprise is None:
        enterprise = Enterprise(country=data.country, tax_code=code, legal_name=data.legal_name)
        session.add(enterprise)
    elif not is_own(session, enterprise, account_id):
        return enterprise
    enterprise.legal_name = data.legal_name
    enterprise.english_name = data.english_name
    enterprise.legal_form = data.legal_form
    enterprise.representative = data.representative
    enterprise.representative_title = data.representative_title
    enterprise.address = data.address
    enterprise.province = data.province
    enterprise.website = data.website
    enterprise.employees = data.employees
    enterprise.size = enterprise_size(data.employees)
    enterprise.established = data.established
    enterprise.main_products = dict(data.main_products)
    set_capabilities(enterprise, CapabilityKind.SECTOR, data.sectors)
    set_capabilities(enterprise, CapabilityKind.PROCESS, data.processes)
    session.flush()
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


def _change_enterprise(session: Session, application: Application, enterprise: Enterprise) -> None:
    """The tax code of an application stays: another enterprise applies for itself."""
    session.flush()
    if application.enterprise_id != enterprise.id:
        raise AlreadyApplied(name=application.enterprise.legal_name, tax_code=application.enterprise.tax_code)


def _fill(application: Application, data: ApplicationData, *, phone: str) -> None:
    application.fascia_name = data.fascia_name
    application.contact_name = data.contact_name
    application.contact_title = data.contact_title
    application.contact_email = data.contact_email
    application.contact_phone = phone
    application.booth_type = data.booth_type
    application.area = data.area
    application.message = data.message


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
