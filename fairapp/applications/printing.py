"""The application on paper, to be signed and stamped."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from fairapp.applications.scans import FormCode, write_code

SHEET = Path(__file__).parent / "form.css"


class Template(Protocol):
    """A Jinja template."""

    def render(self, **context: Any) -> str: ...


class SectionLike(Protocol):
    """Answers that belong together, in words."""

    @property
    def title(self) -> str: ...
    @property
    def facts(self) -> Sequence[Any]: ...


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """Everything that stands on a printed application."""

    code: FormCode
    fair_name: str
    fair_dates: str
    venue: str
    organizer: str
    enterprise: str
    representative: str
    representative_title: str
    place: str
    day: date
    sections: Sequence[SectionLike]
    consents: Sequence[str]
    fictional: bool


def to_html(sheet: Sheet, template: Template, *, picture: str) -> str:
    """Return the sheet as a page; ``picture`` is the QR code of its ``code`` as SVG."""
    return template.render(sheet=sheet, code=write_code(sheet.code), picture=picture)


def css() -> str:
    """Return how the sheet looks."""
    return SHEET.read_text(encoding="utf-8")
