"""Giving booths to exhibitors."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fairapp.accounts.models import Account
from fairapp.applications.models import Application
from fairapp.audit.service import ActorLike, record
from fairapp.booths.models import Allocation, Booth, BoothChoice, Hold
from fairapp.database import add_once, retried, transaction
from fairapp.errors import FairError, NotFound
from fairapp.exhibitors.models import Exhibitor
from fairapp.exhibitors.service.shared import ExhibitorWithdrawn
from fairapp.exhibitors.service.withdrawing import on_withdrawal
from fairapp.fairs.models import Fair
from fairapp.mail import service as mail

MOST_CHOICES = 3


class BoothTaken(FairError):
    """Somebody allocated the booth before; the facts say who got it, from whom and when."""

    code = "booth_taken"


class BoothHeld(FairError):
    """The booth is held for another exhibitor."""

    code = "booth_held"


class BoothBlocked(FairError):
    """The booth is not for allocation."""

    code = "booth_blocked"


class BoothNotAllocated(FairError):
    """The booth is not allocated, so it cannot be released."""

    code = "booth_not_allocated"


class TooManyChoices(FairError):
    """More choices than an application may have."""

    code = "too_many_choices"


class UnknownBooth(FairError):
    """A booth code that the fair does not have."""

    code = "unknown_booth"


class CoExhibitorHasNoBooth(FairError):
    """A co-exhibitor shares the booth of its main exhibitor."""

    code = "co_exhibitor_has_no_booth"


class UnknownExhibitor(FairError):
    """No exhibitor of this fair was chosen."""

    code = "unknown_exhibitor"


@retried
def allocate(fair_id: int, booth_code: str, exhibitor_public_id: str, *, actor: ActorLike, now: datetime) -> Allocation:
    """Give a booth to an exhibitor and tell it."""
    with transaction() as session:
        booth = _lock(session, fair_id, booth_code)
        exhibitor = session.scalar(
            sa.select(Exhibitor)
            .where(Exhibitor.fair_id == fair_id, Exhibitor.public_id == exhibitor_public_id)
            .with_for_update()
        )
        if exhibitor is None:
            raise UnknownExhibitor()
        _check_may_have(exhibitor)
        if booth.blocked:
            raise BoothBlocked(booth=booth.code)
        _check_hold(session, booth, exhibitor, now=now)
        allocation = Allocation(
            booth_id=booth.id, exhibitor_id=exhibitor.id, allocated_by_id=actor.account_id, allocated_at=now
        )
        add_once(session, allocation, lambda: _taken(session, booth))
        session.execute(sa.delete(Hold).where(Hold.booth_id == booth.id))
        settle_area(session, exhibitor)
        _note(session, "booth.allocate", booth, exhibitor, actor=actor, now=now)
        _tell(session, "booth_allocated", booth, exhibitor, now=now)
    return allocation


def _check_hold(session: Session, booth: Booth, exhibitor: Exhibitor, *, now: datetime) -> None:
    hold = session.scalar(sa.select(Hold).where(Hold.booth_id == booth.id))
    if hold is not None and hold.expires_at > now and hold.exhibitor_id != exhibitor.id:
        raise BoothHeld(booth=booth.code, exhibitor=hold.exhibitor.enterprise.short_name, until=hold.expires_at)


def _taken(session: Session, booth: Booth) -> BoothTaken:
    allocation = session.scalar(sa.select(Allocation).where(Allocation.booth_id == booth.id))
    if allocation is None:
        return BoothTaken(booth=booth.code, exhibitor="?", by="?", at="?")
    by = session.get(Account, allocation.allocated_by_id) if allocation.allocated_by_id else None
    return BoothTaken(
        booth=booth.code,
        exhibitor=allocation.exhibitor.enterprise.legal_name,
        by=(by.full_name or by.email) if by else "fairapp",
        at=allocation.allocated_at,
    )


def release(fair_id: int, booth_code: str, *, actor: ActorLike, now: datetime) -> Exhibitor:
    """Take a booth back and tell the exhibitor, which is returned."""
    with transaction() as session:
        booth = _lock(session, fair_id, booth_code)
        allocation = session.scalar(sa.select(Allocation).where(Allocation.booth_id == booth.id))
        if allocation is None:
            raise BoothNotAllocated(booth=booth.code)
        exhibitor = allocation.exhibitor
        session.delete(allocation)
        settle_area(session, exhibitor)
        _note(session, "booth.release", booth, exhibitor, actor=actor, now=now)
        _tell(session, "booth_released", booth, exhibitor, now=now)
    return exhibitor


def settle_area(session: Session, exhibitor: Exhibitor) -> None:
    """Write down how many m² an exhibitor's booths have, within the running transaction: badges go by it."""
    session.flush()
    exhibitor.booth_area = session.scalar(
        sa.select(sa.func.sum(Booth.area))
        .join(Allocation, Allocation.booth_id == Booth.id)
        .where(Allocation.exhibitor_id == exhibitor.id)
    )


