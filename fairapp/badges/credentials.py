"""Credentials: what a badge's QR code says, signed so that any gate can check it without a network.

A credential carries no personal data. It is 80 bytes, big-endian, written as 193 decimal digits with
leading zeros:

    offset  length
         0       1   version, always 1
         1       4   number of the fair
         5       2   number of the fair's key
         7       1   letter of the serial, ASCII
         8       5   rest of the serial: 40 random bits, eight letters of ``ALPHABET``, first letter highest
        13       1   number of the category
        14       2   days on which the badge is valid, bit 0 is the first; none for whoever builds and dismantles
        16      64   Ed25519 signature (RFC 8032) of the 16 bytes before

To check one elsewhere: turn the digits into one whole number and that into 80 bytes, compare version and
fair, take the public key (32 bytes) of the key number, verify. In a browser that is ``BigInt(digits)`` and
``crypto.subtle.verify("Ed25519", key, signature, message)`` with a key imported as ``"raw"``.

Digits, because a QR code packs three of them into ten bits (version 5 at level M), and because hand
scanners type on keyboards: Vietnamese input methods turn letters into other letters but leave digits alone.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from fairapp.badges.categories import BY_NUMBER, CATEGORIES
from fairapp.errors import FairError

VERSION = 1
CLAIMS = 16
SIZE = CLAIMS + 64
DIGITS = 193
RANDOM_BYTES = 5
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""32 signs without I, L, O and U, which look like others or spell words."""

_SERIAL_LETTERS = 8
_SERIAL = re.compile(rf"([A-Z])-?([{ALPHABET}]{{{_SERIAL_LETTERS}}})")
_LOOK_ALIKES = str.maketrans("ILO", "110")
# The digit row as other keyboards type it: full width, Vietnamese, French.
_DIGIT_ROWS = str.maketrans(
    "０１２３４５６７８９" + "đăâêô\u0300\u0309\u0303\u0301\u0323" + "à&é\"'(-è_ç", "0123456789" * 3
)


class CredentialUnreadable(FairError):
    """Not a credential of ours at all."""

    code = "credential_unreadable"


class CredentialWrongFair(FairError):
    """A credential of another fair."""

    code = "credential_wrong_fair"


class CredentialForged(FairError):
    """It looks like ours, but the fair did not make it."""

    code = "credential_forged"


class CredentialUnknownKey(CredentialForged):
    """It names a key that the fair never had."""

    code = "credential_unknown_key"


class CredentialBadSignature(CredentialForged):
    """Its claims were changed, or somebody else signed them."""

    code = "credential_bad_signature"


@dataclass(frozen=True, kw_only=True)
class Claims:
    """What a credential says; bit 0 of ``days`` is the fair's first day."""

    fair_number: int
    key_number: int
    serial: str
    category: str
    days: int


def new_key() -> tuple[bytes, bytes]:
    """Return a private key and its public key, 32 bytes each."""
    private = Ed25519PrivateKey.generate()
    return private.private_bytes_raw(), private.public_key().public_bytes_raw()


def new_serial(category: str, random: bytes) -> str:
    """Return a serial such as ``V-7K3M9Q2P`` from 5 random bytes."""
    if len(random) != RANDOM_BYTES:
        raise ValueError(f"a serial takes {RANDOM_BYTES} random bytes")
    return f"{CATEGORIES[category].letter}-{_to_letters(random)}"


def find_serial(text: str) -> str | None:
    """Return the serial that somebody typed, dash or not, O for 0 or not; ``None`` if it is none."""
    typed = text.strip().replace(" ", "").upper()
    found = _SERIAL.fullmatch(typed[:1] + typed[1:].translate(_LOOK_ALIKES))
    return f"{found[1]}-{found[2]}" if found else None


def sign(claims: Claims, private_key: bytes) -> str:
    """Return the credential of ``claims`` as 193 digits."""
    message = _pack(claims)
    signature = Ed25519PrivateKey.from_private_bytes(private_key).sign(message)
    return str(int.from_bytes(message + signature, "big")).zfill(DIGITS)


def read(text: str, *, fair_number: int, public_keys: Mapping[int, bytes]) -> Claims:
    """Return what a credential says, once one of the fair's keys has proven it."""
    raw = _to_bytes(text)
    message, signature = raw[:CLAIMS], raw[CLAIMS:]
    if int.from_bytes(message[1:5], "big") != fair_number:
        raise CredentialWrongFair()
    key = public_keys.get(int.from_bytes(message[5:7], "big"))
    if key is None:
        raise CredentialUnknownKey()
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except InvalidSignature as error:
        raise CredentialBadSignature() from error
    return _unpack(message)


def public_pem(public_key: bytes) -> str:
    """Return a public key in the form that other programs read."""
    return (
        Ed25519PublicKey.from_public_bytes(public_key)
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        .decode()
    )


def _pack(claims: Claims) -> bytes:
    letter, _, letters = claims.serial.partition("-")
    return b"".join(
        (
            VERSION.to_bytes(1, "big"),
            claims.fair_number.to_bytes(4, "big"),
            claims.key_number.to_bytes(2, "big"),
            letter.encode("ascii"),
            _to_random(letters),
            CATEGORIES[claims.category].number.to_bytes(1, "big"),
            claims.days.to_bytes(2, "big"),
        )
    )


def _unpack(message: bytes) -> Claims:
    category = BY_NUMBER.get(message[13])
    if category is None:
        raise CredentialUnreadable()
    return Claims(
        fair_number=int.from_bytes(message[1:5], "big"),
        key_number=int.from_bytes(message[5:7], "big"),
        serial=f"{chr(message[7])}-{_to_letters(message[8:13])}",
        category=category.code,
        days=int.from_bytes(message[14:16], "big"),
    )


def _to_bytes(text: str) -> bytes:
    digits = text.strip().translate(_DIGIT_ROWS)
    if len(digits) != DIGITS or not (digits.isascii() and digits.isdigit()):
        raise CredentialUnreadable()
    try:
        raw = int(digits).to_bytes(SIZE, "big")
    except OverflowError as error:
        raise CredentialUnreadable() from error
    if raw[0] != VERSION:
        raise CredentialUnreadable()
    return raw


def _to_letters(random: bytes) -> str:
    number, letters = int.from_bytes(random, "big"), ""
    for _ in range(_SERIAL_LETTERS):
        number, rest = divmod(number, len(ALPHABET))
        letters = ALPHABET[rest] + letters
    return letters


def _to_random(letters: str) -> bytes:
    number = 0
    for letter in letters:
        number = number * len(ALPHABET) + ALPHABET.index(letter)
    return number.to_bytes(RANDOM_BYTES, "big")
