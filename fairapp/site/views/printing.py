"""From rows to the printed catalogue: words of its languages, plain entries, pages."""

import base64
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import render_template
from flask_babel import force_locale, gettext
from markupsafe import Markup

from fairapp.booths import queries as booths
from fairapp.booths.models import Booth, Hall
from fairapp.booths.views.shapes import public_names, shapes
from fairapp.enterprises.models import CapabilityKind, Enterprise
from fairapp.enterprises.pictures import find_thumbnail
from fairapp.enterprises.taxonomy import code_list
from fairapp.exhibitors.models import Exhibitor
from fairapp.fairs.models import Fair
from fairapp.files import service as files
from fairapp.files.models import StoredFile
from fairapp.site import queries
from fairapp.site.catalogue import Entry, Said, by_booth, by_letter, by_sector
from fairapp.site.typesetting import Look, Progress, Volume, join
from fairapp.web import languages, moments

SAMPLE = 8
"""Entries of a sample."""

LOGO = 320
"""Pixels of a logo's longer side: 22 mm at 300 dots an inch."""


def catalogue_pdf(
    fair: Fair,
    tongues: Sequence[str],
    *,
    sample: bool,
    now: datetime,
    progress: Progress | None = None,
) -> tuple[bytes, dict[str, int]]:
    """Return the catalogue in one or two languages, and how many exhibitors and pages it has."""
    today = now.astimezone(ZoneInfo(fair.timezone)).date()
    found = queries.list_catalogue(fair.id)
    places = queries.places_by_exhibitor(fair.id)
    entries = [
        _entry(one, tongues, places.get(one.id, []), certificates=queries.valid_codes(one.enterprise, today))
        for one in found
    ]
    book = _Book(fair, tongues, sample=sample, now=now)
    queries.forget()  # telling the progress ends transactions; from here on there is plain data only
    return book.set(entries, progress)


class _Book:
    """The catalogue of one fair in its languages; reads all it needs of the fair when it is made."""

    def __init__(self, fair: Fair, tongues: Sequence[str], *, sample: bool, now: datetime) -> None:
        self.tongues, self.sample = tongues, sample
        first, second = tongues[0], tongues[1] if len(tongues) > 1 else ""
        name, venue = fair.name, fair.venue
        with force_locale(first):
            mark = gettext("DEMO DATA") if fair.fictional else ""
            dates = f"{moments.short_day(fair.starts_on)} – {moments.short_day(fair.ends_on)}"
        self.look = Look(colour=fair.colour, fair=languages.text_in(name, first), mark=mark)
        self.common: dict[str, Any] = {
            "first": first,
            "second": second,
            "fair_name": languages.text_in(name, first),
            "mark": mark,
            "words": _words(tongues, now),
        }
        self.front: dict[str, Any] = {
            "second_name": _other(name, first, second),
            "dates": dates,
            "venue": languages.text_in(venue, first),
            "second_venue": _other(venue, first, second),
            "organizer": " · ".join(
                part
                for part in (languages.text_in(fair.organizer_name, first), fair.organizer_address, fair.contact_email)
                if part
            ),
            "greetings": _said(fair.introduction, tongues),
            "halls": _halls(fair, first, now),
            "sample": sample,
        }

    def set(self, entries: Sequence[Entry], progress: Progress | None) -> tuple[bytes, dict[str, int]]:
        """Lay the book out: the entries first, because front and indexes name their pages."""
        letters = by_letter(entries)
        ordered = [entry for group in letters for entry in group.entries]
        if self.sample:
            ordered = ordered[:SAMPLE]
            letters = by_letter(ordered)
        trial = self._volume(1)
        trial.add(self._front({}))
        middle = self._volume(trial.next_page)
        self._add_entries(middle, ordered, {group.entries[0].key: group.title for group in letters}, progress)
        last = self._volume(middle.next_page)
        last.add(self._indexes(ordered, middle.places))
        places = {**middle.places, **last.places, **trial.places}
        front = self._volume(1)
        front.add(self._front(places))
        outline = [(titles[0], places[place]) for titles, place in self._chapters() if place in places]
        pdf = join([front, middle, last], outline, title=self.common["fair_name"], language=self.common["first"])
        return pdf, {"exhibitors": len(ordered), "pages": front.pages + middle.pages + last.pages}

    def _volume(self, first: int) -> Volume:
        return Volume(look=self.look, first=first)

    def _add_entries(
        self, volume: Volume, ordered: Sequence[Entry], letters: dict[int, str], progress: Progress | None
    ) -> None:
        opened = ordered[0].key if ordered else None

        def write(some: Sequence[Entry]) -> str:
            return render_template(
                "site/catalogue/entries.html",
                entries=[(entry, letters.get(entry.key, "")) for entry in some],
                opening=some[0].key == opened,
                **self.common,
            )

        volume.add_entries(ordered, write, progress)

    def _front(self, places: dict[str, int]) -> str:
        chapters = [(titles, place) for titles, place in self._chapters() if not places or place in places]
        return render_template(
            "site/catalogue/front.html", chapters=chapters, places=places, **self.front, **self.common
        )

    def _chapters(self) -> list[tuple[list[str], str]]:
        words = self.common["words"]
        chapters = [
            (words["greeting"], "greeting" if self.front["greetings"] else ""),
            (words["plan"], "plans" if self.front["halls"] else ""),
            (words["exhibitors"], "exhibitors"),
            (words["by_name"], "by-name"),
            (words["by_sector"], "by-sector"),
            (words["by_booth"], "by-booth"),
        ]
        return [(titles, place) for titles, place in chapters if place]

    def _indexes(self, entries: Sequence[Entry], places: dict[str, int]) -> str:
        first, second = self.common["first"], self.common["second"]
        titles = {
            code.code: (code.label_in(first), code.label_in(second) if second else "") for code in code_list("sectors")
        }
        return render_template(
            "site/catalogue/indexes.html",
            letters=by_letter(entries),
            sectors=by_sector(entries, titles),
            booths=by_booth(entries),
            places=places,
            **self.common,
        )


