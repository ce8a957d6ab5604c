"""What every page and every answer has in common."""

import json
import logging
import pathlib
import subprocess
import sys

import pytest

from config import SettingMissing, from_environment
from fairapp.accounts.policy import Role
from fairapp.web.logs import JsonLines
from fairapp.web.refusals import REFUSALS, all_codes
from tests.conftest import settings

COMPLETE = {"SECRET_KEY": "x", "SECURITY_PASSWORD_SALT": "y", "DATABASE_URL": "sqlite:///x.db"}


@pytest.mark.parametrize("name", COMPLETE)
def test_a_missing_setting_is_named_at_the_start(name):
    environ = {key: value for key, value in COMPLETE.items() if key != name}

    with pytest.raises(SettingMissing, match=name):
        from_environment(environ)


@pytest.mark.parametrize(
    ("name", "value"), [("DATABASE_URL", "mysql://x"), ("LOG_LEVEL", "LOUD"), ("PRODUCTION", "yes"), ("JOBS", "cron")]
)
def test_a_setting_that_cannot_be_understood_is_named_at_the_start(name, value):
    with pytest.raises(SettingMissing, match=name):
        from_environment({**COMPLETE, name: value})


def test_every_refusal_has_its_sentence_and_its_status():
    assert sorted(set(all_codes())) == sorted(REFUSALS)


def test_the_service_says_that_it_lives_and_is_ready(app):
    client = app.test_client()

    assert client.get("/healthz").json == {"status": "ok"}
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json["checks"]["database"]) == (200, "ok")


def test_a_database_without_migrations_is_not_ready(tmp_path):
    from fairapp import create_app

    app = create_app(settings(f"sqlite:///{tmp_path / 'empty.db'}", tmp_path))

    assert app.test_client().get("/readyz").status_code == 503


def test_every_answer_forbids_inline_code_and_frames(sqlite_world):
    sqlite_world.make_fair()

    answer = sqlite_world.visitor().get("/SIE27/")

    policy = answer.headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["X-Request-ID"]


def test_only_the_scanner_may_use_the_camera_and_its_decoder(sqlite_world):
    fair = sqlite_world.make_fair()
    sqlite_world.make_gate(fair)
    gate = sqlite_world.sign_in_as(fair, Role.GATE)

    scanner = gate.get("/SIE27/gate/A1/").headers

    assert "wasm-unsafe-eval" in scanner["Content-Security-Policy"]
    assert "camera=(self)" in scanner["Permissions-Policy"]
    assert "camera=()" in gate.get("/SIE27/").headers["Permissions-Policy"]


def test_an_unknown_page_is_told_in_the_readers_language(sqlite_world):
    answer = sqlite_world.visitor().get("/nowhere")

    assert answer.status_code == 404
    assert "There is nothing at this address" in answer.text


def test_an_unpublished_fair_is_there_for_its_own_people_only(sqlite_world):
    fair = sqlite_world.make_fair(published=False)

    assert sqlite_world.visitor().get("/SIE27/").status_code == 404
    assert sqlite_world.sign_in_as(fair, Role.ORGANIZER).get("/SIE27/").status_code == 200


def test_posts_need_the_token_of_their_page(tmp_path):
    from flask_migrate import upgrade

    from fairapp import create_app

    app = create_app(
        settings(f"sqlite:///{tmp_path / 'csrf.db'}", tmp_path, WTF_CSRF_ENABLED=True, WTF_CSRF_SSL_STRICT=False)
    )
    with app.app_context():
        upgrade()

    assert app.test_client().post("/language", data={"language": "en"}).status_code == 400


def test_logs_are_json_lines():
    record = logging.LogRecord("fairapp", logging.INFO, "x.py", 1, "Hội chợ %s", ("SIE27",), None)

    assert json.loads(JsonLines().format(record))["message"] == "Hội chợ SIE27"


def test_a_guesser_is_slowed_down_but_not_the_neighbor_behind_the_same_address(tmp_path):
    from flask_migrate import upgrade

    from fairapp import create_app

    app = create_app(settings(f"sqlite:///{tmp_path / 'limit.db'}", tmp_path, RATELIMIT_ENABLED=True))
    with app.app_context():
        upgrade()
    client = app.test_client()

    codes = {
        client.post("/account/sign-in", data={"email": "a@b.example", "password": "x"}).status_code for _ in range(25)
    }

    other = client.post("/account/sign-in", data={"email": "c@d.example", "password": "x"})

    assert 429 in codes
    assert other.status_code == 200  # a hall full of people shares one address


def test_several_processes_on_sqlite_are_refused():
    root = pathlib.Path(__file__).parents[3]
    environ = {**COMPLETE, "WEB_CONCURRENCY": "2", "PATH": "/usr/bin:/bin"}

    done = subprocess.run(
        [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.py", "-b", "127.0.0.1:0", "wsgi:app"],
        cwd=root, env=environ, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode != 0
    assert "WEB_CONCURRENCY must be 1 with SQLite" in done.stdout + done.stderr
