"""Which kinds of exhibitor a part of the manual is for."""

from collections.abc import Collection
from enum import StrEnum

RAW_SPACE_TYPES = frozenset({"raw_space"})
"""Booth types on which the exhibitor builds itself."""


class ExhibitorKind(StrEnum):
    """A kind that sections and tasks are written for; an exhibitor may be of several."""

    SHELL_SCHEME = "shell_scheme"
    RAW_SPACE = "raw_space"
    CO_EXHIBITOR = "co_exhibitor"
    PAVILION = "pavilion"


def kinds_of(*, booth_type: str, is_co_exhibitor: bool, in_pavilion: bool) -> frozenset[ExhibitorKind]:
    """Return the kinds of an exhibitor; a co-exhibitor has no booth of its own to build or name."""
    kinds = {ExhibitorKind.PAVILION} if in_pavilion else set()
    if is_co_exhibitor:
        return frozenset(kinds | {ExhibitorKind.CO_EXHIBITOR})
    is_raw = booth_type in RAW_SPACE_TYPES
    return frozenset(kinds | {ExhibitorKind.RAW_SPACE if is_raw else ExhibitorKind.SHELL_SCHEME})


def concerns(kinds: Collection[str], own: Collection[str]) -> bool:
    """Whether a part for ``kinds`` is for an exhibitor of ``own`` kinds; none means all."""
    return not kinds or bool(set(kinds) & set(own))
