"""What an enterprise changed between two submissions of its application, field by field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

EMPTY: tuple[Any, ...] = (None, "", [], {}, ())


@dataclass(frozen=True, kw_only=True)
class Change:
    """One field that says something else than before; of lists what came and what went."""

    field: str
    before: Sequence[Any]
    after: Sequence[Any]

    @property
    def added(self) -> bool:
        """Whether the field said nothing before."""
        return not self.before

    @property
    def removed(self) -> bool:
        """Whether the field says nothing any more."""
        return not self.after


def find_changes(before: Mapping[str, Any], after: Mapping[str, Any], *, order: Sequence[str] = ()) -> list[Change]:
    """Return the changes in the order of the form, fields that the form does not know last and by name."""
    places = {name: number for number, name in enumerate(order)}
    names = sorted({*before, *after}, key=lambda name: (places.get(name, len(places)), name))
    changes = (_change(name, before.get(name), after.get(name)) for name in names)
    return [change for change in changes if change is not None]


def _change(name: str, before: Any, after: Any) -> Change | None:
    if _plain(before) == _plain(after):
        return None
    if _is_list(before) or _is_list(after):
        old, new = _entries(before), _entries(after)
        gone = [one for one in old if one not in new]
        come = [one for one in new if one not in old]
        # Only the order is another: say it all, else nothing would be shown.
        return Change(field=name, before=gone or ([] if come else old), after=come or ([] if gone else new))
    return Change(field=name, before=_entries(before), after=_entries(after))


def _is_list(value: Any) -> bool:
    return isinstance(value, list | tuple)


def _entries(value: Any) -> list[Any]:
    if value in EMPTY:
        return []
    return list(value) if _is_list(value) else [value]


def _plain(value: Any) -> Any:
    if value in EMPTY:
        return None
    return value.strip() if isinstance(value, str) else value
