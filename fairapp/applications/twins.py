"""Entries of the register that may be the applicant under another number."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fairapp.enterprises.names import core_name
from fairapp.errors import FairError


class SimilarEnterprise(FairError):
    """The register knows an enterprise of this name in the same province."""

    code = "similar_enterprise"


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is compared of an enterprise."""

    id: int
    names: Sequence[str]
    country: str
    tax_code: str
    province: str | None

    @property
    def name(self) -> str:
        """The name by which it is shown."""
        return self.names[0]


def find_twins(one: Known, others: Iterable[Known]) -> list[Known]:
    """Return the others with the folded core name of ``one`` in its province, and its branches."""
    cores = _cores(one)
    return [other for other in others if other.id != one.id and _is_twin(one, cores, other)]


def _is_twin(one: Known, cores: set[str], other: Known) -> bool:
    if one.country != other.country or one.tax_code == other.tax_code:
        return False
    if one.country == "VN" and one.tax_code[:10] == other.tax_code[:10]:
        return True
    return one.province == other.province and bool(cores & _cores(other))


def _cores(known: Known) -> set[str]:
    return {core_name(name).replace(" ", "") for name in known.names if name} - {""}
