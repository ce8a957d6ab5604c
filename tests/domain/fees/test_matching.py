"""Which request a transfer pays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairapp.fees.matching import (
    Due,
    Finding,
    Incoming,
    Match,
    find_cut_reference,
    find_references,
    match,
    match_all,
    rank,
)  # fmt: skip
from fairapp.fees.references import make_reference

TIEN_PHONG = Due(
    key=1,
    reference=make_reference("SIE27", 1),
    rest=32_400_000,
    names=("Công ty TNHH Cơ khí Tiên Phong", "Tiên Phong"),
    tax_code="0100233488",
)
NHUA = Due(key=2, reference=make_reference("SIE27", 2), rest=18_000_000, names=("Công ty CP Nhựa Tân Tiến",))
PAID = Due(key=3, reference=make_reference("SIE27", 3), rest=0)
GONE = Due(key=4, reference=make_reference("SIE27", 4), rest=5_000_000, withdrawn=True)
DUES = (TIEN_PHONG, NHUA, PAID, GONE)


@pytest.mark.parametrize(
    "text",
    [
        "SIE27PR00018",
        "CT DEN:0012 sie27pr00018 thanh toan",
        "IBFT SIE27 PR 00018 CO KHI TIEN PHONG",
        "MBVCB.123.SIE27PR00018.CT tu 0011",
        "chuyentienSIE27PR00018conghtaphi",
        "S I E 2 7 P R 0 0 0 1 8",
        "SIE27PRO0O18",
        "sie27-pr-00018.",
    ],
)
def test_a_reference_is_found_however_it_was_typed(text):
    found = match(Incoming(amount=32_400_000, text=text), DUES)

    assert found == Match(finding=Finding.MATCHED, parts=((1, 32_400_000),), requests=(1,))


@pytest.mark.parametrize(
    ("amount", "found"),
    [
        (30_000_000, Match(finding=Finding.SHORT, parts=((1, 30_000_000),), requests=(1,))),
        (40_000_000, Match(finding=Finding.OVER, parts=((1, 32_400_000),), requests=(1,))),
    ],
)
def test_too_little_and_too_much(amount, found):
    assert match(Incoming(amount=amount, text="SIE27PR00018"), DUES) == found


def test_a_paid_request_is_not_paid_twice():
    text = f"tt {PAID.reference}"

    assert match(Incoming(amount=1_000, text=text), DUES) == Match(finding=Finding.DOUBLE, requests=(3,))


def test_a_withdrawn_request_takes_no_money():
    assert match(Incoming(amount=5_000_000, text=GONE.reference), DUES) == Match(
        finding=Finding.WITHDRAWN, requests=(4,)
    )


def test_the_second_transfer_for_a_request_in_one_file_is_a_double():
    twice = [Incoming(amount=32_400_000, text="SIE27PR00018")] * 2

    assert [one.finding for one in match_all(twice, DUES)] == [Finding.MATCHED, Finding.DOUBLE]


def test_two_parts_pay_one_request():
    parts = [Incoming(amount=10_000_000, text="SIE27PR00018 lan 1"), Incoming(amount=22_400_000, text="SIE27PR00018")]

    assert [one.finding for one in match_all(parts, DUES)] == [Finding.SHORT, Finding.MATCHED]


def test_one_transfer_pays_two_requests():
    found = match(Incoming(amount=50_400_000, text=f"{TIEN_PHONG.reference} va {NHUA.reference}"), DUES)

    assert found == Match(finding=Finding.MATCHED, parts=((1, 32_400_000), (2, 18_000_000)), requests=(1, 2))


def test_a_text_that_was_cut_is_certain_only_with_the_right_amount():
    cut = "CONG TY TNHH CO KHI TIEN PHONG THANH TOAN PHI GIAN HANG SIE27PR0001"

    assert find_cut_reference(cut, DUES) == TIEN_PHONG
    assert match(Incoming(amount=32_400_000, text=cut), DUES).finding is Finding.MATCHED
    assert match(Incoming(amount=1_000_000, text=cut), DUES).finding is Finding.LIKELY


def test_a_wrong_digit_is_no_reference():
    assert find_references("SIE27PR00013", DUES) == []
    assert match(Incoming(amount=32_400_000, text="SIE27PR00013"), DUES).finding is Finding.UNKNOWN


@pytest.mark.parametrize(
    "incoming",
    [
        Incoming(amount=32_400_000, text="Tien Phong nop phi gian hang"),
        Incoming(amount=32_400_000, text="nop phi", payer="CTY TNHH CO KHI TIEN PHONG"),
        Incoming(amount=32_400_000, text="MST 0100233488"),
    ],
)
def test_amount_and_name_make_a_suggestion_and_nothing_more(incoming):
    assert match(incoming, DUES) == Match(finding=Finding.LIKELY, requests=(1,))


@pytest.mark.parametrize(
    "incoming",
    [
        Incoming(amount=32_400_001, text="Tien Phong nop phi gian hang"),
        Incoming(amount=32_400_000, text="nop phi"),
        Incoming(amount=1, text=""),
    ],
)
def test_half_a_sign_is_no_suggestion(incoming):
    assert match(incoming, DUES) == Match(finding=Finding.UNKNOWN)


def test_the_likeliest_request_stands_first_to_choose_from():
    assert [one.key for one in rank(Incoming(amount=18_000_000, text="co khi tien phong"), DUES)] == [1, 2]
    assert [one.key for one in rank(Incoming(amount=18_000_000, text="?"), DUES)] == [2, 1]


@given(
    st.lists(st.tuples(st.integers(1, 10**9), st.integers(1, 9)), max_size=20),
    st.lists(st.integers(1, 10**9), min_size=9, max_size=9),
)
def test_parts_never_exceed_a_transfer_nor_a_request(payments, rests):
    dues = [Due(key=key, reference=make_reference("SIE27", key), rest=rest) for key, rest in enumerate(rests, start=1)]
    transfers = [Incoming(amount=amount, text=make_reference("SIE27", key)) for amount, key in payments]

    found = match_all(transfers, dues)

    assert all(one.recorded <= transfer.amount for one, transfer in zip(found, transfers, strict=True))
    for due in dues:
        assert sum(part for one in found for key, part in one.parts if key == due.key) <= due.rest
