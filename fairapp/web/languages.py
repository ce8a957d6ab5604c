"""Which language a page speaks: its address, the switch, then the account, then the browser, then Vietnamese."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from flask import Flask, Request, g, has_request_context, request
from flask_babel import Babel, Domain, get_locale
from flask_security import current_user
from werkzeug.datastructures import LanguageAccept
from werkzeug.utils import cached_property

LANGUAGES = ("vi", "en", "ja", "ko")
DEFAULT = "vi"
NAMES = {"vi": "Tiếng Việt", "en": "English", "ja": "日本語", "ko": "한국어"}
FALLBACK = ("en", "vi", "ja", "ko")
COOKIE = "language"
IN_ADDRESS = "lang"
"""The argument by which a link names the language of its page: search engines know no cookies."""

ONE_YEAR = 365 * 24 * 3600

babel = Babel()
form_texts = Domain(domain="wtforms")


class OurRequest(Request):
    """A request at which Flask-WTF finds our catalogue of WTForms' texts: theirs has no Vietnamese."""

    @cached_property
    def wtforms_translations(self) -> object:
        """The texts of WTForms' own checks in the language of the page."""
        return form_texts.get_translations()


def init_app(app: Flask, *, translations: str) -> None:
    """Let Babel ask us for the language and find the catalogues in ``translations``."""
    app.request_class = OurRequest
    babel.init_app(
        app,
        default_locale=DEFAULT,
        default_translation_directories=translations,
        locale_selector=choose_language,
        timezone_selector=choose_timezone,
    )


def choose_language() -> str:
    """Return the language of the page being answered."""
    if not has_request_context():
        return DEFAULT
    for chosen in (request.args.get(IN_ADDRESS), request.cookies.get(COOKIE)):
        if chosen in LANGUAGES:
            return chosen
    account_language = getattr(current_user, "language", None)
    if account_language in LANGUAGES:
        return str(account_language)
    return accepted_language(request.accept_languages) or DEFAULT


def accepted_language(accepted: LanguageAccept) -> str | None:
    """Return the first of our languages that a browser asks for, or ``None``."""
    for tag, _quality in accepted:
        code = tag.replace("_", "-").split("-")[0].lower()
        if code in LANGUAGES:
            return code
    return None


def choose_timezone() -> str:
    """Return the zone of the fair on the page."""
    fair = g.get("fair") if has_request_context() else None
    return fair.timezone if fair else "Asia/Ho_Chi_Minh"


def current_language() -> str:
    """Return the code of the language in use: ``vi``, ``en``, ``ja`` or ``ko``."""
    locale = get_locale()
    return locale.language if locale else DEFAULT


def text_in(translated: Mapping[str, str] | None, language: str) -> str:
    """Return a text of a fair or exhibitor in ``language``, or in the nearest one it has."""
    if not translated:
        return ""
    for code in (language, *FALLBACK):
        if text := translated.get(code):
            return text
    return ""


def language_of(translated: Mapping[str, str] | None, language: str) -> str:
    """Return the language that ``text_in`` answers in, for the ``lang`` attribute."""
    return next((code for code in (language, *FALLBACK) if (translated or {}).get(code)), language)


def safe_path(target: str | None) -> str:
    """Return ``target`` if it is a path of this site, else the start page."""
    if not target or not target.startswith("/") or target.startswith("//"):
        return "/"
    # Browsers read a backslash as a slash and leave tabs and line breaks out of an address.
    if any(letter < " " or letter in "\\\x7f" for letter in target):
        return "/"
    parts = urlsplit(target)
    if parts.scheme or parts.netloc:
        return "/"
    return target
