"""How values are written on pages."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from typing import Any
from urllib.parse import urlencode

from babel.dates import format_skeleton
from flask import Flask, request
from flask_babel import format_date, format_decimal, format_time, get_locale
from markupsafe import Markup

from fairapp.enterprises import names, phones, taxonomy
from fairapp.web import languages, moments


def init_app(app: Flask) -> None:
    """Give the filters to the templates of ``app``."""
    writers: dict[str, Callable[..., Any]] = {
        "translated": translated,
        "moment": moment,
        "day": day,
        "written_day": written_day,
        "weekday": weekday,
        "clock_time": clock_time,
        "money": money,
        "area": area,
        "number": number,
        "initials": initials,
        "code_label": code_label,
        "phone": phones.show_phone,
    }
    for name, function in writers.items():
        app.add_template_filter(function, name)
    app.add_template_global(url_with, "url_with")


def translated(texts: Mapping[str, str] | None) -> str:
    """Write a text of the fair in the reader's language, or mark the one it is in."""
    wanted = languages.current_language()
    text = languages.text_in(texts, wanted)
    actual = languages.language_of(texts, wanted)
    if actual == wanted or not text:
        return text
    return Markup('<span lang="{}">{}</span>').format(actual, text)


def moment(value: datetime | None) -> str:
    """Write a moment in the fair's zone: ``17/03/2027 09:30``."""
    return moments.short_moment(value) if value else ""


def day(value: date | None, form: str = "") -> str:
    """Write a day as short as it stays clear, as the days of moments are written, or in another form."""
    if value is None:
        return ""
    return str(format_date(value, form)) if form else moments.short_day(value)


def written_day(value: str) -> str:
    """Write a day that a mail's facts hold as text: ``2027-03-17``."""
    return moments.short_day(date.fromisoformat(value)) if value else ""


def weekday(value: date) -> str:
    """Write a day with its weekday, without the year."""
    return str(format_skeleton("MMMEd", value, locale=get_locale()))


def clock_time(value: datetime | time | None) -> str:
    """Write a time of day: ``09:30``; a moment in the fair's zone."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return str(format_time(value, "HH:mm"))
    return value.strftime("%H:%M")


def money(value: int | None) -> str:
    """Write whole đồng: ``32.400.000 ₫`` with spaces that do not break."""
    return "" if value is None else f"{format_decimal(value)}\N{NO-BREAK SPACE}₫"


def area(value: float | None) -> str:
    """Write net square metres."""
    return "" if value is None else f"{format_decimal(value)}\N{NO-BREAK SPACE}m²"


def number(value: float | None) -> str:
    """Write a number with the reader's separators."""
    return "" if value is None else str(format_decimal(value))


def initials(name: str) -> str:
    """Write the one or two letters that stand for a name."""
    return names.initials(name)


def code_label(code: str | None, code_list: str) -> str:
    """Write a code of the taxonomy in the reader's language."""
    return taxonomy.label(code_list, code, languages.current_language())


def url_with(**changes: object) -> str:
    """Return the address of this page with other query arguments; ``None`` takes one out."""
    arguments = [(name, value) for name, value in request.args.items(multi=True) if name not in changes]
    arguments += [(name, str(value)) for name, value in changes.items() if value not in (None, "")]
    query = urlencode(arguments)
    return f"{request.path}?{query}" if query else request.path
