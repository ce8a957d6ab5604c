"""What exhibitors owe: rows brought together, co-exhibitors, pavilions, and lists that cost the same for many."""

from datetime import UTC, date, datetime

import pytest

from fairapp.accounts.policy import Role
from fairapp.applications.queries import find_application
from fairapp.booths.models import Allocation
from fairapp.database import transaction
from fairapp.exhibitors.models import Pavilion
from fairapp.fees.models import Payment
from fairapp.fees.queries import overview
from fairapp.fees.queries.statements import (
    statement_of,
    statement_of_pavilion,
    statements_of,
    statements_of_pavilions,
)
from fairapp.fees.rules import BoothPrice, Rules
from fairapp.fees.service import rules as rules_service
from fairapp.fees.service import subsidies as service
from tests.features.counting import count_queries
from tests.features.world import ACTOR

PRICES = {"standard_9": 24_000_000, "corner_surcharge_percent": 10}


@pytest.fixture
def fair(world):
    return world.make_fair(prices=PRICES, vat_percent=10)


def set_rules(world, fair, **changes):
    rules = Rules(**{"booths": {"standard_9": BoothPrice(price=24_000_000)}, **changes})
    return rules_service.set_rules(fair.id, rules, seen=0, actor=ACTOR, now=world.now)


def codes(statement) -> list[tuple[str, int]]:
    return [(line.code, line.net) for line in statement.lines]


def test_before_anybody_sets_fees_the_price_list_of_the_fair_counts(world, fair):
    exhibitor = world.make_exhibitor(fair, corner=True)

    statement = statement_of(exhibitor.id)

    assert codes(statement) == [("booth", 24_000_000), ("corner", 2_400_000)]
    assert statement.rules_number == 0


def test_an_allocated_booth_says_itself_whether_it_is_a_corner(world, fair):
    wished, surprised = world.make_exhibitor(fair, corner=True), world.make_exhibitor(fair)
    hall = world.make_hall(fair)
    for exhibitor, code, corner in ((wished, "A101", False), (surprised, "A102", True)):
        booth = world.make_booth(hall, code, corner=corner)
        with transaction() as session:
            session.add(Allocation(booth_id=booth.id, exhibitor_id=exhibitor.id, allocated_at=world.now))

    assert codes(statement_of(wished.id)) == [("booth", 24_000_000)]
    assert codes(statement_of(surprised.id)) == [("booth", 24_000_000), ("corner", 2_400_000)]


def test_the_early_bird_goes_by_the_day_of_the_application_at_the_fair(world, fair):
    set_rules(world, fair, early_percent=5, early_until=date(2026, 11, 30))
    exhibitor = world.make_exhibitor(fair)
    application = find_application(fair.id, exhibitor.enterprise_id)

    def apply(moment):
        with transaction() as session:
            session.merge(application).applied_at = moment
        return codes(statement_of(exhibitor.id))

    # 17:00 UTC is midnight in Hà Nội.
    assert apply(datetime(2026, 11, 30, 16, 59, tzinfo=UTC))[1:] == [("early_bird", -1_200_000)]
    assert apply(datetime(2026, 11, 30, 17, 0, tzinfo=UTC))[1:] == []


def test_orders_that_stand_and_badges_beyond_the_free_ones_are_lines(world, fair):
    set_rules(world, fair, badge=100_000)
    exhibitor = world.make_exhibitor(fair)
    extra = world.make_extra(fair, price=500_000)
    world.make_order(exhibitor, extra, 2)
    world.make_order(exhibitor, extra, 9, cancelled_at=world.now)
    for _one in range(4):
        world.make_staff(exhibitor)
    world.make_staff(exhibitor, removed_at=world.now)

    assert codes(statement_of(exhibitor.id)) == [
        ("booth", 24_000_000),
        ("badges", 200_000),
        ("extra", 1_000_000),
    ]


def test_a_co_exhibitors_lines_stand_on_the_main_exhibitors_statement(world, fair):
    set_rules(world, fair, co_exhibitor=3_000_000)
    main = world.make_exhibitor(fair)
    guest = world.make_exhibitor(fair, main_exhibitor_id=main.id)
    world.make_order(guest, world.make_extra(fair, price=700_000))

    own, whole = statement_of(guest.id), statement_of(main.id)

    assert own.held_by == "main_exhibitor"
    assert codes(own) == [("co_exhibitor", 3_000_000), ("extra", 700_000)]
    assert codes(whole) == [("booth", 24_000_000), *codes(own)]
    assert whole.lines[1].facts["exhibitor"] == guest.enterprise.short_name
    assert whole.enterprise_pays == 26_400_000 + own.gross


