"""Folding of text, so that "dai" finds "Đại" and two spellings of a name compare equal."""

import unicodedata

_JAPANESE_VOICING = "\u3099\u309a"
_WHOLE_LETTERS = str.maketrans(
    {"Đ": "D", "đ": "d", "Ð": "D", "ð": "d", "Ø": "O", "ø": "o", "Ł": "L", "ł": "l", "ı": "i"}
)
"""Letters with a stroke, which Unicode does not take apart; Ð and ð are often typed for Đ and đ."""


def fold(text: str) -> str:
    """Return the words of ``text`` in small letters without marks, separated by single spaces.

    Everything that is neither letter nor digit separates words. Kana keep their voicing marks and
    hangul its syllables, because there the marks make other letters.
    """
    decomposed = unicodedata.normalize("NFKD", text).translate(_WHOLE_LETTERS)
    # Case folding can take letters apart in turn (İ), so marks go after it.
    small = unicodedata.normalize("NFKD", decomposed.casefold())
    plain = unicodedata.normalize("NFC", "".join(c for c in small if not _is_mark(c)))
    return " ".join("".join(c if _is_in_word(c) else " " for c in plain).split())


def _is_mark(character: str) -> bool:
    return character not in _JAPANESE_VOICING and unicodedata.category(character) in {"Mn", "Me", "Cf"}


def _is_in_word(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character) == "Mc" or character in _JAPANESE_VOICING
