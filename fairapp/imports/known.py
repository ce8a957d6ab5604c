"""The names that a file has given so far, to find those given twice and those that lead nowhere."""

from fairapp.imports.rows import Row


class Known:
    """Names by kind: ``booth``, ``exhibitor``, ``buyer`` and so on, with the place that gave them."""

    def __init__(self) -> None:
        self._names: dict[str, dict[str, str]] = {}

    def claim(self, row: Row, key: str, kind: str, name: str) -> None:
        """Note that ``row`` gives ``name`` to something; once in a file."""
        if not name:
            return
        names = self._names.setdefault(kind, {})
        if name in names:
            row.refuse(key, "duplicate", value=name, first=names[name])
        else:
            names[name] = row.at(key)

    def lead_to(self, row: Row, key: str, kind: str, name: str) -> None:
        """Note an error if ``name`` leads nowhere."""
        if name and name not in self._names.get(kind, {}):
            row.refuse(key, "unknown_ref", value=name, kind=kind)

    def lists(self, row: Row, key: str, kind: str) -> tuple[str, ...]:
        """Return the names in a list of ``row``, each of which must lead somewhere."""
        found = row.words(key)
        for name, path in found:
            if name not in self._names.get(kind, {}):
                row.errors.add(path, "unknown_ref", value=name, kind=kind)
        return tuple(name for name, _ in found)
