"""Bank statements: take one in, record what is certain, and let people decide the rest."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fairapp.audit.service import ActorLike, record
from fairapp.database import add_once, db, retried, transaction
from fairapp.errors import FairError, NotFound
from fairapp.fairs.models import Fair
from fairapp.fees.bank_files import Reading, Table, Transfer, find_columns, read_table, read_transfers
from fairapp.fees.matching import Due, Finding, Incoming, match_all, match_next
from fairapp.fees.models import BankLine, BankStatement, Payment, PaymentRequest
from fairapp.fees.queries import bank as queries
from fairapp.fees.queries import payments
from fairapp.fees.queries.payments import Payer, payer_of
from fairapp.fees.service.payment_records import assigned_of, put_payments
from fairapp.fees.service.payment_shared import take_turn
from fairapp.files import service as files
from fairapp.files.models import StoredFile

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ColumnsMissing(FairError):
    """Nobody knows which column holds the day or the money."""

    code = "bank_columns_missing"


class NothingToImport(FairError):
    """No row of the file is a transfer that came in."""

    code = "bank_file_without_transfers"


class PartsTooLarge(FairError):
    """The parts are more than the line, or than a request."""

    code = "parts_too_large"


class LineTaken(FairError):
    """The line was assigned, ignored or opened by somebody else."""

    code = "bank_line_state"


@dataclass(frozen=True, kw_only=True)
class DryRun:
    """What an import would do."""

    table: Table
    columns: Mapping[str, int]
    reading: Reading
    known: int
    """Transfers that an earlier file brought already."""
    findings: Mapping[str, int]
    """New transfers by what is found out of them."""


@dataclass(frozen=True, kw_only=True)
class Imported:
    """What an import did."""

    added: int
    known: int
    recorded: int
    """Transfers that were recorded as payments at once."""


def keep_upload(fair_id: int, content: bytes, *, name: str, now: datetime) -> StoredFile:
    """Keep a bank's file until its import is confirmed; raise if it is no table."""
    read_table(content)
    is_workbook = content[:2] == b"PK"
    with transaction() as session:
        return files.store(
            session,
            content,
            name=name,
            content_type=WORKBOOK if is_workbook else "text/csv",
            fair_id=fair_id,
            now=now,
        )


def try_out(fair_id: int, content: bytes, columns: Mapping[str, int] | None) -> DryRun:
    """Return what an import would do; without ``columns`` as remembered for this layout, else as the names say."""
    table = read_table(content)
    chosen = columns or _remembered(db.session.get_one(Fair, fair_id), table) or find_columns(table.head)
    reading = read_transfers(table, chosen) if _is_enough(chosen) else Reading(transfers=(), bad=(), outgoing=0)
    known = queries.known_fingerprints(fair_id, (one.fingerprint for one in reading.transfers))
    new = (
        Incoming(amount=one.amount, text=one.text, payer=one.payer)
        for one in reading.transfers
        if one.fingerprint not in known
    )
    counts = Counter(found.finding.value for found in match_all(new, queries.list_dues(fair_id)))
    return DryRun(table=table, columns=chosen, reading=reading, known=len(known), findings=counts)


def _remembered(fair: Fair, table: Table) -> dict[str, int] | None:
    known: dict[str, dict[str, int]] = fair.payment.get("layouts", {})
    return known.get(table.layout)


def _is_enough(columns: Mapping[str, int]) -> bool:
    return "booked_on" in columns and bool(columns.keys() & {"credit", "amount"})


@retried
def import_statement(
    fair_id: int, file_id: str, columns: Mapping[str, int], *, actor: ActorLike, now: datetime
) -> Imported:
    """Take a statement in: what is known already adds nothing, what is certain is recorded."""
    content = files.read(queries.get_file(fair_id, file_id))
    table = read_table(content)
    if not _is_enough(columns):
        raise ColumnsMissing()
    reading = read_transfers(table, columns)
    if not reading.transfers:
        raise NothingToImport()
    with transaction() as session:
        fair = take_turn(session, fair_id)
        _remember(fair, table, columns)
        file = queries.get_file(fair_id, file_id)
        return put_transfers(session, fair, file, reading.transfers, actor=actor, now=now)


def put_transfers(
    session: Session,
    fair: Fair,
    file: StoredFile,
    transfers: Sequence[Transfer],
    *,
    tell: bool = True,
    actor: ActorLike,
    now: datetime,
) -> Imported:
    """Write the transfers of a file in the running transaction and record what is certain; the turn is taken."""
    known = queries.known_fingerprints(fair.id, (one.fingerprint for one in transfers))
    new = [one for one in transfers if one.fingerprint not in known]
    recorded = 0
    if new:
        statement = BankStatement(fair_id=fair.id, file_id=file.id, imported_by_id=actor.account_id, imported_at=now)
        session.add(statement)
        session.flush()
        dues = {due.key: due for due in queries.list_dues(fair.id)}
        for transfer in new:
            line = BankLine(fair_id=fair.id, statement_id=statement.id, **vars(transfer))
            add_once(session, line, LineTaken())
            recorded += _match_line(session, fair, line, dues, tell=tell, actor=actor, now=now)
        record(
            session,
            "bank_statement.import",
            fair_id=fair.id,
            thing_id=statement.id,
            actor=actor,
            now=now,
            label=file.name,
            lines=len(new),
            recorded=recorded,
        )
    return Imported(added=len(new), known=len(transfers) - len(new), recorded=recorded)


def _remember(fair: Fair, table: Table, columns: Mapping[str, int]) -> None:
    layouts = dict(fair.payment.get("layouts", {}))
    layouts[table.layout] = dict(columns)
    fair.payment = {**fair.payment, "layouts": layouts}


