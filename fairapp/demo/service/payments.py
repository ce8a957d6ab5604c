"""The demo's bank account, payment requests in every state and a bank statement; nobody can be paid by it."""

from datetime import date, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fairapp.database import transaction
from fairapp.exhibitors.models import Exhibitor
from fairapp.fairs.models import Fair
from fairapp.fees.bank_files import find_columns, read_table, read_transfers
from fairapp.fees.models import EInvoice, PaymentRequest
from fairapp.fees.queries import payments as queries
from fairapp.fees.queries.payments import Payer
from fairapp.fees.schedule import PaymentTerms, RequestKind
from fairapp.fees.service import bank
from fairapp.fees.service.payment_requests import NothingToRequest, put_request, take_back
from fairapp.files import service as files
from fairapp.web.access import SYSTEM

TERMS = PaymentTerms(bank="970436", account="0000000000000", holder="BAN TO CHUC HOI CHO (GIA LAP)")
ASKED = 36
"""So many exhibitors are asked for the deposit; those after them can be asked by whoever tries the demo."""


def furnish(fair_id: int, *, now: datetime) -> None:
    """Give the demo fair its payments; what is there already stays."""
    with transaction() as session:
        fair = session.get_one(Fair, fair_id)
        if session.scalar(sa.select(PaymentRequest.id).where(PaymentRequest.fair_id == fair_id).limit(1)):
            return
        _set_payee(fair)
        deposits = _ask(session, fair, now=now - timedelta(days=16))
        _pay(session, fair, deposits, now=now - timedelta(days=6))
        _go_on(session, fair, deposits, now=now - timedelta(days=3))


def _set_payee(fair: Fair) -> None:
    fair.organizer_name = {
        "vi": "Ban tổ chức Hội chợ công nghiệp hỗ trợ (giả lập)",
        "en": "Organizer of the supporting industry fair (demo)",
    }
    fair.organizer_tax_code = ""
    fair.organizer_address = "Số 1, đường Giả Lập, Hà Nội"
    fair.payment = {**fair.payment, **TERMS.to_values()}


def _ask(session: Session, fair: Fair, *, now: datetime) -> list[PaymentRequest]:
    exhibitors = session.scalars(
        sa.select(Exhibitor.id)
        .where(Exhibitor.fair_id == fair.id, Exhibitor.withdrawn_at.is_(None))
        .order_by(Exhibitor.id)
        .limit(ASKED)
    )
    asked = []
    for number, exhibitor_id in enumerate(exhibitors):
        # The first ones were asked early enough to be overdue by now.
        due_on = now.date() + timedelta(days=8 if number < ASKED * 2 // 3 else 26)
        try:
            asked.append(
                put_request(
                    session,
                    fair.id,
                    Payer(exhibitor_id=exhibitor_id),
                    RequestKind.DEPOSIT,
                    due_on=due_on,
                    actor=SYSTEM,
                    now=now,
                )
            )
        except NothingToRequest:  # somebody else holds the contract, or the budget pays all
            continue
    return asked


def _pay(session: Session, fair: Fair, deposits: list[PaymentRequest], *, now: datetime) -> None:
    """Take a bank statement in: most pay as asked, some less, more, twice or without a reference."""
    day = now.date()
    rows = ["Ngày giao dịch;Số bút toán;Phát sinh nợ;Phát sinh có;Nội dung;Tên người chuyển"]

    def add(amount: int, text: str, payer: str, *, days: int = 0) -> None:
        rows.append(f"{_day(day - timedelta(days=days))};GL{len(rows):05};;{amount};{text};{payer}")

    for number, request in enumerate(deposits):
        payer = request.statement["payer"]["name"]
        text = f"CT DEN {request.reference} {payer}"
        if number % 9 == 3:
            add(request.amount - 2_000_000, text, payer)
        elif number % 9 == 4:
            add(request.amount + 1_500_000, text, payer)
        elif number % 9 == 5:
            add(request.amount, text, payer, days=2)
            add(request.amount, f"{request.reference} lan 2", payer)
        elif number % 9 == 6:
            add(request.amount, f"{payer} nop phi gian hang", payer)
        elif number % 9 in (0, 1, 2):
            add(request.amount, text.lower().replace("pr", " pr "), payer, days=number % 4)
    add(11_000_000, "Tien thue xe thang 11", "Khach le (giả lập)")
    add(7_425_000, "chuyen tien", "")
    rows.append(f"{_day(day)};GL{len(rows):05};55000;;Phi dich vu;")
    rows.append(f";;55000;{sum(request.amount for request in deposits)};Tổng cộng;")
    content = ("\n".join(rows) + "\n").encode("utf-8-sig")
    file = files.store(session, content, name="sao-ke-gia-lap.csv", content_type="text/csv", fair_id=fair.id, now=now)
    table = read_table(content)
    transfers = read_transfers(table, find_columns(table.head)).transfers
    bank.put_transfers(session, fair, file, transfers, tell=False, actor=SYSTEM, now=now)


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _go_on(session: Session, fair: Fair, deposits: list[PaymentRequest], *, now: datetime) -> None:
    """Ask the first who paid for the balance, withdraw a request, and note e-invoices."""
    paid = queries.paid_of(request.id for request in deposits)
    full = [request for request in deposits if paid[request.id] >= request.amount]
    for number, request in enumerate(full[:4], start=1):
        payer = queries.payer_of(request)
        put_request(session, fair.id, payer, RequestKind.BALANCE, actor=SYSTEM, now=now)
        if number < 3:
            request.exported_at = now
            session.add(
                EInvoice(
                    fair_id=fair.id,
                    request_id=request.id,
                    symbol=f"1C{now:%y}TGL",
                    number=f"{number:08}",
                    issued_on=now.date(),
                    amount=request.amount,
                    recorded_at=now,
                )
            )
    unpaid = [request for request in deposits if not paid[request.id]]
    if unpaid:
        take_back(session, unpaid[-1], now=now)
