"""Which sides of a booth are open."""

from fairapp.booths.geometry import Rect
from fairapp.site.fascia import open_sides

HALL = {"hall_width": 30, "hall_depth": 20}


def booth(code: str, x: float, y: float) -> Rect:
    return Rect(code=code, x=x, y=y, width=3, depth=3)


def test_a_booth_in_a_row_is_open_to_both_aisles_and_a_corner_also_at_its_end():
    row = [booth("1", 3, 3), booth("2", 6, 3), booth("3", 9, 3)]

    assert open_sides(row[0], row, **HALL) == ("top", "bottom", "left")
    assert open_sides(row[1], row, **HALL) == ("top", "bottom")
    assert open_sides(row[2], row, **HALL) == ("top", "right", "bottom")


def test_walls_close_a_booth():
    corner = booth("1", 0, 0)

    assert open_sides(corner, [corner], **HALL) == ("right", "bottom")