@on_withdrawal
def release_all(session: Session, exhibitor: Exhibitor, *, actor: ActorLike, now: datetime) -> dict[str, Any]:
    """Take back the booths and holds of an exhibitor that withdraws."""
    session.execute(sa.delete(Hold).where(Hold.exhibitor_id == exhibitor.id))
    allocations = session.scalars(
        sa.select(Allocation).where(Allocation.exhibitor_id == exhibitor.id).order_by(Allocation.id)
    ).all()
    codes = [allocation.booth.code for allocation in allocations]
    for allocation in allocations:
        _note(session, "booth.release", allocation.booth, exhibitor, actor=actor, now=now)
        session.delete(allocation)
    settle_area(session, exhibitor)
    return {"booths": codes} if codes else {}


def _check_may_have(exhibitor: Exhibitor) -> None:
    if exhibitor.withdrawn_at is not None:
        raise ExhibitorWithdrawn(name=exhibitor.enterprise.legal_name)
    if exhibitor.main_exhibitor is not None:
        main = exhibitor.main_exhibitor.enterprise.legal_name
        raise CoExhibitorHasNoBooth(name=exhibitor.enterprise.legal_name, main=main)


def set_blocked(fair_id: int, booth_code: str, *, blocked: bool, actor: ActorLike, now: datetime) -> Booth:
    """Block a free booth, or open a blocked one."""
    with transaction() as session:
        booth = _lock(session, fair_id, booth_code)
        if blocked and session.scalar(sa.select(Allocation.id).where(Allocation.booth_id == booth.id)):
            raise _taken(session, booth)
        booth.blocked = blocked
        _note(session, "booth.block" if blocked else "booth.unblock", booth, None, actor=actor, now=now)
    return booth


def choose(
    fair_id: int, enterprise_id: int, codes: Sequence[str], *, actor: ActorLike, now: datetime
) -> list[BoothChoice]:
    """Set the booths that an applicant would like, the first choice first."""
    wanted = list(dict.fromkeys(code.strip().upper() for code in codes if code.strip()))
    if len(wanted) > MOST_CHOICES:
        raise TooManyChoices(most=MOST_CHOICES)
    with transaction() as session:
        application = session.scalar(
            sa.select(Application)
            .where(Application.fair_id == fair_id, Application.enterprise_id == enterprise_id)
            .with_for_update()
        )
        if application is None:
            raise NotFound()
        booths = {
            booth.code: booth
            for booth in session.scalars(sa.select(Booth).where(Booth.fair_id == fair_id, Booth.code.in_(wanted)))
        }
        for code in wanted:
            if code not in booths or booths[code].blocked:
                raise UnknownBooth(booth=code)
        session.execute(sa.delete(BoothChoice).where(BoothChoice.application_id == application.id))
        choices = [
            BoothChoice(application_id=application.id, booth_id=booths[code].id, rank=rank)
            for rank, code in enumerate(wanted, start=1)
        ]
        session.add_all(choices)
        record(
            session,
            "application.choose",
            fair_id=fair_id,
            thing_id=application.id,
            actor=actor,
            now=now,
            label=application.enterprise.legal_name,
            booths=wanted,
        )
    return choices


def _lock(session: Session, fair_id: int, code: str) -> Booth:
    # No key forbids a booth that is blocked and allocated: whoever decides about a booth takes turns.
    booth = session.scalar(sa.select(Booth).where(Booth.fair_id == fair_id, Booth.code == code).with_for_update())
    if booth is None:
        raise NotFound()
    return booth


def _note(
    session: Session,
    action: str,
    booth: Booth,
    exhibitor: Exhibitor | None,
    *,
    actor: ActorLike,
    now: datetime,
) -> None:
    facts = {"exhibitor": exhibitor.enterprise.legal_name} if exhibitor else {}
    record(
        session,
        action,
        fair_id=booth.fair_id,
        thing_id=booth.id,
        actor=actor,
        now=now,
        label=booth.code,
        **facts,
    )


def _tell(session: Session, kind: str, booth: Booth, exhibitor: Exhibitor, *, now: datetime) -> None:
    if not exhibitor.contact_email:
        return
    fair = session.get_one(Fair, booth.fair_id)
    mail.queue(
        session,
        kind,
        to=exhibitor.contact_email,
        to_name=exhibitor.contact_name,
        language=exhibitor.language,
        context={
            "name": exhibitor.contact_name,
            "enterprise": exhibitor.enterprise.legal_name,
            "fair_name": dict(fair.name),
            "fair_code": fair.code,
            "booth": booth.code,
            "hall": booth.hall.code,
        },
        now=now,
        fair_id=fair.id,
        enterprise_id=exhibitor.enterprise_id,
        reply_to=fair.contact_email,
    )
