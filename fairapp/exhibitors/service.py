"""What happens to applications, and to the people on a booth."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fairapp.accounts.models import Account, Membership
from fairapp.accounts.policy import Role
from fairapp.audit.service import ActorLike, record, record_consents
from fairapp.database import add_once, retried, transaction
from fairapp.enterprises import phones, tax_code
from fairapp.enterprises.models import Capability, CapabilityKind, Enterprise
from fairapp.enterprises.taxonomy import enterprise_size
from fairapp.errors import FairError, NotFound
from fairapp.exhibitors import eligibility
from fairapp.exhibitors.lifecycle import ApplicationStateRefused, ApplicationStatus, check_step
from fairapp.exhibitors.models import Application, Exhibitor, ExhibitorStaff
from fairapp.fairs.models import Fair
from fairapp.files import service as files
from fairapp.files import sniffing
from fairapp.mail import service as mail

SCANS = frozenset({sniffing.PDF, "image/jpeg", "image/png"})


class AlreadyApplied(FairError):
    """The enterprise has an application in this fair."""

    code = "already_applied"


class NotAnExhibitor(FairError):
    """The enterprise has not been accepted as an exhibitor yet."""

    code = "not_an_exhibitor"


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


@dataclass(frozen=True, kw_only=True)
class StaffData:
    """A person on a booth."""

    full_name: str
    position: str
    email: str
    phone: str


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
        _note(session, "application.apply", application, actor=actor, now=now)
        _write_to_contact(session, "application_received", application, language=language, now=now)
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
    enterprise = session.scalar(
        sa.select(Enterprise).where(Enterprise.country == data.country, Enterprise.tax_code == code)
    )
    if enterprise is None:
        enterprise = Enterprise(country=data.country, tax_code=code, legal_name=data.legal_name)
        session.add(enterprise)
    elif not _is_own(session, enterprise, account_id):
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


def _is_own(session: Session, enterprise: Enterprise, account_id: int) -> bool:
    """Whether the account may change the register's entry, which lives across fairs.

    Anybody may apply with any tax code, so a membership proves nothing by itself: an organizer must have
    accepted the enterprise with this account, or nobody else may act for it anywhere. That nobody acts for an
    enterprise that was imported says nothing: there the application must have been imported too.
    """
    members = session.execute(
        sa.select(Membership.account_id, Exhibitor.id)
        .outerjoin(
            Exhibitor,
            sa.and_(Exhibitor.fair_id == Membership.fair_id, Exhibitor.enterprise_id == Membership.enterprise_id),
        )
        .where(Membership.enterprise_id == enterprise.id)
    ).all()
    accepted = any(member == account_id and exhibitor_id is not None for member, exhibitor_id in members)
    if accepted or {member for member, _ in members} != {account_id}:
        return accepted
    return enterprise.import_ref is None or _was_given(session, enterprise, account_id)


def _was_given(session: Session, enterprise: Enterprise, account_id: int) -> bool:
    """Whether the account acts for the enterprise in a fair to which it did not apply itself."""
    found = session.scalar(
        sa.select(Application.id)
        .join(
            Membership,
            sa.and_(Membership.fair_id == Application.fair_id, Membership.enterprise_id == Application.enterprise_id),
        )
        .where(
            Application.enterprise_id == enterprise.id,
            Application.account_id.is_(None),
            Membership.account_id == account_id,
        )
        .limit(1)
    )
    return found is not None


def set_capabilities(enterprise: Enterprise, kind: CapabilityKind, codes: Sequence[str]) -> None:
    """Make ``codes`` the enterprise's capabilities of one kind."""
    kept = {one.code: one for one in enterprise.capabilities if one.kind is kind}
    for code in set(kept) - set(codes):
        enterprise.capabilities.remove(kept[code])
    for code in dict.fromkeys(codes):
        if code not in kept:
            enterprise.capabilities.append(Capability(kind=kind, code=code))


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


