"""Several fairs in one installation: no page of one shows anything of another."""

import io
import zipfile
from typing import Any

import pypdfium2
import pytest

from fairapp.accounts.policy import Audience, Role
from fairapp.web.access import find_policy
from tests.features.world import World

OWN, OTHER = "Saola", "Voọc"
"""A word in every text of a fair: whatever shows it belongs to that fair."""

ENDLESS = {"checkin.stream_figures"}
"""Streams figures until the reader goes; it sends what ``checkin.show_figures`` answers."""


def fill(world: World, code: str, word: str) -> dict[str, Any]:
    """Make a fair with something on every list, named by ``word``."""
    fair = world.make_fair(code, name={"vi": f"Hội chợ {word}", "en": f"Fair {word}"})
    hall = world.make_hall(fair, word[0])
    enterprises = [
        world.make_enterprise(
            legal_name=f"Công ty {word} {kind}", short_name=f"{word} {kind}", main_products={"en": f"{word} shafts"}
        )
        for kind in ("exhibiting", "applying", "buying")
    ]
    exhibitor = world.make_exhibitor(fair, enterprises[0])
    world.make_application(fair, enterprises[1], message=f"{word} applies", contact_name=f"{word} contact")
    booth = world.make_booth(hall, f"{word[0]}1")
    organizer = world.sign_in_as(fair, Role.ORGANIZER)
    allocated = organizer.post(
        f"/{code}/organizer/booths/{booth.code}/allocate", data={"exhibitor": exhibitor.public_id}
    )
    assert allocated.status_code in {200, 303}
    world.make_staff(exhibitor, full_name=f"{word} staff")
    buyer = world.make_buyer(fair, enterprises[2], contact_name=f"{word} buyer")
    need = world.make_need(buyer, title={"en": f"{word} cover"})
    world.make_request(buyer, exhibitor, need_id=need.id, message=f"{word} asks", status="accepted")
    world.make_grid(fair)
    assert organizer.post(f"/{code}/organizer/meetings/schedule").status_code == 303
    world.run_jobs()
    visitor = world.make_visitor(fair, full_name=f"{word} visitor")
    world.make_badge(visitor)
    world.make_gate(fair, f"{word[0]}G")
    world.make_job(fair)
    organizer.post(
        f"/{code}/organizer/people/", data={"full_name": word, "email": f"{code}@x.example".lower(), "role": "gate"}
    )
    world.run_jobs()
    return {"fair": fair, "exhibiting": enterprises[0], "buying": enterprises[2]}


ELSEWHERE = {
    "exhibitor_desk.new_application", "exhibitor_desk.new_participation", "exhibitor_desk.edit_application",
    "exhibitor_desk.edit_participation", "own_application.print_application", "my_meetings.list_exhibitors",
}  # fmt: skip
"""Pages that lead to another one: who was decided on changes no application, who sent none prints none."""


def text_of(answer: Any) -> str:
    """Return what a reader sees, also of a workbook or a paper."""
    if "pdf" in (answer.content_type or ""):
        document = pypdfium2.PdfDocument(answer.data)
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    if "spreadsheet" not in (answer.content_type or ""):
        return answer.text
    with zipfile.ZipFile(io.BytesIO(answer.data)) as book:
        return book.read("xl/sharedStrings.xml").decode()


def list_pages(world: World, role: Role | None) -> list[tuple[str, str]]:
    """Return endpoint and address of every page of a fair that names no single thing and ``role`` may open."""
    pages = []
    for rule in world.app.url_map.iter_rules():
        policy = find_policy(world.app, rule.endpoint)
        if "GET" not in rule.methods or rule.arguments != {"fair_code"} or rule.endpoint in ENDLESS:
            continue
        if role in policy.roles or policy.audience is not Audience.ROLES:
            pages.append((rule.endpoint, rule.rule.replace("<fair:fair_code>", "SIE27")))
    return sorted(pages)


@pytest.mark.parametrize("role", [None, *Role], ids=str)
def test_no_list_shows_anything_of_another_fair(sqlite_world, role):
    world = sqlite_world
    own, _other = fill(world, "SIE27", OWN), fill(world, "VIF27", OTHER)
    of_role = {
        Role.EXHIBITOR_CONTACT: own["exhibiting"],
        Role.EXHIBITOR_STAFF: own["exhibiting"],
        Role.BUYER: own["buying"],
    }
    client = world.sign_in_as(own["fair"], role, of_role.get(role)) if role else world.visitor()

    pages = list_pages(world, role)
    answers = {endpoint: client.get(path) for endpoint, path in pages}

    opened = {endpoint: answer for endpoint, answer in answers.items() if answer.status_code == 200}
    assert set(answers) - set(opened) <= ELSEWHERE
    shown = {endpoint: text_of(answer) for endpoint, answer in opened.items()}
    assert [endpoint for endpoint, text in shown.items() if OTHER in text or "VIF27" in text] == []
    # The words are where they belong: a test of empty pages would prove nothing.
    assert sum(OWN in text for text in shown.values()) >= len(shown) * 0.6


@pytest.mark.parametrize("query", [OTHER, "vooc", "VIF27"])
def test_no_search_finds_anything_of_another_fair(sqlite_world, query):
    world = sqlite_world
    own, _other = fill(world, "SIE27", OWN), fill(world, "VIF27", OTHER)
    client = world.sign_in_as(own["fair"], Role.ORGANIZER)

    for endpoint, path in list_pages(world, Role.ORGANIZER):
        answer = client.get(path, query_string={"q": query})
        text = text_of(answer).replace(query, "") if endpoint.endswith(("list_entries",)) else text_of(answer)
        assert f"{OTHER} " not in text, endpoint
