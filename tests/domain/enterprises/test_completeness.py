from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest

from fairapp.enterprises.completeness import PARTS, completeness

TODAY = date(2027, 1, 10)


@dataclass
class Capability:
    kind: str
    expires_on: date | None = None


@dataclass
class Product:
    photo_id: int | None = 1


@dataclass
class Profile:
    main_products: dict[str, str] = field(default_factory=lambda: {"vi": "Trục", "en": "Shafts"})
    summary: dict[str, str] = field(default_factory=lambda: {"vi": "Về chúng tôi", "en": "About us"})
    website: str = "https://a.example"
    logo_id: int | None = 1
    tightest_tolerance: str = "tol_001"
    lot_sizes: Any = ("mass",)
    capacity: str = "10.000"
    languages: Any = ("en",)
    capabilities: Any = tuple(Capability(kind) for kind in ("sector", "process", "material", "certificate"))
    machines: Any = (1,)
    figures: Any = (1, 2, 3)
    customers: Any = (1,)
    products: Any = (Product(), Product(), Product())


def missing(profile: Profile, today: date | None = TODAY) -> set[str]:
    return {part.code for part in completeness(profile, today=today).missing}


def test_a_whole_profile_is_complete():
    assert completeness(Profile(), today=TODAY).percent == 100
    assert completeness(Profile(), today=TODAY).missing == ()


def test_the_weights_add_up_to_a_hundred():
    assert sum(part.weight for part in PARTS) == 100


def test_an_empty_profile_has_nothing():
    empty = Profile({}, {}, "", None, "", (), "", (), (), (), (), (), ())

    assert completeness(empty).percent == 0
    assert len(completeness(empty).missing) == len(PARTS)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"main_products": {"vi": "Trục"}}, "main_products_en"),
        ({"summary": {"en": "About"}}, "summary_vi"),
        ({"logo_id": None}, "logo"),
        ({"products": (Product(), Product(), Product(None))}, "products"),
        ({"figures": (1, 2)}, "figures"),
        ({"customers": ()}, "customers"),
        ({"machines": ()}, "machines"),
        ({"lot_sizes": ()}, "lot_sizes"),
    ],
)
def test_what_is_missing_is_named(change, code):
    assert missing(Profile(**change)) == {code}


def test_the_weightiest_gap_comes_first():
    found = completeness(Profile(customers=(), summary={}), today=TODAY).missing

    assert [part.code for part in found] == ["summary_vi", "summary_en", "customers"]


def test_an_expired_certificate_does_not_count():
    others = tuple(Capability(kind) for kind in ("sector", "process", "material"))
    past = Profile(capabilities=(*others, Capability("certificate", date(2027, 1, 9))))
    last_day = Profile(capabilities=(*others, Capability("certificate", TODAY)))

    assert missing(past) == {"certificates"}
    assert missing(last_day) == set()
    assert missing(past, today=None) == set(), "without a day every certificate counts"
