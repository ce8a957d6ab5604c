import pytest

from fairapp.enterprises.phones import PhoneInvalid, parse_phone, show_phone


@pytest.mark.parametrize(
    ("text", "country", "kept", "shown"),
    [
        ("0912345678", "VN", "+84912345678", "0912 345 678"),
        ("84912345678", "VN", "+84912345678", "0912 345 678"),
        ("(024) 3 825 0000", "VN", "+842438250000", "024 3825 0000"),
        ("0225 3842 111", "VN", "+842253842111", "0225 3842 111"),
        ("1900 1234", "VN", "+8419001234", "1900 1234"),
        ("0950000001", "VN", "+84950000001", "0950 000 001"),
        ("+84 912 345 678", "JP", "+84912345678", "0912 345 678"),
        ("03-1234-5678", "JP", "+81312345678", "+81 3-1234-5678"),
        ("010-1234-5678", "KR", "+821012345678", "+82 10-1234-5678"),
        ("", "VN", "", ""),
        ("  ", "VN", "", ""),
    ],
)
def test_a_number_is_kept_for_machines_and_shown_for_people(text, country, kept, shown):
    assert parse_phone(text, country=country) == kept
    assert show_phone(kept) == shown


@pytest.mark.parametrize(
    "text",
    [
        "01621234567",
        "0912 345 67",
        "113",
        "call me",
        "0912345678 ext 12",
        "0911 222 333 / 0912 333 444",
    ],
)
def test_what_nobody_can_dial_is_refused(text):
    with pytest.raises(PhoneInvalid):
        parse_phone(text)


def test_a_number_of_an_old_import_is_shown_as_it_stands():
    assert show_phone("0912 345") == "0912 345"
