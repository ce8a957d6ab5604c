"""Small questions about the request being answered."""

import re
import uuid

from flask import Flask, abort, g, has_request_context, request

_GIVEN = re.compile(r"[A-Za-z0-9._-]{8,40}")


def init_app(app: Flask) -> None:
    """Refuse requests that no database can take."""
    app.before_request(_refuse_null_characters)
    app.teardown_request(_close_uploads)


def _refuse_null_characters() -> None:
    # PostgreSQL keeps no text with one and answers with a failure; no keyboard types it.
    values = request.args if request.is_json else request.values
    texts = (text for name, entries in values.lists() for text in (name, *entries))
    if "\0" in request.path or any("\0" in text for text in texts):
        abort(400)


def _close_uploads(_error: BaseException | None) -> None:
    # Large uploads lie in temporary files, which would stay open until somebody collects them.
    request.close()


def request_id() -> str:
    """Return the id of this request, the proxy's if it gave one, for the logs and the audit trail."""
    if not has_request_context():
        return ""
    if "request_id" not in g:
        given = request.headers.get("X-Request-ID", "")
        g.request_id = given if _GIVEN.fullmatch(given) else uuid.uuid4().hex
    return str(g.request_id)


def wants_json() -> bool:
    """Whether the client prefers JSON to a page."""
    best = request.accept_mimetypes.best_match(["text/html", "application/json"])
    return best == "application/json" or request.is_json


def is_fragment() -> bool:
    """Whether htmx asks for a part of a page."""
    return request.headers.get("HX-Request") == "true" and request.headers.get("HX-Boosted") != "true"
