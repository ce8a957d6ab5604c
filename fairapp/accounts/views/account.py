"""The account's own pages."""

from flask import Blueprint, Flask, redirect, render_template, request, session
from flask_security import current_user, user_registered
from werkzeug.wrappers import Response

from fairapp.accounts import service
from fairapp.accounts.models import Account
from fairapp.mail import queries as mails
from fairapp.web import languages, requests
from fairapp.web.access import allow_public
from fairapp.web.settings import setting

bp = Blueprint("account", __name__)
ONE_YEAR = 365 * 24 * 3600
WELCOME = "account.welcome"


@bp.before_app_request
def _remember_way() -> None:
    # Between signing up and coming in lies a mail: the page that was wanted waits in the session.
    if request.endpoint == "security.register" and request.method == "GET" and request.args.get("next"):
        session["wanted"] = languages.safe_path(request.args["next"])


@user_registered.connect
def _remember_address(sender: Flask, user: Account, **_facts: object) -> None:
    session["signed_up"] = user.email


@bp.get("/account/check-mail")
@allow_public
def show_check_mail() -> str:
    """Ask to open the link in the mail; a trial without a mail server shows the mail itself.

    Only to the browser that signed up, and never in production: whoever reads the mail owns the address.
    """
    address = session.get("signed_up", "")
    on_trial = not setting("PRODUCTION") and not setting("SMTP_URL") and bool(address)
    kept = mails.find_kept_mail(address, WELCOME) if on_trial else None
    name = "accounts/kept_mail.html" if requests.is_fragment() else "accounts/check_mail.html"
    return render_template(name, address=address, on_trial=on_trial, kept=kept)


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
