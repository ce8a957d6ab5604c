"""Badges as PDF: A6 pages laid out by WeasyPrint from plain data, without any network or file access."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from fairapp.badges import qr

BATCH = 60
"""Badges laid out at once: keeps memory flat and lets progress be told."""

SHEET = Path(__file__).parent / "badge.css"


class Template(Protocol):
    """A Jinja template."""

    def render(self, **context: Any) -> str: ...


@dataclass(frozen=True, kw_only=True)
class BadgeCard:
    """Everything that stands on one badge."""

    name: str
    enterprise: str
    position: str
    category_label: str
    colour: str
    serial: str
    credential: str
    fair_name: str
    fair_dates: str
    venue: str
    days: str
    language: str = "vi"
    fictional: str = ""


Progress = Callable[[int, int], None]


def render_pdf(cards: Sequence[BadgeCard], template: Template, *, progress: Progress | None = None) -> bytes:
    """Return a PDF with one A6 page for each card, in the given order."""
    import pikepdf  # slow import: most requests print nothing

    whole = pikepdf.new()
    for start in range(0, len(cards), BATCH):
        batch = cards[start : start + BATCH]
        with pikepdf.open(io.BytesIO(_render_batch(batch, template))) as part:
            whole.pages.extend(part.pages)
        if progress is not None:
            progress(start + len(batch), len(cards))
    target = io.BytesIO()
    whole.save(target, compress_streams=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return target.getvalue()


def _render_batch(cards: Sequence[BadgeCard], template: Template) -> bytes:
    from weasyprint import CSS, HTML  # slow import, as above

    pages = [_page(card) for card in cards]
    html = template.render(cards=pages)
    fetcher = deny_all()
    sheet = CSS(string=SHEET.read_text(encoding="utf-8") + _variants(pages), url_fetcher=fetcher)
    pdf: bytes = HTML(string=html, url_fetcher=fetcher).write_pdf(stylesheets=[sheet])
    return pdf


def _variants(pages: Sequence[dict[str, Any]]) -> str:
    """Return a rule for each type size and band colour in use, so that the template carries no styles."""
    sizes = {page[key] for page in pages for key in ("name_size", "enterprise_size")}
    colours = {page["card"].colour for page in pages}
    rules = [f'[data-size="{size}"] {{ font-size: {size}pt; }}' for size in sorted(sizes)]
    rules += [f'[data-colour="{colour}"] {{ background: {colour}; }}' for colour in sorted(colours)]
    return "\n".join(rules)


def deny_all() -> Any:
    """Return a fetcher that fetches nothing: a badge needs neither files nor the network."""
    from weasyprint.urls import URLFetcher  # slow import, as above

    return URLFetcher(allowed_protocols=("data",), fail_on_errors=True)


def _page(card: BadgeCard) -> dict[str, Any]:
    modules = qr.matrix(card.credential)
    return {
        "card": card,
        "name_size": _size(card.name, ((9, 34), (12, 29), (16, 25), (22, 21), (32, 17))),
        "enterprise_size": _size(card.enterprise, ((26, 14), (48, 12), (80, 10.5))),
        "qr_path": qr.path(modules),
        "qr_side": len(modules),
    }


def _size(text: str, steps: tuple[tuple[float, float], ...]) -> float:
    """Return a type size in points by how wide a text is; wide letters of East Asia count double."""
    width = sum(1.9 if ord(letter) > 0x2E7F else 1 for letter in text)
    longest = max((sum(1.9 if ord(letter) > 0x2E7F else 1 for letter in word) for word in text.split()), default=0)
    for most, size in steps:
        if width <= most and longest * size <= 400:
            return size
    return min(steps[-1][1] - 2, 400 / max(longest, 1))
