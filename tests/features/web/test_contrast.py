"""The colours keep their contrast whatever colour a fair has: computed from tokens.css as a browser does."""

import functools
import math
import pathlib
import re

import pytest

CSS = pathlib.Path(__file__).parents[3] / "static" / "css"

FAIRS = {
    "yellow": "#ffd60a",
    "orange": "#e8590c",
    "red": "#c92a2a",
    "green": "#0b6e4f",
    "cyan": "#15aabf",
    "blue": "#1c5fd4",
    "violet": "#7048e8",
}
SCHEMES = ("light", "dark")

GROUNDS = ("paper", "sheet", "raised", "sunk", "hover")
TEXTS = [
    *((ink, ground) for ink in ("ink", "ink-2", "ink-3") for ground in GROUNDS),
    *((ink, ground) for ink in ("accent", "accent-strong") for ground in ("paper", "sheet", "raised", "hover")),
    *((ink, "accent-tint") for ink in ("ink", "ink-2", "accent", "accent-strong")),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    ("ink", "select"),
    *(
        (f"{state}-ink", ground)
        for state in ("open", "wait", "agreed", "done", "stop", "off")
        for ground in (f"{state}-tint", "sheet", "paper")
    ),
    *((ink, ground) for ink in ("print-ink", "print-ink-2") for ground in ("print", "print-deep")),
    ("on-wait", "wait-fill"),
    ("on-done", "done-fill"),
    ("on-stop", "stop-fill"),
    ("on-toast", "toast"),
    ("on-toast", "toast-hover"),
    ("toast-accent", "toast"),
    ("on-lens", "lens"),
]
CONTROLS = [
    *((line, ground) for line in ("line-control", "accent", "focus") for ground in ("paper", "sheet", "raised")),
    ("lens-beam", "lens"),
    ("print-ink-2", "print"),
    ("accent", "line"),
]

Rgb = tuple[float, float, float]


@functools.cache
def tokens() -> dict[str, str]:
    """Return the custom properties of the style sheet as they are written."""
    text = re.sub(r"/\*.*?\*/", "", (CSS / "tokens.css").read_text(encoding="utf-8"), flags=re.DOTALL)
    return {name: value.strip() for name, value in re.findall(r"--([a-z0-9-]+):\s*([^;]+);", text)}


def colour(name: str, fair: str, scheme: str) -> Rgb:
    """Return a token as sRGB."""
    if name == "fair":
        return from_hex(fair)
    return evaluate(re.sub(r"^2px solid ", "", tokens()[name]), fair, scheme)


def evaluate(value: str, fair: str, scheme: str) -> Rgb:
    if value.startswith("light-dark("):
        return evaluate(arguments(value)[SCHEMES.index(scheme)], fair, scheme)
    if value.startswith("#"):
        return from_hex(value)
    if found := re.fullmatch(r"var\(--([a-z0-9-]+)\)", value):
        return colour(found[1], fair, scheme)
    source, *parts = re.fullmatch(
        r"oklch\(from var\(--([a-z0-9-]+)\) (\S+|min\(.*?\)) (\S+|min\(.*?\)) (\S+)\)", value
    ).groups()
    lightness, chroma, hue = to_oklch(colour(source, fair, scheme))
    known = {"l": lightness, "c": chroma, "h": hue}
    return from_oklch(*(number(part, known) for part in parts))


def number(part: str, known: dict[str, float]) -> float:
    if part.startswith("min("):
        return min(number(one, known) for one in arguments(part))
    return known[part] if part in known else float(part)


def arguments(call: str) -> list[str]:
    """Split the arguments of a function at its own commas."""
    parts, depth = [""], 0
    for letter in call[call.index("(") + 1 : -1]:
        depth += (letter == "(") - (letter == ")")
        if letter == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += letter
    return [part.strip() for part in parts]


def from_hex(text: str) -> Rgb:
    digits = text.lstrip("#")
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    return tuple(int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4))


