"""Moments and days as text: the fair's zone, the reader's order of day and month, always 24 hours."""

from datetime import date, datetime

from flask_babel import format_date, format_time

from fairapp.web.languages import current_language

_DAY_FORMS = {"vi": "dd/MM/yyyy", "en": "medium", "ko": "medium"}
"""Where the short form could be read in two ways (3/4/27) or cuts the century."""


def short_day(value: date) -> str:
    """Write a day as short as it stays clear: ``17/03/2027``, ``Mar 17, 2027``; a moment's day in the fair's zone."""
    return str(format_date(value, _DAY_FORMS.get(current_language(), "short")))


def short_moment(value: datetime) -> str:
    """Write a moment: ``17/03/2027 09:30``."""
    return f"{short_day(value)} {format_time(value, 'HH:mm')}"
