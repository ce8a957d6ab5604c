"""Shapes on the floor: open sides, overlaps, walls."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairapp.booths.geometry import Rect, is_inside, open_edges, overlaps

HALL = {"hall_width": 30, "hall_depth": 20}


def rect(code="A1", x=3.0, y=3.0, width=3.0, depth=3.0) -> Rect:
    return Rect(code=code, x=x, y=y, width=width, depth=depth)


def count_open(booth, *others, **hall):
    return open_edges(booth, others, **{**HALL, **hall}).count("M")


def test_an_island_is_open_on_every_side():
    assert open_edges(rect(), [rect()], **HALL) == "M3 3H6M3 6H6M3 3V6M6 3V6"


@pytest.mark.parametrize(
    ("others", "open_sides"),
    [
        ([rect("B", x=6)], 3),
        ([rect("B", x=6), rect("C", x=0)], 2),
        ([rect("B", x=6), rect("C", x=0), rect("D", y=6)], 1),
        ([rect("B", x=6), rect("C", x=0), rect("D", y=6), rect("E", y=0)], 0),
    ],
    ids=["end of a row", "in a row", "back to back", "closed in"],
)
def test_a_neighbor_closes_a_side(others, open_sides):
    assert count_open(rect(), *others) == open_sides


def test_a_wall_closes_a_side():
    assert count_open(rect(x=0, y=0)) == 2
    assert count_open(rect(x=27, y=17)) == 2


def test_two_narrow_neighbors_close_a_side_together_and_one_alone_does_not():
    narrow, other = rect("B", x=6, y=3, depth=1.5), rect("C", x=6, y=4.5, depth=1.5)

    assert count_open(rect(), narrow, other) == 3
    assert count_open(rect(), narrow) == 4


def test_an_aisle_keeps_a_side_open():
    assert count_open(rect(), rect("B", x=6.2)) == 4


def test_a_neighbor_that_touches_a_corner_only_closes_nothing():
    assert count_open(rect(), rect("B", x=6, y=6)) == 4


def test_booths_that_share_floor_are_named_once_in_order():
    booths = [rect("B", x=5), rect("A"), rect("C", x=20)]

    assert overlaps(booths) == [("A", "B")]


def test_booths_that_touch_share_no_floor():
    assert overlaps([rect("A"), rect("B", x=6), rect("C", y=6)]) == []


@pytest.mark.parametrize(
    ("booth", "inside"),
    [
        (rect(x=0, y=0), True),
        (rect(x=27, y=17), True),
        (rect(x=27.2, y=17), False),
        (rect(x=3, y=17.2), False),
        (rect(x=-0.2, y=3), False),
        (rect(x=3, y=-0.2), False),
    ],
)
def test_a_booth_lies_within_its_hall(booth, inside):
    assert is_inside(booth, **HALL) is inside


half_metres = st.integers(0, 20).map(lambda number: number / 2)
sides = st.integers(1, 6).map(lambda number: number / 2)
rects = st.builds(rect, st.just("?"), x=half_metres, y=half_metres, width=sides, depth=sides)
floors = st.lists(rects, min_size=1, max_size=6).map(
    lambda booths: [
        Rect(code=f"B{number}", x=one.x, y=one.y, width=one.width, depth=one.depth) for number, one in enumerate(booths)
    ]
)


@given(floors, st.randoms(use_true_random=False))
def test_the_order_of_the_booths_changes_nothing(booths, chance):
    mixed = list(booths)
    chance.shuffle(mixed)

    assert overlaps(mixed) == overlaps(booths)
    assert open_edges(booths[0], mixed, **HALL) == open_edges(booths[0], booths, **HALL)


@given(floors)
def test_booths_overlap_where_a_quarter_metre_belongs_to_both(booths):
    def cells(booth):
        return {
            (x, y)
            for x in range(int(booth.x * 2), int((booth.x + booth.width) * 2))
            for y in range(int(booth.y * 2), int((booth.y + booth.depth) * 2))
        }

    shared = [
        (one.code, other.code)
        for number, one in enumerate(booths)
        for other in booths[number + 1 :]
        if cells(one) & cells(other)
    ]

    assert overlaps(booths) == sorted(shared)


@given(floors)
def test_every_side_of_a_booth_is_open_or_closed_and_never_both(booths):
    paths = open_edges(booths[0], booths, **HALL).split("M")[1:]

    assert len(paths) == len(set(paths)) <= 4
