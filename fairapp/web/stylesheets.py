"""The style sheet: one file to load, put together from the components at start."""

import hashlib
from functools import cache
from pathlib import Path

from flask import Blueprint, Flask, Response, current_app, g, make_response, url_for

from fairapp.web.access import allow_public, current_fair

bp = Blueprint("stylesheets", __name__)
FIRST = ("fonts.css", "tokens.css", "base.css", "layout.css")
FOREVER = "public, max-age=31536000, immutable"


def init_app(app: Flask) -> None:
    """Serve the sheet, and tell the templates where."""
    app.register_blueprint(bp)
    app.add_template_global(stylesheet_url, "stylesheet_url")
    app.add_template_global(fair_stylesheet_url, "fair_stylesheet_url")


def stylesheet_url() -> str:
    """Return the address of the style sheet; it changes with the content."""
    return url_for("stylesheets.show_stylesheet", version=_version(_sheet()))


def fair_stylesheet_url() -> str | None:
    """Return the address of the sheet that sets the fair's colour, on pages of a fair."""
    if g.get("fair") is None:
        return None
    return url_for("stylesheets.show_colour", colour=g.fair.colour.lstrip("#"))


@bp.get("/css/<version>.css")
@allow_public
def show_stylesheet(version: str) -> Response:
    """Answer with every rule of every page."""
    return _css(_sheet())


@bp.get("/<fair:fair_code>/colour-<colour>.css")
@allow_public
def show_colour(colour: str) -> Response:
    """Answer with the fair's own colour."""
    return _css(f":root {{ --fair: {current_fair().colour}; }}\n")


def _css(text: str) -> Response:
    answer = make_response(text)
    answer.content_type = "text/css; charset=utf-8"
    answer.headers["Cache-Control"] = FOREVER
    return answer


def _sheet() -> str:
    folder = Path(current_app.static_folder or "") / "css"
    if current_app.debug:
        _read.cache_clear()
    return _read(folder)


@cache
def _read(folder: Path) -> str:
    files = [folder / name for name in FIRST] + sorted((folder / "components").glob("*.css"))
    return "\n".join(file.read_text(encoding="utf-8") for file in files if file.exists())


@cache
def _version(sheet: str) -> str:
    return hashlib.sha256(sheet.encode()).hexdigest()[:12]
