"""QR codes as one vector path."""

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
    parts = []
    for y, row in enumerate(modules):
        x = 0
        while x < len(row):
            if not row[x]:
                x += 1
                continue
            end = x
            while end < len(row) and row[end]:
                end += 1
            parts.append(f"M{x} {y}h{end - x}v1h-{end - x}z")
            x = end
    return "".join(parts)


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
