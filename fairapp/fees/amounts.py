"""Amounts in words, as they stand on papers about money."""

LARGEST = 10**18

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_VIETNAMESE = ((10**9, "tỷ"), (10**6, "triệu"), (10**3, "nghìn"))
_BELOW_TWENTY = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ENGLISH = (
    (10**15, "quadrillion"), (10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (10**3, "thousand"),
)  # fmt: skip


def in_words(amount: int, language: str) -> str:
    """Write an amount of đồng in words: Vietnamese, or English for every other language."""
    if language == "vi":
        return _sentence(vietnamese(amount), "đồng")
    return _sentence(english(amount), "Vietnamese dong")


def vietnamese(number: int) -> str:
    """Return a number in Vietnamese words: ``ba mươi hai triệu bốn trăm nghìn``."""
    _check(number)
    return " ".join(_vietnamese(number, leading=True)) or _DIGITS[0]


def english(number: int) -> str:
    """Return a number in English words: ``thirty-two million four hundred thousand``."""
    _check(number)
    words: list[str] = []
    for size, name in _ENGLISH:
        count, number = divmod(number, size)
        if count:
            words += [*_english_hundreds(count), name]
    words += _english_hundreds(number)
    return " ".join(words) or _BELOW_TWENTY[0]


def _check(number: int) -> None:
    if not 0 <= number < LARGEST:
        raise ValueError(f"no amount that is written in words: {number}")


def _sentence(words: str, currency: str) -> str:
    return f"{words[0].upper()}{words[1:]} {currency}"


def _vietnamese(number: int, *, leading: bool) -> list[str]:
    """Return the words; below a larger part even hundreds that are not there are named: không trăm linh năm."""
    words: list[str] = []
    for size, name in _VIETNAMESE:
        count, number = divmod(number, size)
        if count:
            words += [*_vietnamese(count, leading=leading and not words), name]
    if number:
        words += _vietnamese_hundreds(number, leading=leading and not words)
    return words


def _vietnamese_hundreds(number: int, *, leading: bool) -> list[str]:
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    words = [_DIGITS[hundreds], "trăm"] if hundreds or not leading else []
    if tens == 1:
        words.append("mười")
    elif tens:
        words += [_DIGITS[tens], "mươi"]
    elif ones and words:
        words.append("linh")
    if ones:
        words.append(_one(ones, tens))
    return words


def _one(ones: int, tens: int) -> str:
    if ones == 1 and tens > 1:
        return "mốt"
    if ones == 4 and tens > 1:
        return "tư"
    return "lăm" if ones == 5 and tens else _DIGITS[ones]


def _english_hundreds(number: int) -> list[str]:
    hundreds, rest = divmod(number, 100)
    words = [_BELOW_TWENTY[hundreds], "hundred"] if hundreds else []
    if 0 < rest < 20:
        words.append(_BELOW_TWENTY[rest])
    elif rest:
        tens, ones = divmod(rest, 10)
        words.append(f"{_TENS[tens]}-{_BELOW_TWENTY[ones]}" if ones else _TENS[tens])
    return words
