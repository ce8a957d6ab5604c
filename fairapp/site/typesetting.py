"""Setting the catalogue: parts laid out one after the other, joined to one PDF with page numbers, links and outline.

A whole catalogue at once would take the memory of all its pages and tell nobody how far it is. So the entries are laid
out some at a time, and what begins on the last page of a part moves on to the next one: no page stays half empty.
"""

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fairapp.badges.rendering import deny_all
from fairapp.site.catalogue import Entry

SHEET = Path(__file__).parent / "catalogue.css"
AT_ONCE = 24
"""Entries laid out together: some ten pages."""

LINK = "catalogue:"
"""How a link to a place in the catalogue begins until the parts are joined."""

END = "-end"
"""What the anchor at the end of an entry adds to the one at its beginning."""

Html = str
Progress = Callable[[int, int], None]


@dataclass(frozen=True, kw_only=True)
class Look:
    """What every page shows: the fair's colour and name, and a mark where everything is invented."""

    colour: str
    fair: str
    mark: str = ""


@dataclass(kw_only=True)
class Volume:
    """What has been laid out so far: pages, and on which page each place is; page numbers begin with 1."""

    look: Look
    first: int = 1
    parts: list[bytes] = field(default_factory=list)
    pages: int = 0
    places: dict[str, int] = field(default_factory=dict)

    @property
    def next_page(self) -> int:
        """The number of the next page."""
        return self.first + self.pages

    def add(self, html: Html) -> None:
        """Lay out a part that stands for itself."""
        document = lay_out(html, first_page=self.next_page, look=self.look)
        self._take(document, len(document.pages))

    def add_entries(
        self, entries: Sequence[Entry], write: Callable[[Sequence[Entry]], Html], progress: Progress | None = None
    ) -> None:
        """Lay out entries, some at a time."""
        begun = 0
        while begun < len(entries):
            some = entries[begun : begun + AT_ONCE]
            document = lay_out(write(some), first_page=self.next_page, look=self.look)
            kept, moved = len(document.pages), 0
            if begun + len(some) < len(entries):
                kept, moved = _cut(document, some)
            self._take(document, kept)
            begun += len(some) - moved
            if progress is not None:
                progress(begun, len(entries))

    def _take(self, document: Any, kept: int) -> None:
        for number, page in enumerate(document.pages[:kept]):
            for name in page.anchors:
                self.places.setdefault(name, self.next_page + number)
        self.parts.append(document.copy(document.pages[:kept]).write_pdf())
        self.pages += kept


def lay_out(html: Html, *, first_page: int, look: Look) -> Any:
    """Return the laid-out document of a part that begins on page ``first_page``; even pages are left ones."""
    from weasyprint import CSS, HTML  # slow import: most requests print nothing

    side = "right" if first_page % 2 else "left"
    fetcher = deny_all()
    sheet = SHEET.read_text(encoding="utf-8")
    for name, value in (("COLOUR", look.colour), ("NAME", quoted(look.fair)), ("MARK", quoted(look.mark))):
        sheet = sheet.replace(f"FAIR-{name}", value)
    start = f"@page :first {{ counter-reset: page {first_page}; }} html {{ break-before: {side}; }}"
    return HTML(string=html, url_fetcher=fetcher).render(stylesheets=[CSS(string=sheet + start, url_fetcher=fetcher)])


def quoted(text: str) -> str:
    """Return a text as a style sheet writes it; nothing in it ends the text."""
    plain = "".join(letter if letter.isalnum() or letter == " " else f"\\{ord(letter):06x}" for letter in text)
    return f'"{plain}"'


def _cut(document: Any, entries: Sequence[Entry]) -> tuple[int, int]:
    """Return how many pages to keep and how many entries move on: the last page's, if it begins with one."""
    begins = _pages_of(document, [entry.anchor for entry in entries])
    ends = _pages_of(document, [entry.anchor + END for entry in entries])
    for page in range(len(document.pages) - 1, 0, -1):
        if all(not begin < page <= end for begin, end in zip(begins, ends, strict=True)):
            return page, sum(begin >= page for begin in begins)
    return len(document.pages), 0


def _pages_of(document: Any, names: Sequence[str]) -> list[int]:
    found = {name: number for number, page in enumerate(document.pages) for name in page.anchors}
    return [found[name] for name in names]


def join(volumes: Sequence[Volume], outline: Sequence[tuple[str, int]], *, title: str, language: str) -> bytes:
    """Return one PDF of the volumes in their order: links lead to their pages, and the outline lists the parts."""
    import pikepdf  # slow import, as above

    whole = pikepdf.new()
    for volume in volumes:
        for part in volume.parts:
            with pikepdf.open(io.BytesIO(part)) as pages:
                whole.pages.extend(pages.pages)
    places = {name: page for volume in volumes for name, page in volume.places.items()}
    for page in whole.pages:
        _lead(whole, page, places)
    with whole.open_outline() as contents:
        contents.root.extend(pikepdf.OutlineItem(text, number - 1) for text, number in outline)
    with whole.open_metadata() as about:
        about["dc:title"] = title
        about["dc:language"] = [language]
    whole.Root.Lang = language
    target = io.BytesIO()
    whole.save(target, compress_streams=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return target.getvalue()


def _lead(whole: Any, page: Any, places: Mapping[str, int]) -> None:
    import pikepdf  # slow import, as above

    for link in page.get("/Annots", []):
        address = str(link.get("/A", {}).get("/URI", ""))
        number = places.get(address.removeprefix(LINK)) if address.startswith(LINK) else None
        if number is not None:
            del link["/A"]
            link.Dest = pikepdf.Array([whole.pages[number - 1].obj, pikepdf.Name.Fit])
