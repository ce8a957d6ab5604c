"""What a page says after something was done, and how to undo it.

A toast waits in the session until the next page; its way back is a form that posts to one of our own views,
which checks like any other request whether it may still be done.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, flash, get_flashed_messages

BAD = {"error", "danger"}


@dataclass(frozen=True, kw_only=True)
class Undo:
    """The request that takes something back: an address of ours and the values of its form."""

    url: str
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Toast:
    """One message for people."""

    text: str
    bad: bool = False
    undo: Undo | None = None


def init_app(app: Flask) -> None:
    """Let the templates of ``app`` show toasts."""
    app.add_template_global(take_toasts, "take_toasts")


def say(text: str, *, undo: Undo | None = None) -> None:
    """Tell on the next page what was done, and offer to undo it."""
    flash(pack(text, undo), "success")  # type: ignore[arg-type]  # the session keeps any JSON value


def take_toasts() -> list[Toast]:
    """Return what was said since the last page."""
    return unpack(get_flashed_messages(with_categories=True))


def pack(text: str, undo: Undo | None) -> str | dict[str, Any]:
    """Return a toast as the session keeps it: plain text where there is nothing to undo."""
    return text if undo is None else {"text": text, "url": undo.url, "values": dict(undo.values)}


def unpack(messages: Iterable[Any]) -> list[Toast]:
    """Return the toasts that were packed, also those that libraries flashed as text."""
    toasts = []
    for category, message in messages:
        if isinstance(message, dict):
            undo = Undo(url=message["url"], values=message["values"])
            toasts.append(Toast(text=message["text"], bad=category in BAD, undo=undo))
        else:
            toasts.append(Toast(text=str(message), bad=category in BAD))
    return toasts
