"""Every list of the organizer searches without diacritics, sorts, exports, and costs the same for one row or many."""

import io
import zipfile

import pytest

from fairapp.accounts.policy import Role
from fairapp.audit.service import record
from fairapp.booths import queries as floor
from fairapp.booths import service as booths
from fairapp.database import transaction
from tests.features.counting import count_queries
from tests.features.world import ACTOR

DESK = "/SIE27/organizer"


def enterprise(world, name):
    return world.make_enterprise(legal_name=f"Công ty {name}", short_name=name)


def application(world, fair, name):
    world.make_application(fair, enterprise(world, name))


def exhibitor(world, fair, name):
    return world.make_exhibitor(fair, enterprise(world, name))


def visitor(world, fair, name):
    return world.make_visitor(fair, full_name=name)


def buyer(world, fair, name):
    return world.make_buyer(fair, enterprise(world, name))


def need(world, fair, name):
    world.make_need(buyer(world, fair, f"Bên mua {name}"), title={"vi": name, "en": name})


def badge(world, fair, name):
    world.make_badge(visitor(world, fair, name))


def request(world, fair, name):
    world.make_request(buyer(world, fair, name), exhibitor(world, fair, f"Đúc của bên kia {len(name)}"))


def allocated_booth(world, fair, name):
    code = f"A{100 + len(floor.list_booths(fair.id))}"
    world.make_booth(floor.find_hall(fair.id, "A") or world.make_hall(fair), code)
    booths.allocate(fair.id, code, exhibitor(world, fair, name).public_id, actor=ACTOR, now=world.now)


def entry(world, fair, name):
    with transaction() as session:
        record(session, "fair.update", fair_id=fair.id, thing_id=fair.id, actor=ACTOR, now=world.now, label=name)


LISTS = {
    "applications": (
        application,
        "/applications/",
        "/applications.xlsx",
        ("name", "contact", "area", "state", "applied"),
    ),
    "exhibitors": (exhibitor, "/exhibitors/", "/exhibitors.xlsx", ("name", "fascia", "staff", "accepted")),
    "booths": (allocated_booth, "/booths/list", "/booths/list.xlsx", ("code", "hall", "type", "area", "exhibitor")),
    "visitors": (visitor, "/visitors/", "/visitors.xlsx", ("name", "enterprise", "category", "registered")),
    "buyers": (buyer, "/buyers/", "/buyers.xlsx", ("name", "country", "contact", "language")),
    "needs": (need, "/needs/", "/needs/list.xlsx", ()),
    "requests": (request, "/meetings/requests", "/meetings/requests.xlsx", ("buyer", "exhibitor", "state", "asked")),
    "badges": (badge, "/badges/", "/badges/list.xlsx", ("serial", "name", "enterprise", "category", "printed")),
    "audit trail": (entry, "/audit/", "/audit/list.xlsx", ()),
}
lists = pytest.mark.parametrize(("make", "page", "export", "sorts"), LISTS.values(), ids=LISTS)


@lists
def test_a_list_finds_names_without_diacritics(world, make, page, export, sorts):
    fair = world.make_fair()
    for name in ("Đại Lộc", "Sao Mai"):
        make(world, fair, name)
    organizer = world.sign_in_as(fair, Role.ORGANIZER)

    text = organizer.get(f"{DESK}{page}?q=dai").text

    assert "Đại Lộc" in text
    assert "Sao Mai" not in text


@lists
def test_a_list_exports_what_its_filters_leave(sqlite_world, make, page, export, sorts):
    fair = sqlite_world.make_fair()
    for name in ("Đại Lộc", "Sao Mai"):
        make(sqlite_world, fair, name)
    organizer = sqlite_world.sign_in_as(fair, Role.ORGANIZER)

    answer = organizer.get(f"{DESK}{export}?q=dai")

    book = zipfile.ZipFile(io.BytesIO(answer.data))
    assert book.read("xl/worksheets/sheet1.xml").decode().count("<row ") == 2  # the head and one row
    assert "Đại Lộc" in book.read("xl/sharedStrings.xml").decode()


@lists
def test_a_list_without_rows_says_what_to_do(sqlite_world, make, page, export, sorts):
    fair = sqlite_world.make_fair()
    organizer = sqlite_world.sign_in_as(fair, Role.ORGANIZER)

    answer = organizer.get(f"{DESK}{page}")

    assert answer.status_code == 200
    assert 'class="empty"' in answer.text


@lists
def test_a_list_costs_the_same_for_one_row_or_many(sqlite_world, make, page, export, sorts):
    fair = sqlite_world.make_fair()
    organizer = sqlite_world.sign_in_as(fair, Role.ORGANIZER)
    costs = []
    for number in range(3):
        make(sqlite_world, fair, f"Đại Lộc {'x' * number}")
        with count_queries(sqlite_world) as statements:
            assert organizer.get(f"{DESK}{page}").status_code == 200
        costs.append(len(statements))

    assert len(set(costs)) == 1, costs


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize(
    ("make", "page", "sort"),
    [(make, page, sort) for make, page, _export, sorts in LISTS.values() for sort in sorts],
)
def test_a_list_sorts_by_the_heads_it_offers(world, make, page, sort, descending):
    fair = world.make_fair()
    make(world, fair, "Đại Lộc")
    organizer = world.sign_in_as(fair, Role.ORGANIZER)

    answer = organizer.get(f"{DESK}{page}?sort={sort}&order={'down' if descending else 'up'}&q=dai")

    assert answer.status_code == 200
    assert f'aria-sort="{"descending" if descending else "ascending"}"' in answer.text
    way_back = "up" if descending else "down"
    assert (
        f"sort={sort}&amp;order={way_back}" in answer.text
        or f"q=dai&amp;sort={sort}&amp;order={way_back}" in answer.text
    )


def test_names_are_sorted_as_people_sort_them(world):
    fair = world.make_fair()
    for name in ("Zét", "Ánh Dương", "Đại Lộc"):
        visitor(world, fair, name)
    organizer = world.sign_in_as(fair, Role.ORGANIZER)

    text = organizer.get(f"{DESK}/visitors/?sort=name&order=up").text

    places = [text.index(name) for name in ("Ánh Dương", "Đại Lộc", "Zét")]
    assert places == sorted(places)


def test_a_column_that_does_not_sort_leaves_the_list_as_it_is(sqlite_world):
    fair = sqlite_world.make_fair()
    application(sqlite_world, fair, "Đại Lộc")
    organizer = sqlite_world.sign_in_as(fair, Role.ORGANIZER)

    answer = organizer.get(f"{DESK}/applications/?sort=password")

    assert answer.status_code == 200
    assert "Đại Lộc" in answer.text
