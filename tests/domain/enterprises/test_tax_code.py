import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from stdnum.vn import mst

from fairapp.enterprises.tax_code import (
    RegistrationNumberMalformed,
    TaxCode,
    TaxCodeCheckDigit,
    TaxCodeMalformed,
    TaxCodePersonal,
    check_digit,
    parse_tax_code,
)

NINE_DIGITS = st.text("0123456789", min_size=9, max_size=9)


@pytest.mark.parametrize("text", ["0100233488", "0100112437", "0100047516"])
def test_codes_of_real_enterprises_are_right(text):
    assert parse_tax_code(text) == TaxCode(text=text, enterprise=text)


@pytest.mark.parametrize(
    "text",
    [
        "0314409058-002",
        "0314409058002",
        "0314409058 002",
        " 03.1440.9058–002 ",
        "０３１４４０９０５８－００２",
    ],
)
def test_a_branch_is_read_however_it_is_typed(text):
    assert parse_tax_code(text) == TaxCode(text="0314409058-002", enterprise="0314409058", branch="002")


@pytest.mark.parametrize("text", ["0100233489", "0000000000", "0200000004", "0314409059-002"])
def test_a_wrong_check_digit_is_told(text):
    with pytest.raises(TaxCodeCheckDigit):
        parse_tax_code(text)


@pytest.mark.parametrize("text", ["001099012345", "001 099 012 345", "0314409058-02"])
def test_twelve_digits_are_a_personal_id(text):
    with pytest.raises(TaxCodePersonal):
        parse_tax_code(text)


@pytest.mark.parametrize(
    "text", ["", "-", "123", "01002334880", "01002334a8", "0314409058-000", "٠١٠٠٢٣٣٤٨٨", "MST 0100233488"]
)
def test_other_shapes_are_no_tax_code(text):
    with pytest.raises(TaxCodeMalformed):
        parse_tax_code(text)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("hrb 12345 München", "HRB 12345 MÜNCHEN"),
        ("1234-56-789012", "1234-56-789012"),
        (" 110-81-  12345 ", "110-81- 12345"),
        ("001099012345", "001099012345"),
    ],
)
def test_a_foreign_registration_number_is_taken_as_it_is(text, kept):
    assert parse_tax_code(text, country="DE") == TaxCode(text=kept, enterprise=kept)


@pytest.mark.parametrize("text", ["", " - ", "1" * 33])
def test_a_foreign_registration_number_says_something_and_fits(text):
    with pytest.raises(RegistrationNumberMalformed):
        parse_tax_code(text, country="JP")


@given(st.text("0123456789", min_size=10, max_size=10))
def test_we_agree_with_python_stdnum(digits):
    assert _is_tax_code(digits) == mst.is_valid(digits)


@given(NINE_DIGITS)
def test_the_check_digit_makes_a_tax_code(nine):
    digit = check_digit(nine)
    assume(digit is not None and nine[2:] != "0000000")

    assert mst.is_valid(f"{nine}{digit}")
    assert parse_tax_code(f"{nine}{digit}").text == f"{nine}{digit}"


@given(NINE_DIGITS, st.integers(0, 8), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(nine, place, shift):
    digit = check_digit(nine)
    assume(digit is not None)
    wrong = str((int(nine[place]) + shift) % 10)

    assert not _is_tax_code(f"{nine[:place]}{wrong}{nine[place + 1 :]}{digit}")


def _is_tax_code(text):
    try:
        parse_tax_code(text)
    except (TaxCodeCheckDigit, TaxCodeMalformed):
        return False
    return True
