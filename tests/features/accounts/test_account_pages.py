"""The pages of an account are ours, from the first to the last: none falls back on the library's own."""

import re
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pyotp
import pytest
import sqlalchemy as sa
from flask import template_rendered
from flask_security import hash_password
from flask_security.recoverable import generate_reset_password_token

from fairapp.accounts.models import Account, Passkey
from fairapp.database import db, transaction

OURS = Path(__file__).parents[3] / "templates"
PASSWORD = "rat-dai-va-kho"


@contextmanager
def templates_of(app):
    """Collect the files of the templates that are rendered."""
    files = []

    def note(_sender, template, **_facts):
        files.append(Path(template.filename))

    with template_rendered.connected_to(note, app):
        yield files


@pytest.fixture
def account(sqlite_world):
    with sqlite_world.app.test_request_context():
        password = hash_password(PASSWORD)
    return sqlite_world.make_account(email="mai@fair.example", password=password)


def give_password(world):
    client = world.visitor()
    client.post("/account/sign-in", data={"email": "mai@fair.example", "password": PASSWORD})
    return client


def give_second_factor(world):
    """Let the account ask for a code, and return the secret that makes codes."""
    with world.app.test_request_context():
        secret = world.app.extensions["security"].totp_factory.generate_totp_secret()
        with transaction() as session:
            account = session.scalars(sa.select(Account)).one()
            account.tf_primary_method, account.tf_totp_secret = "authenticator", secret
    return secret


def show(world, client, path):
    with templates_of(world.app) as files:
        answer = client.get(path)
    assert answer.status_code == 200
    assert answer.text.count("<h1") == 1
    assert [file for file in files if not file.is_relative_to(OURS)] == []
    return answer.text


@pytest.mark.parametrize("path", ["sign-in", "sign-up", "reset", "confirm", "wan-signin"])
def test_what_somebody_without_an_account_sees(sqlite_world, path):
    show(sqlite_world, sqlite_world.visitor(), f"/account/{path}")


@pytest.mark.parametrize("path", ["password", "verify", "tf-setup", "mf-recovery-codes", "wan-register"])
def test_what_somebody_who_is_signed_in_sees(sqlite_world, account, path):
    show(sqlite_world, give_password(sqlite_world), f"/account/{path}")


def test_the_page_that_sets_a_new_password(sqlite_world, account):
    with sqlite_world.app.test_request_context():
        token = generate_reset_password_token(db.session.merge(account))

    page = show(sqlite_world, sqlite_world.visitor(), f"/account/reset/{token}")

    assert "At least 10 characters." in page


def test_recovery_codes_are_hidden_made_shown_and_used_once(sqlite_world, account):
    signed_in = give_password(sqlite_world)
    give_second_factor(sqlite_world)
    assert "You have no recovery codes yet." in signed_in.get("/account/mf-recovery-codes?show_codes=1").text
    codes = re.findall(r"<li><code>(.+?)</code>", signed_in.post("/account/mf-recovery-codes").text)
    assert len(codes) == 5
    assert codes[0] not in signed_in.get("/account/mf-recovery-codes").text
    assert codes[0] in signed_in.get("/account/mf-recovery-codes?show_codes=1").text

    client = give_password(sqlite_world)
    assert client.get("/account/").status_code == 303
    show(sqlite_world, client, "/account/mf-recovery")
    client.post("/account/mf-recovery", data={"code": codes[0]})
    assert client.get("/account/").status_code == 200

    client = give_password(sqlite_world)
    assert "Recovery code invalid" in client.post("/account/mf-recovery", data={"code": codes[0]}).text
    assert client.get("/account/").status_code == 303


def test_who_has_two_second_factors_chooses_one(sqlite_world, account):
    secret = give_second_factor(sqlite_world)
    with transaction() as session:
        session.add(
            Passkey(
                credential_id=b"key",
                public_key=b"key",
                name="Phone",
                usage="secondary",
                user_id=account.id,
                lastuse_datetime=datetime(2027, 1, 1),
            )
        )
    client = give_password(sqlite_world)
    page = show(sqlite_world, client, "/account/tf-select")
    assert ("Authenticator app" in page, "Passkey" in page) == (True, True)

    answer = client.post("/account/tf-select", data={"which": "webauthn"})
    assert "Use a recovery code" in show(sqlite_world, client, answer.location)

    client = give_password(sqlite_world)
    answer = client.post("/account/tf-select", data={"which": "authenticator"})
    show(sqlite_world, client, answer.location)
    with sqlite_world.app.test_request_context():
        key = sqlite_world.app.extensions["security"].totp_factory._totp.from_source(secret).base32_key
    client.post("/account/tf-validate", data={"code": pyotp.TOTP(key).now()})
    assert client.get("/account/").status_code == 200


def test_a_passkey_has_a_name_as_long_as_we_keep_it(sqlite_world, account):
    client = give_password(sqlite_world)

    answers = [
        client.post("/account/wan-register", json={"name": "k" * length, "usage": "first"}).status_code
        for length in (64, 65)
    ]

    assert answers == [200, 400]
