"""The style guide: complete while developing, gone in production."""

import pathlib
import re

import pytest

from fairapp.web import words

ROOT = pathlib.Path(__file__).parents[3]
COMPONENTS = sorted(path.stem for path in (ROOT / "templates" / "components").glob("*.html"))


@pytest.fixture
def guide(sqlite_app):
    client = sqlite_app.test_client()
    client.set_cookie("language", "vi")
    return client


@pytest.mark.parametrize("name", COMPONENTS)
def test_every_component_is_shown(guide, name):
    assert f'id="component-{name}"' in guide.get("/styleguide/").text


def test_every_state_is_shown_in_both_schemes(guide):
    page = guide.get("/styleguide/").text

    schemes = re.split(r'<section class="guide" data-scheme="(?:light|dark)"', page)[1:]
    assert len(schemes) == 2
    for scheme in schemes:
        for kind, states in words.STATES.items():
            for code, look in states.items():
                assert f'<span class="pill is-{look}">{words.WORDS[kind][code]}</span>' in scheme


def test_a_refused_form_shows_its_mistakes_above_and_beside_the_fields(guide):
    answer = guide.post("/styleguide/", data={"scheme": "light", "light-email": "nobody"})

    assert answer.status_code == 422
    assert '<a href="#light-email">' in answer.text
    assert 'id="light-email-error"' in answer.text
    assert "dark-email-error" not in answer.text, "the other scheme's form was not sent"


def test_something_is_said_with_a_way_back(guide):
    answer = guide.post("/styleguide/toast", follow_redirects=True)

    assert "data-undo" in answer.text


@pytest.mark.parametrize(("method", "path"), [("get", "/"), ("post", "/"), ("post", "/toast")])
def test_it_is_not_there_in_production(sqlite_app, monkeypatch, method, path):
    monkeypatch.setitem(sqlite_app.config, "PRODUCTION", True)

    assert getattr(sqlite_app.test_client(), method)(f"/styleguide{path}").status_code == 404
