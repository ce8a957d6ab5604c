"""Phone numbers: E.164 in the database, the national form on the page."""

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat

from fairapp.errors import FairError

VIETNAM = 84


class PhoneInvalid(FairError):
    """No phone number that could be dialled."""

    code = "phone_invalid"


def parse_phone(text: str, *, country: str = "VN") -> str:
    """Return a number in E.164; an empty text stays empty."""
    if not text.strip():
        return ""
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException as error:
        raise PhoneInvalid() from error
    if number.extension or not _may_exist(number):
        raise PhoneInvalid()
    return str(phonenumbers.format_number(number, PhoneNumberFormat.E164))


def show_phone(number: str) -> str:
    """Return an E.164 number as people dial it: national within Vietnam, else international."""
    if not number.startswith("+"):
        return number
    parsed = phonenumbers.parse(number)
    national = parsed.country_code == VIETNAM
    form = PhoneNumberFormat.NATIONAL if national else PhoneNumberFormat.INTERNATIONAL
    return str(phonenumbers.format_number(parsed, form))


def _may_exist(number: PhoneNumber) -> bool:
    # Here a digit too few and the old mobiles of eleven digits must be found; abroad, number ranges
    # grow faster than the tables that list them.
    if number.country_code == VIETNAM:
        return bool(phonenumbers.is_valid_number(number))
    return bool(phonenumbers.is_possible_number(number))
