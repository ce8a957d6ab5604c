"""Phone numbers: E.164 in the database, the national form on the page."""

import phonenumbers

from fairapp.errors import FairError


class PhoneInvalid(FairError):
    """No phone number of any country we know."""

    code = "phone_invalid"


def parse_phone(text: str, *, country: str = "VN") -> str:
    """Return a number in E.164; an empty text stays empty."""
    if not text.strip():
        return ""
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException as error:
        raise PhoneInvalid() from error
    # Possible, not valid: number ranges grow faster than the tables that list them.
    if not phonenumbers.is_possible_number(number):
        raise PhoneInvalid()
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def show_phone(number: str) -> str:
    """Return an E.164 number as people dial it: national within Vietnam, else international."""
    if not number.startswith("+"):
        return number
    parsed = phonenumbers.parse(number)
    if parsed.country_code == 84:
        return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL))
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL))
