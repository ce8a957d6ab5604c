"""Settings and addresses for code that must not know Flask."""

from typing import Any

from flask import current_app, url_for


def setting(name: str) -> Any:
    """Return a setting of the running installation; see ``config.py``."""
    return current_app.config[name]


def absolute_url(endpoint: str, **values: Any) -> str:
    """Return the full address of a page for mails and files, on the host that the settings name."""
    return str(setting("BASE_URL")) + url_for(endpoint, _external=False, **values)
