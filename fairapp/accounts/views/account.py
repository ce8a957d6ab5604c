"""The account's own pages."""

from flask import Blueprint, redirect, request
from flask_security import current_user
from werkzeug.wrappers import Response

from fairapp.accounts import service
from fairapp.web import languages
from fairapp.web.access import allow_public

bp = Blueprint("account", __name__)
ONE_YEAR = 365 * 24 * 3600


@bp.post("/language")
@allow_public
def switch_language() -> Response:
    """Remember the language on this device, and in the account of whoever is signed in."""
    chosen = request.form.get("language", languages.DEFAULT)
    answer = redirect(languages.safe_path(request.form.get("next")), code=303)
    if chosen in languages.LANGUAGES:
        answer.set_cookie(
            languages.COOKIE,
            chosen,
            max_age=ONE_YEAR,
            httponly=True,
            samesite="Lax",
            secure=request.is_secure,
        )
        if current_user.is_authenticated:
            service.set_language(current_user.id, chosen)
    return answer
