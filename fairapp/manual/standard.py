"""The manual of a usual supporting-industry fair: sections and tasks to begin with, in four languages."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from fairapp.manual.actions import TaskAction

FILE = Path(__file__).parent / "data" / "standard.json"


@dataclass(frozen=True, kw_only=True)
class StandardSection:
    """A section as it comes with the product."""

    code: str
    kinds: tuple[str, ...]
    title: Mapping[str, str]
    body: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class StandardTask:
    """A task as it comes with the product; its deadline counts from the opening."""

    section: str
    action: TaskAction
    days_before: int
    kinds: tuple[str, ...]
    required: bool
    title: Mapping[str, str]
    body: Mapping[str, str]


@cache
def sections() -> tuple[StandardSection, ...]:
    """Return the sections in their order."""
    return tuple(StandardSection(**{**one, "kinds": tuple(one["kinds"])}) for one in _read()["sections"])


@cache
def tasks() -> tuple[StandardTask, ...]:
    """Return the tasks in their order."""
    return tuple(
        StandardTask(**{**one, "kinds": tuple(one["kinds"]), "action": TaskAction(one["action"])})
        for one in _read()["tasks"]
    )


def _read() -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return found
