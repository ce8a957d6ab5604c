"""What the floor plan writes on a booth."""

import pytest

from fairapp.booths.drawing import edges_of, short, title_of
from fairapp.booths.geometry import Rect


@pytest.mark.parametrize(
    ("name", "width", "shown"),
    [
        ("Cơ khí", 3, "Cơ khí"),
        ("Cơ khí Bình Minh", 3, "Cơ khí…"),
        ("Cơ khí Bình Minh", 9, "Cơ khí Bình Minh"),
        ("東京精密工業", 1, "東京…"),
        ("", 3, ""),
    ],
)
def test_a_name_is_cut_to_the_width_of_its_booth(name, width, shown):
    assert short(name, width) == shown


def test_every_booth_of_a_hall_gets_its_open_sides():
    booths = [
        Rect(code="A1", x=0, y=0, width=3, depth=3),
        Rect(code="A2", x=3, y=0, width=3, depth=3),
    ]

    assert edges_of(booths, hall_width=6, hall_depth=9) == {"A1": "M0 3H3", "A2": "M3 3H6"}


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("", "A101 · free"),
        ("Cơ khí Bình Minh", "A101 · Cơ khí Bình Minh · free"),
        ("Precisiontech Việt", "A101 Precis… · Precisiontech Việt · free"),
    ],
)
def test_a_booth_is_called_first_by_what_is_written_on_it(name, title):
    assert title_of("A101", name, "free", width=3) == title
