import pytest
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from hypothesis import given
from hypothesis import strategies as st

from fairapp.badges import credentials
from fairapp.badges.categories import CATEGORIES
from fairapp.badges.credentials import Claims, CredentialForged

PRIVATE = bytes(range(32))
PUBLIC = bytes.fromhex("03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8")
KEYS = {1: PUBLIC}
CLAIMS = Claims(fair_number=27, key_number=1, serial="V-7K3M9Q2P", category="visitor", days=0b111)

serials = st.builds(credentials.new_serial, st.sampled_from(sorted(CATEGORIES)), st.binary(min_size=5, max_size=5))
claims_of_any_badge = st.builds(
    Claims,
    fair_number=st.integers(0, 2**32 - 1),
    key_number=st.integers(0, 2**16 - 1),
    serial=serials,
    category=st.sampled_from(sorted(CATEGORIES)),
    days=st.integers(0, 2**16 - 1),
)


def read(text, *, fair_number=27, public_keys=KEYS):
    return credentials.read(text, fair_number=fair_number, public_keys=public_keys)


def refusal(text, **given_):
    with pytest.raises(credentials.FairError) as caught:
        read(text, **given_)
    return caught.value.code


def test_a_credential_says_what_was_signed():
    assert read(credentials.sign(CLAIMS, PRIVATE)) == CLAIMS


@given(claims_of_any_badge)
def test_every_badge_reads_back_from_193_digits(claims):
    text = credentials.sign(claims, PRIVATE)

    assert len(text) == 193
    assert text.isascii()
    assert text.isdigit()
    assert read(text, fair_number=claims.fair_number, public_keys={claims.key_number: PUBLIC}) == claims


def test_the_format_stays_readable_for_devices_in_the_field():
    assert credentials.sign(CLAIMS, PRIVATE) == (
        "0017822033774623705078321286781209090060470596119951785064920248317756953454107894169249607466803"
        "738026009811043991887289314796298894690259258908648576456923369984021481483153952040186402219269"
    )


def test_a_credential_has_at_most_81_bytes():
    assert credentials.SIZE == 80
    assert 10**credentials.DIGITS > 256**credentials.SIZE


def test_a_new_key_signs_and_is_read_by_its_public_half():
    private, public = credentials.new_key()

    assert read(credentials.sign(CLAIMS, private), public_keys={1: public}) == CLAIMS


def test_an_old_key_stays_readable_after_a_new_one_came():
    _, newer = credentials.new_key()

    assert read(credentials.sign(CLAIMS, PRIVATE), public_keys={1: PUBLIC, 2: newer}) == CLAIMS


def test_other_programs_can_load_the_public_key():
    key = load_pem_public_key(credentials.public_pem(PUBLIC).encode())

    assert key.public_bytes_raw() == PUBLIC


@pytest.mark.parametrize(
    "text",
    [
        "",
        "https://example.org/",
        "SIE27-V-7K3M9Q2P",
        "Nguyễn Thị Phương Thảo",
        "1" * 192,
        "1" * 194,
        "9" * 193,
        "0" * 193,
        "²" * 193,
    ],
)
def test_a_code_that_is_not_ours_is_unreadable(text):
    assert refusal(text) == "credential_unreadable"


def test_a_badge_of_another_fair_says_so():
    assert refusal(credentials.sign(CLAIMS, PRIVATE), fair_number=28) == "credential_wrong_fair"


def test_a_key_the_fair_never_had_is_named():
    assert refusal(credentials.sign(CLAIMS, PRIVATE), public_keys={2: PUBLIC}) == "credential_unknown_key"


def test_somebody_elses_signature_is_bad():
    stranger, _ = credentials.new_key()

    assert refusal(credentials.sign(CLAIMS, stranger)) == "credential_bad_signature"


@given(st.integers(0, 8 * credentials.SIZE - 1))
def test_no_flipped_bit_goes_unseen(bit):
    changed = int(credentials.sign(CLAIMS, PRIVATE)) ^ (1 << bit)

    assert refusal(str(changed).zfill(193)) in {
        "credential_unreadable",
        "credential_wrong_fair",
        "credential_unknown_key",
        "credential_bad_signature",
    }


@given(st.integers(0, 2**16 - 1).filter(lambda days: days != CLAIMS.days))
def test_a_badge_cannot_be_re_dated(days):
    text = credentials.sign(CLAIMS, PRIVATE)
    raw = bytearray(int(text).to_bytes(80, "big"))
    raw[14:16] = days.to_bytes(2, "big")

    assert refusal(str(int.from_bytes(raw, "big")).zfill(193)) == "credential_bad_signature"


@given(st.text(max_size=300))
def test_whatever_is_read_gets_a_precise_refusal(text):
    assert refusal(text) == "credential_unreadable"


def test_a_forgery_is_a_forgery_whatever_its_kind():
    assert issubclass(credentials.CredentialBadSignature, CredentialForged)
    assert issubclass(credentials.CredentialUnknownKey, CredentialForged)


@pytest.mark.parametrize(
    "digit_row",
    ["０１２３４５６７８９", "đăâêô\u0300\u0309\u0303\u0301\u0323", "à&é\"'(-è_ç"],
    ids=["full width", "Vietnamese", "French"],
)
def test_a_hand_scanner_may_type_on_a_foreign_keyboard(digit_row):
    text = credentials.sign(CLAIMS, PRIVATE)

    assert read(text.translate(str.maketrans("0123456789", digit_row))) == CLAIMS


def test_a_hand_scanner_may_end_with_a_line_break():
    assert read(f"{credentials.sign(CLAIMS, PRIVATE)}\r\n") == CLAIMS


def test_a_serial_begins_with_the_letter_of_its_category():
    assert credentials.new_serial("visitor", bytes(5)) == "V-00000000"
    assert credentials.new_serial("exhibitor", b"\xff" * 5) == "E-ZZZZZZZZ"


def test_a_serial_takes_exactly_its_random_bytes():
    with pytest.raises(ValueError, match="5 random bytes"):
        credentials.new_serial("visitor", bytes(4))


@given(serials)
def test_a_typed_serial_is_found_however_it_is_typed(serial):
    sloppy = serial[0] + serial[1:].replace("0", "O").replace("1", "l")

    assert credentials.find_serial(serial) == serial
    assert credentials.find_serial(f"  {serial.replace('-', '').lower()} ") == serial
    assert credentials.find_serial(sloppy) == serial


@pytest.mark.parametrize("text", ["", "V-", "V-7K3M9Q2", "V-7K3M9Q2PX", "1-7K3M9Q2P", "V-7K3M9Q2U", "Phạm Thị Hương"])
def test_other_text_is_no_serial(text):
    assert credentials.find_serial(text) is None
