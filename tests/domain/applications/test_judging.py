"""Every mistake in one round, each with its field."""

import pytest

from fairapp.applications import space
from fairapp.applications.consents import DIRECTORY, NEWS, PROCESSING, Proof, in_force, may_be_listed
from fairapp.applications.eligibility import Rules
from fairapp.applications.judging import judge_enterprise, judge_participation
from fairapp.applications.lifecycle import ApplicationStatus
from fairapp.applications.progress import Facts, Standing, Task, list_tasks
from fairapp.applications.space import RawSpaceTooSmall, wanted_area
from fairapp.applications.twins import Known, find_twins
from tests.domain.applications.moments import at

GOOD = {"country": "VN", "tax_code": "0100233488", "legal_form": "llc_2", "supply_kind": "parts_maker",
        "sectors": ["plastic_rubber"], "established": 2000, "employees": 50}  # fmt: skip


def found(mistakes):
    return [(name, error.code) for name, error in mistakes]


def test_a_right_enterprise_has_no_mistake():
    assert judge_enterprise(GOOD, Rules(), year=2027) == []


def test_wrong_number_wrong_phone_and_wrong_kind_are_told_together():
    wrong = {**GOOD, "tax_code": "0100233489", "phone": "12", "legal_form": "rep_office", "supply_kind": "trading"}

    assert found(judge_enterprise(wrong, Rules(supply_kinds=("parts_maker",)), year=2027)) == [
        ("tax_code", "tax_code_check_digit"),
        ("phone", "phone_invalid"),
        ("legal_form", "representative_office"),
        ("supply_kind", "supply_kind_not_accepted"),
    ]


def test_phone_invoice_and_space_are_told_together():
    wrong = {"contact_phone": "1", "invoice_tax_code": "1", "booth_type": "raw_space", "quantity": 1, "area": 9}

    assert found(judge_participation(wrong, country="VN")) == [
        ("contact_phone", "phone_invalid"),
        ("invoice_tax_code", "tax_code_malformed"),
        ("area", "raw_space_too_small"),
    ]


def test_what_is_empty_is_left_to_the_form():
    assert judge_participation({}, country="VN") == []


@pytest.mark.parametrize(
    ("booth_type", "quantity", "area", "wanted"),
    [("standard_9", 2, None, 18), ("standard_18", 1, 9, 18), ("premium_9", 3, None, 27), ("raw_space", 1, 36, 36)],
)
def test_the_area_is_that_of_the_booths_or_the_raw_space(booth_type, quantity, area, wanted):
    assert wanted_area(booth_type, quantity, area) == wanted


@pytest.mark.parametrize("area", [None, 0, space.RAW_SPACE_LEAST - 1])
def test_raw_space_has_a_smallest_area(area):
    with pytest.raises(RawSpaceTooSmall):
        wanted_area("raw_space", 1, area)


def proof(purpose, day, withdrawn=None):
    return Proof(
        purpose=purpose,
        wording="Yes",
        language="en",
        given_at=at(day),
        withdrawn_at=at(withdrawn) if withdrawn else None,
    )


def test_a_consent_holds_until_it_is_withdrawn_and_again_when_given_anew():
    assert set(in_force([proof(PROCESSING, 1), proof(NEWS, 1, withdrawn=2)])) == {PROCESSING}
    assert set(in_force([proof(NEWS, 1, withdrawn=2), proof(NEWS, 3)])) == {NEWS}


@pytest.mark.parametrize(
    ("proofs", "listed"),
    [
        ([], True),
        ([proof(PROCESSING, 1)], False),
        ([proof(PROCESSING, 1), proof(DIRECTORY, 1)], True),
        ([proof(PROCESSING, 1), proof(DIRECTORY, 1, withdrawn=2)], False),
    ],
)
def test_the_directory_follows_its_consent_and_trusts_the_paper_of_the_organizer(proofs, listed):
    assert may_be_listed(proofs) is listed


def known(id_, name, *, province="24", tax_code="0100112437", country="VN"):
    return Known(id=id_, names=(name,), country=country, tax_code=tax_code, province=province)


ME = known(0, "Công ty TNHH Cơ khí Đại Lộc", tax_code="0100233488")


@pytest.mark.parametrize(
    ("other", "twin"),
    [
        (known(1, "CTY CP CO KHI DAI LOC"), True),
        (known(1, "Cơ khí Đại Lộc", province="01"), False),
        (known(1, "Cơ khí Đại Lợi"), False),
        (known(1, "Chi nhánh", tax_code="0100233488-001", province="01"), True),
        (known(1, "Cơ khí Đại Lộc", country="JP"), False),
        (known(1, "Cơ khí Đại Lộc", tax_code="0100233488"), False),
    ],
)
def test_a_twin_has_the_folded_name_in_the_same_province_or_is_a_branch(other, twin):
    assert find_twins(ME, [other]) == ([other] if twin else [])


def facts(status=ApplicationStatus.APPLIED, **changes):
    return Facts(
        **{
            "status": status,
            "scan_state": "",
            "has_scan": False,
            "profile_complete": False,
            "has_staff": False,
            **changes,
        }
    )


def test_a_new_applicant_signs_now_and_confirms_later():
    assert dict(list_tasks(facts())) == {
        Task.SEND: Standing.DONE, Task.SIGN: Standing.NOW, Task.CONFIRM: Standing.LATER,
        Task.PROFILE: Standing.LATER, Task.STAFF: Standing.LATER,
    }  # fmt: skip


def test_whoever_sent_again_signs_again():
    assert dict(list_tasks(facts(has_scan=True, scan_state="older")))[Task.SIGN] is Standing.AGAIN


def test_a_returned_application_is_sent_once_more():
    assert dict(list_tasks(facts(ApplicationStatus.RETURNED)))[Task.SEND] is Standing.AGAIN


def test_an_exhibitor_that_has_done_everything_has_nothing_to_do():
    done = facts(
        ApplicationStatus.CONFIRMED, has_scan=True, scan_state="matched", profile_complete=True, has_staff=True
    )

    assert {standing for _task, standing in list_tasks(done)} == {Standing.DONE}