def accept(fair_id: int, public_id: str, *, actor: ActorLike, now: datetime) -> Exhibitor:
    """Accept an application: the enterprise becomes an exhibitor."""
    with transaction() as session:
        application = _decide(session, fair_id, public_id, ApplicationStatus.ACCEPTED, actor=actor, now=now)
        exhibitor = Exhibitor(
            fair_id=fair_id,
            enterprise_id=application.enterprise_id,
            application=application,
            fascia_name=application.fascia_name,
            accepted_at=now,
        )
        add_once(session, exhibitor, AlreadyApplied(name=application.enterprise.legal_name, tax_code=""))
        _note(session, "application.accept", application, actor=actor, now=now)
        _write_to_contact(session, "application_accepted", application, now=now)
    return exhibitor


def reject(fair_id: int, public_id: str, reason: str, *, actor: ActorLike, now: datetime) -> Application:
    """Reject an application and tell the enterprise why."""
    with transaction() as session:
        application = _decide(session, fair_id, public_id, ApplicationStatus.REJECTED, actor=actor, now=now)
        application.reason = reason
        _note(session, "application.reject", application, actor=actor, now=now, reason=reason)
        _write_to_contact(session, "application_rejected", application, now=now)
    return application


def send_back(fair_id: int, public_id: str, reason: str, *, actor: ActorLike, now: datetime) -> Application:
    """Return an application to be completed."""
    with transaction() as session:
        application = _decide(session, fair_id, public_id, ApplicationStatus.RETURNED, actor=actor, now=now)
        application.reason = reason
        _note(session, "application.return", application, actor=actor, now=now, reason=reason)
        _write_to_contact(session, "application_returned", application, now=now)
    return application


def put_on_waiting_list(fair_id: int, public_id: str, *, actor: ActorLike, now: datetime) -> Application:
    """Put an application on the waiting list."""
    with transaction() as session:
        application = _decide(session, fair_id, public_id, ApplicationStatus.WAITING_LIST, actor=actor, now=now)
        _note(session, "application.wait", application, actor=actor, now=now)
        _write_to_contact(session, "application_waiting", application, now=now)
    return application


def reopen(fair_id: int, public_id: str, *, actor: ActorLike, now: datetime) -> Application:
    """Take a rejection back: the application waits for a decision again."""
    with transaction() as session:
        application = _lock(session, fair_id, public_id)
        if application.status is not ApplicationStatus.REJECTED:
            raise ApplicationStateRefused(current=application.status.value, wanted=ApplicationStatus.APPLIED.value)
        application.status, application.reason = ApplicationStatus.APPLIED, ""
        application.decided_at = application.decided_by_id = None
        _note(session, "application.reopen", application, actor=actor, now=now)
    return application


def confirm(fair_id: int, enterprise_id: int, *, actor: ActorLike, now: datetime) -> Application:
    """The exhibitor confirms that it takes part."""
    with transaction() as session:
        application = _own(session, fair_id, enterprise_id)
        check_step(application.status, ApplicationStatus.CONFIRMED)
        application.status = ApplicationStatus.CONFIRMED
        exhibitor = session.scalar(
            sa.select(Exhibitor).where(Exhibitor.fair_id == fair_id, Exhibitor.enterprise_id == enterprise_id)
        )
        if exhibitor is not None:
            exhibitor.confirmed_at = now
        _note(session, "application.confirm", application, actor=actor, now=now)
    return application


def withdraw(fair_id: int, enterprise_id: int, *, actor: ActorLike, now: datetime) -> Application:
    """The enterprise withdraws an application that is not accepted yet."""
    with transaction() as session:
        application = _own(session, fair_id, enterprise_id)
        if application.status in (ApplicationStatus.ACCEPTED, ApplicationStatus.CONFIRMED):
            # Booths, meetings and badges hang on an exhibitor; the organizer takes it out with them.
            check_step(application.status, ApplicationStatus.REJECTED)
        check_step(application.status, ApplicationStatus.WITHDRAWN)
        application.status = ApplicationStatus.WITHDRAWN
        _note(session, "application.withdraw", application, actor=actor, now=now)
    return application


