"""Credentials: what a badge's QR code says, signed so that any gate can check it without a network.

A credential carries no personal data. It is 81 bytes, written as 196 decimal digits:

    1   version, always 1
    4   number of the fair
    2   number of the fair's key
    7   serial: the category's letter and 6 random bytes (48 bits)
    1   number of the category
    2   days on which the badge is valid, bit 0 is the first
    64  Ed25519 signature of the 17 bytes before

Digits, because a QR code packs three of them into ten bits (version 5 at level M), and because the
keyboards that scanners imitate go through Vietnamese input methods, which turn letters into others.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from fairapp.badges.categories import BY_NUMBER, CATEGORIES
from fairapp.errors import FairError

VERSION = 1
CLAIMS = 17
SIZE = CLAIMS + 64
DIGITS = 196
RANDOM_BYTES = 6
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class CredentialUnreadable(FairError):
    """Not a credential of ours at all."""

    code = "credential_unreadable"


class CredentialForged(FairError):
    """It looks like ours but its signature is wrong, or no key of the fair made it."""

    code = "credential_forged"


class CredentialWrongFair(FairError):
    """A credential of another fair."""

    code = "credential_wrong_fair"


@dataclass(frozen=True, kw_only=True)
class Claims:
    """What a credential says."""

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
    """Return a serial such as ``V-7K3M9Q2PXD`` from 6 random bytes, without letters that look alike."""
    if len(random) != RANDOM_BYTES:
        raise ValueError(f"a serial takes {RANDOM_BYTES} random bytes")
    number = int.from_bytes(random, "big")
    letters = ""
    for _ in range(10):
        number, rest = divmod(number, 32)
        letters = _ALPHABET[rest] + letters
    return f"{CATEGORIES[category].letter}-{letters}"


def sign(claims: Claims, private_key: bytes) -> str:
    """Return the credential of ``claims`` as 196 digits."""
    message = _pack(claims)
    signature = Ed25519PrivateKey.from_private_bytes(private_key).sign(message)
    return str(int.from_bytes(message + signature, "big")).zfill(DIGITS)


def read(text: str, *, fair_number: int, public_keys: Mapping[int, bytes]) -> Claims:
    """Return what a credential says, once one of the fair's keys has proven it."""
    raw = _to_bytes(text)
    claims = _unpack(raw[:CLAIMS])
    if claims.fair_number != fair_number:
        raise CredentialWrongFair()
    key = public_keys.get(claims.key_number)
    if key is None:
        raise CredentialForged()
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(raw[CLAIMS:], raw[:CLAIMS])
    except InvalidSignature as error:
        raise CredentialForged() from error
    return claims


def public_pem(public_key: bytes) -> str:
    """Return a public key in the form that other programs read."""
    return (
        Ed25519PublicKey.from_public_bytes(public_key)
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
        .decode()
    )


def _pack(claims: Claims) -> bytes:
    letter, _, letters = claims.serial.partition("-")
    number = 0
    for sign_ in letters:
        number = number * 32 + _ALPHABET.index(sign_)
    return b"".join(
        (
            VERSION.to_bytes(1, "big"),
            claims.fair_number.to_bytes(4, "big"),
            claims.key_number.to_bytes(2, "big"),
            letter.encode("ascii"),
            number.to_bytes(RANDOM_BYTES, "big"),
            CATEGORIES[claims.category].number.to_bytes(1, "big"),
            claims.days.to_bytes(2, "big"),
        )
    )


def _to_bytes(text: str) -> bytes:
    digits = text.strip()
    if len(digits) != DIGITS or not (digits.isascii() and digits.isdigit()):
        raise CredentialUnreadable()
    try:
        raw = int(digits).to_bytes(SIZE, "big")
    except OverflowError as error:
        raise CredentialUnreadable() from error
    if raw[0] != VERSION:
        raise CredentialUnreadable()
    return raw


def _unpack(message: bytes) -> Claims:
    category = BY_NUMBER.get(message[14])
    if category is None:
        raise CredentialUnreadable()
    letters, number = "", int.from_bytes(message[8:14], "big")
    for _ in range(10):
        number, rest = divmod(number, 32)
        letters = _ALPHABET[rest] + letters
    return Claims(
        fair_number=int.from_bytes(message[1:5], "big"),
        key_number=int.from_bytes(message[5:7], "big"),
        serial=f"{chr(message[7])}-{letters}",
        category=category.code,
        days=int.from_bytes(message[15:17], "big"),
    )
