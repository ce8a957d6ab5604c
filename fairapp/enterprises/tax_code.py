"""Tax codes: ten digits of an enterprise, thirteen of a branch, with a check digit.

Since 2025-07-01 households and individuals use their personal id of twelve digits instead, which we do
not take (Circular 86/2024). Weights and the rule that remainder 0 is never issued: python-stdnum's
``vn.mst`` and published vectors.
"""

import re
import unicodedata
from dataclasses import dataclass

from fairapp.errors import FairError

WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
LONGEST_FOREIGN = 32
_SEPARATORS = re.compile(r"[\s.\-\u2010-\u2015\u2212]+")


class TaxCodeMalformed(FairError):
    """Neither ten nor thirteen digits."""

    code = "tax_code_malformed"


class TaxCodePersonal(FairError):
    """Twelve digits: a personal id, which an enterprise does not have."""

    code = "tax_code_personal"


class TaxCodeCheckDigit(FairError):
    """The tenth digit does not fit the nine before it."""

    code = "tax_code_check_digit"


class RegistrationNumberMalformed(FairError):
    """A foreign enterprise's registration number without a digit or letter, or too long."""

    code = "registration_number_malformed"


@dataclass(frozen=True, kw_only=True)
class TaxCode:
    """A tax code as it is kept: ``0123456789`` or ``0123456789-001``."""

    text: str
    enterprise: str
    """The part that names the enterprise, without the branch."""

    branch: str = ""
    """``001`` to ``999``, or nothing for the enterprise itself."""


def parse_tax_code(text: str, *, country: str = "VN") -> TaxCode:
    """Return the tax code that ``text`` means; foreign registration numbers are taken as they are."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if country != "VN":
        return _parse_foreign(plain)
    digits = _SEPARATORS.sub("", plain)
    if not (digits.isascii() and digits.isdigit()):
        raise TaxCodeMalformed()
    if len(digits) == 12:
        raise TaxCodePersonal()
    if len(digits) not in (10, 13) or digits[10:] == "000":
        raise TaxCodeMalformed()
    if check_digit(digits[:9]) != int(digits[9]) or digits[2:9] == "0000000":
        raise TaxCodeCheckDigit()
    enterprise, branch = digits[:10], digits[10:]
    text = f"{enterprise}-{branch}" if branch else enterprise
    return TaxCode(text=text, enterprise=enterprise, branch=branch)


def check_digit(nine: str) -> int | None:
    """Return the tenth digit for nine digits, or ``None`` where no code is issued."""
    remainder = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, nine, strict=True)) % 11
    return None if remainder == 0 else 10 - remainder


def _parse_foreign(text: str) -> TaxCode:
    number = " ".join(text.upper().split())
    if len(number) > LONGEST_FOREIGN or not any(character.isalnum() for character in number):
        raise RegistrationNumberMalformed()
    return TaxCode(text=number, enterprise=number)
