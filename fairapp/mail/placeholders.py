"""Placeholders in the organizer's words: ``{name}`` and others of a whitelist, and nothing else.

A text is never a program: what stands in braces is a name that is known, or a mistake. Two braces write one.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

_MARK = re.compile(r"\{\{|\}\}|\{([^{}\n]{0,60})\}|[{}]")
_NAME = re.compile(r"[a-z][a-z_]{0,29}")


@dataclass(frozen=True, kw_only=True)
class Mistake:
    """Something in braces that is not a placeholder we know, and where it stands."""

    written: str
    line: int
    column: int


def find_mistakes(text: str, known: Collection[str]) -> list[Mistake]:
    """Return every mistake of a text, in its order."""
    found = []
    for mark in _MARK.finditer(text):
        if mark.group() in ("{{", "}}") or (mark.group(1) is not None and mark.group(1).strip() in known):
            continue
        before = text[: mark.start()]
        found.append(
            Mistake(
                written=mark.group(),
                line=before.count("\n") + 1,
                column=mark.start() - (before.rfind("\n") + 1) + 1,
            )
        )
    return found


def names_in(text: str) -> list[str]:
    """Return the placeholders of a text, each once, in their order."""
    names = (mark.group(1).strip() for mark in _MARK.finditer(text) if mark.group(1) is not None)
    return list(dict.fromkeys(name for name in names if _NAME.fullmatch(name)))


def fill(text: str, values: Mapping[str, str]) -> str:
    """Return a text with its placeholders filled in; one that has no value stays empty."""

    def replace(mark: re.Match[str]) -> str:
        if mark.group() in ("{{", "}}"):
            return mark.group()[0]
        if mark.group(1) is None:
            return mark.group()
        name = mark.group(1).strip()
        # What was never checked stays as it was written rather than vanishing.
        return values.get(name, "") if _NAME.fullmatch(name) else mark.group()

    return _MARK.sub(replace, text)


def escape(text: str) -> str:
    """Return a text in which no brace means anything."""
    return text.replace("{", "{{").replace("}", "}}")
