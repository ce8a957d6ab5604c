"""Logs: one JSON object a line, with the request's id."""

import json
import logging
import sys
import time
from datetime import UTC, datetime

from flask import Flask, Response, g, request

from fairapp.web import requests

EXTRAS = ("method", "path", "status", "ms", "ip", "account", "fair", "job", "attempt")


class JsonLines(logging.Formatter):
    """Write a record as one line of JSON; exceptions go along as text."""

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if request_id := requests.request_id():
            entry["request_id"] = request_id
        entry |= {name: value for name in EXTRAS if (value := getattr(record, name, None)) is not None}
        if record.exc_info:
            entry["exception"] = self.formatException(record.exc_info)
        return json.dumps(entry, ensure_ascii=False, default=str)


def init_app(app: Flask, *, level: str) -> None:
    """Log every request of ``app`` as JSON lines on standard error."""
    app.logger.setLevel(level)
    if not app.testing:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(JsonLines())
        root = logging.getLogger()
        root.handlers[:] = [handler]
        app.logger.handlers.clear()
        app.logger.propagate = True
    app.before_request(_start_clock)
    app.after_request(_log_request)


def _start_clock() -> None:
    g.started = time.perf_counter()


def _log_request(answer: Response) -> Response:
    if request.endpoint in {"static", "health.show_health"}:
        return answer
    fair = g.get("fair")
    logging.getLogger("fairapp.requests").info(
        "%s %s %s",
        request.method,
        _path(),
        answer.status_code,
        extra={
            "method": request.method,
            "path": _path(),
            "status": answer.status_code,
            "ms": round((time.perf_counter() - g.get("started", time.perf_counter())) * 1000, 1),
            "ip": request.remote_addr,
            "fair": fair.code if fair is not None else None,
        },
    )
    return answer


def _path() -> str:
    """Return the path without the secret of a personal link: whoever reads logs must not open it."""
    path = request.path
    for name, value in (request.view_args or {}).items():
        if name == "token" or name.endswith("_token"):
            path = path.replace(str(value), "…")
    return path
