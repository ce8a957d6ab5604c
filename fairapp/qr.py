"""QR codes as one vector path."""

from collections.abc import Iterator
from itertools import groupby
from xml.sax.saxutils import quoteattr

import qrcode
from qrcode.constants import ERROR_CORRECT_M

QUIET_ZONE = 4
"""Modules of white around a code, as its standard demands."""


def matrix(text: str) -> list[list[bool]]:
    """Return the modules of the QR code of ``text`` at level M, row by row, without the quiet zone."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(text)
    code.make(fit=True)
    modules: list[list[bool]] = code.get_matrix()
    return modules


def path(modules: list[list[bool]]) -> str:
    """Return SVG path data in units of one module; dark runs of a row are one rectangle."""
    return "".join(f"M{x} {y}h{length}v1h-{length}z" for x, y, length in _runs(modules))


def drawing(modules: list[list[bool]], *, left: float, top: float, side: float) -> bytes:
    """Return PDF operators that draw a code black, quiet zone and all in a square; in points from below."""
    unit = side / (len(modules) + 2 * QUIET_ZONE)
    place = f"q 0 g {unit:.5f} 0 0 {-unit:.5f} {left + QUIET_ZONE * unit:.3f} {top - QUIET_ZONE * unit:.3f} cm\n"
    return (place + "".join(f"{x} {y} {length} 1 re\n" for x, y, length in _runs(modules)) + "f Q\n").encode("ascii")


def view_box(modules: list[list[bool]]) -> str:
    """Return the SVG view box that puts the quiet zone around a path."""
    side = len(modules) + 2 * QUIET_ZONE
    return f"-{QUIET_ZONE} -{QUIET_ZONE} {side} {side}"


def svg(text: str, *, label: str = "") -> str:
    """Return an SVG picture of the QR code, black on white with its quiet zone; ``label`` names it."""
    modules = matrix(text)
    name = f'role="img" aria-label={quoteattr(label)}' if label else 'aria-hidden="true"'
    side = len(modules) + 2 * QUIET_ZONE
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view_box(modules)}" {name}>'
        f'<path fill="#fff" d="M-{QUIET_ZONE}-{QUIET_ZONE}h{side}v{side}h-{side}z"/>'
        f'<path d="{path(modules)}"/></svg>'
    )


def _runs(modules: list[list[bool]]) -> Iterator[tuple[int, int, int]]:
    """Yield column, row and length of each dark run, row by row."""
    for y, row in enumerate(modules):
        x = 0
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                yield x, y, length
            x += length
