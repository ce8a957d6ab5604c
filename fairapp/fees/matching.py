"""Which payment request a transfer pays: by the reference in its text, else by amount and name as a suggestion.

People type references with spaces, in small letters, glued to other words, with the letter O for a zero, and
banks cut long texts; all of that is read. A wrong digit is not: the check digit refuses it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from fairapp.enterprises.names import core_name
from fairapp.folding import fold

_LOOKALIKES = str.maketrans("OIL", "011")
_MOST_CUT = 2
"""So many letters may be missing at the end of a text that was cut."""


class Finding(StrEnum):
    """What is known of a transfer."""

    MATCHED = "matched"
    SHORT = "short"
    """Less than was asked for."""
    OVER = "over"
    """More than was asked for: the rest needs a decision."""
    DOUBLE = "double"
    """The request was paid already."""
    WITHDRAWN = "withdrawn"
    """The request was withdrawn."""
    LIKELY = "likely"
    """No reference, but somebody owes exactly this and is named."""
    UNKNOWN = "unknown"


RECORDED = frozenset({Finding.MATCHED, Finding.SHORT, Finding.OVER})
"""Findings whose parts are certain enough to be recorded without a person."""


@dataclass(frozen=True, kw_only=True)
class Incoming:
    """A transfer, or what is left of one."""

    amount: int
    text: str = ""
    payer: str = ""


@dataclass(frozen=True, kw_only=True)
class Due:
    """A payment request: what is left of it, and by what its payer may be known."""

    key: int
    reference: str
    rest: int
    names: tuple[str, ...] = ()
    tax_code: str = ""
    withdrawn: bool = False


@dataclass(frozen=True, kw_only=True)
class Match:
    """What a transfer pays: parts by the key of the request."""

    finding: Finding
    parts: tuple[tuple[int, int], ...] = ()
    requests: tuple[int, ...] = ()
    """The requests that the finding is about, also where nothing is to be recorded."""

    @property
    def certain(self) -> tuple[tuple[int, int], ...]:
        """The parts that are recorded without a person; none where somebody has to look."""
        return self.parts if self.finding in RECORDED else ()

    @property
    def recorded(self) -> int:
        """What the parts add up to."""
        return sum(amount for _key, amount in self.parts)


def squeeze(text: str) -> str:
    """Return the letters and digits of a text in capitals, letters that look like digits as these digits."""
    return fold(text).replace(" ", "").upper().translate(_LOOKALIKES)


def match(incoming: Incoming, dues: Sequence[Due]) -> Match:
    """Return what a transfer pays."""
    named = find_references(incoming.text, dues)
    if not named and (cut := find_cut_reference(incoming.text, dues)):
        fits = cut.rest == incoming.amount and not cut.withdrawn
        return _pays(incoming.amount, [cut]) if fits else Match(finding=Finding.LIKELY, requests=(cut.key,))
    if named:
        return _pays(incoming.amount, named)
    likely = suggest(incoming, dues)
    if likely:
        return Match(finding=Finding.LIKELY, requests=tuple(due.key for due in likely))
    return Match(finding=Finding.UNKNOWN)


def match_all(transfers: Iterable[Incoming], dues: Sequence[Due]) -> list[Match]:
    """Return what each of several transfers pays, one after the other: the second for one request comes too late."""
    left = {due.key: due for due in dues}
    return [match_next(transfer, left) for transfer in transfers]


def match_next(incoming: Incoming, left: dict[int, Due]) -> Match:
    """Return what a transfer pays of what is left, and lower that by what is certain."""
    found = match(incoming, list(left.values()))
    for key, amount in found.certain:
        left[key] = replace(left[key], rest=left[key].rest - amount)
    return found


def find_references(text: str, dues: Sequence[Due]) -> list[Due]:
    """Return the requests whose references stand in a text, in the order of the text."""
    squeezed = squeeze(text)
    places: dict[int, Due] = {}
    for due in sorted(dues, key=lambda due: (len(due.reference), due.key)):
        place = squeezed.find(squeeze(due.reference))
        if place >= 0:
            places[place] = due  # where one begins like another, the longer one came last
    return [places[place] for place in sorted(places)]


def find_cut_reference(text: str, dues: Sequence[Due]) -> Due | None:
    """Return the one request whose reference a text may have ended with before it was cut."""
    squeezed = squeeze(text)
    found = [
        due
        for due in dues
        if any(squeezed.endswith(squeeze(due.reference)[:-missing]) for missing in range(1, _MOST_CUT + 1))
    ]
    return found[0] if len(found) == 1 else None


def suggest(incoming: Incoming, dues: Sequence[Due]) -> list[Due]:
    """Return open requests of exactly this amount whose payer is named, by tax code or by name."""
    told = fold(f"{incoming.payer} {incoming.text}")
    return [
        due
        for due in dues
        if not due.withdrawn and due.rest == incoming.amount and due.rest > 0 and _is_named(due, told)
    ]


def rank(incoming: Incoming, dues: Sequence[Due]) -> list[Due]:
    """Return open requests with those first that a transfer may be for."""
    told = fold(f"{incoming.payer} {incoming.text}")
    named = {due.key for due in find_references(incoming.text, dues)}

    def strangeness(due: Due) -> tuple[bool, bool, bool, int]:
        return (due.key not in named, not _is_named(due, told), due.rest != incoming.amount, due.key)

    return sorted((due for due in dues if not due.withdrawn and due.rest > 0), key=strangeness)


def _pays(amount: int, named: Sequence[Due]) -> Match:
    keys = tuple(due.key for due in named)
    standing = [due for due in named if not due.withdrawn]
    if not standing:
        return Match(finding=Finding.WITHDRAWN, requests=keys)
    unpaid = [due for due in standing if due.rest > 0]
    if not unpaid:
        return Match(finding=Finding.DOUBLE, requests=keys)
    parts, left = [], amount
    for due in unpaid:
        part = min(due.rest, left)
        if part > 0:
            parts.append((due.key, part))
        left -= part
    if left > 0:
        finding = Finding.OVER
    else:
        finding = Finding.MATCHED if amount == sum(due.rest for due in unpaid) else Finding.SHORT
    return Match(finding=finding, parts=tuple(parts), requests=keys)


def _is_named(due: Due, told: str) -> bool:
    if due.tax_code and fold(due.tax_code).replace(" ", "") in told.replace(" ", ""):
        return True
    return any(f" {core} " in f" {told} " for name in due.names if len(core := core_name(name)) > 3)
