"""VietQR codes, held against published ones."""

import re

import pytest

from fairapp.fees.vietqr import AccountMalformed, checksum, parse_account, transfer

WITH_NUMBER = (
    "00020101021238570010A00000072701270006970436011300110012345670208QRIBFTTA53037045408324000005802VN"
    "62250821SIE27 A012 01002334886304CF9A"
)
ACB = (
    "00020101021138540010A00000072701240006970407011003865776720208QRIBFTTA5303704540710000005802VN"
    "62160812henry an cut6304A322"
)
VIETCOMBANK = (
    "00020101021153037045802VN38540010A00000072701240006970436011010319334300208QRIBFTTA"
    "62220818Thanh toan hoa don6304FCE9"
)


def fields(code):
    """Return the fields of a code by their tags."""
    found = {}
    while code:
        length = int(code[2:4])
        found[code[:2]], code = code[4 : 4 + length], code[4 + length :]
    return found


def test_the_checksum_is_the_published_one_of_its_kind():
    assert checksum("123456789") == "29B1"


@pytest.mark.parametrize("published", [WITH_NUMBER, ACB, VIETCOMBANK])
def test_the_checksum_of_a_published_code_is_its_last_four_letters(published):
    assert checksum(published[:-4]) == published[-4:]


def test_a_code_for_one_payment_equals_the_example():
    code = transfer(bank="970436", account="0011001234567", amount=32_400_000, purpose="SIE27 A012 0100233488")

    assert code == WITH_NUMBER


def test_a_code_for_many_payments_equals_the_published_one():
    code = transfer(bank="970407", account="0386577672", amount=1_000_000, purpose="henry an cut", once=False)

    assert code == ACB


def test_a_published_code_in_another_order_says_the_same_of_the_payee():
    ours = transfer(bank="970436", account="1031933430", amount=1, purpose="Thanh toan hoa don", once=False)

    assert fields(ours)["38"] == fields(VIETCOMBANK)["38"]
    assert fields(ours)["62"] == fields(VIETCOMBANK)["62"]
    assert re.fullmatch(r"[\x20-\x7e]+", ours)


@pytest.mark.parametrize(("written", "account"), [("0011 0012 3456 7", "0011001234567"), ("vca-1234", "VCA1234")])
def test_an_account_is_read_as_people_write_it(written, account):
    assert parse_account(written) == account


@pytest.mark.parametrize("written", ["", "12", "1" * 20, "tài khoản", "1234/5678"])
def test_what_is_no_account_is_refused(written):
    with pytest.raises(AccountMalformed):
        parse_account(written)


@pytest.mark.parametrize(
    ("wrong", "complaint"),
    [
        ({"bank": "97043"}, "six digits"),
        ({"account": "1"}, "not an account"),
        ({"amount": 0}, "not an amount"),
        ({"purpose": "Phí gian hàng"}, "without marks"),
        ({"purpose": "A" * 26}, "without marks"),
    ],
)
def test_a_code_that_a_bank_would_refuse_is_never_made(wrong, complaint):
    with pytest.raises(ValueError, match=complaint):
        transfer(**{"bank": "970436", "account": "0011001234567", "amount": 1, "purpose": "A", **wrong})
