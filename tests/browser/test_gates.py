"""Gates: a badge before the camera, digits from a hand scanner, a network that fails, and the board that counts."""

import pathlib
import re
import time

import sqlalchemy as sa
from playwright.sync_api import Browser, Page, Route, expect

from fairapp.accounts.policy import Role
from fairapp.badges import service as badges
from fairapp.badges.models import Badge
from fairapp.checkin.models import CheckIn, Scan
from fairapp.database import db
from tests.browser.checks import TOO_WIDE
from tests.browser.pdf import codes_in, film, pages_of
from tests.browser.people import PHONE, People, fill
from tests.browser.scene import Scene, unique, wait_for
from tests.features.world import ACTOR

FORGET_THE_LAST = """() => {
  document.activeElement?.blur();
  delete document.querySelector("[data-gate]").dataset.state;
}"""
ENTER = {"key": "Enter", "text": "\r", "windowsVirtualKeyCode": 13}
HUGE = 40
"""Pixels of a letter that is read from two metres away, on a phone."""


def test_a_visitor_registers_on_a_phone_and_shows_the_mailed_badge_to_the_camera(
    people: People, scene: Scene, camera: tuple[Browser, pathlib.Path]
):
    scene.rehearse()
    scene.world.make_gate(scene.fair, "A1")
    name, address = unique("Nguyễn Thị Phương Thảo"), f"{unique('thao').replace(' ', '')}@khach.example"
    page = people.somebody(viewport=PHONE, has_touch=True, is_mobile=True)
    page.goto(scene.address())
    page.get_by_role("link", name="Register as a visitor").first.click()
    assert page.evaluate(TOO_WIDE) == []
    fill(page, full_name=name, enterprise_name="Nhựa Tân Tiến", position="Kỹ sư", email=address, processing=True)
    page.get_by_role("button", name="Register").click()
    expect(page.locator("main")).to_contain_text(name)
    assert page.evaluate(TOO_WIDE) == []

    mail = scene.mail_to(address, about="badge")
    (attachment,) = mail.iter_attachments()
    badge = attachment.get_content()
    assert attachment.get_content_type() == "application/pdf"
    assert codes_in(badge) == [_credential(scene, name)]

    browser, reel = camera
    reel.write_bytes(film(pages_of(badge)[0], shown=60, away=180))
    gate = people.signed_in(scene.gatekeeper(), browser=browser, viewport=PHONE)
    gate.goto(scene.address("gate/A1/"))
    gate.get_by_role("button", name="Start the camera").click()
    _expect_verdict(gate, "admitted")
    expect(gate.locator("[data-name]")).to_have_text(name)
    assert _size(gate.locator("[data-title]")) >= HUGE
    # The film takes the badge away and shows it again.
    _expect_verdict(gate, "already_in")
    expect(gate.locator("[data-detail]")).to_have_text(re.compile(r"Checked in at \d\d:\d\d at Gate A1\."))
    assert _size(gate.locator("[data-title]")) >= HUGE


def test_a_hand_scanner_is_told_what_is_wrong_with_a_badge(people: People, scene: Scene):
    scene.rehearse()
    scene.world.make_gate(scene.fair, "A1")
    good, revoked = (scene.world.make_badge(scene.world.make_visitor(scene.fair)) for _ in range(2))
    badges.revoke(scene.fair.id, revoked.public_id, reason="lost", actor=ACTOR, now=scene.world.now)
    foreign = scene.world.make_badge(scene.world.make_visitor(scene.make_fair()))
    gate = _at_the_gate(people, scene)

    for reading, verdict, words in (
        (revoked.credential, "revoked", "Take the badge away"),
        (foreign.credential, "wrong_fair", "another fair"),
        ("4006381333931", "not_ours", "not a badge of our fair"),
        (_forged(good.credential), "forged", "signature is wrong"),
        (good.credential, "admitted", "First time today"),
    ):
        _type(gate, reading)
        _expect_verdict(gate, verdict)
        expect(gate.locator("[data-detail]")).to_contain_text(words)
        assert gate.locator("[data-title]").inner_text().strip()
        assert _size(gate.locator("[data-title]")) >= HUGE


def test_a_verdict_does_not_stay_over_a_search_that_finds_nobody(people: People, scene: Scene):
    scene.rehearse()
    scene.world.make_gate(scene.fair, "A1")
    badge = scene.world.make_badge(scene.world.make_visitor(scene.fair))
    gate = _at_the_gate(people, scene)
    _type(gate, badge.credential)
    _expect_verdict(gate, "admitted")

    gate.locator("#typed").fill("nobody of this name")
    gate.locator("#typed").press("Enter")

    expect(gate.locator("[data-found]")).to_have_text("Nobody found")
    expect(gate.locator("[data-verdict]")).to_be_hidden()
    expect(gate.locator("[data-holder]")).to_be_hidden()
    expect(gate.locator("#typed")).to_be_focused()


