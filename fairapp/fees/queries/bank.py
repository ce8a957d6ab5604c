"""Looking up bank statements, their lines, and what the lines may pay."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from fairapp.database import db, matches
from fairapp.enterprises.models import Enterprise
from fairapp.errors import NotFound
from fairapp.exhibitors.models import Exhibitor
from fairapp.fees.matching import Due, Finding
from fairapp.fees.models import BankLine, BankStatement, Payment, PaymentRequest
from fairapp.fees.queries.payments import PAID
from fairapp.files.models import StoredFile
from fairapp.web.lists import Page, paginate


class LineState(StrEnum):
    """What is to be done with a bank line."""

    LOOK = "look"
    """Something is not as asked for: a person decides."""
    UNMATCHED = "unmatched"
    MATCHED = "matched"
    IGNORED = "ignored"


ASSIGNED = (
    sa.select(sa.func.coalesce(sa.func.sum(Payment.amount), 0))
    .where(Payment.bank_line_id == BankLine.id, Payment.reversed_at.is_(None))
    .correlate(BankLine)
    .scalar_subquery()
)
"""How much of a line is recorded as payments."""

_STILL_SHORT = (
    sa.select(Payment.id)
    .join(PaymentRequest, PaymentRequest.id == Payment.request_id)
    .where(
        Payment.bank_line_id == BankLine.id,
        Payment.reversed_at.is_(None),
        PaymentRequest.withdrawn_at.is_(None),
        PaymentRequest.amount > PAID,
    )
    .correlate(BankLine)
    .exists()
)


def in_state(state: LineState) -> sa.ColumnElement[bool]:
    """Return the condition that a line is in ``state``."""
    if state is LineState.IGNORED:
        return BankLine.ignored_at.is_not(None)
    counts = BankLine.ignored_at.is_(None)
    left = BankLine.amount > ASSIGNED
    short = sa.and_(BankLine.finding == Finding.SHORT, _STILL_SHORT)
    unknown = BankLine.finding.in_((Finding.UNKNOWN, Finding.MATCHED, Finding.SHORT))
    if state is LineState.UNMATCHED:
        return sa.and_(counts, left, unknown)
    if state is LineState.LOOK:
        return sa.and_(counts, sa.or_(sa.and_(left, sa.not_(unknown)), sa.and_(sa.not_(left), short)))
    return sa.and_(counts, sa.not_(left), sa.not_(short))


def page_of_lines(
    fair_id: int, *, query: str = "", state: str = "", page: int = 1, per_page: int = 50
) -> Page[BankLine]:
    """Return one page of a fair's bank lines, the latest first."""
    statement = (
        sa.select(BankLine).where(BankLine.fair_id == fair_id).order_by(BankLine.booked_on.desc(), BankLine.id.desc())
    )
    if query:
        statement = statement.where(matches(BankLine.search_text, query))
    if state in set(LineState):
        statement = statement.where(in_state(LineState(state)))
    return paginate(statement, page=page, per_page=per_page)


def count_lines_by_state(fair_id: int) -> dict[str, int]:
    """Return how many bank lines of a fair are in each state."""
    return {
        state.value: db.session.scalar(
            sa.select(sa.func.count()).select_from(BankLine).where(BankLine.fair_id == fair_id, in_state(state))
        )
        or 0
        for state in LineState
    }


def payments_of_lines(line_ids: Iterable[int]) -> dict[int, list[Payment]]:
    """Return the payments that some bank lines were recorded as."""
    found: dict[int, list[Payment]] = {}
    for payment in db.session.scalars(
        sa.select(Payment)
        .where(Payment.bank_line_id.in_(list(line_ids)), Payment.reversed_at.is_(None))
        .options(
            joinedload(Payment.request),
            joinedload(Payment.exhibitor).joinedload(Exhibitor.enterprise),
            joinedload(Payment.pavilion),
        )
        .order_by(Payment.id)
    ):
        if payment.bank_line_id is not None:
            found.setdefault(payment.bank_line_id, []).append(payment)
    return found


def get_line(fair_id: int, public_id: str) -> BankLine:
    """Return a bank line of a fair; raise ``NotFound``."""
    line = db.session.scalar(sa.select(BankLine).where(BankLine.fair_id == fair_id, BankLine.public_id == public_id))
    if line is None:
        raise NotFound()
    return line


def list_open_lines(fair_id: int) -> Sequence[BankLine]:
    """Return the bank lines of which something is left, the earliest first."""
    return db.session.scalars(
        sa.select(BankLine)
        .where(BankLine.fair_id == fair_id, BankLine.ignored_at.is_(None), BankLine.amount > ASSIGNED)
        .order_by(BankLine.booked_on, BankLine.id)
    ).all()


def list_statements(fair_id: int) -> Sequence[tuple[BankStatement, int]]:
    """Return the bank statements of a fair with how many transfers each brought, the latest first."""
    rows = db.session.execute(
        sa.select(BankStatement, sa.func.count(BankLine.id))
        .outerjoin(BankLine, BankLine.statement_id == BankStatement.id)
        .where(BankStatement.fair_id == fair_id)
        .options(joinedload(BankStatement.file))
        .group_by(BankStatement.id)
        .order_by(BankStatement.id.desc())
    )
    return [(statement, int(count)) for statement, count in rows]


def get_file(fair_id: int, public_id: str) -> StoredFile:
    """Return an uploaded file of a fair; raise ``NotFound``."""
    file = db.session.scalar(
        sa.select(StoredFile).where(StoredFile.fair_id == fair_id, StoredFile.public_id == public_id)
    )
    if file is None:
        raise NotFound()
    return file


def known_fingerprints(fair_id: int, fingerprints: Iterable[str]) -> set[str]:
    """Return which transfers a fair has already."""
    wanted = list(fingerprints)
    found: set[str] = set()
    for start in range(0, len(wanted), 500):  # a condition holds so many values on every database
        part = wanted[start : start + 500]
        found.update(
            db.session.scalars(
                sa.select(BankLine.fingerprint).where(BankLine.fair_id == fair_id, BankLine.fingerprint.in_(part))
            )
        )
    return found


def list_dues(fair_id: int) -> list[Due]:
    """Return every request of a fair as transfers are compared with it, in one query."""
    rows = db.session.execute(
        sa.select(PaymentRequest, PAID, Enterprise)
        .outerjoin(Exhibitor, Exhibitor.id == PaymentRequest.exhibitor_id)
        .outerjoin(Enterprise, Enterprise.id == Exhibitor.enterprise_id)
        .where(PaymentRequest.fair_id == fair_id)
        .order_by(PaymentRequest.number)
    )
    dues = []
    for request, paid, enterprise in rows:
        payer = request.statement["payer"]
        names = [payer["name"], payer["english_name"]]
        if enterprise is not None:
            names += [enterprise.legal_name, enterprise.short_name, enterprise.english_name]
        dues.append(
            Due(
                key=request.id,
                reference=request.reference,
                rest=max(request.amount - int(paid), 0),
                names=tuple(dict.fromkeys(name for name in names if name)),
                tax_code=payer["tax_code"],
                withdrawn=request.withdrawn_at is not None,
            )
        )
    return dues
