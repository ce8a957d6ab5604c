"""What every use case about money needs: its turn, its payer, its paper, its trail, its mail."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fairapp.audit.service import ActorLike, record
from fairapp.enterprises.models import Enterprise
from fairapp.enterprises.reference import find_bank
from fairapp.errors import FairError, NotFound
from fairapp.exhibitors.models import Exhibitor, Pavilion
from fairapp.fairs.models import Fair
from fairapp.fees import vietqr
from fairapp.fees.models import Payment, PaymentRequest
from fairapp.fees.papers import Party, read_paper
from fairapp.fees.queries.payments import Payer, payer_of
from fairapp.fees.schedule import PaymentTerms, read_terms
from fairapp.mail import service as mail
from fairapp.mail.models import Mail


class NoAccount(FairError):
    """The fair's settings do not say whereto one pays."""

    code = "no_bank_account"


class RequestGone(FairError):
    """The request was withdrawn."""

    code = "payment_request_withdrawn"


def take_turn(session: Session, fair_id: int) -> Fair:
    """Return the fair, locked: money of a fair is moved by one at a time, so that numbers have no gaps."""
    fair = session.scalar(sa.select(Fair).where(Fair.id == fair_id).with_for_update(key_share=True))
    if fair is None:
        raise NotFound()
    return fair


def today_of(fair: Fair, now: datetime) -> date:
    """Return the day at the fair."""
    return now.astimezone(ZoneInfo(fair.timezone)).date()


def get_terms(fair: Fair) -> PaymentTerms:
    """Return the terms of a fair; raise if there is no account to pay to."""
    terms = read_terms(fair.payment)
    if not terms.complete:
        raise NoAccount()
    return terms


def lock_request(session: Session, fair_id: int, public_id: str) -> PaymentRequest:
    """Return a request of a fair; raise ``NotFound``. The turn is taken already."""
    request = session.scalar(
        sa.select(PaymentRequest).where(PaymentRequest.fair_id == fair_id, PaymentRequest.public_id == public_id)
    )
    if request is None:
        raise NotFound()
    return request


def party_of(session: Session, payer: Payer) -> tuple[Party, str]:
    """Return who pays, as papers name it, and the language of its contact."""
    if payer.pavilion_id is not None:
        pavilion = session.get_one(Pavilion, payer.pavilion_id)
        holder = pavilion.co_organizer
        if holder is None:
            raise NotFound()
        return (
            Party(
                name=holder.name.get("vi") or next(iter(holder.name.values()), ""),
                english_name=holder.name.get("en", ""),
                tax_code=holder.tax_code,
                address=holder.address,
                email=holder.contact_email,
                contact=holder.contact_name,
            ),
            "vi" if holder.country == "VN" else "en",
        )
    exhibitor = session.get_one(Exhibitor, payer.exhibitor_id)
    return _of_exhibitor(exhibitor, exhibitor.enterprise), exhibitor.language


def _of_exhibitor(exhibitor: Exhibitor, enterprise: Enterprise) -> Party:
    return Party(
        name=exhibitor.invoice_name or enterprise.legal_name,
        english_name="" if exhibitor.invoice_name else enterprise.english_name,
        tax_code=exhibitor.invoice_tax_code or enterprise.tax_code,
        address=exhibitor.invoice_address or enterprise.address,
        phone=exhibitor.contact_phone,
        email=exhibitor.contact_email,
        contact=exhibitor.contact_name,
    )


def organizer_of(fair: Fair) -> Party:
    """Return who is paid, as papers name it."""
    return Party(
        name=fair.organizer_name.get("vi") or next(iter(fair.organizer_name.values()), ""),
        english_name=fair.organizer_name.get("en", ""),
        tax_code=fair.organizer_tax_code,
        address=fair.organizer_address,
        phone=fair.organizer_phone,
        email=fair.contact_email,
    )


def code_of(terms: PaymentTerms, *, amount: int, reference: str) -> str:
    """Return the VietQR code of a transfer; nothing where the bank takes none or there is nothing to pay."""
    bank = find_bank(terms.bank)
    if bank is None or not bank.vietqr_transfer or amount <= 0:
        return ""
    return vietqr.transfer(bank=terms.bank, account=terms.account, amount=amount, purpose=reference)


def note(
    session: Session,
    action: str,
    row: PaymentRequest | Payment,
    *,
    actor: ActorLike,
    now: datetime,
    label: str = "",
    **facts: Any,
) -> None:
    """Write into the trail what happened to a request or a payment."""
    session.flush()
    record(
        session,
        action,
        fair_id=row.fair_id,
        thing_id=row.id,
        actor=actor,
        now=now,
        label=label or (row.reference if isinstance(row, PaymentRequest) else ""),
        amount=row.amount,
        **facts,
    )


def write_to_payer(
    session: Session,
    fair: Fair,
    kind: str,
    payer: Payer,
    *,
    context: dict[str, Any],
    now: datetime,
    source: str | None = None,
    attachments: Any = (),
) -> Mail | None:
    """Queue a mail to whoever pays; with ``source`` once only."""
    if source is not None and session.scalar(sa.select(Mail.id).where(Mail.source == source)):
        return None
    party, language = party_of(session, payer)
    if not party.email:
        return None
    queued = mail.queue(
        session,
        kind,
        to=party.email,
        to_name=party.contact,
        language=language,
        context={
            "name": party.contact or party.name,
            "enterprise": party.name,
            "fair_name": dict(fair.name),
            "fair_code": fair.code,
            "by_exhibitor": payer.exhibitor_id is not None,
            **context,
        },
        now=now,
        fair_id=fair.id,
        enterprise_id=session.get_one(Exhibitor, payer.exhibitor_id).enterprise_id if payer.exhibitor_id else None,
        reply_to=fair.contact_email,
        attachments=attachments,
    )
    queued.source = source
    return queued


def facts_of(request: PaymentRequest, *, paid: int = 0) -> dict[str, Any]:
    """Return what mails say of a request, as plain JSON values."""
    paper = read_paper(request.statement)
    return {
        "reference": request.reference,
        "kind": request.kind.value,
        "amount": request.amount,
        "amount_left": max(request.amount - paid, 0),
        "due_on": request.due_on.isoformat(),
        "bank": paper.bank,
        "account": paper.account,
        "holder": paper.holder,
        "fictional": paper.fictional,
        "payer": "exhibitor" if payer_of(request).exhibitor_id else "pavilion",
    }