def test_a_co_organizer_who_holds_a_pavilions_contract_owes_for_its_members(world, fair):
    body = world.make_co_organizer(fair)
    with transaction() as session:
        session.add(held := Pavilion(fair_id=fair.id, name={"vi": "Khu tỉnh"}, co_organizer_id=body.id))
        session.add(loose := Pavilion(fair_id=fair.id, name={"vi": "Khu khác"}))
    member = world.make_exhibitor(fair, pavilion_id=held.id)
    guest = world.make_exhibitor(fair, main_exhibitor_id=member.id)
    free = world.make_exhibitor(fair, pavilion_id=loose.id)
    world.make_subsidy(member, percent=50)

    whole = statement_of_pavilion(held.id)

    assert [statement_of(one.id).held_by for one in (member, guest, free)] == ["pavilion", "pavilion", "own"]
    assert (whole.gross, whole.budget_pays) == (26_400_000, 13_200_000)
    assert whole.lines[0].facts["exhibitor"] == member.enterprise.short_name
    assert statements_of_pavilions(fair.id, statements_of(fair.id)) == {held.id: whole}
    assert statement_of_pavilion(loose.id).lines == ()


def test_one_exhibitors_statement_is_the_same_alone_and_among_all(world, fair):
    set_rules(world, fair, co_exhibitor=1_000_000)
    several = [world.make_exhibitor(fair) for _one in range(3)]
    several.append(world.make_exhibitor(fair, main_exhibitor_id=several[0].id))
    world.make_adjustment(several[1])
    world.make_subsidy(several[2], percent=None, amount=5_000_000)

    assert statements_of(fair.id) == {one.id: statement_of(one.id) for one in several}


def test_nothing_of_another_fair_gets_into_a_statement(world, fair):
    exhibitor = world.make_exhibitor(fair)
    other = world.make_fair("VIF27", prices={"standard_9": 1})
    there = world.make_exhibitor(other, exhibitor.enterprise)
    world.make_order(there, world.make_extra(other))
    world.make_subsidy(there)

    assert codes(statement_of(exhibitor.id)) == [("booth", 24_000_000)]
    assert set(statements_of(other.id)) == {there.id}


# The organizer's pages


def test_subsidies_are_entered_changed_and_taken_away_with_a_way_back(world, fair):
    exhibitor = world.make_exhibitor(fair)
    client = world.sign_in_as(fair, Role.ORGANIZER)
    url = f"/SIE27/organizer/exhibitors/{exhibitor.public_id}/fees"
    typed = {
        "subsidy-source": "Sở Công Thương",
        "subsidy-percent": "50",
        "subsidy-cap": "10.000.000",
        "subsidy-decision_number": "12/QĐ-SCT",
        "subsidy-decided_on": "2027-01-05",
    }

    assert client.post(f"{url}/subsidies", data=typed).status_code == 303
    share = statement_of(exhibitor.id).shares[0]
    assert (share.amount, share.decision_number, share.decided_on) == (10_000_000, "12/QĐ-SCT", "2027-01-05")

    page = client.get(url).text
    subsidy_id = page.split("/fees/subsidies/")[2].split("/")[0]
    assert client.post(f"{url}/subsidies/{subsidy_id}/", data={**typed, "subsidy-cap": ""}).status_code == 303
    assert statement_of(exhibitor.id).budget_pays == 13_200_000

    client.post(f"{url}/subsidies/{subsidy_id}/remove")
    assert statement_of(exhibitor.id).budget_pays == 0
    assert 'name="subsidy-percent" value="50"' in client.get(url).text


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"percent": "50", "amount": "5"}, "amount"),
        ({}, "percent"),
        ({"percent": "101"}, "percent"),
        ({"percent": "50", "source": " "}, "source"),
        ({"percent": "50", "cap": "ten"}, "cap"),
        ({"percent": "50", "decided_on": "0027-01-05"}, "decided_on"),
    ],
)
def test_a_subsidy_that_makes_no_sense_is_refused_beside_its_field(world, fair, typed, field):
    exhibitor = world.make_exhibitor(fair)
    client = world.sign_in_as(fair, Role.ORGANIZER)
    form = {f"subsidy-{name}": value for name, value in {"source": "Sở", **typed}.items()}

    answer = client.post(f"/SIE27/organizer/exhibitors/{exhibitor.public_id}/fees/subsidies", data=form)

    assert answer.status_code == 422
    assert f'id="subsidy-{field}-error"' in answer.text
    assert statement_of(exhibitor.id).shares == ()


