"""Who is left of a list of recipients."""

import pytest

from fairapp.letters.recipients import Filters, Recipient, choose


def recipient(key, **values):
    defaults = {
        "enterprise_id": 1,
        "enterprise": key,
        "to": f"{key}@enterprise.example",
        "to_name": "Long",
        "phone": "",
        "language": "vi",
        "search_text": f" {key}",
    }
    return Recipient(key=key, **{**defaults, **values})


EVERYBODY = [
    recipient("an", status="accepted", booths=("A101",), halls=frozenset({"A"}), kinds=frozenset({"shell_scheme"})),
    recipient("binh", status="confirmed", owed=5_000_000, language="ja", co_organizer="HN"),
    recipient("chau", status="accepted", late=frozenset({"task1"}), kinds=frozenset({"raw_space"})),
    recipient("dung", to="", status="accepted"),
]


@pytest.mark.parametrize(
    ("filters", "left"),
    [
        ({}, "an binh chau"),
        ({"status": "accepted"}, "an chau"),
        ({"co_organizer": "HN"}, "binh"),
        ({"hall": "A"}, "an"),
        ({"kind": "raw_space"}, "chau"),
        ({"language": "ja"}, "binh"),
        ({"late": "any"}, "chau"),
        ({"late": "task1"}, "chau"),
        ({"late": "task2"}, ""),
        ({"unpaid": "yes"}, "binh"),
        ({"booth": "has"}, "an"),
        ({"booth": "none"}, "binh chau"),
        ({"query": "bi"}, "binh"),
        ({"status": "accepted", "booth": "none"}, "chau"),
    ],
)
def test_filters_leave_whom_they_name_and_nobody_without_an_address(filters, left):
    assert [one.key for one in choose(EVERYBODY, Filters(**filters))] == left.split()


def test_filters_come_back_from_the_address_they_make():
    filters = Filters(query="sao mai", late="any", audience="applications")

    assert Filters.read(filters.arguments()) == filters


def test_an_address_with_anything_else_in_it_filters_by_nothing():
    assert Filters.read({"audience": "everybody", "page": "2", "csrf_token": "x", "hall": ""}) == Filters()
