"""What stands on a payment request, as plain values: written once when it is issued, and never changed.

Later changes of prices, of the payer's address or of the bank account leave it as it was sent.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from fairapp.fees.cancellation import Settlement
from fairapp.fees.lines import Statement


@dataclass(frozen=True, kw_only=True)
class Party:
    """Who pays, or who is paid."""

    name: str
    english_name: str = ""
    tax_code: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    contact: str = ""


@dataclass(frozen=True, kw_only=True)
class Before:
    """A request that was issued before this one."""

    reference: str
    kind: str
    amount: int


@dataclass(frozen=True, kw_only=True)
class Paper:
    """The content of a payment request."""

    statement: Statement
    payer: Party
    payee: Party
    bank: str = ""
    account: str = ""
    holder: str = ""
    qr: str = ""
    """The text of the VietQR code; empty where nothing is to be paid or the bank takes none."""
    before: tuple[Before, ...] = ()
    credit: int = 0
    """What had been paid too much before and counts here."""
    settlement: Settlement | None = None
    """Of a withdrawal."""
    fictional: bool = False
    job_id: int | None = None
    """The job that issued it, so that a job that runs again finds its work."""
    taken: tuple[tuple[int, int], ...] = field(default=())
    """Payments that a settlement took from other requests, with the request of each."""
    withdrew: tuple[int, ...] = ()
    """The requests that a settlement replaced."""

    def to_values(self) -> dict[str, Any]:
        """Return plain JSON values."""
        values = asdict(self)
        values["statement"] = self.statement.to_values()
        values["settlement"] = self.settlement.to_values() if self.settlement else None
        return values


def read_paper(values: Mapping[str, Any]) -> Paper:
    """Return the paper that ``to_values`` wrote."""
    settlement = values.get("settlement")
    return Paper(
        **{
            **values,
            "statement": Statement.from_values(values["statement"]),
            "payer": Party(**values["payer"]),
            "payee": Party(**values["payee"]),
            "before": tuple(Before(**one) for one in values.get("before", ())),
            "taken": _pairs(values.get("taken", ())),
            "withdrew": tuple(values.get("withdrew", ())),
            "settlement": _read_settlement(settlement) if settlement else None,
        }
    )


def _read_settlement(values: Mapping[str, int]) -> Settlement:
    return Settlement(percent=values["percent"], owed=values["owed"], fee=values["fee"], paid=values["paid"])


def _pairs(values: Sequence[Sequence[int]]) -> tuple[tuple[int, int], ...]:
    return tuple((one, other) for one, other in values)
