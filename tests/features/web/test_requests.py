"""What every request leaves behind, and what a form must bring."""

import io
import json
import logging
import re
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from flask_migrate import upgrade

from fairapp import create_app
from fairapp.accounts.models import Account
from fairapp.accounts.policy import Role
from fairapp.audit.models import AuditEntry
from fairapp.database import db
from fairapp.web.logs import JsonLines
from tests.conftest import settings
from tests.features.world import World

FORM = {"full_name": "Cổng A1", "email": "gate@x.example", "role": "gate"}
PEOPLE = "/SIE27/organizer/people/"


@pytest.fixture
def guarded(tmp_path) -> Iterator[World]:
    """A service that wants the token of a page with every form."""
    app = create_app(settings(f"sqlite:///{tmp_path / 'fair.db'}", tmp_path, WTF_CSRF_ENABLED=True))
    with app.app_context():
        upgrade()
        yield World(app)
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the log of requests says while the test runs."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    logger = logging.getLogger("fairapp.requests")
    level = logger.level
    logger.setLevel(logging.INFO)
    logger.addHandler(handler)
    yield stream
    logger.removeHandler(handler)
    logger.setLevel(level)


def test_one_id_stands_in_the_answer_the_log_and_the_audit_trail(sqlite_world, log):
    fair = sqlite_world.make_fair()
    organizer = sqlite_world.sign_in_as(fair, Role.ORGANIZER)

    answer = organizer.post(PEOPLE, data=FORM, headers={"X-Request-ID": "proxy-00017"})

    (line,) = map(json.loads, log.getvalue().splitlines())
    assert answer.headers["X-Request-ID"] == "proxy-00017"
    assert (line["request_id"], line["method"], line["path"], line["status"], line["fair"]) == (
        "proxy-00017", "POST", PEOPLE, 303, "SIE27",
    )  # fmt: skip
    assert db.session.scalars(sa.select(AuditEntry.request_id)).all() == ["proxy-00017"]


@pytest.mark.parametrize("given", ["", "short", "x" * 41, 'a"b\\c<d>e', "đ" * 10, "line\tbreak"])
def test_an_id_that_is_none_is_replaced(sqlite_world, given):
    sqlite_world.make_fair()

    answer = sqlite_world.visitor().get("/SIE27/", headers={"X-Request-ID": given.encode().decode("latin-1")})

    assert re.fullmatch(r"[0-9a-f]{32}", answer.headers["X-Request-ID"])


def test_two_requests_have_two_ids(sqlite_world):
    client = sqlite_world.visitor()

    assert client.get("/healthz").headers["X-Request-ID"] != client.get("/healthz").headers["X-Request-ID"]


# The token of a page


def token_of(page) -> str:
    return re.search(r'name="csrf_token"[^>]* value="([^"]+)"', page.text)[1]


def test_a_form_is_taken_with_the_token_of_its_page(guarded):
    organizer = guarded.sign_in_as(guarded.make_fair(), Role.ORGANIZER)

    token = token_of(organizer.get(PEOPLE))

    assert organizer.post(PEOPLE, data={**FORM, "csrf_token": token}).status_code == 303


def test_htmx_sends_the_token_in_a_header(guarded):
    organizer = guarded.sign_in_as(guarded.make_fair(), Role.ORGANIZER)
    page = organizer.get(PEOPLE).text
    token = re.search(r"""hx-headers='\{"X-CSRFToken": "([^"]+)"\}'""", page)[1]

    assert organizer.post(PEOPLE, data=FORM, headers={"X-CSRFToken": token}).status_code == 303


@pytest.mark.parametrize("token", ["", "made-up"])
def test_a_form_without_the_token_changes_nothing(guarded, token):
    organizer = guarded.sign_in_as(guarded.make_fair(), Role.ORGANIZER)
    organizer.get(PEOPLE)

    answer = organizer.post(PEOPLE, data={**FORM, "csrf_token": token})

    assert answer.status_code == 400
    assert "Go back and try again" in answer.text
    assert db.session.scalar(sa.select(sa.func.count()).select_from(AuditEntry)) == 0


def test_the_token_of_somebody_else_is_worth_nothing(guarded):
    fair = guarded.make_fair()
    token = token_of(guarded.sign_in_as(fair, Role.ORGANIZER).get(PEOPLE))

    answer = guarded.sign_in_as(fair, Role.ORGANIZER).post(PEOPLE, data={**FORM, "csrf_token": token})

    assert answer.status_code == 400