def test_a_scan_whose_answer_is_lost_is_one_record_and_gets_the_same_answer(people: People, scene: Scene):
    scene.rehearse()
    scene.world.make_gate(scene.fair, "A1")
    badge = scene.world.make_badge(scene.world.make_visitor(scene.fair))
    gate = _at_the_gate(people, scene)
    answers: list[dict[str, object]] = []

    def lose_the_first(route: Route) -> None:
        taken = route.fetch(url=route.request.url.replace("localhost", "127.0.0.1"))  # see servers.serve
        answers.append(taken.json())
        if len(answers) == 1:
            route.abort()
        else:
            route.fulfill(response=taken)

    gate.route("**/scans", lose_the_first)
    _type(gate, badge.credential)
    _expect_verdict(gate, "kept")
    expect(gate.locator("[data-queue]")).to_be_visible()
    expect(gate.locator("[data-queue]")).to_be_hidden(timeout=30_000)

    first, again = answers
    assert (first["verdict"], again["verdict"], again["duplicate"]) == ("admitted", "admitted", True)
    assert first["scan_id"] == again["scan_id"]
    _expect_verdict(gate, "admitted")
    assert (_count(scene, Scan), _count(scene, CheckIn)) == (1, 1)


def test_a_gate_without_network_keeps_its_scans_and_sends_them_later(people: People, scene: Scene):
    scene.rehearse()
    scene.world.make_gate(scene.fair, "A1")
    first, second = (scene.world.make_badge(scene.world.make_visitor(scene.fair)) for _ in range(2))
    gate = _at_the_gate(people, scene)
    gate.context.set_offline(True)
    for number, badge in enumerate((first, second), start=1):
        _type(gate, badge.credential)
        _expect_verdict(gate, "kept")
        expect(gate.locator("[data-queue-count]")).to_have_text(str(number))
    expect(gate.locator("[data-net]")).to_have_text("Offline")
    assert _count(scene, Scan) == 0

    gate.context.set_offline(False)
    expect(gate.locator("[data-queue]")).to_be_hidden(timeout=30_000)
    expect(gate.locator("[data-net]")).to_have_text("Connected")
    assert (_count(scene, Scan), _count(scene, CheckIn)) == (2, 2)


def test_the_board_counts_while_people_come_in(people: People, scene: Scene):
    scene.rehearse()
    scene.world.make_gate(scene.fair, "A1")
    badge = scene.world.make_badge(scene.world.make_visitor(scene.fair))
    board = people.signed_in(scene.organizer())
    board.goto(scene.address("organizer/gates/"))
    board.evaluate("() => { window.notReloaded = true; }")
    expect(board.locator("[data-figure=visitors]")).to_have_text("0")
    gate = _at_the_gate(people, scene)

    _type(gate, badge.credential)
    _expect_verdict(gate, "admitted")
    expect(board.locator("[data-figure=visitors]")).to_have_text("1")
    expect(board.locator("[data-list=by_gate]")).to_contain_text("Gate A1")
    expect(board.locator("[data-latest]")).to_contain_text(badge.full_name)
    _type(gate, "4006381333931")
    expect(board.locator("[data-figure=refused]")).to_have_text("1")
    assert board.evaluate("() => window.notReloaded")


def _at_the_gate(people: People, scene: Scene) -> Page:
    gate = people.signed_in(scene.world.make_member(scene.fair, Role.GATE))
    gate.goto(scene.address("gate/A1/"))
    return gate


def _type(gate: Page, reading: str) -> None:
    """Type like a hand scanner does: fast, into no field, with Enter at the end."""
    gate.evaluate(
        "() => { document.activeElement?.blur(); delete document.querySelector('[data-gate]').dataset.state; }"
    )
    keys, start = gate.context.new_cdp_session(gate), time.time()
    for number, digit in enumerate([*reading, ENTER]):
        key = digit if digit is ENTER else {"key": digit, "text": digit, "windowsVirtualKeyCode": ord(digit)}
        # Pressed five milliseconds apart, however long this machine takes to say so.
        press = {**key, "timestamp": start + number * 0.005}
        keys.send("Input.dispatchKeyEvent", {"type": "keyDown", **press})
        keys.send("Input.dispatchKeyEvent", {"type": "keyUp", **press})
    keys.detach()


def _expect_verdict(gate: Page, verdict: str) -> None:
    expect(gate.locator("[data-gate]")).to_have_attribute("data-state", verdict)


def _size(locator: object) -> float:
    return float(locator.evaluate("node => parseFloat(getComputedStyle(node).fontSize)"))


def _forged(credential: str) -> str:
    return f"{credential[:-1]}{(int(credential[-1]) + 1) % 10}"


def _credential(scene: Scene, name: str) -> str:
    wanted = sa.select(Badge.credential).where(Badge.fair_id == scene.fair.id, Badge.full_name == name)
    return wait_for(lambda: db.session.scalars(wanted).first())


def _count(scene: Scene, model: type[Scan] | type[CheckIn]) -> int:
    db.session.rollback()
    return db.session.scalar(sa.select(sa.func.count()).select_from(model).where(model.fair_id == scene.fair.id)) or 0
