"""References of payment requests."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairapp.fees.references import LONGEST, check_digit, make_reference

CODES = st.from_regex(r"[A-Z][A-Z0-9-]{1,15}", fullmatch=True)


def test_a_reference_names_fair_and_number():
    assert make_reference("SIE27", 1) == "SIE27PR00018"


@given(CODES, st.integers(1, 999_999), st.integers(0, 26))
def test_every_bank_takes_a_reference_as_it_is(code, number, again):
    assert re.fullmatch(rf"[A-Z0-9]{{8,{LONGEST}}}", make_reference(code, number, again=again))


@given(st.integers(1, 999_999), st.integers(0, 5), st.integers(0, 9))
def test_one_wrong_digit_is_never_another_reference(number, place, digit):
    digits = f"{number:06}"
    wrong = digits[:place] + str(digit) + digits[place + 1 :]

    assert (check_digit(wrong) == check_digit(digits)) is (wrong == digits)


@given(CODES, st.integers(1, 99_999), st.integers(1, 99_999))
def test_two_requests_of_a_fair_have_two_references(code, one, other):
    assert (make_reference(code, one) == make_reference(code, other)) is (one == other)


def test_fairs_whose_codes_begin_alike_are_told_apart():
    assert make_reference("INDUSTRY-27", 7) == make_reference("INDUSTRY-2728", 7)
    assert make_reference("INDUSTRY-27", 7) != make_reference("INDUSTRY-2728", 7, again=1)


def test_no_request_has_the_number_nought():
    with pytest.raises(ValueError, match="no "):
        make_reference("SIE27", 0)