def _match_line(
    session: Session,
    fair: Fair,
    line: BankLine,
    dues: dict[int, Due],
    *,
    tell: bool = True,
    actor: ActorLike,
    now: datetime,
) -> bool:
    incoming = Incoming(amount=line.amount - assigned_of(session, line.id), text=line.text, payer=line.payer)
    found = match_next(incoming, dues)
    line.finding = found.finding
    if found.certain:
        _record_parts(session, fair, line, found.certain, tell=tell, actor=actor, now=now)
    return bool(found.certain)


def _record_parts(
    session: Session,
    fair: Fair,
    line: BankLine,
    parts: Sequence[tuple[int, int]],
    *,
    tell: bool = True,
    actor: ActorLike,
    now: datetime,
) -> None:
    by_payer: dict[Payer, list[tuple[PaymentRequest | None, int]]] = {}
    for request_id, amount in parts:
        request = session.get_one(PaymentRequest, request_id)
        by_payer.setdefault(payer_of(request), []).append((request, amount))
    for payer, its_parts in by_payer.items():
        _put(session, fair, line, payer, its_parts, tell=tell, actor=actor, now=now)


def _put(
    session: Session,
    fair: Fair,
    line: BankLine,
    payer: Payer,
    parts: Sequence[tuple[PaymentRequest | None, int]],
    *,
    tell: bool = True,
    actor: ActorLike,
    now: datetime,
) -> None:
    put_payments(
        session,
        fair,
        payer,
        parts,
        paid_on=line.booked_on,
        bank_line=line,
        source=f"bank:{line.public_id}:{payer.exhibitor_id or ''}:{payer.pavilion_id or ''}",
        tell=tell,
        actor=actor,
        now=now,
    )


@retried
def match_again(fair_id: int, *, actor: ActorLike, now: datetime) -> int:
    """Compare the open lines with the requests of today; return how many were recorded."""
    with transaction() as session:
        fair = take_turn(session, fair_id)
        dues = {due.key: due for due in queries.list_dues(fair_id)}
        recorded = 0
        for line in queries.list_open_lines(fair_id):
            if line.finding is not Finding.OVER:  # its certain part is recorded; the rest is a person's to decide
                recorded += _match_line(session, fair, line, dues, actor=actor, now=now)
    return recorded


@retried
def assign(
    fair_id: int,
    line_id: str,
    parts: Sequence[tuple[str, int]],
    *,
    credit_to: Payer | None = None,
    actor: ActorLike,
    now: datetime,
) -> BankLine:
    """Let a line pay requests, given by their ids and amounts; what is left is a credit of ``credit_to``, or open."""
    with transaction() as session:
        fair = take_turn(session, fair_id)
        line = _lock_line(session, fair_id, line_id)
        left = line.amount - assigned_of(session, line.id)
        if line.ignored_at is not None or left <= 0:
            raise LineTaken()
        chosen = [(_request(session, fair_id, public_id), amount) for public_id, amount in parts if amount > 0]
        paid = payments.paid_of(request.id for request, _amount in chosen)
        rest = left - sum(amount for _request, amount in chosen)
        if rest < 0 or any(amount > request.amount - paid[request.id] for request, amount in chosen):
            raise PartsTooLarge()
        _record_parts(session, fair, line, [(request.id, amount) for request, amount in chosen], actor=actor, now=now)
        if credit_to is not None and rest > 0:
            _put(session, fair, line, credit_to, [(None, rest)], actor=actor, now=now)
            rest = 0
        if rest == 0:
            line.finding = Finding.MATCHED
        elif not chosen:
            raise PartsTooLarge()
    return line


def _request(session: Session, fair_id: int, public_id: str) -> PaymentRequest:
    request = session.scalar(
        sa.select(PaymentRequest).where(
            PaymentRequest.fair_id == fair_id,
            PaymentRequest.public_id == public_id,
            PaymentRequest.withdrawn_at.is_(None),
        )
    )
    if request is None:
        raise NotFound()
    return request


def _lock_line(session: Session, fair_id: int, public_id: str) -> BankLine:
    line = session.scalar(sa.select(BankLine).where(BankLine.fair_id == fair_id, BankLine.public_id == public_id))
    if line is None:
        raise NotFound()
    return line


@retried
def unassign(fair_id: int, line_id: str, *, actor: ActorLike, now: datetime) -> BankLine:
    """Take back whatever a line was recorded as: it waits for a decision again."""
    with transaction() as session:
        take_turn(session, fair_id)
        line = _lock_line(session, fair_id, line_id)
        standing = session.scalars(
            sa.select(Payment).where(Payment.bank_line_id == line.id, Payment.reversed_at.is_(None))
        ).all()
        if not standing:
            raise LineTaken()
        for payment in standing:
            payment.reversed_at = now
        line.finding = Finding.UNKNOWN
        record(
            session,
            "bank_line.unassign",
            fair_id=fair_id,
            thing_id=line.id,
            actor=actor,
            now=now,
            label=line.text[:200],
            amount=line.amount,
        )
    return line


@retried
def set_ignored(fair_id: int, line_id: str, *, ignored: bool, actor: ActorLike, now: datetime) -> BankLine:
    """Say that a line is not for the fair, or that it is after all."""
    with transaction() as session:
        take_turn(session, fair_id)
        line = _lock_line(session, fair_id, line_id)
        if (line.ignored_at is not None) is ignored or (ignored and assigned_of(session, line.id)):
            raise LineTaken()
        line.ignored_at = now if ignored else None
        record(
            session,
            "bank_line.ignore" if ignored else "bank_line.open",
            fair_id=fair_id,
            thing_id=line.id,
            actor=actor,
            now=now,
            label=line.text[:200],
            amount=line.amount,
        )
    return line
