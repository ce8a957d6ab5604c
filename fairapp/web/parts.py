"""Parts that a feature adds to the page of a feature below it.

A page says where further parts stand: ``{% for part in page_parts("application", application) %}{{ part }}``.
Whoever knows more of the thing brings a function that writes its part, or nothing where there is nothing to say.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from flask import Flask
from markupsafe import Markup

Part = Callable[[Any], str]
_parts: dict[str, list[Part]] = defaultdict(list)


def part_of(page: str) -> Callable[[Part], Part]:
    """Write a part of every page of this name with the function."""

    def register(part: Part) -> Part:
        _parts[page].append(part)
        return part

    return register


def page_parts(page: str, thing: Any) -> list[Markup]:
    """Return the parts of a page that have something to say, in the order in which they were registered."""
    # The parts are rendered templates: what needed escaping in them has been escaped.
    written = (part(thing) for part in _parts[page])
    return [Markup(part) for part in written if part.strip()]  # noqa: S704


def init_app(app: Flask) -> None:
    """Let the templates of ``app`` show the parts."""
    app.add_template_global(page_parts, "page_parts")
