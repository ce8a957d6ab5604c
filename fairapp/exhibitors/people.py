"""People on a booth as they are typed, pasted or sent as a table: rows read, mistakes named, nothing lost."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from email_validator import EmailNotValidError, validate_email

from fairapp.enterprises import phones
from fairapp.errors import FairError
from fairapp.files.sheets import read_rows, write_rows
from fairapp.folding import fold

COLUMNS = ("full_name", "position", "email", "phone", "contractor")
LONGEST = {"full_name": 120, "position": 80, "email": 255, "phone": 40, "contractor": 160}
MOST_ROWS = 500

HEADS = {
    "full_name": {"full name", "name", "ho ten", "ho va ten", "ten", "氏名", "名前", "성명", "이름"},
    "position": {"position", "title", "job title", "chuc vu", "chuc danh", "vi tri", "役職", "직책", "직위"},
    "email": {"email", "e mail", "mail", "mail address", "thu dien tu", "dia chi thu", "メール", "이메일", "메일"},
    "phone": {
        "phone",
        "mobile",
        "telephone",
        "dien thoai",
        "so dien thoai",
        "di dong",
        "sdt",
        "電話",
        "전화",
        "휴대폰",
    },
    "contractor": {"firm", "contractor", "company", "don vi", "nha thau", "don vi thi cong", "会社", "회사", "업체"},
}
"""What columns are called in the first row, folded."""


class StaffKind(StrEnum):
    """What somebody on a staff list does there."""

    CONTACT = "contact"
    """Works on the booth and acts for the exhibitor in this system."""
    STAFF = "staff"
    CONTRACTOR = "contractor"
    """Builds and dismantles: a badge for move-in and move-out, never for the fair's hours."""


class NoRows(FairError):
    """Nothing to read, or more rows than are taken at once."""

    code = "no_rows"


class Fault(StrEnum):
    """What is wrong with a row."""

    NO_NAME = "no_name"
    TOO_LONG = "too_long"
    EMAIL = "email"
    PHONE = "phone"
    TOO_MANY_CELLS = "too_many_cells"
    TWICE = "twice"
    ON_LIST = "on_list"


@dataclass(frozen=True, kw_only=True)
class StaffData:
    """A person on a booth."""

    full_name: str
    position: str = ""
    email: str = ""
    phone: str = ""
    kind: StaffKind = StaffKind.STAFF
    contractor: str = ""
    """The firm of somebody who builds or dismantles."""
    access: bool = False
    """Whether somebody of the staff may sign in; a contact always may."""

    @property
    def key(self) -> tuple[str, str, str]:
        """By what two entries are one person."""
        return fold(self.full_name), self.email.casefold(), self.phone


@dataclass(frozen=True, kw_only=True)
class SheetRow:
    """One row of a table; ``number`` counts the lines from 1."""

    number: int
    cells: tuple[str, ...]
    person: StaffData
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """What a table says."""

    rows: tuple[SheetRow, ...]

    @property
    def good(self) -> list[StaffData]:
        """The people that can be taken."""
        return [row.person for row in self.rows if not row.faults]

    @property
    def bad(self) -> list[SheetRow]:
        """The rows that must be corrected first."""
        return [row for row in self.rows if row.faults]

    @property
    def rest(self) -> str:
        """The rows that must be corrected, as text to go on with."""
        return write_rows([row.cells for row in self.bad])


def read_sheet_text(
    text: str, *, kind: StaffKind = StaffKind.STAFF, contractor: str = "", known: Collection[tuple[str, str, str]] = ()
) -> Sheet:
    """Return the people of pasted rows; ``known`` are the keys of those on the list already."""
    return read_people(read_rows(text), kind=kind, contractor=contractor, known=known)


def read_people(
    rows: Iterable[Sequence[str]],
    *,
    kind: StaffKind = StaffKind.STAFF,
    contractor: str = "",
    known: Collection[tuple[str, str, str]] = (),
) -> Sheet:
    """Return the people of a table's rows; a first row that names the columns orders them."""
    numbered = [(number, tuple(row)) for number, row in enumerate(rows, start=1) if any(cell.strip() for cell in row)]
    columns = _columns(numbered[0][1]) if numbered else None
    if columns:
        numbered = numbered[1:]
    if not numbered or len(numbered) > MOST_ROWS:
        raise NoRows(most=MOST_ROWS)
    seen: set[tuple[str, str, str]] = set()
    read = []
    for number, cells in numbered:
        row = _read_row(number, cells, columns, kind=kind, contractor=contractor)
        key = row.person.key
        faults = row.faults
        if key in known:
            faults += (Fault.ON_LIST,)
        elif key in seen:
            faults += (Fault.TWICE,)
        seen.add(key)
        read.append(replace(row, faults=faults))
    return Sheet(rows=tuple(read))


def _columns(head: Sequence[str]) -> list[str] | None:
    """Return which column is which, if the row names them; a column that nobody knows is passed over."""
    folded = [fold(cell) for cell in head]
    named = [next((column for column, heads in HEADS.items() if cell in heads), "") for cell in folded]
    return named if "full_name" in named else None


def _read_row(
    number: int, cells: tuple[str, ...], columns: list[str] | None, *, kind: StaffKind, contractor: str
) -> SheetRow:
    given, surplus = _by_name(cells, columns)
    faults = [Fault.TOO_MANY_CELLS] if surplus else []
    if not given["full_name"]:
        faults.append(Fault.NO_NAME)
    if any(len(given[name]) > most for name, most in LONGEST.items()):
        faults.append(Fault.TOO_LONG)
    email, phone = _email(given["email"]), _phone(given["phone"])
    if email is None:
        faults.append(Fault.EMAIL)
    if phone is None:
        faults.append(Fault.PHONE)
    person = StaffData(
        full_name=given["full_name"],
        position=given["position"],
        email=given["email"] if email is None else email,
        phone=given["phone"] if phone is None else phone,
        kind=kind,
        contractor=(given["contractor"] or contractor) if kind is StaffKind.CONTRACTOR else "",
    )
    return SheetRow(number=number, cells=cells, person=person, faults=tuple(faults))


def _by_name(cells: tuple[str, ...], columns: list[str] | None) -> tuple[dict[str, str], bool]:
    empty = dict.fromkeys(COLUMNS, "")
    if columns:
        return empty | {name: cell.strip() for name, cell in zip(columns, cells, strict=False) if name}, False
    row = [cell.strip() for cell in cells]
    if len(row) > 1 and row[0].rstrip(".").isdigit():
        row = row[1:]  # a running number
    given = empty | dict(zip(COLUMNS, row, strict=False))
    return given, any(row[len(COLUMNS) :])


def _email(text: str) -> str | None:
    if not text:
        return ""
    try:
        address = validate_email(text, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError:
        return None
    return address.normalized.lower()


def _phone(text: str) -> str | None:
    # Excel takes 0912345678 for a number and drops the zero.
    for way in (text, f"0{text}"):
        try:
            return phones.parse_phone(way)
        except phones.PhoneInvalid:
            continue
    return None
