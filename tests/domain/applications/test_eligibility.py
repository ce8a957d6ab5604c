"""Who may apply, and until when."""

from datetime import UTC, datetime, timedelta

import pytest

from fairapp.applications.eligibility import (
    ApplicationsClosed,
    ApplicationsNotOpen,
    RepresentativeOffice,
    check_enterprise,
    check_time,
)
from fairapp.enterprises.taxonomy import code_list

OPENS, CLOSES = datetime(2026, 11, 1, tzinfo=UTC), datetime(2027, 2, 15, 10, tzinfo=UTC)
SECOND = timedelta(seconds=1)


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
    if legal_form == "rep_office":
        with pytest.raises(RepresentativeOffice):
            check_enterprise(legal_form=legal_form)
    else:
        check_enterprise(legal_form=legal_form)


def test_the_representative_office_is_a_legal_form_of_the_code_list():
    assert "rep_office" in code_list("legal_forms").codes
