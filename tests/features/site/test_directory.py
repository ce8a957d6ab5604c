"""The public directory: words, facets, and pages of exhibitors."""

import json
import re
from datetime import date, timedelta

import pytest

from fairapp.accounts.policy import Role
from fairapp.booths import service as booths
from fairapp.database import db, transaction
from fairapp.enterprises.models import (
    Capability,
    CapabilityKind,
    Customer,
    Enterprise,
    Machine,
    Product,
    QualityFigure,
)
from fairapp.exhibitors.models import Exhibitor, Pavilion
from fairapp.files import service as files
from fairapp.needs.models import NeedStatus, NeedVisibility
from tests.features.counting import count_queries
from tests.features.world import ACTOR

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360f8cfc000000301010018dd8db00000000049454e44ae426082"
)


def exhibitor(world, fair, name, *, capabilities=(), **values):
    made = world.make_enterprise(legal_name=f"Công ty TNHH {name}", short_name=name, **values)
    with transaction() as session:
        enterprise = session.get_one(Enterprise, made.id)
        enterprise.capabilities.clear()
        session.flush()
        enterprise.capabilities += [
            Capability(kind=CapabilityKind(kind), code=code, **facts) for kind, code, facts in capabilities
        ]
    return world.make_exhibitor(fair, made)


def names(page: str) -> list[str]:
    return re.findall(r'<h3><a href="[^"]+">([^<]+)</a></h3>', page)


def count_of(page: str, facet: str, value: str) -> int:
    found = re.search(rf'id="{facet}-{value}"(?: checked)?><span>[^<]*</span><b>(\d+)</b>', page)
    return int(found[1]) if found else 0


PLASTICS = ("process", "injection_moulding", {})
TURNING = ("process", "cnc_turning", {})


def test_facets_count_what_the_others_leave(world):
    fair = world.make_fair()
    exhibitor(world, fair, "Bình An", capabilities=[PLASTICS], province="01")
    exhibitor(world, fair, "Ánh Dương", capabilities=[PLASTICS, TURNING], province="31")
    exhibitor(world, fair, "Cường Thịnh", capabilities=[TURNING], province="31")

    page = world.visitor().get("/SIE27/exhibitors/?process=injection_moulding&province=31").text

    assert names(page) == ["Ánh Dương"]
    assert count_of(page, "process", "injection_moulding") == 1
    assert count_of(page, "process", "cnc_turning") == 2
    assert count_of(page, "province", "01") == 1
    assert count_of(page, "province", "31") == 1


def test_several_values_of_a_facet_are_kept_on_the_next_page(world):
    fair = world.make_fair()
    for number in range(30):
        exhibitor(world, fair, f"Nhựa {number:02}", capabilities=[PLASTICS if number % 2 else TURNING])

    page = world.visitor().get("/SIE27/exhibitors/?process=injection_moulding&process=cnc_turning").text

    assert "30 exhibitors" in page
    following = re.search(r'href="([^"]+page=2)"', page)[1].replace("&amp;", "&")
    assert names(world.visitor().get(following).text) == [f"Nhựa {number}" for number in range(24, 30)]


@pytest.mark.parametrize(
    "words",
    ["dai nghia", "truc chinh xac", "khuon duc", "injection mould", "hai duong", "Hải Phòng", "射出成形"],
)
def test_words_find_name_product_text_process_and_province_without_diacritics(world, words):
    fair = world.make_fair()
    made = exhibitor(
        world,
        fair,
        "Đại Nghĩa",
        capabilities=[PLASTICS],
        province="31",
        main_products={"vi": "Trục"},
        summary={"vi": "Chúng tôi làm khuôn đúc"},
    )
    with transaction() as session:
        enterprise = session.get_one(Enterprise, made.enterprise_id)
        enterprise.products.append(Product(name={"vi": "Trục chính xác"}))
        enterprise.website = "https://dai-nghia.example"
    exhibitor(world, fair, "Bao bì", capabilities=[TURNING], main_products={"vi": "Thùng"})

    assert names(world.visitor().get("/SIE27/exhibitors/", query_string={"q": words}).text) == ["Đại Nghĩa"]


def test_an_expired_certificate_counts_for_nothing_and_is_shown_as_expired(world):
    fair = world.make_fair()
    today = world.now.date()
    made = exhibitor(
        world,
        fair,
        "Cũ",
        capabilities=[
            ("certificate", "iso_9001", {"expires_on": today - timedelta(days=1)}),
            ("certificate", "iso_14001", {"expires_on": today}),
        ],
    )
    client = world.visitor()

    assert names(client.get("/SIE27/exhibitors/?certificate=iso_9001").text) == []
    assert names(client.get("/SIE27/exhibitors/?certificate=iso_14001").text) == ["Cũ"]
    page = client.get(f"/SIE27/exhibitors/{made.public_id}/").text
    assert len(re.findall('class="tag is-off"', page)) == 1


