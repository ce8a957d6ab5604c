"""Reading halls, booths and tables: every booth inside its hall, none upon another."""

from collections.abc import Sequence

from fairapp.imports.known import Known
from fairapp.imports.rows import Row
from fairapp.imports.seeds import BoothSeed, HallSeed, TableSeed

LONGEST_SIDE = 1000
"""Metres; no hall is longer."""

SLACK = 0.005
"""Metres and m² by which drawings may differ."""


def read_halls(rows: Sequence[Row], known: Known) -> tuple[HallSeed, ...]:
    """Return the halls."""
    return tuple(_read_hall(row, known) for row in rows)


def read_booths(rows: Sequence[Row], halls: Sequence[HallSeed], known: Known) -> tuple[BoothSeed, ...]:
    """Return the booths, each within its hall and apart from the others."""
    booths = tuple(_read_booth(row, known) for row in rows)
    by_code = {hall.code: hall for hall in halls}
    for number, (row, booth) in enumerate(zip(rows, booths, strict=True)):
        if hall := by_code.get(booth.hall):
            _check_inside(row, booth, hall)
        _check_apart(row, booth, booths[:number])
    return booths


def read_tables(rows: Sequence[Row], known: Known) -> tuple[TableSeed, ...]:
    """Return the tables for meetings."""
    return tuple(_read_table(row, known) for row in rows)


def _read_hall(row: Row, known: Known) -> HallSeed:
    hall = HallSeed(
        code=row.text("code", longest=8, required=True),
        name=row.texts("name", longest=200, required=True),
        width=_side(row, "width_m"),
        depth=_side(row, "depth_m"),
    )
    known.claim(row, "code", "hall", hall.code)
    row.finish()
    return hall


def _read_booth(row: Row, known: Known) -> BoothSeed:
    width, depth = _side(row, "width_m"), _side(row, "depth_m")
    area = row.number("area_m2", least=0.1, most=LONGEST_SIDE**2)
    booth = BoothSeed(
        code=row.text("code", longest=16, required=True),
        hall=row.text("hall", longest=8, required=True),
        booth_type=row.code("type", "booth_types", required=True),
        x=row.number("x_m", least=0, most=LONGEST_SIDE, required=True) or 0,
        y=row.number("y_m", least=0, most=LONGEST_SIDE, required=True) or 0,
        width=width,
        depth=depth,
        area=width * depth if area is None else area,
        corner=row.switch("corner", default=False),
        blocked=row.switch("blocked", default=False),
    )
    if width and depth and abs(booth.area - width * depth) > SLACK:
        row.refuse("area_m2", "area_mismatch", area=booth.area, expected=round(width * depth, 2))
    known.claim(row, "code", "booth", booth.code)
    known.lead_to(row, "hall", "hall", booth.hall)
    row.finish()
    return booth


def _side(row: Row, key: str) -> float:
    return row.number(key, least=0.1, most=LONGEST_SIDE, required=True) or 0


def _check_inside(row: Row, booth: BoothSeed, hall: HallSeed) -> None:
    if booth.x + booth.width > hall.width + SLACK or booth.y + booth.depth > hall.depth + SLACK:
        row.refuse("hall", "booth_outside_hall", booth=booth.code, hall=hall.code)


def _check_apart(row: Row, booth: BoothSeed, earlier: Sequence[BoothSeed]) -> None:
    other = next((one for one in earlier if one.hall == booth.hall and _overlap(one, booth)), None)
    if other is not None:
        row.refuse("x_m", "booths_overlap", booth=booth.code, other=other.code)


def _overlap(one: BoothSeed, other: BoothSeed) -> bool:
    across = min(one.x + one.width, other.x + other.width) - max(one.x, other.x)
    along = min(one.y + one.depth, other.y + other.depth) - max(one.y, other.y)
    return across > SLACK and along > SLACK


def _read_table(row: Row, known: Known) -> TableSeed:
    table = TableSeed(
        code=row.text("code", longest=16, required=True),
        hall=row.text("hall", longest=8),
        seats=row.whole("seats", least=2, most=50) or TableSeed.seats,
    )
    known.claim(row, "code", "table", table.code)
    known.lead_to(row, "hall", "hall", table.hall)
    row.finish()
    return table
