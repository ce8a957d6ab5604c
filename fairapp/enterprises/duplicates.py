"""Which entries of the register may be one enterprise, and why."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from fairapp.enterprises.names import core_name

FREE_MAIL = frozenset(
    {
        "gmail.com", "googlemail.com", "yahoo.com", "yahoo.com.vn", "ymail.com", "hotmail.com", "outlook.com",
        "outlook.com.vn", "live.com", "icloud.com", "me.com", "msn.com", "aol.com", "proton.me", "protonmail.com",
        "naver.com", "hanmail.net", "daum.net", "qq.com", "163.com", "126.com", "zoho.com", "yandex.com",
        "fpt.vn", "vnn.vn", "hn.vnn.vn", "hcm.vnn.vn", "viettel.vn",
    }
)  # fmt: skip
"""Hosts at which anybody has an address: two firms there have nothing in common."""

LARGEST_GROUP = 12
"""A domain or phone that more entries share says that an agency entered them, not that they are one."""


class Reason(StrEnum):
    """What two entries have in common."""

    TAX_CODE = "tax_code"
    BRANCH = "branch"
    """The same tax code but for the branch: two entries that are usually right, seldom one."""
    NAME_AND_PROVINCE = "name_and_province"
    NAME = "name"
    PHONE = "phone"
    DOMAIN = "domain"


WEIGHT = {
    Reason.TAX_CODE: 50,
    Reason.NAME_AND_PROVINCE: 40,
    Reason.PHONE: 20,
    Reason.BRANCH: 15,
    Reason.NAME: 15,
    Reason.DOMAIN: 15,
}
ENOUGH = 15


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What is compared of an enterprise."""

    id: int
    country: str
    tax_code: str
    names: tuple[str, ...]
    province: str | None
    phones: frozenset[str]
    mails: frozenset[str]
    website: str = ""


@dataclass(frozen=True, kw_only=True)
class Pair:
    """Two entries that may be one enterprise, the older first."""

    one: int
    other: int
    reasons: tuple[Reason, ...]

    @property
    def weight(self) -> int:
        """How much speaks for it."""
        return sum(WEIGHT[reason] for reason in self.reasons)


def find_pairs(entries: Iterable[Entry]) -> list[Pair]:
    """Return the pairs that may be one enterprise, the likeliest first."""
    shared: dict[tuple[Reason, str], list[int]] = defaultdict(list)
    for entry in entries:
        for key in set(_keys(entry)):
            shared[key].append(entry.id)
    reasons: dict[tuple[int, int], set[Reason]] = defaultdict(set)
    for (reason, _value), ids in shared.items():
        if len(ids) <= LARGEST_GROUP:
            for one, other in combinations(sorted(ids), 2):
                reasons[one, other].add(reason)
    pairs = [
        Pair(one=one, other=other, reasons=tuple(sorted(_strongest(found), key=lambda reason: -WEIGHT[reason])))
        for (one, other), found in reasons.items()
    ]
    return sorted((pair for pair in pairs if pair.weight >= ENOUGH), key=lambda pair: (-pair.weight, pair.one))


def domain_of(address: str) -> str:
    """Return the host of a mail or web address that tells something of its owner, else nothing."""
    host = address.strip().lower().rpartition("@")[2]
    host = host.partition("://")[2] or host
    host = host.partition("/")[0].partition(":")[0].removeprefix("www.")
    return "" if host in FREE_MAIL or "." not in host else host


def _keys(entry: Entry) -> Iterator[tuple[Reason, str]]:
    number = _plain(entry.tax_code)
    if number:
        yield Reason.TAX_CODE, number
    if entry.country == "VN":
        yield Reason.BRANCH, number[:10]
    for name in entry.names:
        core = core_name(name).replace(" ", "")
        if core:
            yield Reason.NAME, core
            if entry.province:
                yield Reason.NAME_AND_PROVINCE, f"{core}/{entry.province}"
    for phone in entry.phones:
        if phone:
            yield Reason.PHONE, phone
    for address in (*entry.mails, entry.website):
        domain = domain_of(address)
        if domain:
            yield Reason.DOMAIN, domain


def _plain(text: str) -> str:
    return "".join(letter for letter in text.upper() if letter.isalnum())


def _strongest(found: set[Reason]) -> set[Reason]:
    weaker = {Reason.NAME_AND_PROVINCE: Reason.NAME, Reason.TAX_CODE: Reason.BRANCH}
    return found - {less for more, less in weaker.items() if more in found}
