"""The register for organizers: what they see across their fairs, and what they correct."""

import io

import pytest

from fairapp.accounts.models import Membership
from fairapp.accounts.policy import Role
from fairapp.applications.lifecycle import ApplicationStatus
from fairapp.database import db, transaction
from fairapp.enterprises.models import Enterprise
from fairapp.enterprises.queries import find_by_tax_code
from tests.features.counting import count_queries

LIST = "/SIE27/organizer/enterprises/"


def organize(world, account, fair):
    with transaction() as session:
        session.add(Membership(account_id=account.id, fair_id=fair.id, role=Role.ORGANIZER, created_at=world.now))


@pytest.fixture
def scene(world):
    fair = world.make_fair()
    account = world.make_member(fair, Role.ORGANIZER)
    return world, fair, account, world.sign_in(account)


def test_the_register_shows_who_applied_exhibits_or_buys_and_nobody_else(scene):
    world, fair, _, client = scene
    for name, make in (("Ứng tuyển", world.make_application), ("Trưng bày", world.make_exhibitor)):
        make(fair, world.make_enterprise(legal_name=name, short_name=""))
    world.make_buyer(fair, world.make_enterprise(legal_name="Bên mua", short_name=""))
    world.make_application(
        fair, world.make_enterprise(legal_name="Bản nháp", short_name=""), status=ApplicationStatus.DRAFT
    )
    world.make_exhibitor(world.make_fair("VIF27"), world.make_enterprise(legal_name="Nơi khác", short_name=""))
    world.make_enterprise(legal_name="Không ai", short_name="")

    page = client.get(LIST).text

    assert [name in page for name in ("Ứng tuyển", "Trưng bày", "Bên mua")] == [True] * 3
    assert [name in page for name in ("Bản nháp", "Nơi khác", "Không ai")] == [False] * 3


def test_an_organizer_of_two_fairs_sees_the_history_across_both(scene):
    world, fair, account, client = scene
    other, strange = world.make_fair("VIF27"), world.make_fair("XXX27")
    organize(world, account, other)
    enterprise = world.make_enterprise()
    for one in (fair, other, strange):
        world.make_exhibitor(one, enterprise)

    page = client.get(f"{LIST}{enterprise.public_id}").text

    assert "SIE27: exhibits" in page
    assert "VIF27: exhibits" in page
    assert "XXX27" not in page, "what others organize is not theirs to see"
    assert "VIF27" in client.get(LIST, query_string={"fair": "VIF27"}).text


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"q": "dai phat"}, {"Đại Phát"}),
        ({"q": "nothing"}, set()),
        ({"role": "buys"}, {"Minh Long"}),
        ({"role": "exhibits"}, {"Đại Phát"}),
        ({"province": "31"}, {"Minh Long"}),
        ({"sector": "plastic_rubber"}, set()),
        ({"role": "nonsense", "sort": "nonsense", "page": "nonsense"}, {"Đại Phát", "Minh Long"}),
    ],
)
def test_the_list_is_filtered_and_exported_alike(scene, filters, found):
    from python_calamine import CalamineWorkbook

    world, fair, _, client = scene
    world.make_exhibitor(fair, world.make_enterprise(legal_name="Đại Phát", short_name="", province="01"))
    world.make_buyer(fair, world.make_enterprise(legal_name="Minh Long", short_name="", province="31"))

    page = client.get(LIST, query_string=filters).text
    book = client.get("/SIE27/organizer/enterprises.xlsx", query_string=filters).data

    rows = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()[1:]
    assert {name for name in ("Đại Phát", "Minh Long") if name in page} == found
    assert {row[0] for row in rows} == found


def test_the_list_costs_the_same_for_two_rows_and_for_thirty(sqlite_world):
    world = sqlite_world
    fair = world.make_fair()
    client = world.sign_in_as(fair, Role.ORGANIZER)

    def cost() -> int:
        with count_queries(world) as statements:
            assert client.get(LIST).status_code == 200
        return len(statements)

    for _ in range(2):
        world.make_machine(world.make_exhibitor(fair).enterprise)
    few = cost()
    for _ in range(28):
        enterprise = world.make_exhibitor(fair).enterprise
        world.make_machine(enterprise)
        world.make_product(enterprise)
        world.make_customer(enterprise)

    assert cost() == few


def test_the_duplicates_cost_the_same_for_one_pair_and_for_ten(sqlite_world):
    world = sqlite_world
    fair = world.make_fair()
    client = world.sign_in_as(fair, Role.ORGANIZER)

    def twins(name: str) -> None:
        for _ in range(2):
            world.make_exhibitor(fair, world.make_enterprise(legal_name=name), contact_email=f"a@{name.lower()}.vn")

    def cost() -> int:
        with count_queries(world) as statements:
            assert "Compare" in client.get(f"{LIST}duplicates").text
        return len(statements)

    twins("Alpha")
    few = cost()
    for name in "BCDEFGHIJ":
        twins(name * 3)

    assert cost() == few


def correction(enterprise: Enterprise, **changes) -> dict:
    return {"legal_name": enterprise.legal_name, "country": "VN", "tax_code": enterprise.tax_code, **changes}


def test_a_corrected_tax_code_is_checked_and_found_again(scene):
    world, fair, _, client = scene
    enterprise = world.make_exhibitor(fair).enterprise
    address = f"{LIST}{enterprise.public_id}/edit"

    wrong = client.post(address, data=correction(enterprise, tax_code="0101234568", phone="12"))
    assert wrong.status_code == 422
    assert 'id="tax_code-error"' in wrong.text

    right = client.post(address, data=correction(enterprise, tax_code="0100109106", legal_name="Tên đúng"))
    assert right.status_code == 303
    db.session.rollback()
    assert find_by_tax_code("VN", "0100109106").legal_name == "Tên đúng"
    page = client.get(f"{LIST}{enterprise.public_id}").text
    assert "corrected the register" in page
    assert "→ 0100109106" in page


def test_a_tax_code_that_another_has_is_refused_with_its_name(scene):
    world, fair, _, client = scene
    enterprise, other = world.make_exhibitor(fair).enterprise, world.make_enterprise(legal_name="Người khác")

    answer = client.post(f"{LIST}{enterprise.public_id}/edit", data=correction(enterprise, tax_code=other.tax_code))

    assert answer.status_code == 409
    assert "Người khác has this tax code already" in answer.text


def test_an_entry_of_foreign_fairs_is_not_corrected(scene):
    world, _, _, client = scene
    enterprise = world.make_exhibitor(world.make_fair("VIF27")).enterprise

    assert client.get(f"{LIST}{enterprise.public_id}").status_code == 404
    assert client.post(f"{LIST}{enterprise.public_id}/edit", data=correction(enterprise)).status_code == 404


def test_an_application_tells_the_organizer_where_the_enterprise_was_before(scene):
    world, fair, account, client = scene
    earlier = world.make_fair("SIE26")
    organize(world, account, earlier)
    enterprise = world.make_exhibitor(earlier).enterprise
    application = world.make_application(fair, enterprise)

    page = client.get(f"/SIE27/organizer/applications/{application.public_id}/").text

    assert "SIE26: Exhibits" in page
    assert f'href="/SIE27/organizer/enterprises/{enterprise.public_id}"' in page