def _words(tongues: Sequence[str], now: datetime) -> dict[str, list[str]]:
    words: dict[str, list[str]] = {}
    for language in tongues:
        with force_locale(language):
            said = {
                "catalogue": gettext("Fair catalogue"),
                "greeting": gettext("Greeting"),
                "contents": gettext("Contents"),
                "plan": gettext("Floor plans"),
                "exhibitors": gettext("Exhibitors"),
                "by_name": gettext("Index by name"),
                "by_sector": gettext("Index by sector"),
                "by_booth": gettext("Index by booth"),
                "at": gettext("At the booth of"),
                "as_of": gettext("As of %(moment)s", moment=moments.short_moment(now)),
                "sample": gettext("Sample with a few exhibitors only"),
            }
        for name, text in said.items():
            words.setdefault(name, []).append(str(text))
    return words


def _other(texts: Any, first: str, second: str) -> str:
    """Return a text in the second language, if it has one of its own there."""
    return str((texts or {}).get(second, "")) if second and second != first else ""


def _said(texts: Any, tongues: Sequence[str]) -> tuple[Said, ...]:
    """Return a text in each language that has it; in the nearest one if none has."""
    own = tuple(Said(language=code, text=texts[code]) for code in tongues if (texts or {}).get(code))
    if own or not texts:
        return own
    return (Said(language=languages.language_of(texts, tongues[0]), text=languages.text_in(texts, tongues[0])),)


def _entry(
    exhibitor: Exhibitor, tongues: Sequence[str], places: Sequence[tuple[str, str]], *, certificates: Sequence[str]
) -> Entry:
    enterprise, first = exhibitor.enterprise, tongues[0]
    main = exhibitor.main_exhibitor
    return Entry(
        key=exhibitor.id,
        name=enterprise.short_name or enterprise.legal_name,
        legal_name=enterprise.legal_name,
        english_name=enterprise.english_name,
        booths=tuple(code for code, _ in places),
        hall=places[0][1] if places else "",
        facts=_facts(enterprise, first),
        texts=_said(enterprise.summary or enterprise.main_products, tongues),
        products=_said(enterprise.main_products, tongues) if enterprise.summary else (),
        abilities=tuple(
            Said(language=language, text=" · ".join(labels))
            for language in tongues
            if (labels := _labels(enterprise, language))
        ),
        certificates=tuple(code_list("certificates").label(code, first).partition(" – ")[0] for code in certificates),
        main=(main.enterprise.short_name or main.enterprise.legal_name) if main is not None else "",
        sectors=tuple(enterprise.codes(CapabilityKind.SECTOR)),
        logo=_logo(enterprise.logo),
    )


def _facts(enterprise: Enterprise, language: str) -> tuple[str, ...]:
    country = code_list("countries").label(enterprise.country, language) if enterprise.country != "VN" else ""
    province = code_list("provinces").label(enterprise.province, language)
    founded = str(enterprise.established or "")
    return tuple(part for part in (province, country, enterprise.website, founded) if part)


def _labels(enterprise: Enterprise, language: str) -> list[str]:
    return [
        code_list(name).label(code, language)
        for kind, name in ((CapabilityKind.PROCESS, "processes"), (CapabilityKind.MATERIAL, "materials"))
        for code in enterprise.codes(kind)
    ]


def _logo(file: StoredFile | None) -> str:
    if file is None:
        return ""
    content = find_thumbnail(files.read(file), most=LOGO)
    return f"data:image/png;base64,{base64.b64encode(content).decode()}" if content else ""


def _halls(fair: Fair, language: str, now: datetime) -> list[dict[str, Any]]:
    every = booths.list_booths(fair.id)
    return [
        _drawn(hall, [one for one in every if one.hall_id == hall.id], fair, language, now)
        for hall in booths.list_halls(fair.id)
    ]


def _drawn(hall: Hall, every: Sequence[Booth], fair: Fair, language: str, now: datetime) -> dict[str, Any]:
    with force_locale(language):
        title = languages.text_in(hall.name, language) or gettext("Hall %(code)s", code=hall.code)
        names = public_names([booth for booth in every if queries.listed_on(booth)])
        drawn = shapes(hall, every, href=_nowhere, now=now, names=names)
    svg = render_template(
        "site/catalogue/plan.html", hall=hall, shapes=drawn, colour=fair.colour, tint=tint(fair.colour)
    )
    return {"title": title, "svg": Markup(svg)}  # noqa: S704 (rendered with escaping)


def _nowhere(_booth: Booth) -> str:
    return ""


def tint(colour: str) -> str:
    """Return a fair's colour as light as a booth that is taken."""
    channels = (int(colour[start : start + 2], 16) for start in (1, 3, 5))
    return "#" + "".join(f"{round(255 - (255 - channel) * 0.16):02x}" for channel in channels)
