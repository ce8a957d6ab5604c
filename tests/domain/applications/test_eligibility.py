"""Who may apply, and until when."""

from datetime import UTC, datetime, timedelta

import pytest

from fairapp.applications.eligibility import (
    Applicant,
    ApplicationsClosed,
    ApplicationsNotOpen,
    Rules,
    check_time,
    default_rules,
    refusals,
    to_rules,
    to_stored,
)
from fairapp.enterprises.taxonomy import code_list

OPENS, CLOSES = datetime(2026, 11, 1, tzinfo=UTC), datetime(2027, 2, 15, 10, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def codes(applicant, rules=None):
    return [error.code for error in refusals(applicant, rules or Rules(), year=2027)]


@pytest.mark.parametrize("now", [OPENS, OPENS + SECOND, CLOSES])
def test_applications_are_taken_from_the_first_moment_to_the_last(now):
    check_time(opens_at=OPENS, closes_at=CLOSES, now=now)


def test_who_comes_too_early_is_told_when_it_begins():
    with pytest.raises(ApplicationsNotOpen) as refusal:
        check_time(opens_at=OPENS, closes_at=CLOSES, now=OPENS - SECOND)

    assert refusal.value.facts == {"at": OPENS}


def test_who_comes_too_late_is_told_when_it_ended():
    with pytest.raises(ApplicationsClosed) as refusal:
        check_time(opens_at=OPENS, closes_at=CLOSES, now=CLOSES + SECOND)

    assert refusal.value.facts == {"at": CLOSES}


@pytest.mark.parametrize("now", [OPENS - SECOND, CLOSES + SECOND])
def test_a_fair_without_dates_takes_applications_always(now):
    check_time(opens_at=None, closes_at=None, now=now)


@pytest.mark.parametrize("legal_form", sorted(code_list("legal_forms").codes))
def test_every_legal_form_may_apply_but_a_representative_office(legal_form):
    expected = ["representative_office"] if legal_form == "rep_office" else []

    assert codes(Applicant(legal_form=legal_form)) == expected


def test_the_representative_office_is_a_legal_form_of_the_code_list():
    assert "rep_office" in code_list("legal_forms").codes


def test_a_fair_without_rules_is_for_supporting_industry():
    assert codes(Applicant(supply_kind="trading"), default_rules()) == ["supply_kind_not_accepted"]
    assert codes(Applicant(supply_kind="parts_maker"), default_rules()) == []
    assert to_rules({}) == default_rules()


def test_rules_are_kept_as_they_were_set_also_empty_ones():
    rules = Rules(countries=("VN", "JP"), sectors=("rubber",), years=2, employees=10)

    assert to_rules(to_stored(rules)) == rules
    assert to_rules(to_stored(Rules())) == Rules()


@pytest.mark.parametrize(
    ("applicant", "rules", "expected"),
    [
        (Applicant(country="CN"), Rules(countries=("VN", "JP")), ["country_not_accepted"]),
        (Applicant(country="JP"), Rules(countries=("VN", "JP")), []),
        (Applicant(established=2026), Rules(years=2), ["enterprise_too_young"]),
        (Applicant(established=2025), Rules(years=2), []),
        (Applicant(employees=9), Rules(employees=10), ["too_few_employees"]),
        (Applicant(employees=10), Rules(employees=10), []),
        (Applicant(sectors=("packaging_printing",)), Rules(sectors=("plastic_rubber",)), ["sectors_not_accepted"]),
        (Applicant(sectors=("packaging_printing", "plastic_rubber")), Rules(sectors=("plastic_rubber",)), []),
        (
            Applicant(sectors=("electronics_components",)),
            Rules(decree_groups=("mechanical",)),
            ["sectors_not_accepted"],
        ),
        (Applicant(sectors=("mould_die_jig",)), Rules(decree_groups=("mechanical",)), []),
        (Applicant(sectors=("plastic_rubber",)), Rules(decree_groups=("mechanical",)), []),
    ],
)
def test_an_applicant_is_measured_by_the_rules(applicant, rules, expected):
    assert codes(applicant, rules) == expected


def test_everything_that_does_not_fit_is_told_at_once():
    applicant = Applicant(
        country="CN", legal_form="rep_office", supply_kind="trading", sectors=("packaging_printing",),
        established=2027, employees=1,
    )  # fmt: skip
    rules = Rules(countries=("VN",), supply_kinds=("parts_maker",), sectors=("plastic_rubber",), years=1, employees=5)

    assert codes(applicant, rules) == [
        "country_not_accepted", "representative_office", "enterprise_too_young", "too_few_employees",
        "supply_kind_not_accepted", "sectors_not_accepted",
    ]  # fmt: skip


def test_what_was_not_answered_is_left_to_the_form():
    rules = Rules(countries=("VN",), supply_kinds=("parts_maker",), sectors=("plastic_rubber",), years=1, employees=5)

    assert codes(Applicant(), rules) == []
