"""Every refusal is a page, a fragment or JSON, in the reader's language, with the right status."""

import ast
import pathlib
import re
from collections.abc import Iterator

import pytest
from flask import Flask, abort

from fairapp import create_app
from fairapp.database import db
from fairapp.errors import FairError
from fairapp.web.access import allow_public
from fairapp.web.refusals import HTTP_REFUSALS, REFUSALS
from tests.conftest import settings

ROOT = pathlib.Path(__file__).parents[3]
SIGNS = {"vi": "Trang chủ", "en": "Start page"}
"""What the way out is called in each language."""

FACT = "Ω7"


def placeholders(code: str) -> set[str]:
    return set(re.findall(r"%\((\w+)\)s", REFUSALS[code][1]._args[0]))


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """A service with one page that is refused in every way; no page of ours can be refused in all of them."""
    folder = tmp_path_factory.mktemp("refusals")
    app = create_app(settings(f"sqlite:///{folder / 'fair.db'}", folder))

    def refuse(code: str) -> str:
        error = FairError(**dict.fromkeys(placeholders(code), FACT))
        error.code = code
        raise error

    def answer(status: int) -> str:
        abort(status)

    def fail() -> str:
        raise RuntimeError("a fault that nobody foresaw")

    app.add_url_rule("/try/refuse/<code>", "refuse", allow_public(refuse))
    app.add_url_rule("/try/status/<int:status>", "answer", allow_public(answer))
    app.add_url_rule("/try/fail", "fail", allow_public(fail))
    app.config["TESTING"] = False
    yield app
    with app.app_context():
        db.engine.dispose()


def ask(service: Flask, path: str, *, language: str = "en", **headers: str):
    client = service.test_client()
    client.set_cookie("language", language)
    return client.get(path, headers=headers)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("code", sorted(REFUSALS))
def test_a_refusal_is_told_in_every_form(service, code, language):
    path, status = f"/try/refuse/{code}", REFUSALS[code][0]

    page = ask(service, path, language=language)
    fragment = ask(service, path, language=language, **{"HX-Request": "true"})
    plain = ask(service, path, language=language, Accept="application/json")

    assert [answer.status_code for answer in (page, fragment, plain)] == [status] * 3
    assert SIGNS[language] in page.text
    assert f'<html lang="{language}"' in page.text
    assert "<html" not in fragment.text
    assert fragment.headers["HX-Retarget"] == "#toasts"
    assert plain.json["code"] == code
    sentence = plain.json["message"]
    assert "%(" not in sentence
    assert sentence.count(FACT) >= bool(placeholders(code))
    for answer in (page, fragment):
        assert sentence.replace("'", "&#39;") in answer.text


@pytest.mark.parametrize("code", sorted(REFUSALS))
def test_a_refusal_speaks_vietnamese_to_vietnamese_readers(service, code):
    said = {
        language: ask(service, f"/try/refuse/{code}", language=language, Accept="application/json").json["message"]
        for language in SIGNS
    }

    assert said["vi"] != said["en"]


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("status", sorted(HTTP_REFUSALS))
def test_a_status_is_told_in_every_form(service, status, language):
    path = f"/try/status/{status}"

    page = ask(service, path, language=language)
    fragment = ask(service, path, language=language, **{"HX-Request": "true"})
    plain = ask(service, path, language=language, Accept="application/json")

    assert [answer.status_code for answer in (page, fragment, plain)] == [status] * 3
    assert SIGNS[language] in page.text
    assert fragment.headers["HX-Reswap"] == "beforeend"
    assert plain.json["code"] == f"http_{status}"
    assert plain.json["message"] in page.text
    assert plain.json["request_id"] == plain.headers["X-Request-ID"]


def test_a_boosted_request_gets_the_whole_page(service):
    page = ask(service, "/try/status/404", **{"HX-Request": "true", "HX-Boosted": "true"})

    assert "<html" in page.text


def test_a_fault_of_ours_tells_nothing_but_its_number(service, caplog):
    page = ask(service, "/try/fail")

    assert page.status_code == 500
    assert "nobody foresaw" not in page.text
    assert page.headers["X-Request-ID"] in page.text
    assert "nobody foresaw" in caplog.text


def test_a_method_that_is_not_offered_says_which_are(service):
    answer = service.test_client().delete("/try/status/404")

    assert (answer.status_code, set(answer.headers["Allow"].split(", "))) == (405, {"GET", "HEAD", "OPTIONS"})


def test_the_way_back_leads_to_our_own_pages_only(service):
    own = ask(service, "/try/status/404", Referer="http://localhost/SIE27/")
    foreign = ask(service, "/try/status/404", Referer="http://localhost.evil.example/SIE27/")

    assert 'href="/SIE27/"' in own.text
    assert "evil.example" not in foreign.text


def raised() -> list[tuple[str, str, set[str]]]:
    """Return place, code and facts of every refusal that the code makes."""
    codes = {refusal.__name__: refusal.code for refusal in every_refusal()}
    return [
        (f"{path.name}:{node.lineno}", codes[node.func.id], {str(keyword.arg) for keyword in node.keywords})
        for path in (ROOT / "fairapp").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in codes
    ]


def every_refusal(base: type[FairError] = FairError) -> Iterator[type[FairError]]:
    for refusal in base.__subclasses__():
        yield refusal
        yield from every_refusal(refusal)


def test_every_refusal_is_made_with_the_facts_that_its_sentence_tells():
    found = raised()

    assert len(found) > 60
    assert [
        (place, code, placeholders(code) - facts) for place, code, facts in found if not placeholders(code) <= facts
    ] == []
