"""The QR code on the printed form, and what it says of the scan that comes back."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from fairapp.errors import FairError

_CODE = re.compile(r"([A-Z][A-Z0-9-]{1,15})/APPLICATION/([2-9A-Z]{12})/([1-9][0-9]{0,5})")


class ScanState(StrEnum):
    """What the QR code on a signed form says."""

    MATCHED = "matched"
    """It is the application as it was last sent."""
    OLDER = "older"
    """It is the application as it was before it was sent again."""
    UNREADABLE = "unreadable"
    """No code of ours was found; somebody has to look."""


class ScanOfAnother(FairError):
    """The signed form belongs to another application."""

    code = "scan_of_another"


class ScanOfAnotherFair(FairError):
    """The signed form belongs to another fair."""

    code = "scan_of_another_fair"


@dataclass(frozen=True, kw_only=True)
class FormCode:
    """What a printed form says of itself."""

    fair_code: str
    application_id: str
    number: int


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What a scan is."""

    state: ScanState
    number: int | None = None


def write_code(code: FormCode) -> str:
    """Return the text of the QR code: capitals and digits, which make small codes."""
    return f"{code.fair_code}/APPLICATION/{code.application_id.upper()}/{code.number}"


def read_code(text: str) -> FormCode | None:
    """Return what a QR code says, or ``None`` if it is not one of our forms."""
    found = _CODE.fullmatch(text.strip())
    if found is None:
        return None
    return FormCode(fair_code=found[1], application_id=found[2].lower(), number=int(found[3]))


def judge(texts: Iterable[str], *, fair_code: str, application_id: str, number: int) -> Verdict:
    """Return what a scan with these codes is to an application that was sent ``number`` times.

    Raises if every form on it belongs to somebody else; a pile that holds the right one is taken.
    """
    codes = [code for code in map(read_code, texts) if code is not None]
    own = [code.number for code in codes if (code.fair_code, code.application_id) == (fair_code, application_id)]
    if own:
        state = ScanState.MATCHED if max(own) >= number else ScanState.OLDER
        return Verdict(state=state, number=max(own))
    if any(code.fair_code == fair_code for code in codes):
        raise ScanOfAnother()
    if codes:
        raise ScanOfAnotherFair(fair=codes[0].fair_code)
    return Verdict(state=ScanState.UNREADABLE)
