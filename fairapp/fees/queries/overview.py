"""The fees of all exhibitors side by side: owed, asked for, paid, open, overdue."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from fairapp.database import db
from fairapp.exhibitors.models import Exhibitor, Pavilion
from fairapp.fees.ledger import Ledger
from fairapp.fees.lines import MAIN_EXHIBITOR, PAVILION, Statement
from fairapp.fees.models import PaymentRequest
from fairapp.fees.queries.payments import PAID, Payer, in_state, ledgers_of
from fairapp.fees.queries.statements import statements_of
from fairapp.fees.schedule import RequestKind, RequestState
from fairapp.folding import fold
from fairapp.web.lists import Page
from fairapp.web.sorting import Sort

BY_NAME = Sort(by="name")
SORTS = ("name", "gross", "budget", "owed", "asked", "paid", "open", "overdue")
STATES = ("open", "overdue", "paid", "not_asked", "difference", "subsidised", "elsewhere")
"""By which the overview is filtered."""


@dataclass(frozen=True, kw_only=True)
class FeeRow:
    """One exhibitor, or a pavilion whose contract a co-organizer holds."""

    exhibitor: Exhibitor | None
    pavilion: Pavilion | None
    statement: Statement | None
    """Of an exhibitor; empty for a pavilion, whose lines are its members'."""
    ledger: Ledger
    overdue: int = 0
    search: str = ""
    """The folded name."""

    @property
    def gross(self) -> int:
        """All fees with VAT, whoever pays."""
        return self.statement.gross if self.statement else self.ledger.owed

    @property
    def budget(self) -> int:
        """What subsidies pay."""
        return self.statement.budget_pays if self.statement else 0

    @property
    def open(self) -> int:
        """What is owed and not paid."""
        return max(self.ledger.owed - self.ledger.paid, 0)

    @property
    def difference(self) -> int:
        """What is owed beyond the requests, or less; that a balance follows a deposit is no difference."""
        ledger = self.ledger
        if not ledger.asked or ledger.settled:
            return 0
        only_deposit = all(one.kind is RequestKind.DEPOSIT for one in ledger.asked)
        return min(ledger.difference, 0) if only_deposit else ledger.difference

    @property
    def held_elsewhere(self) -> bool:
        """Whether another one's statement has its lines."""
        return self.statement is not None and self.statement.held_by in (MAIN_EXHIBITOR, PAVILION)

    def is_in(self, state: str) -> bool:
        """Whether the row belongs to one of ``STATES``."""
        ledger = self.ledger
        return {
            "open": self.open > 0,
            "overdue": self.overdue > 0,
            "paid": ledger.owed > 0 and ledger.paid >= ledger.owed,
            "not_asked": ledger.owed > 0 and not ledger.asked,
            "difference": self.difference != 0,
            "subsidised": self.budget > 0,
            "elsewhere": self.held_elsewhere,
        }[state]


def list_fee_rows(
    fair_id: int, *, today: date, query: str = "", state: str = "", sort: Sort = BY_NAME
) -> Sequence[FeeRow]:
    """Return the rows that the filters leave, in a fixed number of queries."""
    wanted = fold(query).split()
    rows = [
        row
        for row in _rows(fair_id, today=today)
        if all(f" {word}" in row.search for word in wanted) and (state not in STATES or row.is_in(state))
    ]
    keys = {
        "name": lambda row: row.search,
        "gross": lambda row: row.gross,
        "budget": lambda row: row.budget,
        "owed": lambda row: row.ledger.owed,
        "asked": lambda row: row.ledger.asked_for,
        "paid": lambda row: row.ledger.paid,
        "open": lambda row: row.open,
        "overdue": lambda row: row.overdue,
    }
    rows.sort(key=lambda row: row.search)
    return sorted(rows, key=keys[sort.by], reverse=sort.descending)


def page_of(rows: Sequence[FeeRow], *, page: int, per_page: int = 50) -> Page[FeeRow]:
    """Return one page of rows; a number past the end gives the last page."""
    last = max(1, -(-len(rows) // per_page))
    number = min(max(page, 1), last)
    shown = rows[(number - 1) * per_page : number * per_page]
    return Page(rows=shown, number=number, per_page=per_page, total=len(rows))


def _rows(fair_id: int, *, today: date) -> list[FeeRow]:
    statements = statements_of(fair_id)
    ledgers, overdue = ledgers_of(fair_id, statements), _overdue(fair_id, today)
    rows = []
    for exhibitor in db.session.scalars(
        sa.select(Exhibitor).where(Exhibitor.fair_id == fair_id).options(joinedload(Exhibitor.enterprise))
    ):
        payer = Payer(exhibitor_id=exhibitor.id)
        rows.append(
            FeeRow(
                exhibitor=exhibitor,
                pavilion=None,
                statement=statements.get(exhibitor.id, Statement()),
                ledger=ledgers.get(payer, Ledger()),
                overdue=overdue.get(payer, 0),
                search=exhibitor.enterprise.search_text,
            )
        )
    for pavilion in db.session.scalars(
        sa.select(Pavilion)
        .where(Pavilion.fair_id == fair_id, Pavilion.co_organizer_id.is_not(None))
        .options(joinedload(Pavilion.co_organizer))
    ):
        payer = Payer(pavilion_id=pavilion.id)
        rows.append(
            FeeRow(
                exhibitor=None,
                pavilion=pavilion,
                statement=None,
                ledger=ledgers.get(payer, Ledger()),
                overdue=overdue.get(payer, 0),
                search=" " + fold(" ".join(pavilion.name.values())),
            )
        )
    return rows


def _overdue(fair_id: int, today: date) -> Mapping[Payer, int]:
    found: dict[Payer, int] = {}
    for exhibitor_id, pavilion_id, unpaid in db.session.execute(
        sa.select(PaymentRequest.exhibitor_id, PaymentRequest.pavilion_id, PaymentRequest.amount - PAID).where(
            PaymentRequest.fair_id == fair_id, in_state(RequestState.OVERDUE, today)
        )
    ):
        payer = Payer(exhibitor_id=exhibitor_id, pavilion_id=pavilion_id)
        found[payer] = found.get(payer, 0) + int(unpaid)
    return found
