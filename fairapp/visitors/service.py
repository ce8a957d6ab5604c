"""Registering visitors and buyers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from fairapp.accounts.models import Membership
from fairapp.accounts.policy import Role
from fairapp.accounts.service import account_of
from fairapp.audit.service import ActorLike, record, record_consents
from fairapp.database import add_once, retried, transaction
from fairapp.enterprises import phones, tax_code
from fairapp.enterprises.models import Enterprise
from fairapp.enterprises.names import short_name_of
from fairapp.enterprises.queries import find_by_tax_code
from fairapp.errors import FairError, NotFound
from fairapp.fairs.models import Fair
from fairapp.jobs import service as jobs
from fairapp.mail import service as mail
from fairapp.visitors.models import Buyer, Visitor, VisitorCategory

SEND_BADGE = "badges.send_to_visitor"


class AlreadyRegistered(FairError):
    """The mail address has a registration in this fair; its link was sent again."""

    code = "already_registered"


class RegistrationClosed(FairError):
    """Registrations are not taken any more."""

    code = "registration_closed"


class AlreadyBuyer(FairError):
    """The enterprise is a buyer of this fair."""

    code = "already_buyer"


@dataclass(frozen=True, kw_only=True)
class Registration:
    """What a visitor fills in."""

    full_name: str
    enterprise_name: str
    position: str
    email: str
    phone: str
    country: str
    province: str | None
    interests: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class BuyerData:
    """What an organizer knows of a buyer."""

    legal_name: str
    country: str
    tax_code: str
    contact_name: str
    contact_title: str
    contact_email: str
    contact_phone: str
    meeting_language: str
    needs_interpreter: bool
    hosted: bool


@retried
def register(
    fair_id: int,
    data: Registration,
    *,
    consents: Sequence[tuple[str, str]],
    language: str,
    actor: ActorLike,
    now: datetime,
    category: VisitorCategory = VisitorCategory.VISITOR,
) -> Visitor:
    """Register a visitor; the badge follows by mail."""
    phone = phones.parse_phone(data.phone, country=data.country)
    try:
        with transaction() as session:
            fair = session.get_one(Fair, fair_id)
            if fair.registrations_close_at is not None and now > fair.registrations_close_at:
                raise RegistrationClosed(at=fair.registrations_close_at)
            visitor = Visitor(
                fair_id=fair_id,
                category=category,
                full_name=data.full_name,
                enterprise_name=data.enterprise_name,
                position=data.position,
                email=data.email,
                phone=phone,
                country=data.country,
                province=data.province,
                interests=list(data.interests),
                language=language,
                registered_at=now,
            )
            add_once(session, visitor, AlreadyRegistered(email=data.email))
            record_consents(
                session,
                consents,
                fair_id=fair_id,
                subject="visitor",
                subject_id=visitor.id,
                language=language,
                actor=actor,
                now=now,
            )
            record(
                session,
                "visitor.register",
                fair_id=fair_id,
                thing_id=visitor.id,
                actor=actor,
                now=now,
                label=visitor.full_name,
            )
            if visitor.email:
                jobs.enqueue(session, SEND_BADGE, {"visitor_id": visitor.id}, now=now, fair_id=fair_id)
    except AlreadyRegistered:
        send_link_again(fair_id, data.email, now=now)
        raise
    return visitor


def send_link_again(fair_id: int, email: str, *, now: datetime) -> None:
    """Send the badge and the personal link of a registration once more."""
    with transaction() as session:
        visitor = session.scalar(
            sa.select(Visitor).where(Visitor.fair_id == fair_id, Visitor.email == email, Visitor.withdrawn_at.is_(None))
        )
        if visitor is not None:
            jobs.enqueue(session, SEND_BADGE, {"visitor_id": visitor.id}, now=now, fair_id=fair_id)


@retried
def add_buyer(fair_id: int, data: BuyerData, *, actor: ActorLike, now: datetime) -> Buyer:
    """Enter a buyer and invite its contact to sign up."""
    code = tax_code.parse_tax_code(data.tax_code, country=data.country)
    phone = phones.parse_phone(data.contact_phone, country=data.country)
    with transaction() as session:
        fair = session.get_one(Fair, fair_id)
        enterprise = find_by_tax_code(data.country, code.text, lock=True)
        if enterprise is None:
            enterprise = Enterprise(
                country=data.country,
                tax_code=code.text,
                legal_name=data.legal_name,
                short_name=short_name_of(data.legal_name)[:120],
            )
            session.add(enterprise)
            session.flush()
        buyer = Buyer(
            fair_id=fair_id,
            enterprise_id=enterprise.id,
            hosted=data.hosted,
            contact_name=data.contact_name,
            contact_title=data.contact_title,
            contact_email=data.contact_email,
            contact_phone=phone,
            meeting_language=data.meeting_language,
            needs_interpreter=data.needs_interpreter,
            registered_at=now,
        )
        add_once(session, buyer, AlreadyBuyer(name=enterprise.legal_name))
        account = account_of(
            session, data.contact_email, full_name=data.contact_name, language=data.meeting_language, now=now
        )
        session.add(
            Membership(
                account_id=account.id,
                fair_id=fair_id,
                role=Role.BUYER,
                enterprise_id=enterprise.id,
                created_at=now,
            )
        )
        record(
            session,
            "buyer.register",
            fair_id=fair_id,
            thing_id=buyer.id,
            actor=actor,
            now=now,
            label=enterprise.legal_name,
        )
        mail.queue(
            session,
            "buyer_invited",
            to=data.contact_email,
            to_name=data.contact_name,
            language=data.meeting_language,
            context={
                "name": data.contact_name,
                "enterprise": enterprise.legal_name,
                "fair_name": dict(fair.name),
                "fair_code": fair.code,
            },
            now=now,
            fair_id=fair_id,
            reply_to=fair.contact_email,
        )
    return buyer


def withdraw(fair_id: int, token: str, *, actor: ActorLike, now: datetime) -> Visitor:
    """Withdraw a registration by its personal link."""
    with transaction() as session:
        visitor = session.scalar(sa.select(Visitor).where(Visitor.fair_id == fair_id, Visitor.token == token))
        if visitor is None:
            raise NotFound()
        if visitor.withdrawn_at is None:
            visitor.withdrawn_at = now
            record(
                session,
                "visitor.withdraw",
                fair_id=fair_id,
                thing_id=visitor.id,
                actor=actor,
                now=now,
                label=visitor.full_name,
            )
            jobs.enqueue(session, "badges.revoke_withdrawn", {"visitor_id": visitor.id}, now=now, fair_id=fair_id)
    return visitor
