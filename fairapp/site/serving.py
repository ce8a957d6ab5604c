"""Which needs an exhibitor can serve, and what of it fits."""

from collections.abc import Collection
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Ability:
    """What an enterprise says that it can make, by codes; ``certificates`` without those that have expired."""

    processes: Collection[str]
    materials: Collection[str] = ()
    certificates: Collection[str] = ()


@dataclass(frozen=True, kw_only=True)
class Serving:
    """How an ability meets a need: the process always, the rest as far as it is known."""

    material: bool
    missing: tuple[str, ...] = ()
    """Certificates that the need asks for and the enterprise does not show."""

    @property
    def rank(self) -> tuple[int, int]:
        """The order of needs that are served: what fits best comes first."""
        return len(self.missing), 0 if self.material else 1


def find_serving(
    ability: Ability, *, process: str, material: str = "", certificates: Collection[str] = ()
) -> Serving | None:
    """Return how an ability serves a need, or ``None`` if it does not.

    Another material refuses only an enterprise that says what it works with.
    """
    if process not in ability.processes:
        return None
    if material and ability.materials and material not in ability.materials:
        return None
    missing = tuple(code for code in certificates if code not in ability.certificates)
    return Serving(material=bool(material) and material in ability.materials, missing=missing)
