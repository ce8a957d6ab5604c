"""Sign-in: how Flask-Security is set up, and how its mails enter our outbox."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import Flask, Response, after_this_request, request
from flask_babel import lazy_gettext as _
from flask_security import MailUtil, Security, SQLAlchemyUserDatastore, WebauthnUtil

from fairapp.accounts.policy import PUBLIC
from fairapp.database import commit_at_last, db, read_again, write_at_once
from fairapp.web import access, limits
from fairapp.web.limits import limiter
from fairapp.web.settings import setting

SETTINGS: dict[str, Any] = {
    "SECURITY_URL_PREFIX": "/account",
    "SECURITY_STATIC_FOLDER_URL": "/fs-static",
    "SECURITY_LOGIN_URL": "/sign-in",
    "SECURITY_LOGOUT_URL": "/sign-out",
    "SECURITY_REGISTER_URL": "/sign-up",
    "SECURITY_RESET_URL": "/reset",
    "SECURITY_CHANGE_URL": "/password",
    "SECURITY_CONFIRM_URL": "/confirm",
    "SECURITY_VERIFY_URL": "/verify",
    "SECURITY_POST_LOGIN_VIEW": "/account/",
    "SECURITY_POST_LOGOUT_VIEW": "/",
    "SECURITY_POST_REGISTER_VIEW": "/account/check-mail",
    "SECURITY_POST_CONFIRM_VIEW": "/account/",
    "SECURITY_POST_RESET_VIEW": "/account/",
    "SECURITY_POST_CHANGE_VIEW": "/account/",
    "SECURITY_TWO_FACTOR_POST_SETUP_VIEW": "/account/",
    "SECURITY_WAN_POST_REGISTER_VIEW": "/account/",
    "SECURITY_REGISTERABLE": True,
    "SECURITY_CONFIRMABLE": True,
    "SECURITY_RECOVERABLE": True,
    "SECURITY_CHANGEABLE": True,
    "SECURITY_TWO_FACTOR": True,
    "SECURITY_TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
    "SECURITY_TWO_FACTOR_RESCUE_EMAIL": False,
    "SECURITY_MULTI_FACTOR_RECOVERY_CODES": True,
    "SECURITY_WEBAUTHN": True,
    "SECURITY_WAN_ALLOW_AS_FIRST_FACTOR": True,
    "SECURITY_WAN_ALLOW_AS_MULTI_FACTOR": True,
    "SECURITY_WAN_ALLOW_USER_HINTS": True,
    "SECURITY_EMAIL_HTML": False,
    "SECURITY_PASSWORD_HASH": "argon2",
    "SECURITY_PASSWORD_SCHEMES": ["argon2"],
    "SECURITY_PASSWORD_SINGLE_HASH": ["argon2"],
    "SECURITY_PASSWORD_LENGTH_MIN": 10,
    "SECURITY_PASSWORD_NORMALIZE_FORM": "NFKC",
    "SECURITY_INPUT_NORMALIZE_FORM": "NFC",
    "SECURITY_RETURN_GENERIC_RESPONSES": True,
    "SECURITY_LOGIN_WITHIN": timedelta(days=1),
    "SECURITY_JOIN_USER_ROLES": False,
    "SECURITY_USE_REGISTER_V2": True,
    "SECURITY_REDIRECT_ALLOW_SUBDOMAINS": False,
    "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False, "allow_smtputf8": False},
    # Babel's folder, that is ours: Flask-Security has no Vietnamese and no Korean.
    "SECURITY_I18N_DIRNAME": None,
    "SECURITY_TOTP_ISSUER": "fairapp",
    "SECURITY_WAN_RP_NAME": "fairapp",
    "SECURITY_EMAIL_SUBJECT_REGISTER": _("Welcome to fairapp: please confirm your address"),
    "SECURITY_EMAIL_SUBJECT_CONFIRM": _("Please confirm your address"),
    "SECURITY_EMAIL_SUBJECT_PASSWORD_RESET": _("Set a new password"),
    "SECURITY_EMAIL_SUBJECT_PASSWORD_NOTICE": _("Your password was set anew"),
    "SECURITY_EMAIL_SUBJECT_PASSWORD_CHANGE_NOTICE": _("Your password was changed"),
}

GUESSED = (
    "security.login",
    "security.forgot_password",
    "security.send_confirmation",
    "security.register",
    "security.two_factor_token_validation",
    "security.mf_recovery",
)
"""Doors at which somebody may try passwords, codes or addresses."""

CONFIRMS = "security.confirm_email"
"""The link in a mail: a GET that writes."""

SendMail = Callable[..., None]


class Outbox(MailUtil):  # type: ignore[misc]
    """Hands Flask-Security's mails to our outbox instead of to a mail server."""

    send: SendMail

    def send_mail(
        self,
        template: str,
        subject: str,
        recipient: Any,
        sender: Any,
        body: str | None,
        html: str | None,
        **kwargs: Any,
    ) -> None:
        kind = "account." + template.rpartition("/")[2]
        # Whoever asks for a link may forge the Host header: links lead to the host that the settings name.
        text = (body or "").replace(request.host_url, setting("BASE_URL") + "/")
        type(self).send(kind=kind, to=str(recipient), subject=str(subject), body=text)
        # Flask-Security commits only where it changes an account; a mail is kept in any case.
        after_this_request(_keep_mail)


def _keep_mail(answer: Response) -> Response:
    commit_at_last()
    return answer


class PasskeyRules(WebauthnUtil):  # type: ignore[misc]
    """Takes every kind of passkey: Flask-Security's own takes no phone's and no laptop's for signing in."""

    def authenticator_selection(self, user: Any, usage: str) -> Any:
        """Return what an authenticator must be able to do."""
        criteria = super().authenticator_selection(user, usage)
        criteria.authenticator_attachment = None
        return criteria


security = Security(mail_util_cls=Outbox, webauthn_util_cls=PasskeyRules)


def init_app(
    app: Flask,
    *,
    account_model: type[Any],
    passkey_model: type[Any],
    forms: dict[str, Any],
    send_mail: SendMail,
) -> None:
    """Set up sign-in for ``app``."""
    app.config.update(SETTINGS)
    app.config["SECURITY_TWO_FACTOR_VALIDITY_COOKIE"] = {
        "httponly": True,
        "secure": app.config["SESSION_COOKIE_SECURE"],
        "samesite": "Strict",
    }
    Outbox.send = staticmethod(send_mail)
    datastore = SQLAlchemyUserDatastore(db, account_model, None, passkey_model)  # type: ignore[arg-type]
    security.init_app(app, datastore, **forms)
    for endpoint in app.view_functions:
        if endpoint.startswith("security."):
            access.LIBRARY_POLICIES[endpoint] = PUBLIC
    for endpoint in GUESSED:
        of_account = limiter.limit(limits.TRIES, key_func=limits.address_and_account, methods=["POST"])
        of_address = limiter.limit(limits.TRIES_OF_ADDRESS, methods=["POST"])
        guarded: Any = of_address(of_account(app.view_functions[endpoint]))
        app.view_functions[endpoint] = guarded
    app.before_request(_write_at_once)
    app.teardown_request(lambda _error: read_again())


def _write_at_once() -> None:
    # Flask-Security reads the account first and writes it later in the same transaction.
    if request.blueprint == "security" and (request.method == "POST" or request.endpoint == CONFIRMS):
        write_at_once()
