"""Setting whereto and until when exhibitors pay."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from fairapp.audit.service import ActorLike, record
from fairapp.database import count_changed, retried, transaction
from fairapp.enterprises import phones, tax_code
from fairapp.errors import FairError
from fairapp.fairs.models import Fair
from fairapp.fees.schedule import PaymentTerms
from fairapp.fees.vietqr import parse_account


class PaymentChanged(FairError):
    """Somebody else changed the settings since the page was opened."""

    code = "payment_changed"


@dataclass(frozen=True, kw_only=True)
class PayeeData:
    """Who is paid, as it stands on papers."""

    name: Mapping[str, str]
    tax_code: str
    address: str
    phone: str


@retried
def set_terms(
    fair_id: int, terms: PaymentTerms, payee: PayeeData, *, seen: int, actor: ActorLike, now: datetime
) -> None:
    """Let other terms count from now on; papers that were issued keep theirs. ``seen`` is the version looked at."""
    code = tax_code.parse_tax_code(payee.tax_code, country="VN").text if payee.tax_code else ""
    phone = phones.parse_phone(payee.phone, country="VN") if payee.phone else ""
    account = parse_account(terms.account) if terms.account else ""
    with transaction() as session:
        changed = count_changed(
            session, sa.update(Fair).where(Fair.id == fair_id, Fair.version == seen).values(version=seen + 1)
        )
        if not changed:
            raise PaymentChanged()
        fair = session.get_one(Fair, fair_id, populate_existing=True)
        fair.organizer_name, fair.organizer_tax_code = dict(payee.name), code
        fair.organizer_address, fair.organizer_phone = payee.address, phone
        fair.payment = {**fair.payment, **terms.to_values(), "account": account}
        record(session, "payment_terms.set", fair_id=fair_id, thing_id=fair_id, actor=actor, now=now, label=fair.code)
