"""Uploads and downloads at the edge of the web."""

from typing import Any
from urllib.parse import quote

from flask import Response, make_response


def content_of(field: Any) -> tuple[str, bytes] | None:
    """Return name and bytes of an upload field, or ``None`` if nothing was chosen."""
    if not field.data or not field.data.filename:
        return None
    return field.data.filename, field.data.read()


def download(content: bytes, *, name: str, content_type: str, inline: bool = False) -> Response:
    """Answer with a file; what people uploaded is never shown as a page of ours."""
    answer = make_response(content)
    answer.content_type = content_type
    way = "inline" if inline else "attachment"
    plain = "".join(letter if letter.isascii() and letter not in '"\\' else "_" for letter in name)
    answer.headers["Content-Disposition"] = f"{way}; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return answer
