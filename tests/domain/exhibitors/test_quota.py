"""Free badges by booth area."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairapp.exhibitors.quota import (
    BadgeRules,
    BadgesUsedUp,
    ExtraBadgesToAgree,
    Quota,
    Standing,
    by_area,
    check_contractors,
    check_staff,
    extra_badges,
    quota_of,
    read_rules,
    write_rules,
)

RULES = BadgeRules()


@pytest.mark.parametrize(
    ("area", "free"), [(9, 2), (6, 2), (9.5, 3), (18, 3), (19, 4), (27, 4), (36, 5), (100, 13), (0, 0)]
)
def test_nine_square_metres_give_two_badges_and_each_further_nine_begun_one_more(area, free):
    assert quota_of(RULES, area=area).free == free


@given(st.floats(0, 5000), st.floats(0, 5000), st.integers(1, 40), st.integers(0, 10), st.integers(0, 10))
def test_more_area_never_gives_fewer_badges(one, other, step_area, first, step):
    rules = BadgeRules(step_area=step_area)
    small, large = sorted((one, other))

    assert by_area(rules, small, first=first, step=step) <= by_area(rules, large, first=first, step=step)


def test_a_co_exhibitor_has_badges_of_its_own_and_builds_nothing():
    assert quota_of(RULES, area=0, is_co_exhibitor=True) == Quota(free=1, limit=None, contractors=0)


def test_the_organizers_word_for_one_exhibitor_outweighs_the_area():
    rules = BadgeRules(most_extra=2)

    assert quota_of(rules, area=9).limit == 4
    assert quota_of(rules, area=9, free=6).limit == 8
    assert quota_of(rules, area=9, limit=3).limit == 3


def test_contractors_may_be_as_many_as_needed():
    assert quota_of(BadgeRules(contractors_unlimited=True), area=9).contractors is None
    assert quota_of(RULES, area=27).contractors == 8


def test_the_rules_are_kept_as_plain_values_and_what_was_never_set_is_as_usual():
    rules = BadgeRules(first=5, most_extra=3, co_exhibitors_at_once=True)

    assert read_rules(write_rules(rules)) == rules
    assert read_rules({}) == BadgeRules()
    assert read_rules({"first": 4, "gone": 1}) == BadgeRules(first=4)


@given(st.integers(0, 50), st.integers(0, 50))
def test_what_is_beyond_the_free_badges_is_extra(count, free):
    assert extra_badges(count, free) + min(count, free) == count


def test_free_badges_cost_nothing_and_nobody_is_asked():
    check_staff(Quota(free=2, limit=None, contractors=0), used=0, adding=2, extra_agreed=False, price=500_000)


def test_a_further_badge_must_be_agreed_to_with_its_price():
    quota = Quota(free=2, limit=None, contractors=0)

    with pytest.raises(ExtraBadgesToAgree) as refusal:
        check_staff(quota, used=1, adding=3, extra_agreed=False, price=500_000)

    assert refusal.value.facts == {"extra": 2, "price": 500_000, "total": 1_000_000}
    check_staff(quota, used=1, adding=3, extra_agreed=True, price=500_000)
    check_staff(quota, used=1, adding=3, extra_agreed=False, price=0)


def test_the_limit_stands_also_for_those_who_would_pay():
    with pytest.raises(BadgesUsedUp) as refusal:
        check_staff(Quota(free=2, limit=3, contractors=0), used=3, adding=1, extra_agreed=True, price=1)

    assert refusal.value.facts == {"limit": 3, "used": 3}


def test_contractors_have_a_limit_of_their_own():
    check_contractors(Quota(free=2, limit=None, contractors=None), used=90, adding=10)
    with pytest.raises(BadgesUsedUp):
        check_contractors(Quota(free=2, limit=None, contractors=4), used=4, adding=1)


@pytest.mark.parametrize(
    ("used", "price", "limit", "costs", "full"),
    [(1, 5, None, False, False), (2, 5, None, True, False), (2, 0, None, False, False), (3, 5, 3, False, True)],
)
def test_the_page_knows_beforehand_what_the_next_person_costs(used, price, limit, costs, full):
    standing = Standing(quota=Quota(free=2, limit=limit, contractors=4), used=used, building=4, price=price)

    assert (standing.next_costs, standing.is_full, standing.builders_full) == (costs, full, True)
