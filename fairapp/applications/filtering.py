"""What the queue of applications is filtered by, read from the address and written back into it."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

FLAGS = frozenset({"subsidy", "duplicate", "unread", "recommended"})
NO_BODY = "none"
"""In the place of a co-organizer: applications that nobody sent."""


@dataclass(frozen=True, kw_only=True)
class ApplicationFilter:
    """The filters of the queue; what is empty filters nothing."""

    q: str = ""
    status: str = ""
    sector: str = ""
    province: str = ""
    country: str = ""
    booth_type: str = ""
    body: str = ""
    """Public id of a co-organizer, or ``NO_BODY``."""
    form: str = ""
    """What is with the signed and stamped form: a value of ``FormState``."""
    subsidy: bool = False
    duplicate: bool = False
    unread: bool = False
    """With a message of the enterprise that nobody has read."""
    recommended: bool = False

    def as_query(self) -> dict[str, str]:
        """Return the filters as the address of the queue writes them."""
        values = {one.name: getattr(self, one.name) for one in fields(self)}
        return {name: "1" if value is True else str(value) for name, value in values.items() if value}

    @property
    def folded(self) -> int:
        """How many filters are set beside those that always stand there: words, state and sector."""
        return len(set(self.as_query()) - {"q", "status", "sector"})


def read_filter(arguments: Mapping[str, str]) -> ApplicationFilter:
    """Return what an address asks for."""
    given = {one.name: arguments.get(one.name, "").strip() for one in fields(ApplicationFilter)}
    flags = {name: bool(given[name]) for name in FLAGS}
    return ApplicationFilter(**{**given, **flags})  # type: ignore[arg-type]
