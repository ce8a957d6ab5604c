"""Lists of codes with their names in every language."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

FALLBACK = ("en", "vi", "ja", "ko")


@dataclass(frozen=True, kw_only=True)
class Code:
    """One entry of a code list; ``facts`` are whatever else the list says of it."""

    code: str
    label: Mapping[str, str]
    group: str = ""
    deprecated: bool = False
    facts: Mapping[str, Any] = field(default_factory=dict)

    def label_in(self, language: str) -> str:
        """Return the entry's name in ``language``, or in the nearest one it has."""
        return next(self.label[tongue] for tongue in (language, *FALLBACK) if tongue in self.label)


class CodeList:
    """Codes in the order in which they are shown; ``groups`` names the groups they fall into."""

    def __init__(self, entries: Sequence[Code], groups: "CodeList | None" = None) -> None:
        self._by_code = {entry.code: entry for entry in entries}
        self._groups = groups
        if len(self._by_code) != len(entries):
            raise ValueError("a code stands twice in a list")

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def __iter__(self) -> Iterator[Code]:
        return iter(self._by_code.values())

    def __len__(self) -> int:
        return len(self._by_code)

    def __getitem__(self, code: str) -> Code:
        return self._by_code[code]

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code, deprecated ones too."""
        return tuple(self._by_code)

    def find(self, code: str | None) -> Code | None:
        """Return the entry of ``code``, or ``None``."""
        return self._by_code.get(code) if code else None

    def label(self, code: str | None, language: str) -> str:
        """Return a code's name; nothing for no code, and an unknown code names itself."""
        entry = self.find(code)
        return entry.label_in(language) if entry else code or ""

    def choices(self, language: str) -> list[tuple[str, str]]:
        """Return pairs of code and name for a form, without deprecated codes."""
        return [(entry.code, entry.label_in(language)) for entry in self if not entry.deprecated]

    def grouped_choices(self, language: str) -> dict[str, list[tuple[str, str]]]:
        """Return the pairs of code and name under the name of their group."""
        grouped: dict[str, list[tuple[str, str]]] = {}
        for entry in self:
            if not entry.deprecated:
                title = self._groups.label(entry.group, language) if self._groups else entry.group
                grouped.setdefault(title, []).append((entry.code, entry.label_in(language)))
        return grouped