def test_adjustments_add_and_take_away(world, fair):
    exhibitor = world.make_exhibitor(fair)
    client = world.sign_in_as(fair, Role.ORGANIZER)
    url = f"/SIE27/organizer/exhibitors/{exhibitor.public_id}/fees"
    typed = {"adjustment-label": "Giảm giá", "adjustment-amount": "-1.500.000"}

    assert client.post(f"{url}/adjustments", data=typed).status_code == 303
    assert codes(statement_of(exhibitor.id))[-1] == ("adjustment", -1_500_000)
    adjustment_id = client.get(url).text.split("/fees/adjustments/")[1].split("/")[0]
    client.post(f"{url}/adjustments/{adjustment_id}/remove")
    assert codes(statement_of(exhibitor.id)) == [("booth", 24_000_000)]
    assert 'name="adjustment-amount" value="-1500000"' in client.get(url).text


def test_an_exhibitor_sees_what_it_and_the_budget_pay(world, fair):
    exhibitor = world.make_exhibitor(fair)
    world.make_subsidy(exhibitor, percent=50)
    client = world.sign_in_as(fair, Role.EXHIBITOR_STAFF, exhibitor.enterprise)

    page = client.get("/SIE27/exhibitor/fees/").text

    assert "Budget pays: Sở Công Thương" in page
    assert page.count("13,200,000") >= 2


def test_the_overview_filters_sorts_and_exports(world, fair):
    owing, paid, small = (world.make_exhibitor(fair) for _one in range(3))
    world.make_adjustment(small, -20_000_000)
    with transaction() as session:
        session.add(
            Payment(
                fair_id=fair.id,
                exhibitor_id=paid.id,
                amount=26_400_000,
                paid_on=date(2027, 1, 5),
                recorded_at=world.now,
            )
        )
    client = world.sign_in_as(fair, Role.ORGANIZER)

    def rows(**filters):
        found = overview.list_fee_rows(fair.id, today=date(2027, 1, 6), **filters)
        return [row.exhibitor.id for row in found]

    assert sorted(rows(state="open")) == sorted([owing.id, small.id])
    assert rows(state="paid") == [paid.id]
    assert rows(query=owing.enterprise.tax_code) == [owing.id]
    assert rows(sort=overview.Sort(by="owed"))[0] == small.id
    assert client.get("/SIE27/organizer/fees/?state=paid&sort=owed").text.count('/fees"') >= 1
    assert client.get("/SIE27/organizer/fees.xlsx").data.startswith(b"PK")


def test_the_overview_costs_the_same_for_one_and_for_many(world, fair):
    client = world.sign_in_as(fair, Role.ORGANIZER)
    counts = []
    for more in (1, 6):
        for _one in range(more):
            exhibitor = world.make_exhibitor(fair)
            world.make_order(exhibitor, world.make_extra(fair))
            world.make_subsidy(exhibitor)
            world.make_adjustment(exhibitor)
        with count_queries(world) as statements:
            assert client.get("/SIE27/organizer/fees/").status_code == 200
        counts.append(len(statements))

    assert counts[0] == counts[1]


def test_two_organizers_may_take_the_same_adjustment_away_once(world, fair):
    exhibitor = world.make_exhibitor(fair)
    adjustment = world.make_adjustment(exhibitor)
    client = world.sign_in_as(fair, Role.ORGANIZER)
    url = f"/SIE27/organizer/exhibitors/{exhibitor.public_id}/fees/adjustments/{adjustment.public_id}/remove"

    assert [client.post(url).status_code for _one in range(2)] == [303, 404]


def test_the_trail_tells_who_changed_fees(world, fair):
    exhibitor = world.make_exhibitor(fair)

    service.add_adjustment(fair.id, exhibitor.public_id, label="Giảm giá", amount=-1, actor=ACTOR, now=world.now)
    page = world.sign_in_as(fair, Role.ORGANIZER).get("/SIE27/organizer/audit/").text

    assert "added an adjustment" in page
