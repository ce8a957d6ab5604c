"""Lists are sorted by the columns they offer, in both directions."""

import pytest

from fairapp.web.sorting import Sort, read_sort

NAME = Sort(by="name")


@pytest.mark.parametrize(
    ("arguments", "sort"),
    [
        ({}, NAME),
        ({"order": "down"}, NAME),
        ({"sort": "password", "order": "down"}, NAME),
        ({"sort": "area"}, Sort(by="area")),
        ({"sort": "area", "order": "down"}, Sort(by="area", descending=True)),
        ({"sort": "area", "order": "sideways"}, Sort(by="area")),
    ],
)
def test_only_columns_that_are_offered_sort(arguments, sort):
    assert read_sort(arguments, {"name", "area"}, NAME) == sort


def test_a_second_click_turns_the_order_round_and_a_third_turns_it_back():
    once = NAME.after_click("area")

    assert once == Sort(by="area")
    assert once.after_click("area") == Sort(by="area", descending=True)
    assert once.after_click("area").after_click("area") == once
