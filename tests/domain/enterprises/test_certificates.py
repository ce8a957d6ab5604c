from datetime import date, timedelta

import pytest

from fairapp.enterprises.certificates import WARNED_BEFORE, Validity, last_warned_day, validity

TODAY = date(2027, 1, 10)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (-1, Validity.EXPIRED),
        (0, Validity.EXPIRING),
        (60, Validity.EXPIRING),
        (61, Validity.VALID),
    ],
)
def test_a_certificate_holds_until_its_last_day(days, expected):
    assert validity(TODAY + timedelta(days=days), TODAY) is expected


def test_a_certificate_without_a_last_day_holds():
    assert validity(None, TODAY) is Validity.VALID


def test_the_warning_comes_sixty_days_before():
    assert WARNED_BEFORE == 60
    assert last_warned_day(TODAY) == date(2027, 3, 11)
