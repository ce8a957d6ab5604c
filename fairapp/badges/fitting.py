"""How large a text may be set: measured by the widths of its letters, so that nothing ever leaves its box."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import inf

# Advance widths of Noto Sans Bold in thousandths of the type size, rounded up; the regular cut is narrower.
_BY_WIDTH = {
    300: "!',.:; ·’‘",
    350: "ijlJ()-[]ł",
    400: "fI{}",
    450: "t/\\_“”",
    500: 'rsz"?–',
    550: "cF*",
    600: "0123456789evxyELSTZ$+<=>^`|~Ł",
    650: "abdgkopqCPVY#đø",
    700: "hnuABKRX",
    750: "DG&Đß",
    800: "HOQUØ",
    850: "N",
    900: "w@…",
}
_WIDTHS = {letter: width / 1000 for width, letters in _BY_WIDTH.items() for letter in letters}
_HORN = "\u031b"  # of ơ and ư; every other mark stands above or below
_AFTER_JOINTS = re.compile(r"(?<=[^\W\d][-・])(?=[^\W\d])")
_FULL = 1.0  # every letter of China, Japan and Korea
_WIDEST = 1.12  # Щ; only signs that no name has are wider
_HANGUL = ("\uac00", "\ud7a3")


@dataclass(frozen=True, kw_only=True)
class Step:
    """A type size in points and how many lines a text may fill at it."""

    size: float
    lines: float


@dataclass(frozen=True, kw_only=True)
class Text:
    """A text and the steps it may take, the best first; ``leading`` is a line's height in type sizes."""

    text: str
    steps: Sequence[Step]
    leading: float = 1.3
    space: float = 0.0
    """Points of white above, if there is any text."""
    whole_words: bool = False
    """Never break 健太郎 in two, as a person's name, though its script would allow that."""


def fit(texts: Sequence[Text], *, width: float, height: float) -> list[float]:
    """Return a type size for each text so that all stand below each other in a box; in points throughout.

    Each takes its first step that holds it; as long as the box overflows, the tallest goes one step down.
    """
    chosen = [_first_step(text, 0, width) for text in texts]
    while sum(heights := [_height(text, at, width) for text, at in zip(texts, chosen, strict=True)]) > height:
        shrinkable = [number for number, text in enumerate(texts) if chosen[number] + 1 < len(text.steps)]
        if not shrinkable:
            break
        tallest = max(shrinkable, key=lambda number: (heights[number], -number))
        chosen[tallest] = _first_step(texts[tallest], chosen[tallest] + 1, width)
    return [text.steps[at].size for text, at in zip(texts, chosen, strict=True)]


def lines(text: str, *, size: float, width: float, whole_words: bool = False) -> int:
    """Return how many lines a text fills at ``size`` in a box of ``width``, both in points."""
    room, count, filled = width / size, 1, 0.0
    for word, spaces in _words(text, whole=whole_words):
        wide = measure(word)
        if filled and filled + wide > room:
            count, filled = count + 1, 0.0
        while wide > room:  # a word longer than a line breaks where it must
            count, wide = count + 1, wide - (room - _WIDEST)
        filled += wide + spaces
    return count


def measure(text: str) -> float:
    """Return the width of a text in type sizes, at least as wide as it will be drawn in bold."""
    return sum(_advance(letter) for letter in unicodedata.normalize("NFC", text))


def parts_of(word: str) -> list[str]:
    """Return the parts of a word between which a line may break: after a hyphen or a middle dot."""
    return _AFTER_JOINTS.split(word)


def longest_word(text: Text) -> float:
    """Return the width of the widest part that may not be broken, in type sizes."""
    return max((measure(word) for word, _ in _words(text.text, whole=text.whole_words)), default=0.0)


def _first_step(text: Text, start: int, width: float) -> int:
    for at in range(start, len(text.steps)):
        step = text.steps[at]
        if longest_word(text) * step.size <= width and _lines(text, step.size, width) <= step.lines:
            return at
    return len(text.steps) - 1


def _height(text: Text, at: int, width: float) -> float:
    if not text.text:
        return 0.0
    size = text.steps[at].size
    return text.space + _lines(text, size, width) * size * text.leading


def _lines(text: Text, size: float, width: float) -> int:
    return lines(text.text, size=size, width=width, whole_words=text.whole_words)


def _words(text: str, *, whole: bool) -> Iterator[tuple[str, float]]:
    """Yield what may not be broken, with the width of the white after it."""
    for word in text.split():
        pieces = list(word) if not whole and any(map(_breaks_anywhere, word)) else parts_of(word)
        for piece in pieces[:-1]:
            yield piece, 0.0
        yield pieces[-1], _WIDTHS[" "]


def _breaks_anywhere(letter: str) -> bool:
    """Whether lines of this script may break between any two letters; Korean ones do so at blanks."""
    return _is_wide(letter) and not _HANGUL[0] <= letter <= _HANGUL[1]


def _is_wide(letter: str) -> bool:
    return unicodedata.east_asian_width(letter) in "WF"


@lru_cache(maxsize=4096)
def _advance(letter: str) -> float:
    if _is_wide(letter):
        return _FULL
    return sum(map(_part, unicodedata.normalize("NFD", letter)))


def _part(part: str) -> float:
    """Return the width of a letter without its marks, or of a mark."""
    if unicodedata.combining(part):
        return 0.14 if part == _HORN else 0.0
    return _WIDTHS.get(part, _WIDEST)


UNLIMITED = inf
