"""Text without diacritics, for searching: ``fold("Đại Lộc") == "dai loc"``."""

import unicodedata


def fold(text: str) -> str:
    """Return ``text`` without marks and case, đ as d, words parted by single spaces.

    Full-width forms become plain ones; Japanese and Korean letters stay (their voicing marks too).
    """
    plain = unicodedata.normalize("NFKC", text).replace("Đ", "D").replace("đ", "d")
    letters = "".join(_without_marks(letter) for letter in plain).casefold()
    return " ".join("".join(letter if letter.isalnum() else " " for letter in letters).split())


def _without_marks(letter: str) -> str:
    if "\u3040" <= letter <= "\u30ff" or "\uac00" <= letter <= "\ud7a3":
        return letter
    parts = unicodedata.normalize("NFD", letter)
    return "".join(part for part in parts if not unicodedata.combining(part))