def add_staff(fair_id: int, exhibitor_id: int, data: StaffData, *, actor: ActorLike, now: datetime) -> ExhibitorStaff:
    """Put a person on an exhibitor's staff list."""
    phone = phones.parse_phone(data.phone)
    with transaction() as session:
        staff = ExhibitorStaff(
            fair_id=fair_id,
            exhibitor_id=exhibitor_id,
            full_name=data.full_name,
            position=data.position,
            email=data.email,
            phone=phone,
        )
        session.add(staff)
        session.flush()
        record(
            session,
            "staff.add",
            fair_id=fair_id,
            thing_id=staff.id,
            actor=actor,
            now=now,
            label=data.full_name,
        )
    return staff


def update_profile(
    enterprise_id: int,
    *,
    fair_id: int,
    main_products: Mapping[str, str],
    summary: Mapping[str, str],
    website: str,
    tolerance: str,
    capabilities: Mapping[CapabilityKind, Sequence[str]],
    actor: ActorLike,
    now: datetime,
) -> Enterprise:
    """Change what the directory says of an enterprise."""
    with transaction() as session:
        enterprise = session.get_one(Enterprise, enterprise_id)
        enterprise.main_products, enterprise.summary = dict(main_products), dict(summary)
        enterprise.website, enterprise.tightest_tolerance = website, tolerance
        for kind, codes in capabilities.items():
            set_capabilities(enterprise, kind, codes)
        record(
            session,
            "enterprise.update",
            fair_id=fair_id,
            thing_id=enterprise.id,
            actor=actor,
            now=now,
            label=enterprise.legal_name,
        )
    return enterprise


def _decide(
    session: Session,
    fair_id: int,
    public_id: str,
    wanted: ApplicationStatus,
    *,
    actor: ActorLike,
    now: datetime,
) -> Application:
    application = _lock(session, fair_id, public_id)
    check_step(application.status, wanted)
    application.status, application.decided_at = wanted, now
    application.decided_by_id = actor.account_id
    return application


def _lock(session: Session, fair_id: int, public_id: str) -> Application:
    application = session.scalar(
        sa.select(Application)
        .where(Application.fair_id == fair_id, Application.public_id == public_id)
        .with_for_update()
    )
    if application is None:
        raise NotFound()
    return application


def _own(session: Session, fair_id: int, enterprise_id: int) -> Application:
    application = session.scalar(
        sa.select(Application)
        .where(Application.fair_id == fair_id, Application.enterprise_id == enterprise_id)
        .with_for_update()
    )
    if application is None:
        raise NotFound()
    return application


def _note(
    session: Session, action: str, application: Application, *, actor: ActorLike, now: datetime, **facts: str
) -> None:
    session.flush()
    record(
        session,
        action,
        fair_id=application.fair_id,
        thing_id=application.id,
        actor=actor,
        now=now,
        label=application.enterprise.legal_name,
        **facts,
    )


def _write_to_contact(
    session: Session, kind: str, application: Application, *, now: datetime, language: str | None = None
) -> None:
    fair = session.get_one(Fair, application.fair_id)
    account = session.get(Account, application.account_id) if application.account_id else None
    mail.queue(
        session,
        kind,
        to=application.contact_email,
        to_name=application.contact_name,
        language=language or (account.language if account and account.language else "vi"),
        context={
            "name": application.contact_name,
            "enterprise": application.enterprise.legal_name,
            "fair_name": dict(fair.name),
            "fair_code": fair.code,
            "reason": application.reason,
        },
        now=now,
        fair_id=fair.id,
        reply_to=fair.contact_email,
    )
