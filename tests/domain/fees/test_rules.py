"""What fee rules make of an exhibitor: the worked examples of the trade, and what holds for any figures."""

import random
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairapp.fees.lines import Statement, percent_of, together
from fairapp.fees.rules import (
    ACCEPTED,
    APPLIED,
    PER_M2,
    Adjusted,
    BoothPrice,
    Ordered,
    Presence,
    Rules,
    Subsidised,
    compute,
    default_rules,
    is_early,
)

OPENING = date(2027, 3, 17)
SIE27 = {
    "standard_9": 24_000_000,
    "premium_9": 30_000_000,
    "raw_space_per_m2": 2_200_000,
    "raw_min_m2": 18,
    "corner_surcharge_percent": 10,
    "early_bird_percent": -5,
}


def rules(**changes) -> Rules:
    usual = default_rules(SIE27, vat_percent=10, starts_on=OPENING)
    return Rules(**{**vars(usual), **changes})


def owed(presence: Presence, **changes) -> Statement:
    return compute(rules(**changes), presence, day=OPENING, number=3)


def nets(statement: Statement) -> list[tuple[str, int]]:
    return [(line.code, line.net) for line in statement.lines]


# Worked examples


def test_a_standard_booth_is_its_price_and_the_vat_of_the_opening_day():
    statement = owed(Presence())

    assert nets(statement) == [("booth", 24_000_000)]
    assert (statement.net, statement.vat, statement.gross) == (24_000_000, 2_400_000, 26_400_000)
    assert (statement.enterprise_pays, statement.budget_pays, statement.rules_number) == (26_400_000, 0, 3)


def test_a_booth_of_two_open_sides_costs_a_tenth_more():
    assert nets(owed(Presence(corners=1))) == [("booth", 24_000_000), ("corner", 2_400_000)]


def test_two_booths_with_one_corner_pay_one_surcharge():
    assert nets(owed(Presence(quantity=2, area=18, corners=1))) == [("booth", 48_000_000), ("corner", 2_400_000)]


def test_a_surcharge_may_be_an_amount():
    statement = owed(Presence(corners=1), corner_percent=0, corner_amount=1_500_000)

    assert nets(statement) == [("booth", 24_000_000), ("corner", 1_500_000)]


def test_raw_space_is_asked_for_from_18_square_metres_on():
    small, large = Presence(booth_type="raw_space", area=12), Presence(booth_type="raw_space", area=36)

    assert [(line.quantity, line.net) for line in owed(small).lines] == [(18, 39_600_000)]
    assert [(line.quantity, line.net) for line in owed(large).lines] == [(36, 79_200_000)]


def test_the_early_bird_takes_a_twentieth_off_booth_and_corner():
    presence = Presence(corners=1, applied_on=date(2026, 12, 31))

    assert nets(owed(presence, early_until=date(2026, 12, 31))) == [
        ("booth", 24_000_000),
        ("corner", 2_400_000),
        ("early_bird", -1_320_000),
    ]


@pytest.mark.parametrize(
    ("by", "applied", "accepted", "early"),
    [
        (APPLIED, date(2026, 12, 31), date(2027, 1, 9), True),
        (APPLIED, date(2027, 1, 1), date(2027, 1, 9), False),
        (ACCEPTED, date(2026, 12, 1), date(2027, 1, 9), False),
        (ACCEPTED, date(2027, 1, 9), date(2026, 12, 31), True),
        (APPLIED, None, date(2026, 12, 1), False),
    ],
)
def test_the_day_of_the_application_or_of_its_acceptance_decides_as_the_rules_say(by, applied, accepted, early):
    presence = Presence(applied_on=applied, accepted_on=accepted)

    assert is_early(rules(early_until=date(2026, 12, 31), early_by=by), presence) is early


def test_the_state_pays_the_whole_booth_and_the_enterprise_a_service_fee():
    """CAEXPO 2024: 100 % of the booth from the budget, 5,000,000 ₫ with VAT from the enterprise."""
    presence = Presence(subsidies=(Subsidised(source="Cục Xúc tiến thương mại", percent=100),))

    statement = owed(presence, registration=4_545_455)

    assert (statement.budget_pays, statement.enterprise_pays) == (26_400_000, 5_000_001)


def test_a_department_pays_half():
    """VSI Expo 2014: the Department of Industry and Trade paid 50 % for domestic firms."""
    subsidy = Subsidised(source="Sở Công Thương", percent=50, decision_number="12/QĐ-SCT", decided_on="2027-01-05")

    statement = owed(Presence(subsidies=(subsidy,)))

    share = statement.shares[0]
    assert (share.amount, share.net, share.vat) == (13_200_000, 12_000_000, 1_200_000)
    assert (share.decision_number, share.decided_on) == ("12/QĐ-SCT", "2027-01-05")
    assert statement.enterprise_pays == 13_200_000