def test_an_empty_answer_says_what_to_take_back(world):
    fair = world.make_fair()
    exhibitor(world, fair, "Bình An", capabilities=[PLASTICS])
    exhibitor(world, fair, "Ánh Dương", capabilities=[TURNING])

    page = world.visitor().get("/SIE27/exhibitors/?q=binh&process=cnc_turning").text

    assert "No exhibitors match" in page
    ways = dict(re.findall(r'<li><a href="([^"]+)">Without [^<]+</a> <b>(\d+)</b></li>', page))
    assert ways == {"/SIE27/exhibitors/?process=cnc_turning": "1", "/SIE27/exhibitors/?q=binh": "1"}


def test_who_is_not_listed_or_has_withdrawn_is_found_nowhere(world):
    fair = world.make_fair()
    booth = world.make_booth(world.make_hall(fair))
    hidden, gone, shown = exhibitor(world, fair, "Ẩn"), exhibitor(world, fair, "Rút"), exhibitor(world, fair, "Hiện")
    booths.allocate(fair.id, booth.code, hidden.public_id, actor=ACTOR, now=world.now)
    with transaction() as session:
        session.get_one(Exhibitor, hidden.id).listed = False
        session.get_one(Exhibitor, gone.id).withdrawn_at = world.now
    client = world.visitor()

    assert names(client.get("/SIE27/exhibitors/").text) == ["Hiện"]
    assert names(client.get("/SIE27/").text) == ["Hiện"]
    for other in (hidden, gone):
        assert client.get(f"/SIE27/exhibitors/{other.public_id}/").status_code == 404
        assert client.get(f"/SIE27/exhibitors/{other.public_id}/logo").status_code == 404
    assert client.get(f"/SIE27/exhibitors/{shown.public_id}/").status_code == 200
    plan = client.get("/SIE27/floor-plan/?booth=A101").text
    assert "Ẩn" not in plan
    assert hidden.public_id not in plan


def profiled(world, fair):
    made = exhibitor(
        world,
        fair,
        "Đại Nghĩa",
        capabilities=[PLASTICS, ("material", "abs", {})],
        main_products={"vi": "Vỏ nhựa"},
        summary={"en": "Moulded <parts>"},
        phone="+84950000001",
        website="dai-nghia.example",
    )
    with transaction() as session:
        enterprise = session.get_one(Enterprise, made.enterprise_id)
        enterprise.machines.append(Machine(kind="Máy ép phun", maker="Alpha", model="E250", quantity=4))
        photo = files.store(session, PNG, name="p.png", content_type="image/png", fair_id=None, now=world.now)
        enterprise.products.append(Product(name={"vi": "Nắp </script>"}, photo_id=photo.id))
        enterprise.customers += [Customer(name="Bí mật"), Customer(name="Công khai", public=True)]
        enterprise.figures.append(QualityFigure(code="defect_rate_ppm", value=120, year=2026))
        enterprise.languages, enterprise.capacity = ["vi", "ja"], "100.000 chi tiết"
        enterprise.logo_id = photo.id
    return made


def test_a_page_shows_the_profile_and_nothing_private(world):
    fair = world.make_fair()
    made = profiled(world, fair)

    page = world.visitor().get(f"/SIE27/exhibitors/{made.public_id}/").text

    for shown in ("Vỏ nhựa", "Moulded &lt;parts&gt;", "E250", "Công khai", "120", "100.000 chi tiết", "Japanese"):
        assert shown in page
    for private in ("Bí mật", "950000001", made.contact_name, made.contact_email, made.enterprise.tax_code):
        assert private not in page
    assert 'href="https://dai-nghia.example"' in page


def test_search_engines_read_the_page_in_every_language(world):
    fair = world.make_fair()
    made = profiled(world, fair)
    path = f"/SIE27/exhibitors/{made.public_id}/"
    client = world.visitor()

    page = client.get(path).text
    japanese = client.get(f"{path}?lang=ja").text

    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)[1])
    assert data["name"] == "Đại Nghĩa"
    assert data["makesOffer"][0]["itemOffered"]["name"] == "Nắp </script>"
    assert '<html lang="en"' in page
    assert '<html lang="ja"' in japanese
    assert re.search(r'<link rel="canonical" href="[^"]+/\?lang=ja">', japanese)
    assert re.findall(r'hreflang="([^"]+)"', page) == ["vi", "en", "ja", "ko", "x-default"]
    assert '<meta property="og:image" content="http' in page


def test_switching_the_language_leaves_the_one_in_the_address(world):
    made = profiled(world, world.make_fair())

    page = world.visitor().get(f"/SIE27/exhibitors/{made.public_id}/?lang=ja").text

    assert f'name="next" value="/SIE27/exhibitors/{made.public_id}/"' in page


