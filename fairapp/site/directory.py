"""The directory as facets: which values there are, and how many exhibitors each would leave."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from fairapp.enterprises.code_list import Code
from fairapp.enterprises.names import Word, sort_key
from fairapp.enterprises.taxonomy import code_list
from fairapp.folding import fold

CAPABILITIES = {
    "sector": "sectors",
    "process": "processes",
    "material": "materials",
    "certificate": "certificates",
    "practice": "practices",
}
"""The code list of each facet that comes from capabilities."""

FACETS = (*CAPABILITIES, "province", "country", "hall", "tier", "language")
"""In the order in which they are shown."""

CODE_LISTS = {**CAPABILITIES, "province": "provinces", "country": "countries", "tier": "supply_tiers"}
SORTS = ("name", "booth")
SHORTEST_NAME = 2
"""A single letter names no process and no province."""

MOST_VALUES = 20
"""So many values of one facet count: an address may hold any number."""

_DIGITS = re.compile(r"(\d+)")


@dataclass(frozen=True, kw_only=True)
class Question:
    """What somebody looks for: words, values by facet, and the order of the answer."""

    query: str = ""
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = "name"

    def chosen(self) -> list[tuple[str, str]]:
        """Return every facet and value that was chosen."""
        return [(facet, value) for facet in FACETS for value in self.values.get(facet, ())]

    def without(self, facet: str, value: str) -> "Question":
        """Return the same question with one value less."""
        kept = {
            name: tuple(one for one in values if (name, one) != (facet, value)) for name, values in self.values.items()
        }
        return Question(query=self.query, values={name: some for name, some in kept.items() if some}, sort=self.sort)

    def arguments(self) -> list[tuple[str, str]]:
        """Return the question as the address writes it."""
        asked = [("q", self.query)] if self.query else []
        sorted_by = [("sort", self.sort)] if self.sort != SORTS[0] else []
        return [*asked, *self.chosen(), *sorted_by]


def read_question(arguments: Mapping[str, Sequence[str]]) -> Question:
    """Return what an address asks for; what it cannot mean is left out."""
    values = {}
    for facet in FACETS:
        if given := tuple(dict.fromkeys(value for value in arguments.get(facet, ()) if value))[:MOST_VALUES]:
            values[facet] = given
    sort = next(iter(arguments.get("sort", ())), "")
    query = next(iter(arguments.get("q", ())), "").strip()
    return Question(query=query, values=values, sort=sort if sort in SORTS else SORTS[0])


@dataclass(frozen=True, kw_only=True)
class Listing:
    """An exhibitor as the directory orders it."""

    id: int
    name: str
    booths: tuple[str, ...] = ()


class Directory:
    """Exhibitors and their values, kept as the bits of whole numbers: counting thousands costs next to nothing."""

    def __init__(self, listings: Sequence[Listing]) -> None:
        self._listings = listings
        self._bit = {listing.id: 1 << place for place, listing in enumerate(listings)}
        self._everybody = (1 << len(listings)) - 1
        self._having: dict[str, dict[str, int]] = {facet: {} for facet in FACETS}

    def add(self, facet: str, value: str, ids: Collection[int]) -> None:
        """Note who has a value; ids that are not in the directory count for nothing."""
        if not value:
            return
        having = self._having[facet]
        bits = having.get(value, 0)
        for one in ids:
            bits |= self._bit.get(one, 0)
        if bits:
            having[value] = bits

    def count(self, question: Question) -> int:
        """Return how many exhibitors answer a question."""
        return self._left(question).bit_count()

    def counts(self, question: Question, facet: str) -> dict[str, int]:
        """Return how many exhibitors each value of a facet would leave, whatever else of that facet is chosen."""
        left = self._left(question, besides=facet)
        found = {value: (bits & left).bit_count() for value, bits in self._having[facet].items()}
        chosen = question.values.get(facet, ())
        return {value: count for value, count in found.items() if count or value in chosen}

    def answer(self, question: Question) -> list[int]:
        """Return the ids of who answers a question, in the order that it asks for."""
        left = self._left(question)
        found = [listing for listing in self._listings if self._bit[listing.id] & left]
        return [listing.id for listing in sorted(found, key=_by_booth if question.sort == "booth" else _by_name)]

    def _left(self, question: Question, *, besides: str = "") -> int:
        left = self._everybody
        for facet, values in question.values.items():
            if facet != besides:
                having = self._having[facet]
                any_of = 0
                for value in values:
                    any_of |= having.get(value, 0)
                left &= any_of
        return left


def booth_key(code: str) -> tuple[tuple[int, str, int], ...]:
    """Return a key that puts ``A9`` before ``A10``."""
    parts = (part for part in _DIGITS.split(code) if part)
    return tuple((0, "", int(part)) if part.isdigit() else (1, part, 0) for part in parts)


def codes_named(word: str) -> dict[str, tuple[str, ...]]:
    """Return the codes, by facet, in whose name in any language a word begins with ``word``, which is folded."""
    if len(word) < SHORTEST_NAME:
        return {}
    found = {}
    for facet, name in CODE_LISTS.items():
        if codes := tuple(code for code, text in _names(name) if f" {word}" in text):
            found[facet] = codes
    return found


@cache
def _names(name: str) -> tuple[tuple[str, str], ...]:
    return tuple((entry.code, " " + " ".join(_texts(entry))) for entry in code_list(name))


def _texts(entry: Code) -> Iterator[str]:
    # A province is also found by the names of those that it was formed from on 2025-07-01.
    former = (*entry.facts.get("formed_from", ()), *entry.facts.get("aliases", ()))
    return (fold(text) for text in (*entry.label.values(), *former))


def _by_name(listing: Listing) -> tuple[tuple[Word, ...], int]:
    return _name_key(listing.name), listing.id


def _by_booth(listing: Listing) -> tuple[bool, list[tuple[tuple[int, str, int], ...]], tuple[Word, ...], int]:
    return not listing.booths, [booth_key(code) for code in listing.booths], _name_key(listing.name), listing.id


@lru_cache(maxsize=8192)
def _name_key(name: str) -> tuple[Word, ...]:
    return sort_key(name)
