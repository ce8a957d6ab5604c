"""Co-exhibitors: enterprises with their own staff and profile on a main exhibitor's booth."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fairapp.accounts.policy import Role
from fairapp.accounts.service import account_of
from fairapp.audit.service import ActorLike, record
from fairapp.database import add_once, retried, transaction
from fairapp.enterprises import phones, tax_code
from fairapp.enterprises import queries as enterprises
from fairapp.enterprises.models import Enterprise
from fairapp.enterprises.names import short_name_of
from fairapp.errors import FairError, NotFound
from fairapp.exhibitors import quota
from fairapp.exhibitors.models import CoExhibitorProposal, CoExhibitorState, Exhibitor
from fairapp.exhibitors.service.access import invite
from fairapp.exhibitors.service.shared import lock_present, note, write_to_contact
from fairapp.fairs.models import Fair
from fairapp.mail import service as mail


class AlreadyExhibitor(FairError):
    """The enterprise takes part in the fair already."""

    code = "already_exhibitor"


class AlreadyProposed(FairError):
    """The enterprise waits for the organizer's word already."""

    code = "already_proposed"


class ProposalDecided(FairError):
    """Somebody has answered the proposal in the meantime."""

    code = "proposal_decided"


class NoMainExhibitor(FairError):
    """A co-exhibitor has no booth that others could share."""

    code = "no_main_exhibitor"


@dataclass(frozen=True, kw_only=True)
class CoExhibitorData:
    """An enterprise that shall come onto a booth, and whom to write to there."""

    country: str
    tax_code: str
    legal_name: str
    contact_name: str
    contact_email: str
    contact_phone: str
    language: str


@retried
def propose(
    fair_id: int, main_id: str, data: CoExhibitorData, *, accept: bool = False, actor: ActorLike, now: datetime
) -> CoExhibitorProposal:
    """Name a co-exhibitor; it takes part at once if the fair is set so, or if the organizer names it (``accept``)."""
    code = tax_code.parse_tax_code(data.tax_code, country=data.country)
    phone = phones.parse_phone(data.contact_phone, country=data.country)
    with transaction() as session:
        main = lock_present(session, fair_id, main_id)
        if main.main_exhibitor_id is not None:
            raise NoMainExhibitor(name=main.enterprise.legal_name)
        _check_absent(session, fair_id, data.country, code.text)
        proposal = CoExhibitorProposal(
            fair_id=fair_id,
            main_exhibitor_id=main.id,
            country=data.country,
            tax_code=code.text,
            legal_name=data.legal_name,
            contact_name=data.contact_name,
            contact_email=data.contact_email.lower(),
            contact_phone=phone,
            language=data.language,
            proposed_at=now,
        )
        add_once(session, proposal, AlreadyProposed(name=data.legal_name))
        _note(session, "proposal.create", proposal, actor=actor, now=now)
        fair = session.get_one(Fair, fair_id)
        if accept or quota.read_rules(fair.staff_badges).co_exhibitors_at_once:
            _accept(session, proposal, main, actor=actor, now=now)
        elif fair.contact_email:
            mail.queue(
                session,
                "co_exhibitor_proposed",
                to=fair.contact_email,
                language="vi",
                context={
                    "main": main.enterprise.legal_name,
                    "enterprise": data.legal_name,
                    "fair_name": dict(fair.name),
                    "fair_code": fair.code,
                },
                now=now,
                fair_id=fair_id,
                reply_to=main.contact_email,
            )
    return proposal


@retried
def accept_proposal(fair_id: int, proposal_id: str, *, actor: ActorLike, now: datetime) -> Exhibitor:
    """Let a co-exhibitor take part: it gets its own pages, staff and directory entry."""
    with transaction() as session:
        proposal = _lock_proposal(session, fair_id, proposal_id)
        main = lock_present(session, fair_id, proposal.main_exhibitor.public_id)
        exhibitor = _accept(session, proposal, main, actor=actor, now=now)
        write_to_contact(session, "co_exhibitor_accepted", main, now=now, other=exhibitor.enterprise.legal_name)
    return exhibitor


def reject_proposal(
    fair_id: int, proposal_id: str, reason: str, *, actor: ActorLike, now: datetime
) -> CoExhibitorProposal:
    """Reject a co-exhibitor and tell the main exhibitor why."""
    with transaction() as session:
        proposal = _lock_proposal(session, fair_id, proposal_id)
        proposal.state, proposal.reason, proposal.decided_at = CoExhibitorState.REJECTED, reason, now
        _note(session, "proposal.reject", proposal, actor=actor, now=now, reason=reason)
        write_to_contact(
            session, "co_exhibitor_rejected", proposal.main_exhibitor, now=now, other=proposal.legal_name, reason=reason
        )
    return proposal


