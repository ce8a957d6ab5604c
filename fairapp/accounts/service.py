"""What accounts do to themselves, and what organizers do to roles."""

import secrets
from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fairapp.accounts.models import Account, Membership, SavedView
from fairapp.accounts.policy import Role
from fairapp.audit.service import ActorLike, record
from fairapp.database import add_once, retried, transaction
from fairapp.errors import FairError, NotFound
from fairapp.jobs import service as jobs
from fairapp.mail import service as mail

REVOKE_BADGE = "badges.revoke_member"


class AlreadyMember(FairError):
    """The account has the role already."""

    code = "already_member"


class NotACoOrganizer(FairError):
    """Only a co-organizer acts for a body."""

    code = "not_a_co_organizer"


class SavedViewExists(FairError):
    """The account has a view of this list under the name."""

    code = "saved_view_exists"


class LastOrganizer(FairError):
    """A fair keeps at least one organizer."""

    code = "last_organizer"


def set_language(account_id: int, language: str) -> None:
    """Remember the language of an account."""
    with transaction() as session:
        account = session.get_one(Account, account_id)
        account.language = language


def account_of(session: Session, email: str, *, full_name: str, language: str, now: datetime) -> Account:
    """Return the account of a mail address that is invited, within the running transaction.

    An unknown address gets an account without a password: the link that sets one reaches only its owner.
    """
    account = session.scalar(sa.select(Account).where(Account.email == email))
    if account is None:
        account = Account(
            email=email,
            full_name=full_name,
            language=language,
            fs_uniquifier=secrets.token_hex(16),
            created_at=now,
        )
        session.add(account)
        session.flush()
    return account


@retried
def add_member(
    fair_id: int,
    *,
    fair_code: str,
    fair_name: Mapping[str, str],
    email: str,
    full_name: str,
    role: Role,
    co_organizer_id: int | None = None,
    language: str,
    actor: ActorLike,
    now: datetime,
) -> Membership:
    """Give somebody a role and write an invitation; an unknown address gets an account to be confirmed.

    ``co_organizer_id`` is the body of a co-organizer, who without one sees nothing of applications.
    """
    with transaction() as session:
        account = account_of(session, email, full_name=full_name, language=language, now=now)
        body_id = co_organizer_id if role is Role.CO_ORGANIZER else None
        membership = Membership(
            account_id=account.id, fair_id=fair_id, role=role, co_organizer_id=body_id, created_at=now
        )
        add_once(session, membership, AlreadyMember(email=email))
        record(
            session,
            "membership.add",
            fair_id=fair_id,
            thing_id=membership.id,
            actor=actor,
            now=now,
            label=email,
            role=role.value,
        )
        mail.queue(
            session,
            "member_invited",
            to=email,
            to_name=full_name,
            language=account.language or language,
            context={
                "name": full_name,
                "role": role.value,
                "fair_name": dict(fair_name),
                "fair_code": fair_code,
            },
            now=now,
            fair_id=fair_id,
        )
    return membership


def give_body(
    fair_id: int, public_id: str, co_organizer_id: int | None, *, actor: ActorLike, now: datetime
) -> Membership:
    """Let a co-organizer act for another body, or for none; ``co_organizer_id`` is one of the fair."""
    with transaction() as session:
        membership = session.scalar(
            sa.select(Membership)
            .where(Membership.fair_id == fair_id, Membership.public_id == public_id)
            .with_for_update()
        )
        if membership is None:
            raise NotFound()
        if membership.role is not Role.CO_ORGANIZER:
            raise NotACoOrganizer()
        membership.co_organizer_id = co_organizer_id
        record(
            session,
            "membership.move",
            fair_id=fair_id,
            thing_id=membership.id,
            actor=actor,
            now=now,
            label=membership.account.email,
        )
    return membership


def remove_member(fair_id: int, public_id: str, *, actor: ActorLike, now: datetime) -> None:
    """Take a role away; the last organizer stays."""
    with transaction() as session:
        membership = session.scalar(
            sa.select(Membership).where(Membership.fair_id == fair_id, Membership.public_id == public_id)
        )
        if membership is None:
            raise NotFound()
        if membership.role is Role.ORGANIZER:
            organizers = session.scalars(
                sa.select(Membership.id)
                .where(Membership.fair_id == fair_id, Membership.role == Role.ORGANIZER)
                .with_for_update()
            ).all()
            if len(organizers) < 2:
                raise LastOrganizer()
        record(
            session,
            "membership.remove",
            fair_id=fair_id,
            thing_id=membership.id,
            actor=actor,
            now=now,
            label=membership.account.email,
            role=membership.role.value,
        )
        jobs.enqueue(session, REVOKE_BADGE, {"account_id": membership.account_id}, now=now, fair_id=fair_id)
        session.delete(membership)


def save_view(fair_id: int, account_id: int, *, list_name: str, name: str, query: str, shared: bool) -> SavedView:
    """Keep the filters of a list under a name."""
    with transaction() as session:
        view = SavedView(
            fair_id=fair_id, account_id=account_id, list_name=list_name, name=name, query=query, shared=shared
        )
        add_once(session, view, SavedViewExists(name=name))
    return view


def delete_view(fair_id: int, account_id: int, public_id: str) -> SavedView:
    """Take an own view out and return what it was."""
    with transaction() as session:
        view = session.scalar(
            sa.select(SavedView).where(
                SavedView.fair_id == fair_id, SavedView.account_id == account_id, SavedView.public_id == public_id
            )
        )
        if view is None:
            raise NotFound()
        session.expunge(view)
        session.execute(sa.delete(SavedView).where(SavedView.id == view.id))
    return view
