"""The organizer's prices and extras: versions, their effect before they count, the catalogue."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from fairapp.accounts.models import Membership
from fairapp.accounts.policy import Role
from fairapp.database import db, transaction
from fairapp.enterprises.taxonomy import code_list
from fairapp.fees.models import Extra, FeeRules, OrderLine
from fairapp.fees.queries.rules import rules_of
from fairapp.fees.queries.statements import statement_of
from fairapp.fees.rules import BoothPrice, Rules
from fairapp.fees.service import extras as service
from fairapp.fees.service import rules as rules_service
from tests.features.threads import at_once
from tests.features.world import ACTOR

URL = "/SIE27/organizer/set-up/fees"
EXTRAS = "/SIE27/organizer/set-up/extras/"
PRICES = {"standard_9": 24_000_000, "premium_9": 30_000_000, "corner_surcharge_percent": 10}


@pytest.fixture
def fair(world):
    return world.make_fair(prices=PRICES, vat_percent=10)


def typed(**changes) -> dict[str, str]:
    """The form of rules as a browser sends it."""
    form = {
        "seen": "0",
        "corner_percent": "10",
        "early_by": "applied",
        "vat-0-since": "2027-01-01",
        "vat-0-percent": "10",
    }
    for number, code in enumerate(code_list("booth_types").codes):
        form |= {
            f"booths-{number}-price": {"standard_9": "24.000.000"}.get(code, "0"),
            f"booths-{number}-per": "m2" if code in ("raw_space", "common_area") else "booth",
            f"booths-{number}-least_area": "18" if code == "raw_space" else "",
        }
    return form | changes


def extra_form(**changes) -> dict[str, str]:
    form = {"code": "power_1p", "group": "power", "name_vi": "Điện", "name_en": "Power", "price": "1.200.000"}
    return form | changes


def count_versions() -> int:
    return db.session.scalar(sa.select(sa.func.count(FeeRules.id)))


def test_a_change_shows_whom_it_concerns_before_it_counts(world, fair):
    exhibitor = world.make_exhibitor(fair)
    client = world.sign_in_as(fair, Role.ORGANIZER)
    form = typed(registration="1.000.000")

    preview = client.post(URL, data=form)

    assert preview.status_code == 200
    assert "1 exhibitor pays another sum." in preview.text
    assert "27,500,000" in preview.text
    assert count_versions() == 0
    assert client.post(URL, data={**form, "save": "1"}).status_code == 303
    assert rules_of(fair.id)[0] == 1
    assert statement_of(exhibitor.id).gross == 27_500_000


def test_a_change_that_concerns_nobody_says_so(world, fair):
    world.make_exhibitor(fair)
    client = world.sign_in_as(fair, Role.ORGANIZER)

    assert "No exhibitor pays another sum." in client.post(URL, data=typed()).text


def test_versions_stay_and_an_older_one_can_count_again(world, fair):
    client = world.sign_in_as(fair, Role.ORGANIZER)
    client.post(URL, data=typed(registration="1.000.000", save="1"))
    client.post(URL, data=typed(registration="2.000.000", save="1", seen="1"))

    page = client.get(f"{URL}?version=1").text

    assert [version.number for version in db.session.scalars(sa.select(FeeRules).order_by(FeeRules.number))] == [1, 2]
    assert 'value="1,000,000"' in page
    assert 'name="seen" value="2"' in page
    assert "These are the values of version 1." in page


def test_two_organizers_never_overwrite_each_others_fees(world, fair):
    client = world.sign_in_as(fair, Role.ORGANIZER)
    client.post(URL, data=typed(save="1"))

    answer = client.post(URL, data=typed(registration="5", save="1"))

    assert answer.status_code == 409
    assert "Somebody else changed the fees" in answer.text
    assert 'value="5"' in answer.text
    assert count_versions() == 1


def test_of_rivals_at_one_moment_one_sets_the_version(world, fair):
    fair_id, now = fair.id, world.now

    def change(number):
        rules = Rules(registration=number)
        return rules_service.set_rules(fair_id, rules, seen=0, actor=ACTOR, now=now).number

    assert sorted(at_once(world, 3, change), key=str) == [1, "fee_rules_changed", "fee_rules_changed"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"corner_amount": "5.000"}, "corner_amount"),
        ({"early_percent": "5"}, "early_until"),
        ({"early_percent": "101"}, "early_percent"),
        ({"booths-0-price": "a lot"}, "booths-0-price"),
        ({"booths-0-price": "-5"}, "booths-0-price"),
        ({"vat-0-since": "", "vat-0-percent": ""}, "vat-0-percent"),
        ({"vat-1-percent": "8"}, "vat-1-since"),
        ({"vat-1-since": "2027-01-01", "vat-1-percent": "8"}, "vat-1-since"),
    ],
)
def test_fees_that_make_no_sense_are_refused_beside_their_field(world, fair, changes, field):
    client = world.sign_in_as(fair, Role.ORGANIZER)

    answer = client.post(URL, data=typed(**changes, save="1"))

    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert count_versions() == 0


def test_a_form_that_lost_its_booth_types_changes_nothing(world, fair):
    client = world.sign_in_as(fair, Role.ORGANIZER)

    assert client.post(URL, data={"save": "1"}).status_code == 422
    assert count_versions() == 0


def test_orders_follow_the_vat_of_the_law(world, fair):
    extra, own = world.make_extra(fair), world.make_extra(fair, vat_percent=5)
    exhibitor = world.make_exhibitor(fair)
    world.make_order(exhibitor, extra)
    world.make_order(exhibitor, own)
    with transaction() as session:
        session.execute(sa.update(OrderLine).where(OrderLine.extra_id == own.id).values(vat_percent=5))

    rules = Rules(booths={"standard_9": BoothPrice(price=0)}, vat=((date(2027, 1, 1), 8),))
    rules_service.set_rules(fair.id, rules, seen=0, actor=ACTOR, now=world.now)

    found = db.session.execute(sa.select(OrderLine.extra_id, OrderLine.vat_percent)).all()
    assert {one.extra_id: one.vat_percent for one in found} == {extra.id: 8, own.id: 5}
    assert statement_of(exhibitor.id).by_rate == {5: (1_000_000, 50_000), 8: (1_000_000, 80_000)}


# Extras


def test_an_extra_is_added_with_its_dates_at_the_fairs_zone(world, fair):
    client = world.sign_in_as(fair, Role.ORGANIZER)
    form = extra_form(late_from="2027-02-01T17:00", late_percent="30", closes_at="2027-03-01T17:00", most="4")

    assert client.post(EXTRAS, data=form).status_code == 303

    extra = db.session.scalars(sa.select(Extra)).one()
    assert (extra.price, extra.late_percent, extra.most, extra.offered) == (1_200_000, 30, 4, True)
    assert extra.late_from.isoformat() == "2027-02-01T10:00:00+00:00"
    assert 'value="2027-02-01T17:00"' in client.get(f"{EXTRAS}{extra.public_id}/").text


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"code": "Power 1"}, "code"),
        ({"name_vi": ""}, "name_vi"),
        ({"group": "nothing"}, "group"),
        ({"price": "free"}, "price"),
        ({"late_percent": "30"}, "late_from"),
        ({"late_from": "2027-02-01T17:00"}, "late_percent"),
        ({"late_from": "2027-02-02T17:00", "late_percent": "5", "closes_at": "2027-02-01T17:00"}, "closes_at"),
        ({"code": "taken"}, "code"),
    ],
)
def test_an_extra_that_makes_no_sense_is_refused_beside_its_field(world, fair, changes, field):
    world.make_extra(fair, code="taken")
    client = world.sign_in_as(fair, Role.ORGANIZER)

    answer = client.post(EXTRAS, data=extra_form(**changes))

    assert answer.status_code in (409, 422)
    assert f'id="{field}-error"' in answer.text
    assert db.session.scalar(sa.select(sa.func.count(Extra.id))) == 1


def test_an_extra_keeps_its_code_and_takes_no_other_ones(world, fair):
    extra, other = world.make_extra(fair, code="one"), world.make_extra(fair, code="two")
    client = world.sign_in_as(fair, Role.ORGANIZER)
    url = f"{EXTRAS}{extra.public_id}/"

    assert client.post(url, data=extra_form(code="one", vat_percent="5")).status_code == 303
    assert client.post(url, data=extra_form(code=other.code)).status_code == 409
    assert db.session.get(Extra, extra.id).vat_percent == 5


def test_a_removed_extra_stays_on_orders_and_comes_back_by_the_undo(world, fair):
    extra = world.make_extra(fair)
    exhibitor = world.make_exhibitor(fair)
    world.make_order(exhibitor, extra)
    client = world.sign_in_as(fair, Role.ORGANIZER)

    client.post(f"{EXTRAS}{extra.public_id}/remove")
    page = client.get(EXTRAS).text

    assert db.session.get(Extra, extra.id).offered is False
    assert f'action="{EXTRAS}{extra.public_id}/offer" class="act" data-undo' in page
    assert statement_of(exhibitor.id).lines[-1].code == "extra"
    client.post(f"{EXTRAS}{extra.public_id}/offer")
    assert db.session.get(Extra, extra.id).offered is True


def test_the_usual_extras_come_once_and_are_not_offered_before_they_have_a_price(world, fair):
    client = world.sign_in_as(fair, Role.ORGANIZER)

    client.post(f"{EXTRAS}usual")
    client.post(f"{EXTRAS}usual")

    found = db.session.scalars(sa.select(Extra)).all()
    assert sorted(one.code for one in found) == sorted(service.usual_codes())
    assert not any(one.offered for one in found)
    assert all(set(one.name) == {"vi", "en", "ja", "ko"} for one in found)


def test_another_fairs_extras_are_copied_without_their_dates(world, fair):
    account = world.make_member(fair, Role.ORGANIZER)
    other = world.make_fair("SIE26")
    with transaction() as session:
        session.add(Membership(account_id=account.id, fair_id=other.id, role=Role.ORGANIZER, created_at=world.now))
    world.make_extra(other, code="power_1p", price=5, late_from=world.now, late_percent=30)
    world.make_extra(other, code="mine")
    world.make_extra(fair, code="mine", price=7)
    client = world.sign_in(account)

    assert client.post(f"{EXTRAS}copy", data={"fair": "SIE26"}).status_code == 303

    found = db.session.scalars(sa.select(Extra).where(Extra.fair_id == fair.id).order_by(Extra.code)).all()
    assert [(one.code, one.price, one.late_from, one.late_percent) for one in found] == [
        ("mine", 7, None, 0),
        ("power_1p", 5, None, 30),
    ]


def test_the_extras_of_somebody_elses_fair_are_not_copied(world, fair):
    other = world.make_fair("SIE26")
    world.make_extra(other)
    client = world.sign_in_as(fair, Role.ORGANIZER)

    client.post(f"{EXTRAS}copy", data={"fair": "SIE26"})

    assert db.session.scalar(sa.select(sa.func.count()).where(Extra.fair_id == fair.id)) == 0
    assert "Choose one of your fairs." in client.get(EXTRAS).text


def test_the_catalogue_is_exported(world, fair):
    world.make_extra(fair, late_from=world.now + timedelta(days=1))
    client = world.sign_in_as(fair, Role.ORGANIZER)

    assert client.get("/SIE27/organizer/set-up/extras.xlsx").data.startswith(b"PK")


def test_enterprises_see_the_prices_that_count_before_they_apply(world, fair):
    rules = Rules(booths={"standard_9": BoothPrice(price=25_000_000)}, early_percent=5, early_until=date(2026, 12, 1))
    before = world.visitor().get("/SIE27/exhibit").text
    rules_service.set_rules(fair.id, rules, seen=0, actor=ACTOR, now=world.now)

    after = world.visitor().get("/SIE27/exhibit").text

    assert "24,000,000" in before
    assert "25,000,000" in after
    assert "24,000,000" not in after
    assert "Before VAT of 10 %." in after


def test_an_early_bird_that_is_over_is_not_offered_any_more(world, fair):
    rules = Rules(booths={"standard_9": BoothPrice(price=25_000_000)}, early_percent=5, early_until=date(2026, 12, 1))
    rules_service.set_rules(fair.id, rules, seen=0, actor=ACTOR, now=world.now)
    world.set_clock(2026, 12, 1, 16, 59)  # one minute before midnight in Hanoi
    last_minute = world.visitor().get("/SIE27/exhibit").text
    world.set_clock(2026, 12, 1, 17)

    after = world.visitor().get("/SIE27/exhibit").text

    assert "−5 %" in last_minute
    assert "−5 %" not in after
    assert "25,000,000" in after


def test_a_fair_without_prices_shows_none(world):
    world.make_fair("VIF27")

    assert "Prices" not in world.visitor().get("/VIF27/exhibit").text


@pytest.mark.parametrize(
    "price", ["24.000.000", "24,000,000", "24 000 000 ₫", "24000000", "24.000.000 đ", "24000000 VND"]
)
def test_money_is_read_as_people_write_it(world, fair, price):
    client = world.sign_in_as(fair, Role.ORGANIZER)

    assert client.post(EXTRAS, data=extra_form(price=price)).status_code == 303
    assert db.session.scalars(sa.select(Extra.price)).all() == [24_000_000]


@pytest.mark.parametrize("price", ["2.5", "24.00.000", "24.000.00", "1e6", "9999999999999"])
def test_what_is_no_whole_sum_is_refused_and_stays_as_it_was_typed(world, fair, price):
    client = world.sign_in_as(fair, Role.ORGANIZER)

    answer = client.post(EXTRAS, data=extra_form(price=price))

    assert answer.status_code == 422
    assert f'value="{price}"' in answer.text
