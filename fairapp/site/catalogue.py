"""The printed catalogue as data: entries in order, and its three indexes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fairapp.enterprises.names import sort_key
from fairapp.site.directory import booth_key


@dataclass(frozen=True, kw_only=True)
class Said:
    """A text in one of the catalogue's languages."""

    language: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One exhibitor as the catalogue prints it."""

    key: int
    name: str
    legal_name: str
    english_name: str = ""
    booths: tuple[str, ...] = ()
    hall: str = ""
    facts: tuple[str, ...] = ()
    """Place, website, founded, size: one line."""
    texts: tuple[Said, ...] = ()
    abilities: tuple[Said, ...] = ()
    certificates: tuple[str, ...] = ()
    products: tuple[Said, ...] = ()
    main: str = ""
    """At whose booth a co-exhibitor is found."""
    sectors: tuple[str, ...] = ()
    logo: str = ""
    """A data address."""

    @property
    def anchor(self) -> str:
        """The place that the indexes point to."""
        return f"entry-{self.key}"


@dataclass(frozen=True, kw_only=True)
class Group:
    """Entries under one head of an index."""

    title: str
    entries: tuple[Entry, ...]
    second: str = ""
    """The head in the second language."""


@dataclass(frozen=True, kw_only=True)
class BoothLine:
    """One booth in the index by booth."""

    code: str
    entry: Entry


def in_order(entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries as a Vietnamese dictionary has them."""
    return sorted(entries, key=lambda entry: (sort_key(entry.name), entry.key))


def by_letter(entries: Sequence[Entry]) -> list[Group]:
    """Return the entries under the letter with which they begin: Â, Đ and Ơ are letters of their own."""
    groups: dict[str, list[Entry]] = {}
    for entry in in_order(entries):
        groups.setdefault(initial(entry.name), []).append(entry)
    return [Group(title=letter, entries=tuple(some)) for letter, some in groups.items()]


def initial(name: str) -> str:
    """Return the letter under which a name stands, without its tone; digits and signs share one place."""
    letter = name.strip()[:1].upper()
    plain = _WITHOUT_TONE.get(letter, letter)
    return plain if plain.isalpha() else "#"


def by_sector(entries: Sequence[Entry], titles: Mapping[str, tuple[str, str]]) -> list[Group]:
    """Return the entries of each sector in the order of ``titles``; an exhibitor may stand in several."""
    ordered = in_order(entries)
    groups = [
        Group(title=title, second=second, entries=tuple(entry for entry in ordered if code in entry.sectors))
        for code, (title, second) in titles.items()
    ]
    return [group for group in groups if group.entries]


def by_booth(entries: Sequence[Entry]) -> dict[str, list[BoothLine]]:
    """Return hall by hall who is at which booth; co-exhibitors stand under their main exhibitor."""
    lines: dict[str, list[BoothLine]] = {}
    for entry in in_order(entries):
        for code in entry.booths:
            lines.setdefault(entry.hall, []).append(BoothLine(code=code, entry=entry))
    return {
        hall: sorted(lines[hall], key=lambda line: (booth_key(line.code), bool(line.entry.main)))
        for hall in sorted(lines)
    }


def _tones() -> dict[str, str]:
    rows = (
        "AÀẢÃÁẠ",
        "ĂẰẲẴẮẶ",
        "ÂẦẨẪẤẬ",
        "EÈẺẼÉẸ",
        "ÊỀỂỄẾỆ",
        "IÌỈĨÍỊ",
        "OÒỎÕÓỌ",
        "ÔỒỔỖỐỘ",
        "ƠỜỞỠỚỢ",
        "UÙỦŨÚỤ",
        "ƯỪỬỮỨỰ",
        "YỲỶỸÝỴ",
    )
    return {letter: row[0] for row in rows for letter in row[1:]}


_WITHOUT_TONE = _tones()