def test_a_raw_corner_at_automation_world_prices_early_and_normal():
    """Automation World 2024: raw 69 or 74 million for 9 m², early or not."""
    prices = {"raw_9": BoothPrice(price=74_000_000)}
    early = owed(
        Presence(booth_type="raw_9", applied_on=date(2026, 10, 1)),
        booths=prices,
        early_percent=7,
        early_until=date(2026, 11, 1),
    )
    normal = owed(Presence(booth_type="raw_9"), booths=prices)

    assert (early.net, normal.net) == (68_820_000, 74_000_000)


# Subsidies


def test_a_subsidy_stops_at_its_cap():
    statement = owed(Presence(subsidies=(Subsidised(source="Sở", percent=50, cap=10_000_000),)))

    assert (statement.budget_pays, statement.enterprise_pays) == (10_000_000, 16_400_000)


def test_subsidies_together_pay_no_more_than_the_booth_the_earliest_decision_first():
    late = Subsidised(source="Tỉnh", percent=80, decided_on="2027-02-01")
    early = Subsidised(source="Bộ", amount=20_000_000, decided_on="2027-01-01")

    statement = owed(Presence(orders=(Ordered(facts={}, quantity=1, price=1_000_000),), subsidies=(late, early)))

    assert [(share.source, share.amount) for share in statement.shares] == [("Bộ", 20_000_000), ("Tỉnh", 6_400_000)]
    assert statement.enterprise_pays == 1_100_000


def test_no_subsidy_pays_orders_or_registration():
    presence = Presence(
        orders=(Ordered(facts={}, quantity=2, price=500_000),), subsidies=(Subsidised(source="Bộ", percent=100),)
    )

    statement = owed(presence, registration=1_000_000)

    assert statement.enterprise_pays == 2_200_000


# Orders, VAT, adjustments


def test_a_late_order_has_its_surcharge_as_a_line_of_its_own():
    statement = owed(
        Presence(orders=(Ordered(facts={"extra": "power_1p"}, quantity=3, price=700_000, late_percent=30),))
    )

    assert nets(statement)[1:] == [("extra", 2_100_000), ("late", 630_000)]


def test_an_extra_may_have_a_vat_rate_of_its_own():
    statement = owed(Presence(orders=(Ordered(facts={}, quantity=1, price=1_000_000, vat_percent=5),)))

    assert statement.by_rate == {5: (1_000_000, 50_000), 10: (24_000_000, 2_400_000)}


@pytest.mark.parametrize(
    ("day", "percent"),
    [(date(2026, 12, 31), 8), (date(2027, 1, 1), 10), (date(2020, 1, 1), 8), (date(2027, 3, 17), 10)],
)
def test_vat_is_that_of_the_day(day, percent):
    assert Rules().vat_on(day) == percent


def test_a_fair_whose_price_list_names_another_rate_keeps_it():
    assert default_rules({}, vat_percent=8, starts_on=OPENING).vat_on(OPENING) == 8


def test_vat_is_rounded_once_per_rate_and_the_lines_add_up_to_it():
    orders = tuple(Ordered(facts={}, quantity=1, price=5) for _ in range(3))

    statement = owed(Presence(orders=orders), booths={})

    assert (statement.net, statement.vat) == (15, 2)
    assert [line.vat for line in statement.lines] == [0, 1, 0, 1]


@pytest.mark.parametrize(
    ("amount", "percent", "rounded"), [(25, 10, 3), (-25, 10, -3), (24, 10, 2), (25, -10, -3), (0, 10, 0)]
)
def test_halves_are_rounded_away_from_zero(amount, percent, rounded):
    assert percent_of(amount, percent) == rounded


def test_an_adjustment_never_takes_more_than_there_is_and_says_what_was_agreed():
    statement = owed(Presence(adjustments=(Adjusted(label="Giảm giá", amount=-30_000_000),)))

    line = statement.lines[-1]
    assert (line.net, line.facts) == (-24_000_000, {"label": "Giảm giá", "agreed": -30_000_000})
    assert statement.gross == 0


def test_what_was_waived_needs_no_subsidy():
    presence = Presence(
        adjustments=(Adjusted(label="Miễn phí", amount=-24_000_000),), subsidies=(Subsidised(source="Bộ", percent=50),)
    )

    assert (owed(presence).budget_pays, owed(presence).enterprise_pays) == (0, 0)


def test_a_co_exhibitor_pays_its_fee_and_its_orders_and_no_booth():
    presence = Presence(is_co_exhibitor=True, paid_badges=2, orders=(Ordered(facts={}, quantity=1, price=900_000),))

    statement = owed(presence, co_exhibitor=3_000_000, badge=100_000, registration=1_000_000)

    assert nets(statement) == [("co_exhibitor", 3_000_000), ("badges", 200_000), ("extra", 900_000)]


def test_a_booth_type_without_a_price_is_a_line_of_nothing():
    assert nets(owed(Presence(booth_type="buyer_booth"))) == [("booth", 0)]


# JSON


