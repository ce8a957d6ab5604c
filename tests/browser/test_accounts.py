"""Signing in without a password, and with more than a password."""

import base64
import re
import time

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from flask_security import hash_password
from playwright.sync_api import Page, expect

from fairapp.accounts.models import Account
from tests.browser.checks import faults, watch_policy
from tests.browser.people import People, fill
from tests.browser.scene import Scene, unique

PASSWORD = "hoi-cho-2027-thu"


@pytest.fixture
def account(scene: Scene) -> Account:
    with scene.service.app.test_request_context():
        password = hash_password(PASSWORD)
    return scene.world.make_account(
        password=password, email=f"{unique('mai').replace(' ', '')}@fair.example", fs_uniquifier=unique("mai")
    )


def test_a_passkey_signs_in_without_a_password(people: People, account: Account):
    page = people.somebody()
    watch_policy(page)
    _plug_in_a_passkey(page)
    _sign_in(page, account)
    page.goto("/account/wan-register")
    fill(page, name="Điện thoại", usage=["first"])
    page.get_by_role("button", name="Set up a passkey").click()
    expect(page.locator("#toasts")).to_contain_text("Điện thoại")
    page.goto("/account/wan-register")
    expect(page.locator("main")).to_contain_text("Điện thoại")
    assert faults(page) == []

    _sign_out(page)
    page.goto("/account/sign-in")
    page.get_by_role("link", name="Sign in with a passkey").click()
    page.get_by_role("button", name="Go on").click()
    page.wait_for_url("**/account/")
    expect(page.get_by_role("heading", level=1)).to_have_text(account.full_name)


def test_a_second_factor_asks_for_a_code_and_recovery_codes_stand_in_for_a_lost_phone(people: People, account: Account):
    page = people.somebody()
    watch_policy(page)
    _sign_in(page, account)
    page.goto("/account/tf-setup")
    page.get_by_label("Authenticator app").check()
    page.get_by_role("button", name="Go on").click()
    secret = re.sub(r"\W", "", page.locator("main code").inner_text())
    expect(page.locator("main img.qr")).to_be_visible()
    fill(page, code=_code(secret))
    page.get_by_role("button", name="Check the code").click()
    page.wait_for_url("**/account/")

    # The recovery codes are shown once, to be written down.
    page.goto("/account/mf-recovery-codes")
    page.locator("main form[method=post]").get_by_role("button").click()
    recovery = page.locator("main ul li").first.inner_text()
    assert faults(page) == []

    # From now on the password alone does not do.
    _sign_out(page)
    _give_password(page, account)
    expect(page.locator("main [name=code]")).to_be_visible()
    assert faults(page) == []
    fill(page, code="000000")
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator("main .error")).to_be_visible()
    fill(page, code=_code(secret))
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/account/")

    # The phone is lost: a recovery code, once.
    for worked in (True, False):
        _sign_out(page)
        _give_password(page, account)
        page.get_by_role("link", name="Use a recovery code").click()
        assert faults(page) == []
        fill(page, code=recovery)
        page.locator("main form").get_by_role("button").first.click()
        if worked:
            page.wait_for_url("**/account/")
            expect(page.get_by_role("heading", level=1)).to_have_text(account.full_name)
        else:
            expect(page.locator("main .error, main [role=alert]").first).to_be_visible()


def _plug_in_a_passkey(page: Page) -> None:
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "automaticPresenceSimulation": True}
    able = {"hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True}
    device.send("WebAuthn.addVirtualAuthenticator", {"options": {**options, **able}})


def _give_password(page: Page, account: Account) -> None:
    page.goto("/account/sign-in")
    fill(page, email=account.email, password=PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda url: "/account/sign-in" not in url or "tf" in url)


def _sign_in(page: Page, account: Account) -> None:
    _give_password(page, account)
    page.wait_for_url("**/account/")


def _sign_out(page: Page) -> None:
    page.goto("/account/")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(lambda url: "/account/" not in url)


def _code(secret: str) -> str:
    key = base64.b32decode(secret.upper() + "=" * (-len(secret) % 8))
    return TOTP(key, 6, SHA1(), 30, enforce_key_length=False).generate(time.time()).decode()
