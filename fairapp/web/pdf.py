"""PDFs of pages that are laid out for paper: from HTML and a stylesheet, without any network or file access."""

from functools import cache
from pathlib import Path

PAPER = Path(__file__).parent / "paper.css"


def html_to_pdf(html: str, *, css: str = "") -> bytes:
    """Return ``html`` on A4 pages; ``css`` is added to the sheet that all papers share."""
    from weasyprint import CSS, HTML  # slow import: most requests print nothing
    from weasyprint.urls import URLFetcher

    fetcher = URLFetcher(allowed_protocols=("data",), fail_on_errors=True)
    sheet = CSS(string=_paper() + css, url_fetcher=fetcher)
    pdf: bytes = HTML(string=html, url_fetcher=fetcher).write_pdf(stylesheets=[sheet])
    return pdf


@cache
def _paper() -> str:
    return PAPER.read_text(encoding="utf-8")
