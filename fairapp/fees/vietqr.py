"""VietQR: the text that a bank's app reads from a QR code and turns into a transfer (NAPAS on EMVCo's fields).

A field is two digits of tag, two digits of length and the value; the last one is a checksum of all before it.
"""

import re

from fairapp.errors import FairError

LONGEST_PURPOSE = 25
"""Letters that the field may hold; banks cut longer ones."""

_NAPAS = "A000000727"
_TO_ACCOUNT = "QRIBFTTA"
_ACCOUNT = re.compile(r"[0-9A-Z]{4,19}")
_PURPOSE = re.compile(rf"[0-9A-Za-z ]{{0,{LONGEST_PURPOSE}}}")


class AccountMalformed(FairError):
    """The number cannot be that of a bank account."""

    code = "bank_account_malformed"


def parse_account(text: str) -> str:
    """Return an account number without the spaces and dots in which people write it; raise if it is none."""
    plain = re.sub(r"[\s.-]", "", text).upper()
    if not _ACCOUNT.fullmatch(plain):
        raise AccountMalformed()
    return plain


def transfer(*, bank: str, account: str, amount: int, purpose: str, once: bool = True) -> str:
    """Return the code of a transfer of ``amount`` đồng to an account; ``once`` marks it as made for one payment."""
    if not re.fullmatch(r"[0-9]{6}", bank):
        raise ValueError(f"a bank's number has six digits: {bank!r}")
    if not _ACCOUNT.fullmatch(account):
        raise ValueError(f"not an account: {account!r}")
    if not 0 < amount < 10**13:
        raise ValueError(f"not an amount to transfer: {amount}")
    if not _PURPOSE.fullmatch(purpose):
        raise ValueError(f"letters without marks, digits and spaces only: {purpose!r}")
    payee = _field("00", bank) + _field("01", account)
    code = (
        _field("00", "01")
        + _field("01", "12" if once else "11")
        + _field("38", _field("00", _NAPAS) + _field("01", payee) + _field("02", _TO_ACCOUNT))
        + _field("53", "704")
        + _field("54", str(amount))
        + _field("58", "VN")
        + (_field("62", _field("08", purpose)) if purpose else "")
        + "6304"
    )
    return code + checksum(code)


def checksum(code: str) -> str:
    """Return CRC-16/CCITT-FALSE of a code as four hexadecimal digits."""
    crc = 0xFFFF
    for byte in code.encode("ascii"):
        crc ^= byte << 8
        for _ in range(8):
            crc = (crc << 1 ^ 0x1021 if crc & 0x8000 else crc << 1) & 0xFFFF
    return f"{crc:04X}"


def _field(tag: str, value: str) -> str:
    return f"{tag}{len(value):02}{value}"
