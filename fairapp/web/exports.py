"""Lists as files with the columns that somebody ticked: XLSX, or CSV as Excel opens it.

A list names its columns once, at its export:

    COLUMNS = exports.columns(enterprise=_("Enterprise"), contact=_("Contact"))

    @bp.get("/exhibitors.xlsx")
    @allow(Role.ORGANIZER)
    @exports.offers(COLUMNS)
    def export_exhibitors() -> Response:
        rows = [[one.enterprise.legal_name, one.contact_name] for one in …]
        return exports.answer("exhibitors", COLUMNS, rows)

and its page shows ``{{ export("exhibitors.export_exhibitors") }}``. The ticks are remembered on the device.
"""

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from flask import Flask, Response, current_app, make_response, request
from flask_babel import to_user_timezone

from fairapp.web import languages
from fairapp.web.access import current_fair
from fairapp.web.tables import safe_cell, xlsx

View = TypeVar("View", bound=Callable[..., Any])

COLUMNS, FORMAT = "columns", "format"
"""The arguments by which the dialog asks."""

CSV = "csv"
ONE_YEAR = 365 * 24 * 3600
BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel reads UTF-8 as something else."""


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of a list; rows have their values in the order of the columns."""

    key: str
    title: Any
    ticked: bool = True
    """Whether it is in the file of who has not chosen yet."""


def columns(**titles: Any) -> tuple[Column, ...]:
    """Return the columns of a list by key, with titles that are translated when they are shown."""
    return tuple(Column(key=key, title=title) for key, title in titles.items())


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A column as the dialog offers it."""

    key: str
    title: str
    ticked: bool


def init_app(app: Flask) -> None:
    """Let the templates of ``app`` offer the columns of an export."""
    app.add_template_global(choices, "export_choices")
    app.add_template_global(filters, "export_filters")


def offers(columns: Sequence[Column] | Callable[[], Sequence[Column]]) -> Callable[[View], View]:
    """Say which columns the export of a view can have; a function where they depend on the fair."""

    def mark(view: View) -> View:
        view.columns = columns  # type: ignore[attr-defined]
        return view

    return mark


def choices(endpoint: str) -> list[Choice]:
    """Return the columns of an export, ticked as they were last time on this device."""
    view: Any = current_app.view_functions[endpoint]
    columns: Sequence[Column] = view.columns() if callable(view.columns) else view.columns
    last = set(request.cookies.get(_cookie(endpoint), "").split("."))
    known = last & {column.key for column in columns}
    return [
        Choice(key=one.key, title=str(one.title), ticked=one.key in known if known else one.ticked) for one in columns
    ]


def filters() -> list[tuple[str, str]]:
    """Return what the page filters and sorts by, for the dialog to pass on."""
    own = {"page", COLUMNS, FORMAT}
    return [(name, value) for name, value in request.args.items(multi=True) if name not in own]


def answer(name: str, columns: Sequence[Column], rows: Iterable[Sequence[object]]) -> Response:
    """Answer with the chosen columns of ``rows``, in the order in which the list has them."""
    asked = request.args.getlist(COLUMNS)
    chosen = [place for place, one in enumerate(columns) if one.key in asked]
    chosen = chosen or [place for place, one in enumerate(columns) if one.ticked]
    head = [str(columns[place].title) for place in chosen]
    values = ([row[place] for place in chosen] for row in rows)
    file = f"{current_fair().code}-{name}"
    made = _csv(file, head, values) if request.args.get(FORMAT) == CSV else xlsx(file, head, values)
    if asked:
        remembered = ".".join(columns[place].key for place in chosen)
        made.set_cookie(
            _cookie(request.endpoint or ""),
            remembered,
            max_age=ONE_YEAR,
            secure=current_app.config["SESSION_COOKIE_SECURE"],
            httponly=True,
            samesite="Lax",
        )
    return made


def _cookie(endpoint: str) -> str:
    return f"columns-{endpoint.replace('.', '-')}"


def _csv(name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> Response:
    # Where a comma parts the decimals, Excel parts the cells by semicolons.
    vietnamese = languages.current_language() == "vi"
    target = io.StringIO()
    writer = csv.writer(target, delimiter=";" if vietnamese else ",", lineterminator="\r\n")
    writer.writerow([safe_cell(title) for title in head])
    for row in rows:
        writer.writerow([_text(value, comma=vietnamese) for value in row])
    made = make_response((BYTE_ORDER_MARK + target.getvalue()).encode())
    made.content_type = "text/csv; charset=utf-8"
    made.headers["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return made


def _text(value: object, *, comma: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, datetime):
        return f"{to_user_timezone(value):%Y-%m-%d %H:%M}"
    if isinstance(value, float):
        return repr(value).replace(".", ",") if comma else repr(value)
    return str(value) if isinstance(value, int) else safe_cell(str(value))
