"""Badges as PDF: A6 pages laid out by WeasyPrint from plain data, without any network or file access."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from fairapp import qr
from fairapp.badges.fitting import UNLIMITED, Step, Text, fit, longest_word, parts_of

BATCH = 60
"""Badges laid out at once: keeps memory flat and lets progress be told."""

SHEET = Path(__file__).parent / "badge.css"
SMALLEST = 6.0
"""Points; smaller type cannot be read on a badge."""

_MM = 72 / 25.4
# The boxes of badge.css, in points: width and height.
_HEADER = (87 * _MM, 17 * _MM)
_PERSON = (87 * _MM, 50 * _MM)
_CODE = (5.3 * _MM, (148 - 81) * _MM, 42 * _MM)  # left, top from below, side
_BESIDE = (47 * _MM, 36 * _MM)
_BAND = (87 * _MM, 22 * _MM)


class Template(Protocol):
    """A Jinja template."""

    def render(self, **context: Any) -> str: ...


@dataclass(frozen=True, kw_only=True)
class BadgeCard:
    """Everything that stands on one badge."""

    name: str
    enterprise: str
    position: str
    category: str
    category_in_english: str
    """Empty where the category is in English already."""
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
            for page, card in zip(part.pages, batch, strict=True):
                # In the sheet a code would cost as much as all the rest; first, before the sheet turns the page over.
                page.contents_add(part.make_stream(_code(card)), prepend=True)
            whole.pages.extend(part.pages)
        if progress is not None:
            progress(start + len(batch), len(cards))
    target = io.BytesIO()
    whole.save(target, compress_streams=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return target.getvalue()


def tongue(text: str, language: str) -> str:
    """Return the language whose letters a text is written in, so that the right font is taken."""
    if any("\uac00" <= letter <= "\ud7a3" for letter in text):
        return "ko"
    if any("\u3040" <= letter <= "\u30ff" or "\u4e00" <= letter <= "\u9fff" for letter in text):
        return "ja"
    return language


def _render_batch(cards: Sequence[BadgeCard], template: Template) -> bytes:
    from weasyprint import CSS, HTML  # slow import, as above

    pages = [_page(card) for card in cards]
    html = template.render(pages=pages)
    fetcher = deny_all()
    sheet = CSS(string=SHEET.read_text(encoding="utf-8") + _variants(pages), url_fetcher=fetcher)
    pdf: bytes = HTML(string=html, url_fetcher=fetcher).write_pdf(stylesheets=[sheet])
    return pdf


def deny_all() -> Any:
    """Return a fetcher that fetches nothing: a badge needs neither files nor the network."""
    from weasyprint.urls import URLFetcher  # slow import, as above

    return URLFetcher(allowed_protocols=("data",), fail_on_errors=True)


def _variants(pages: Sequence[dict[str, Any]]) -> str:
    """Return a rule for each type size and band colour in use, so that the template carries no styles."""
    sizes = {size for page in pages for size in page["sizes"].values()}
    colours = {page["card"].colour for page in pages}
    rules = [f'[data-size="{size}"] {{ font-size: {size}pt; }}' for size in sorted(sizes)]
    rules += [f'[data-colour="{colour}"] {{ background: {colour}; }}' for colour in sorted(colours)]
    return "\n".join(rules)


def _code(card: BadgeCard) -> bytes:
    left, top, side = _CODE
    return qr.drawing(qr.matrix(card.credential), left=left, top=top, side=side)


def _page(card: BadgeCard) -> dict[str, Any]:
    name = Text(text=card.name, steps=_NAME_STEPS, leading=1.25, whole_words=True)
    place = " · ".join(part for part in (card.fair_dates, card.venue) if part)
    sizes = {
        **_fitted(
            _HEADER,
            fair=Text(text=card.fair_name, steps=_FAIR_STEPS),
            place=Text(text=place, steps=_steps((8.5, 8, 7.5, 7), 2, (6.5,), 3)),
        ),
        **_fitted(
            _PERSON,
            name=name,
            position=Text(text=card.position, steps=_steps((12, 11, 10, 9), 2, (8, 7), 3), space=4),
            enterprise=Text(text=card.enterprise, steps=_ENTERPRISE_STEPS, space=4),
        ),
        **_fitted(
            _BESIDE,
            serial=Text(text=card.serial, steps=_steps((15, 14, 13, 12, 11, 10), 1)),
            days=Text(text=card.days, steps=_steps((10, 9, 8, 7), 3)),
            mark=Text(text=card.fictional, steps=_steps((9, 8, 7), 1), space=14),
        ),
        **_fitted(
            _BAND,
            category=Text(text=card.category, steps=_steps((28, 26, 24, 22, 20, 18, 16, 14, 12, 10, 8), 1)),
            english=Text(text=card.category_in_english, steps=_steps((13, 12, 11, 10, 9, 8, 7), 1)),
        ),
    }
    return {
        "card": card,
        "place": place,
        "sizes": sizes,
        "name_words": [parts_of(word) for word in card.name.split()],
        # A name that is one word and too long even for the smallest type must break somewhere.
        "name_breaks": longest_word(name) * sizes["name"] > _PERSON[0],
        "tongues": {part: tongue(getattr(card, part), card.language) for part in ("name", "position", "enterprise")},
    }


def _fitted(box: tuple[float, float], **texts: Text) -> dict[str, float]:
    width, height = box
    return dict(zip(texts, fit(list(texts.values()), width=width, height=height), strict=True))


def _steps(*sizes_and_lines: Any) -> tuple[Step, ...]:
    """Return steps from sizes and the most lines at them, by turns; the smallest takes any number."""
    by_turns = zip(sizes_and_lines[::2], sizes_and_lines[1::2], strict=True)
    steps = [Step(size=size, lines=most) for sizes, most in by_turns for size in sizes]
    return (*steps, Step(size=SMALLEST, lines=UNLIMITED))


# One line, if it can be read; else two larger ones rather than a single word on the second.
_FAIR_STEPS = _steps((12, 11, 10, 9.5, 9), 1, (11, 10, 9), 2, (8, 7), 3)
_NAME_STEPS = _steps((46, 44, 42, 40, 38, 36, 34, 32, 30), 2, (28, 26, 24, 22, 20, 18, 16, 14, 12, 10, 8, 7), 3)
_ENTERPRISE_STEPS = _steps((16, 15, 14), 2, (13, 12, 11), 3, (10, 9), 4, (8, 7), 5)