def drop_proposal(
    fair_id: int, main_id: int, proposal_id: str, *, actor: ActorLike, now: datetime
) -> CoExhibitorProposal:
    """Take a proposal back, by the main exhibitor that made it."""
    with transaction() as session:
        proposal = _lock_proposal(session, fair_id, proposal_id)
        if proposal.main_exhibitor_id != main_id:
            raise NotFound()
        proposal.state, proposal.decided_at = CoExhibitorState.WITHDRAWN, now
        _note(session, "proposal.withdraw", proposal, actor=actor, now=now)
    return proposal


def _check_absent(session: Session, fair_id: int, country: str, code: str) -> None:
    enterprise = enterprises.find_by_tax_code(country, code)
    if enterprise is None:
        return
    taken = session.scalar(
        sa.select(Exhibitor.id).where(
            Exhibitor.fair_id == fair_id,
            Exhibitor.enterprise_id == enterprise.id,
            Exhibitor.withdrawn_at.is_(None),
        )
    )
    if taken is not None:
        raise AlreadyExhibitor(name=enterprise.legal_name)


def _accept(
    session: Session, proposal: CoExhibitorProposal, main: Exhibitor, *, actor: ActorLike, now: datetime
) -> Exhibitor:
    enterprise = enterprises.find_by_tax_code(proposal.country, proposal.tax_code, lock=True)
    if enterprise is None:
        enterprise = Enterprise(
            country=proposal.country,
            tax_code=proposal.tax_code,
            legal_name=proposal.legal_name,
            short_name=short_name_of(proposal.legal_name)[:120],
        )
        session.add(enterprise)
        session.flush()
    exhibitor = session.scalar(
        sa.select(Exhibitor)
        .where(Exhibitor.fair_id == main.fair_id, Exhibitor.enterprise_id == enterprise.id)
        .with_for_update()
    )
    if exhibitor is not None and exhibitor.withdrawn_at is None:
        raise AlreadyExhibitor(name=enterprise.legal_name)
    if exhibitor is None:
        exhibitor = Exhibitor(fair_id=main.fair_id, enterprise_id=enterprise.id, accepted_at=now)
    exhibitor.main_exhibitor_id, exhibitor.pavilion_id = main.id, main.pavilion_id
    exhibitor.co_organizer_id = main.co_organizer_id
    exhibitor.withdrawn_at, exhibitor.withdrawn_reason = None, ""
    exhibitor.accepted_at = exhibitor.confirmed_at = now
    exhibitor.area, exhibitor.quantity, exhibitor.corner, exhibitor.booth_type = 0, 0, False, main.booth_type
    exhibitor.contact_name, exhibitor.contact_email = proposal.contact_name, proposal.contact_email
    exhibitor.contact_phone, exhibitor.language = proposal.contact_phone, proposal.language
    exhibitor.fascia_name = exhibitor.fascia_name or (enterprise.short_name or enterprise.legal_name)[:30]
    add_once(session, exhibitor, AlreadyExhibitor(name=enterprise.legal_name))
    proposal.state, proposal.decided_at = CoExhibitorState.ACCEPTED, now
    account = account_of(
        session, proposal.contact_email, full_name=proposal.contact_name, language=proposal.language, now=now
    )
    invite(session, exhibitor, account, Role.EXHIBITOR_CONTACT, name=proposal.contact_name, actor=actor, now=now)
    note(session, "exhibitor.join", exhibitor, actor=actor, now=now, main=main.enterprise.legal_name)
    return exhibitor


def _lock_proposal(session: Session, fair_id: int, proposal_id: str) -> CoExhibitorProposal:
    proposal = session.scalar(
        sa.select(CoExhibitorProposal)
        .where(CoExhibitorProposal.fair_id == fair_id, CoExhibitorProposal.public_id == proposal_id)
        .with_for_update()
    )
    if proposal is None:
        raise NotFound()
    if proposal.state is not CoExhibitorState.PROPOSED:
        raise ProposalDecided(name=proposal.legal_name)
    return proposal


def _note(
    session: Session, action: str, proposal: CoExhibitorProposal, *, actor: ActorLike, now: datetime, **facts: str
) -> None:
    session.flush()
    record(
        session,
        action,
        fair_id=proposal.fair_id,
        thing_id=proposal.id,
        actor=actor,
        now=now,
        label=proposal.legal_name,
        main=proposal.main_exhibitor.enterprise.legal_name,
        **facts,
    )
