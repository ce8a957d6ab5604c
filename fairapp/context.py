"""What every template knows: the fair, the account, the language, and where one can go."""

from collections.abc import Sequence
from typing import Any

from flask import Flask, g, request
from flask_babel import gettext
from flask_security import current_user

from fairapp.applications.service import drafts
from fairapp.navigation import days_to_opening, desk, home_url, site, tabs
from fairapp.web import languages
from fairapp.web.access import has_role, memberships


def init_app(app: Flask) -> None:
    """Give the context to every template of ``app``."""
    app.jinja_env.add_extension("jinja2.ext.do")
    app.jinja_env.globals["languages"] = languages.NAMES
    app.add_template_global(languages.current_language, "current_language")
    app.add_template_global(open_drafts, "open_drafts")
    app.context_processor(_context)


def open_drafts() -> Sequence[Any]:
    """Return the applications that the account has begun and not sent, in any fair."""
    return drafts.list_open(current_user.id) if current_user.is_authenticated else []


def _context() -> dict[str, Any]:
    known = current_user.is_authenticated
    scheme = request.cookies.get("scheme")
    return {
        "current_fair": g.get("fair"),
        "current_account": current_user._get_current_object() if known else None,
        "memberships": memberships(),
        "has_role": has_role,
        "language": languages.current_language(),
        "scheme": scheme if scheme in {"light", "dark"} else None,
        "desk_navigation": desk,
        "days_to_opening": days_to_opening,
        "page_tabs": tabs,
        "site_navigation": site,
        "home_url": home_url,
        "product": gettext("fairapp"),
    }
