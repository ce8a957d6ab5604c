"""Moments are read in the fair's zone and cannot be misread."""

from datetime import UTC, date, datetime

import pytest
from flask_babel import force_locale

from fairapp.web.moments import short_day, short_moment


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("vi", "17/03/2027 09:30"),
        ("en", "Mar 17, 2027 09:30"),
        ("ja", "2027/03/17 09:30"),
        ("ko", "2027. 3. 17. 09:30"),
    ],
)
def test_a_moment_is_written_in_the_zone_of_the_fair_with_24_hours(sqlite_app, language, text):
    with sqlite_app.test_request_context(), force_locale(language):
        assert short_moment(datetime(2027, 3, 17, 2, 30, tzinfo=UTC)) == text
        assert short_day(date(2027, 3, 17)) == text.rpartition(" ")[0]
