"""The reference that a payer writes on a transfer: capitals without marks and digits, nothing else.

``SIE27PR00017`` is the fair, PR, the request's number and a check digit, so that one wrong digit never
names another exhibitor's request. Bank apps take 19 letters safely.
"""

import re
from string import ascii_uppercase

LONGEST = 19
_FAIR = 9
"""So much of the fair's code leaves room for a number of six digits."""


def make_reference(fair_code: str, number: int, *, again: int = 0) -> str:
    """Return the reference of a fair's request; ``again`` tells fairs apart whose codes begin alike."""
    if number < 1 or not 0 <= again <= len(ascii_uppercase):
        raise ValueError(f"no reference {number}, {again}")
    fair = re.sub(r"[^A-Z0-9]", "", fair_code)[:_FAIR]
    variant = ascii_uppercase[again - 1] if again else ""
    digits = f"{number:04}"
    return f"{fair}PR{variant}{digits}{check_digit(digits)}"


def check_digit(digits: str) -> str:
    """Return the digit that makes a number pass Luhn's test."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * 2 if place % 2 == 0 else int(digit)
        total += value - 9 if value > 9 else value
    return str(-total % 10)
