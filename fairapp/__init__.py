"""fairapp: an event management system for industry trade fairs."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask
from flask_migrate import Migrate
from flask_wtf import CSRFProtect
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from fairapp import commands, context, features, tables
from fairapp.accounts import queries as account_queries
from fairapp.accounts.forms import PasskeyForm, SignInForm, SignUpForm
from fairapp.accounts.models import Account, Passkey
from fairapp.accounts.views import saved_views
from fairapp.database import db, engine_options, prepare_engine
from fairapp.fairs import queries as fair_queries
from fairapp.jobs import executors
from fairapp.mail import outbox
from fairapp.web import (
    access,
    clock,
    exports,
    filters,
    headers,
    health,
    languages,
    logs,
    parts,
    refusals,
    requests,
    sessions,
    styleguide,
    stylesheets,
    toasts,
    words,
)
from fairapp.web.limits import limiter, storage_address

TABLES = tables.MODULES
ROOT = Path(__file__).parent.parent
DEFAULTS: dict[str, Any] = {
    "CLOCK": clock.utc_now,
    "MIGRATIONS": str(ROOT / "migrations"),
    "MAX_CONTENT_LENGTH": 48 * 1024 * 1024,
    "MAX_FORM_MEMORY_SIZE": 2 * 1024 * 1024,
    "LONGEST_STREAM": 600.0,
    "SESSION_COOKIE_NAME": "fairapp",
    "SESSION_COOKIE_HTTPONLY": True,
    "SESSION_COOKIE_SAMESITE": "Lax",
    "REMEMBER_COOKIE_HTTPONLY": True,
    "REMEMBER_COOKIE_SAMESITE": "Lax",
    "SQLALCHEMY_TRACK_MODIFICATIONS": False,
    "WTF_CSRF_TIME_LIMIT": None,
}


def create_app(settings: Mapping[str, Any]) -> Flask:
    """Assemble the service from its settings; see ``config.from_environment`` for what they are."""
    app = Flask("fairapp", template_folder=str(ROOT / "templates"), static_folder=str(ROOT / "static"))
    app.config.update(DEFAULTS)
    app.config.update(settings)
    url = app.config["SQLALCHEMY_DATABASE_URI"]
    app.config.setdefault("SQLALCHEMY_ENGINE_OPTIONS", engine_options(url))
    app.config.setdefault("RATELIMIT_STORAGE_URI", storage_address(app.config["REDIS_URL"]))
    app.config["REMEMBER_COOKIE_SECURE"] = app.config["SESSION_COOKIE_SECURE"]
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    _add_extensions(app)
    _add_web(app)
    features.register(app)
    commands.register(app)
    executors.init_app(app)
    _wrap(app)
    return app


def _add_extensions(app: Flask) -> None:
    db.init_app(app)
    with app.app_context():
        for engine in db.engines.values():
            prepare_engine(engine)
    # Foreign keys stay off while SQLite migrates: batch mode would delete child rows otherwise.
    Migrate(app, db, directory=app.config["MIGRATIONS"], render_as_batch=True, compare_type=True)
    CSRFProtect(app)
    limiter.init_app(app)


def _add_web(app: Flask) -> None:
    logs.init_app(app, level=app.config["LOG_LEVEL"])
    requests.init_app(app)
    languages.init_app(app, translations=str(ROOT / "fairapp" / "translations"))
    sessions.init_app(
        app,
        account_model=Account,
        passkey_model=Passkey,
        forms={"login_form": SignInForm, "register_form": SignUpForm, "wan_register_form": PasskeyForm},
        send_mail=outbox.send_account_mail,
    )
    access.init_app(app, find_fair=fair_queries.find_fair, list_memberships=account_queries.list_memberships)
    refusals.init_app(app)
    headers.init_app(app)
    filters.init_app(app)
    exports.init_app(app)
    words.init_app(app)
    toasts.init_app(app)
    parts.init_app(app)
    saved_views.init_app(app)
    stylesheets.init_app(app)
    context.init_app(app)
    app.register_blueprint(health.bp)
    app.register_blueprint(styleguide.bp)


def _wrap(app: Flask) -> None:
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app, root=str(ROOT / "static"), prefix="static/", autorefresh=app.debug or app.testing
    )
    if proxies := app.config["TRUSTED_PROXIES"]:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies, x_prefix=proxies
        )