def test_no_route_that_changes_something_does_without_the_token(guarded):
    fair = guarded.make_fair()
    guarded.make_gate(fair)
    clients = [guarded.sign_in_as(fair, role) for role in (Role.ORGANIZER, Role.GATE)] + [guarded.visitor()]
    open_doors = []
    for rule in guarded.app.url_map.iter_rules():
        if "POST" not in rule.methods or set(rule.arguments) - {"fair_code"}:
            continue
        with guarded.app.test_request_context():
            url = guarded.app.url_map.bind("localhost").build(rule.endpoint, dict.fromkeys(rule.arguments, "SIE27"))
        open_doors += [url for client in clients if client.post(url).status_code not in {400, 401, 403, 404}]

    assert open_doors == []


def test_a_scan_needs_the_token_too(guarded):
    fair = guarded.make_fair()
    guarded.make_gate(fair)

    assert guarded.sign_in_as(fair, Role.GATE).post("/SIE27/gate/A1/scans", json={}).status_code == 400


# The fair's colour


def test_a_fair_sets_its_colour_and_nothing_else(sqlite_world):
    sqlite_world.make_fair(colour="#1c5fd4")
    client = sqlite_world.visitor()

    link = re.search(r'href="(/SIE27/colour-[^"]+)"', client.get("/SIE27/").text)[1]
    sheet = client.get(link)

    assert link == "/SIE27/colour-1c5fd4.css"
    assert sheet.text == ":root { --fair: #1c5fd4; }\n"
    assert sheet.content_type == "text/css; charset=utf-8"
    assert "immutable" in sheet.headers["Cache-Control"]


@pytest.mark.parametrize("colour", ["green", "#12345", "#12345g", "red; } body { display: none", "#0b6e4f; }"])
def test_what_is_no_colour_is_refused_beside_its_field(sqlite_world, colour):
    fair = sqlite_world.make_fair()
    organizer = sqlite_world.sign_in_as(fair, Role.ORGANIZER)
    page = organizer.get("/SIE27/organizer/set-up").text
    fields = dict(re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', page))

    answer = organizer.post("/SIE27/organizer/set-up", data={**fields, "colour": colour})

    assert answer.status_code == 422
    assert db.session.scalar(sa.text("SELECT colour FROM fair")) == "#0b6e4f"


def test_the_style_sheet_changes_its_address_with_its_content_and_may_be_kept(sqlite_world):
    sqlite_world.make_fair()
    client = sqlite_world.visitor()

    link = re.search(r'href="(/css/[0-9a-f]{12}\.css)"', client.get("/SIE27/").text)[1]
    sheet = client.get(link)

    assert sheet.status_code == 200
    assert "immutable" in sheet.headers["Cache-Control"]
    assert "@layer tokens, base, layout, components" in sheet.text


@pytest.mark.parametrize(
    "address",
    [
        "/SIE27/exhibitors/?process=%00",
        "/SIE27/register/v/%00",
        "/SIE27/?a=1&%00=2",
        "/SIE27/organizer/booths/?booth=%00",
    ],
)
def test_an_address_with_a_null_character_is_not_understood(world, address):
    organizer = world.sign_in_as(world.make_fair(), Role.ORGANIZER)

    assert organizer.get(address).status_code == 400


def test_a_form_with_a_null_character_is_not_understood(world):
    organizer = world.sign_in_as(world.make_fair(), Role.ORGANIZER)

    assert organizer.post(PEOPLE, data={**FORM, "full_name": "A\0B"}).status_code == 400


def test_a_line_is_one_line_whatever_was_sent(sqlite_world):
    organizer = sqlite_world.sign_in_as(sqlite_world.make_fair(), Role.ORGANIZER)

    organizer.post(PEOPLE, data={**FORM, "full_name": " Đỗ\r\nBcc:\u2028x\x1b "})

    assert db.session.scalar(sa.select(Account.full_name).where(Account.email == FORM["email"])) == "Đỗ Bcc: x"


def test_the_log_does_not_tell_the_secret_of_a_personal_link(sqlite_world, log):
    fair = sqlite_world.make_fair()
    visitor = sqlite_world.make_visitor(fair)
    delegation = sqlite_world.make_delegation(sqlite_world.make_exhibitor(fair))
    token = delegation.token

    answers = [
        sqlite_world.visitor().get(address).status_code
        for address in (
            f"/SIE27/register/v/{visitor.token}", f"/SIE27/act/{token}/staff/", f"/account/reset/{visitor.token}"
        )
    ]  # fmt: skip

    assert answers[:2] == [200, 200]
    assert visitor.token not in log.getvalue()
    assert token not in log.getvalue()
    assert "/SIE27/register/v/…" in log.getvalue()
    assert "/SIE27/act/…/staff/" in log.getvalue()


def test_a_scan_of_megabytes_is_not_read_to_look_for_the_token(guarded):
    fair = guarded.make_fair()
    guarded.make_gate(fair)
    gate = guarded.sign_in_as(fair, Role.GATE)

    assert gate.post("/SIE27/gate/A1/scans", json={"reading": "4" * 100_000}).status_code == 413
