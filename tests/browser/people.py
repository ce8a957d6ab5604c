"""People before their browsers: who is signed in, in which language, and what their pages complain of."""

import time
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page

from fairapp.accounts.models import Account
from tests.browser.servers import Service

WIDE = {"width": 1440, "height": 900}
PHONE = {"width": 360, "height": 740}


@dataclass
class Complaints:
    """What a browser says against a page: errors, refused content, strangers that it was sent to."""

    host: str
    found: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        page.on("console", lambda message: self._take(message.type, message.text))
        page.on("pageerror", lambda error: self.found.append(f"script: {error}"))
        page.on("request", lambda request: self._look(request.url))

    def _take(self, kind: str, text: str) -> None:
        # A refusal on purpose is an answer with its own assertion, not a complaint.
        refusals = ("Failed to load resource", "Response Status Error Code 4")
        if kind == "error" and not text.startswith(refusals):
            self.found.append(f"console: {text}")

    def _look(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.netloc != self.host:
            self.found.append(f"request to another host: {url}")


class People:
    """Opens browsers of their own for the people of a journey, and closes them."""

    def __init__(self, browser: Browser, service: Service) -> None:
        self._browser = browser
        self._contexts: list[BrowserContext] = []
        self.service = service
        self.complaints = Complaints(urlsplit(service.url).netloc)

    def somebody(self, *, browser: Browser | None = None, language: str = "en", **options: object) -> Page:
        """Return a page of somebody who is not signed in."""
        settings = {"viewport": WIDE, "base_url": self.service.url, "accept_downloads": True, **options}
        context = (browser or self._browser).new_context(**settings)
        context.set_default_timeout(120_000)  # ms; a slow machine is no failure
        self._contexts.append(context)
        speak(context, self.service, language)
        page = context.new_page()
        self.complaints.watch(page)
        return page

    def signed_in(self, account: Account, **options: object) -> Page:
        """Return a page of ``account``, who has signed in before."""
        return self.with_session(account.fs_uniquifier, **options)

    def with_session(self, uniquifier: str, **options: object) -> Page:
        """Return a page of the account with ``uniquifier``."""
        page = self.somebody(**options)
        sign_in(page.context, self.service, uniquifier)
        return page

    def leave(self) -> None:
        for context in self._contexts:
            context.close()


def speak(context: BrowserContext, service: Service, language: str) -> None:
    """Choose the language of a browser."""
    context.add_cookies([{"name": "language", "value": language, "url": service.url}])


def sign_in(context: BrowserContext, service: Service, uniquifier: str) -> None:
    """Give a browser the session that the sign-in page would give it."""
    session = {"_user_id": uniquifier, "_fresh": True, "fs_cc": "set", "fs_paa": time.time()}
    name = service.app.config["SESSION_COOKIE_NAME"]
    context.add_cookies([{"name": name, "value": _signed(service.app, session), "url": service.url, "httpOnly": True}])


def _signed(app: Flask, session: dict[str, object]) -> str:
    serializer = app.session_interface.get_signing_serializer(app)
    return str(serializer.dumps(session))


def fill(page: Page, **values: object) -> None:
    """Fill in the form of a page by the names of its fields; a list ticks boxes."""
    for name, value in values.items():
        field = page.locator(f"main [name={name}]")
        kind = field.first.evaluate("node => node.type")
        if kind in {"checkbox", "radio"}:
            for one in value if isinstance(value, list) else ["y"]:
                field.and_(page.locator(f"[value={one}]")).check()
        elif kind.startswith("select"):
            field.select_option(**(value if isinstance(value, dict) else {"value": str(value)}))
        else:
            field.fill(str(value))