def to_linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def from_linear(part: float) -> float:
    part = min(1.0, max(0.0, part))  # outside sRGB browsers cut
    return part * 12.92 if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055


def to_oklch(rgb: Rgb) -> tuple[float, float, float]:
    r, g, b = map(to_linear, rgb)
    long = math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
    middle = math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
    short = math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
    lightness = 0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short
    return lightness, math.hypot(a, b), math.degrees(math.atan2(b, a)) % 360


def from_oklch(lightness: float, chroma: float, hue: float) -> Rgb:
    a, b = chroma * math.cos(math.radians(hue)), chroma * math.sin(math.radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        from_linear(4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short),
        from_linear(-1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short),
        from_linear(-0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short),
    )


def contrast(one: Rgb, other: Rgb) -> float:
    """Return the contrast of two colours by WCAG 2."""

    def luminance(rgb: Rgb) -> float:
        r, g, b = map(to_linear, rgb)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def too_weak(pairs, least: float, fair: str, scheme: str) -> list[str]:
    found = {
        pair: contrast(colour(pair[0], fair, scheme), colour(pair[1], fair, scheme)) for pair in dict.fromkeys(pairs)
    }
    return [f"{ink} on {ground}: {ratio:.2f}" for (ink, ground), ratio in found.items() if ratio < least]


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("fair", FAIRS.values(), ids=FAIRS)
def test_text_keeps_a_contrast_of_four_and_a_half(fair, scheme):
    assert too_weak(TEXTS, 4.5, fair, scheme) == []


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("fair", FAIRS.values(), ids=FAIRS)
def test_controls_keep_a_contrast_of_three(fair, scheme):
    assert too_weak(CONTROLS, 3, fair, scheme) == []


def written_pairs() -> list[tuple[str, str]]:
    """Return text and ground of every rule that sets both."""
    pairs = set()
    for file in CSS.rglob("*.css"):
        text = re.sub(r"/\*.*?\*/", "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
        for rule in re.findall(r"\{([^{}]*)\}", text):
            ink = re.search(r"(?<![-\w])color:\s*var\(--([a-z0-9-]+)\)", rule)
            ground = re.search(r"(?<![-\w])background(?:-color)?:\s*var\(--([a-z0-9-]+)\)", rule)
            if ink and ground and {ink[1], ground[1]} <= set(tokens()) and (ink[1], ground[1]) not in CONTROLS:
                pairs.add((ink[1], ground[1]))
    return sorted(pairs)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("fair", FAIRS.values(), ids=FAIRS)
def test_every_rule_that_sets_text_and_ground_keeps_the_contrast(fair, scheme):
    assert len(written_pairs()) > 10
    assert too_weak(written_pairs(), 4.5, fair, scheme) == []


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000", "#fff", 21.0),
        ("#777777", "#ffffff", 4.48),
        ("#767676", "#fff", 4.54),
        ("#0000ff", "#fff", 8.59),
        ("#fff", "#fff", 1.0),
    ],
)
def test_the_contrast_is_computed_as_everybody_does(one, other, ratio):
    assert contrast(from_hex(one), from_hex(other)) == pytest.approx(ratio, abs=0.02)


@pytest.mark.parametrize("text", [*FAIRS.values(), "#000000", "#ffffff", "#808080"])
def test_a_colour_survives_the_way_to_oklch_and_back(text):
    assert from_oklch(*to_oklch(from_hex(text))) == pytest.approx(from_hex(text), abs=0.001)


def test_only_the_tokens_have_literal_colours():
    files = [file for file in CSS.rglob("*.css") if file.name not in {"tokens.css", "print.css"}]
    found = {
        file.name: literal
        for file in files
        if (
            literal := re.findall(
                r":[^;{}]*?(#[0-9a-fA-F]{3,8}\b|rgb\([^v)]*\))",
                re.sub(r"/\*.*?\*/|url\([^)]*\)", "", file.read_text(encoding="utf-8"), flags=re.DOTALL),
            )
        )
    }

    assert found == {}
