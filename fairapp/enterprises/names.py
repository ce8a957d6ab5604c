"""Names of enterprises and people: what is left for comparing, how they are sorted, how one greets."""

import unicodedata

from fairapp.folding import fold

_FORMS = (
    "cong ty", "tong cong ty", "cty", "tap doan", "chi nhanh", "nha may", "xi nghiep",
    "trach nhiem huu han", "tnhh", "mot thanh vien", "1 thanh vien", "hai thanh vien tro len", "mtv",
    "co phan", "cp", "ctcp", "doanh nghiep tu nhan", "dntn", "hop tac xa", "htx",
    "company limited", "co ltd", "ltd", "limited", "llc", "company", "joint stock", "jsc", "corporation",
    "corp", "incorporated", "inc", "gmbh", "a s", "株式会社", "有限会社", "株", "주식회사", "유한회사", "주",
)  # fmt: skip
"""What says of which kind a firm is."""

_LEADING_FORMS = (
    "tong cong ty", "cong ty", "cty", "ctcp", "trach nhiem huu han", "tnhh", "mot thanh vien", "1 thanh vien",
    "hai thanh vien tro len", "mtv", "co phan", "cp", "doanh nghiep tu nhan", "dntn", "hop tac xa", "htx",
)  # fmt: skip
"""With what a Vietnamese legal name begins and nobody sorts by."""

_TRADES = (
    "thuong mai", "tm", "dich vu", "dv", "san xuat", "sx", "xuat nhap khau", "xnk", "dau tu", "dt",
    "viet nam", "vn", "vina", "vietnam", "va", "and", "trading", "service", "services", "gia lap", "demo",
)  # fmt: skip
"""What firms of the same name write or leave out as they please."""

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = {"\u0300": 1, "\u0309": 2, "\u0303": 3, "\u0301": 4, "\u0323": 5}

Word = tuple[tuple[int, ...], tuple[int, ...]]


def core_name(name: str) -> str:
    """Return the part of an enterprise's name that tells it from others, folded; never empty for a name."""
    folded = _without_glued_forms(fold(name))
    without_forms = _without(folded, _FORMS)
    return _without(without_forms, _TRADES) or without_forms or folded


def short_name_of(legal_name: str) -> str:
    """Return what people call an enterprise: its name without the form in front; empty where no form stands there."""
    words = legal_name.split()
    whole = len(words)
    while length := _leading_form(words):
        words = words[length:]
    return " ".join(words) if len(words) < whole else ""


def _leading_form(words: list[str]) -> int:
    lengths = sorted({form.count(" ") + 1 for form in _LEADING_FORMS}, reverse=True)
    return next((length for length in lengths if fold(" ".join(words[:length])) in _LEADING_FORMS), 0)


def same_core_name(one: str, other: str) -> bool:
    """Whether two enterprises' names differ in nothing but form, trade, diacritics and spaces."""
    return core_name(one).replace(" ", "") == core_name(other).replace(" ", "")


def given_name(full_name: str, *, country: str = "VN") -> str:
    """Return how a person is greeted: Vietnamese by the last word, others by the name as it stands."""
    words = full_name.split()
    if country != "VN" or not words:
        return " ".join(words)
    return words[-1]


def initials(name: str) -> str:
    """Return one or two letters that stand for a name in a small circle."""
    words = [word for word in name.split() if word[:1].isalnum()]
    if not words:
        return "?"
    return (words[0][:1] + (words[-1][:1] if len(words) > 1 else "")).upper()


def sort_key(text: str) -> tuple[Word, ...]:
    """Return a key that sorts as a Vietnamese dictionary does, word by word.

    Letters decide before tones: a ă â … d đ …; level, falling, asking, tumbling, rising, heavy.
    """
    words = "".join(letter if _is_in_word(letter) else " " for letter in _decomposed(text)).split()
    return tuple(_word_key(word) for word in words)


def person_sort_key(full_name: str, *, country: str = "VN") -> tuple[tuple[Word, ...], tuple[Word, ...]]:
    """Return a key that sorts people: Vietnamese by given name, then by the rest; others as they stand."""
    return sort_key(given_name(full_name, country=country)), sort_key(full_name)


def _without_glued_forms(folded: str) -> str:
    # Japanese and Korean write the form without a space: 株式会社日本, 한국정밀주식회사.
    for form in ("株式会社", "有限会社", "주식회사", "유한회사"):
        folded = folded.removeprefix(form).removesuffix(form)
    return folded.strip()


def _without(folded: str, phrases: tuple[str, ...]) -> str:
    rest = f" {folded} "
    for phrase in sorted(phrases, key=len, reverse=True):
        while f" {phrase} " in rest:
            rest = rest.replace(f" {phrase} ", " ")
    return rest.strip()


def _decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", unicodedata.normalize("NFC", text).casefold())


def _is_in_word(letter: str) -> bool:
    return letter.isalnum() or unicodedata.category(letter).startswith("M")


def _word_key(word: str) -> Word:
    plain = unicodedata.normalize("NFC", "".join(letter for letter in word if letter not in _TONES))
    tones = tuple(_TONES[letter] for letter in word if letter in _TONES)
    return tuple(_place(letter) for letter in plain), tones


def _place(letter: str) -> int:
    place = _LETTERS.find(letter)
    if place >= 0:
        return place
    # Digits stand before the letters, other scripts after them.
    return int(letter) - 10 if letter in "0123456789" else ord(letter) + len(_LETTERS)
