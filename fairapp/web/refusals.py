"""The sentence and the status of every refusal, and the page that shows them."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from flask import Flask, Response, current_app, jsonify, make_response, render_template, request
from flask_babel import format_datetime, gettext
from flask_babel import lazy_gettext as _
from werkzeug.exceptions import HTTPException

from fairapp.errors import FairError
from fairapp.web import requests

REFUSALS: dict[str, tuple[int, Any]] = {
    "refused": (409, _("The fair's rules do not allow this.")),
    # doors
    "not_found": (404, _("There is nothing at this address. It may have been moved, or it belongs to another fair.")),
    "not_allowed": (403, _("Your account may not open this page. Ask the organizer for the role that may.")),
    "sign_in_needed": (401, _("Your session has ended. Sign in again; what you typed is still on the page.")),
    # applications
    "application_state": (409, _("This application has been decided in the meantime. Look at it again.")),
}

HTTP_REFUSALS: dict[int, Any] = {
    400: _("The request was not understood. Go back and try again."),
    401: _("Sign in to see this page."),
    403: _("You may not open this page."),
    404: _("There is nothing at this address. It may have been moved, or it belongs to another fair."),
    405: _("This address cannot be used in this way."),
    409: _("Somebody changed this in the meantime. Look at it again."),
    410: _("What was here is gone."),
    413: _("The file is larger than allowed."),
    415: _("Files of this kind are not accepted."),
    422: _("Some entries need to be corrected."),
    429: _("Too many attempts in a short time. Wait a minute and try again."),
    500: _("Something went wrong on our side. It has been noted; please try again."),
    503: _("The service is not ready yet. Try again in a minute."),
}


def status_of(error: FairError) -> int:
    """Return the HTTP status of a refusal."""
    return REFUSALS[error.code][0]


def sentence_of(error: FairError) -> str:
    """Return what a refusal says, in the reader's language."""
    return sentence(error.code, error.facts)


def sentence(code: str, facts: Mapping[str, object]) -> str:
    """Return the sentence of a refusal's code with its facts filled in."""
    return str(REFUSALS[code][1]) % {name: _readable(fact) for name, fact in facts.items()}


def _readable(fact: object) -> object:
    return format_datetime(fact, "short") if isinstance(fact, datetime) else fact


def all_codes(base: type[FairError] = FairError) -> Iterator[str]:
    """Yield the code of every refusal that is defined anywhere."""
    yield base.code
    for refusal in base.__subclasses__():
        yield from all_codes(refusal)


def init_app(app: Flask) -> None:
    """Answer every refusal and every error of ``app`` with a page, a fragment or JSON."""
    app.register_error_handler(FairError, _answer_refusal)
    app.register_error_handler(HTTPException, _answer_http)
    app.register_error_handler(Exception, _answer_failure)


def _answer_refusal(error: FairError) -> Response:
    return _answer(status_of(error), error.code, sentence_of(error))


def _answer_http(error: HTTPException) -> Response:
    if error.response is not None or error.code is None or error.code < 400:
        return make_response(error.get_response())
    answer = _answer(error.code, f"http_{error.code}", str(HTTP_REFUSALS.get(error.code, error.description)))
    for name, value in error.get_headers():
        if name.lower() not in {"content-type", "content-length"}:
            answer.headers[name] = value
    return answer


def _answer_failure(error: Exception) -> Response:
    if current_app.testing or current_app.config.get("PROPAGATE_EXCEPTIONS"):
        raise error
    current_app.logger.exception("unexpected failure")
    return _answer(500, "http_500", gettext("Something went wrong on our side. It has been noted; please try again."))


def _answer(status: int, code: str, text: str) -> Response:
    if requests.wants_json():
        return make_response(jsonify(code=code, message=text, request_id=requests.request_id()), status)
    if requests.is_fragment():
        answer = make_response(render_template("refusal_toast.html", code=code, sentence=text), status)
        answer.headers["HX-Retarget"] = "#toasts"
        answer.headers["HX-Reswap"] = "beforeend"
        return answer
    page = render_template(
        "refusal.html", status=status, code=code, sentence=text, back=_way_back(), request_id=requests.request_id()
    )
    return make_response(page, status)


def _way_back() -> str | None:
    origin = request.host_url.rstrip("/") + "/"
    if request.referrer and request.referrer.startswith(origin) and request.referrer != request.url:
        return "/" + request.referrer.removeprefix(origin)
    return None
