"""Names of enterprises and people: what is left for comparing, how they are sorted, how one greets."""

import unicodedata

from fairapp.folding import fold

_FORMS = (
    "cong ty", "cty", "tnhh", "mtv", "mot thanh vien", "hai thanh vien", "tm", "thuong mai", "dv", "dich vu",
    "sx", "san xuat", "xnk", "xuat nhap khau", "dt", "dau tu", "co phan", "cp", "dntn", "doanh nghiep tu nhan",
    "htx", "hop tac xa", "viet nam", "vn", "vina", "gia lap", "va", "co ltd", "ltd", "jsc", "corporation",
    "corp", "company", "joint stock", "limited", "inc",
)  # fmt: skip
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = {"": 0, "\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}


def core_name(name: str) -> str:
    """Return the part of an enterprise's name that tells it from others, folded; never empty."""
    folded = f" {fold(name)} "
    rest = folded
    for form in sorted(_FORMS, key=len, reverse=True):
        while f" {form} " in rest:
            rest = rest.replace(f" {form} ", " ")
    return rest.strip() or folded.strip()


def given_name(full_name: str) -> str:
    """Return the name by which a Vietnamese person is called: the last word."""
    words = full_name.split()
    return words[-1] if words else ""


def initials(name: str) -> str:
    """Return one or two letters that stand for a name in a small circle."""
    words = [word for word in name.split() if word[:1].isalnum()]
    if not words:
        return "?"
    return (words[0][:1] + (words[-1][:1] if len(words) > 1 else "")).upper()


def sort_key(name: str) -> tuple[tuple[int, int], ...]:
    """Return a key that sorts Vietnamese: a ă â … đ after d, tones from level to heavy."""
    key = []
    for letter in unicodedata.normalize("NFC", name).lower():
        parts = unicodedata.normalize("NFD", letter)
        tone = next((_TONES[part] for part in parts if part in _TONES), 0)
        plain = unicodedata.normalize("NFC", "".join(part for part in parts if part not in _TONES))
        place = _LETTERS.find(plain)
        key.append((place if place >= 0 else ord(plain[0]) + len(_LETTERS), tone))
    return tuple(key)