def test_rules_and_statements_survive_json():
    changed = rules(early_until=date(2026, 12, 31), corner_percent=0, corner_amount=5, early_by=ACCEPTED)
    statement = owed(
        Presence(
            corners=1,
            subsidies=(Subsidised(source="Bộ", percent=50, cap=7),),
            orders=(Ordered(facts={"extra": "x"}, quantity=1, price=3),),
        )
    )

    assert Rules.from_values(changed.to_values()) == changed
    assert Rules.from_values({**changed.to_values(), "deposit_percent": 50}) == changed
    assert Statement.from_values(statement.to_values()) == statement


# Properties

amounts = st.integers(0, 3_000_000_000)
percents = st.integers(0, 100)
any_rules = st.builds(
    Rules,
    booths=st.fixed_dictionaries(
        {
            "standard_9": st.builds(BoothPrice, price=amounts),
            "raw_space": st.builds(BoothPrice, price=amounts, per=st.just(PER_M2), least_area=st.integers(0, 60)),
        }
    ),
    corner_percent=percents,
    corner_amount=amounts,
    early_percent=percents,
    early_until=st.none() | st.dates(date(2026, 1, 1), date(2027, 3, 1)),
    early_by=st.sampled_from((APPLIED, ACCEPTED)),
    registration=amounts,
    co_exhibitor=amounts,
    badge=amounts,
    vat=st.lists(st.tuples(st.dates(date(2025, 1, 1), date(2028, 1, 1)), percents), min_size=1, max_size=4).map(tuple),
)
any_orders = st.builds(
    Ordered,
    facts=st.just({}),
    quantity=st.integers(1, 500),
    price=amounts,
    late_percent=percents,
    vat_percent=st.none() | st.sampled_from((0, 5, 8, 10)),
)
any_subsidies = st.builds(
    lambda source, percent, amount, cap, day: Subsidised(
        source=source, percent=percent, amount=amount if percent is None else None, cap=cap, decided_on=day
    ),
    st.sampled_from(("Bộ", "Sở", "Tỉnh")),
    st.none() | percents,
    amounts,
    st.none() | amounts,
    st.sampled_from(("", "2027-01-01", "2027-02-01")),
)
presences = st.builds(
    Presence,
    booth_type=st.sampled_from(("standard_9", "raw_space", "unknown")),
    area=st.integers(1, 500),
    quantity=st.integers(1, 20),
    corners=st.integers(0, 20),
    applied_on=st.none() | st.dates(date(2026, 1, 1), date(2027, 3, 1)),
    accepted_on=st.none() | st.dates(date(2026, 1, 1), date(2027, 3, 1)),
    is_co_exhibitor=st.booleans(),
    paid_badges=st.integers(0, 50),
    orders=st.lists(any_orders, max_size=6).map(tuple),
    adjustments=st.lists(
        st.builds(Adjusted, label=st.text(max_size=3), amount=st.integers(-4_000_000_000, 2_000_000_000)), max_size=4
    ).map(tuple),
    subsidies=st.lists(any_subsidies, max_size=4).map(tuple),
)


@settings(max_examples=150)
@given(any_rules, presences)
def test_no_total_is_negative_and_the_parts_make_the_whole(rules, presence):
    statement = compute(rules, presence, day=OPENING)

    assert min(statement.net, statement.vat, statement.gross, statement.enterprise_pays, statement.budget_pays) >= 0
    assert statement.net == sum(line.net for line in statement.lines)
    assert statement.vat == sum(vat for _net, vat in statement.by_rate.values())
    assert statement.enterprise_pays + statement.budget_pays == statement.gross
    for rate, (net, vat) in statement.by_rate.items():
        assert vat == percent_of(net, rate)


@settings(max_examples=150)
@given(any_rules, presences)
def test_a_subsidy_is_never_above_its_cap_nor_above_what_it_pays_for(rules, presence):
    statement = compute(rules, presence, day=OPENING)
    booth = sum(line.gross for line in statement.lines if line.code in {"booth", "corner", "early_bird"})

    assert all(0 <= share.amount <= share.cap for share in statement.shares if share.cap is not None)
    assert all(share.net + share.vat == share.amount and share.vat >= 0 for share in statement.shares)
    assert statement.budget_pays <= booth
    assert len(statement.shares) == len(presence.subsidies)


@settings(max_examples=100)
@given(any_rules, presences, st.randoms(use_true_random=False))
def test_the_order_of_orders_adjustments_and_subsidies_changes_no_total(rules, presence, shuffle: random.Random):
    mixed = {
        name: tuple(shuffle.sample(getattr(presence, name), len(getattr(presence, name))))
        for name in ("orders", "adjustments", "subsidies")
    }
    one = compute(rules, presence, day=OPENING)
    other = compute(rules, Presence(**{**vars(presence), **mixed}), day=OPENING)

    totals = ("net", "vat", "gross", "budget_pays", "enterprise_pays", "by_rate")
    assert [getattr(one, name) for name in totals] == [getattr(other, name) for name in totals]


@settings(max_examples=50)
@given(any_rules, st.lists(presences, max_size=3))
def test_several_exhibitors_together_owe_what_each_owes(rules, several):
    statements = [compute(rules, presence, day=OPENING) for presence in several]

    assert together(statements).enterprise_pays == sum(one.enterprise_pays for one in statements)