def test_pictures_are_served_as_pictures_and_kept_by_browsers(world):
    fair = world.make_fair()
    made = profiled(world, fair)
    product = db.session.get_one(Enterprise, made.enterprise_id).products[0]
    client = world.visitor()

    for path in ("logo", f"products/{product.public_id}/photo"):
        answer = client.get(f"/SIE27/exhibitors/{made.public_id}/{path}")
        assert (answer.status_code, answer.content_type) == (200, "image/png")
        again = client.get(
            f"/SIE27/exhibitors/{made.public_id}/{path}", headers={"If-None-Match": answer.headers["ETag"]}
        )
        assert again.status_code == 304


def test_a_photo_is_served_only_beside_its_own_exhibitor(world):
    fair = world.make_fair()
    made, other = profiled(world, fair), exhibitor(world, fair, "Khác")
    product = db.session.get_one(Enterprise, made.enterprise_id).products[0]

    answer = world.visitor().get(f"/SIE27/exhibitors/{other.public_id}/products/{product.public_id}/photo")

    assert answer.status_code == 404


def test_the_page_names_public_needs_that_fit_and_no_others(world):
    fair = world.make_fair()
    made = profiled(world, fair)
    buyer = world.make_buyer(fair)
    titles = {
        "Fits": {},
        "Other process": {"process": "cnc_turning"},
        "Other material": {"material": "pom"},
        "Hidden": {"visibility": NeedVisibility.EXHIBITORS},
        "Closed": {"status": NeedStatus.CLOSED},
    }
    for title, values in titles.items():
        world.make_need(buyer, **{"title": {"en": title}, "process": "injection_moulding", "material": "abs", **values})

    page = world.visitor().get(f"/SIE27/exhibitors/{made.public_id}/").text

    assert [title for title in titles if title in page] == ["Fits"]


def test_co_exhibitors_are_found_at_the_booth_of_their_main_exhibitor(world):
    fair = world.make_fair()
    booth = world.make_booth(world.make_hall(fair))
    main, guest = exhibitor(world, fair, "Chính"), exhibitor(world, fair, "Đồng")
    booths.allocate(fair.id, booth.code, main.public_id, actor=ACTOR, now=world.now)
    with transaction() as session:
        pavilion = Pavilion(fair_id=fair.id, name={"en": "Pavilion of Hanoi"})
        session.add(pavilion)
        session.flush()
        one = session.get_one(Exhibitor, guest.id)
        one.main_exhibitor_id, one.pavilion_id = main.id, pavilion.id
        session.get_one(Exhibitor, main.id).pavilion_id = pavilion.id
    client = world.visitor()

    page = client.get(f"/SIE27/exhibitors/{guest.public_id}/").text
    assert "A101" in page
    assert "Pavilion of Hanoi" in page
    assert f'href="/SIE27/exhibitors/{main.public_id}/">Chính</a>' in page
    assert (
        f'href="/SIE27/exhibitors/{guest.public_id}/">Đồng</a>'
        in client.get(f"/SIE27/exhibitors/{main.public_id}/").text
    )
    assert names(client.get("/SIE27/exhibitors/?hall=A").text) == ["Chính", "Đồng"]


def test_a_fair_that_is_not_published_shows_its_directory_to_its_own_people_only(world):
    fair = world.make_fair(published=False)
    made = exhibitor(world, fair, "Sớm")
    organizer = world.sign_in_as(fair, Role.ORGANIZER)

    for path in ("/SIE27/exhibitors/", f"/SIE27/exhibitors/{made.public_id}/"):
        assert world.visitor().get(path).status_code == 404
        assert organizer.get(path).status_code == 200


def test_the_directory_costs_the_same_for_one_exhibitor_or_many(world):
    fair = world.make_fair()
    hall = world.make_hall(fair)
    costs = []
    for number in range(6):
        made = exhibitor(world, fair, f"Số {number}", capabilities=[PLASTICS, TURNING])
        world.make_booth(hall, f"A10{number}")
        booths.allocate(fair.id, f"A10{number}", made.public_id, actor=ACTOR, now=world.now)
        if number in (0, 5):
            client = world.visitor()
            client.get("/SIE27/exhibitors/?process=cnc_turning&q=so")
            with count_queries(world) as statements:
                client.get("/SIE27/exhibitors/?process=cnc_turning&q=so")
            costs.append(len(statements))

    assert costs[0] == costs[1]


def test_the_day_of_the_fair_decides_about_certificates(world):
    world.set_clock(2027, 1, 1, 18)  # already 2 January in Hanoi
    fair = world.make_fair()
    exhibitor(world, fair, "Hết", capabilities=[("certificate", "iso_9001", {"expires_on": date(2027, 1, 1)})])

    assert names(world.visitor().get("/SIE27/exhibitors/?certificate=iso_9001").text) == []


def test_a_language_that_nobody_knows_is_only_an_empty_answer(world):
    world.make_fair()

    assert world.visitor().get("/SIE27/exhibitors/?language=xx").status_code == 200
