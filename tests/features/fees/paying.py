"""A fair that can be paid: prices, an account, exhibitors with a booth of 24 million, VAT 10 %."""

from typing import Any

from fairapp.exhibitors.models import Exhibitor
from fairapp.fairs.models import Fair
from fairapp.fees.models import PaymentRequest
from fairapp.fees.queries.payments import Payer
from fairapp.fees.schedule import PaymentTerms, RequestKind
from fairapp.fees.service import payment_requests
from tests.features.world import ACTOR, World

TERMS = PaymentTerms(bank="970436", account="0011001234567", holder="TRUNG TAM XUC TIEN")
BOOTH = 24_000_000
OWED = 26_400_000
DEPOSIT = 13_200_000


def make_fair(world: World, code: str = "SIE27", **values: Any) -> Fair:
    """Return a fair whose exhibitors can be asked to pay."""
    defaults = {
        "prices": {"standard_9": BOOTH},
        "payment": TERMS.to_values(),
        "organizer_name": {"vi": "Trung tâm Xúc tiến thương mại", "en": "Trade Promotion Center"},
        "contact_email": "organizer@fair.example",
    }
    return world.make_fair(code, **{**defaults, **values})


def ask(world: World, exhibitor: Exhibitor, kind: RequestKind = RequestKind.DEPOSIT) -> PaymentRequest:
    """Ask an exhibitor to pay."""
    payer = Payer(exhibitor_id=exhibitor.id)
    return payment_requests.issue(exhibitor.fair_id, payer, kind, actor=ACTOR, now=world.now)


def statement_file(*rows: tuple[str, int, str]) -> bytes:
    """Return a bank's file with rows of day, amount and text."""
    head = "Ngày giao dịch;Số tiền ghi có;Nội dung giao dịch\n"
    return (head + "".join(f"{day};{amount};{text}\n" for day, amount, text in rows)).encode()
