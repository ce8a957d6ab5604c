"""What an application lacks."""

from dataclasses import replace
from datetime import date

import pytest

from fairapp.applications.missing import Facts, Missing, find_missing
from fairapp.applications.scans import ScanState

TODAY = date(2026, 11, 20)
WHOLE = Facts(
    has_form=True,
    form_state="matched",
    representative="Trần Văn Minh",
    address="KCN Yên Phong, xã Yên Trung",
    province="27",
    country="VN",
    employees=120,
    sectors=["moulds"],
    processes=["cnc_milling"],
    has_products=True,
    fascia_name="Sao Mai",
    contact_name="Bùi Quốc Long",
    contact_email="long@enterprise.example",
    contact_phone="+84950000001",
    subsidy_wanted=False,
    subsidy_source="",
    expiries=[date(2027, 1, 1), None],
)


def test_a_whole_application_lacks_nothing():
    assert find_missing(WHOLE, today=TODAY) == []


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ({"has_form": False, "form_state": ""}, Missing.FORM),
        ({"form_state": "older"}, Missing.FORM_OLDER),
        ({"form_state": "unreadable"}, Missing.FORM_UNREADABLE),
        ({"representative": ""}, Missing.REPRESENTATIVE),
        ({"province": None}, Missing.ADDRESS),
        ({"employees": None}, Missing.EMPLOYEES),
        ({"sectors": []}, Missing.SECTORS),
        ({"processes": []}, Missing.PROCESSES),
        ({"has_products": False}, Missing.PRODUCTS),
        ({"fascia_name": ""}, Missing.FASCIA_NAME),
        ({"contact_phone": ""}, Missing.CONTACT),
        ({"subsidy_wanted": True}, Missing.SUBSIDY_SOURCE),
        ({"expiries": [date(2026, 11, 19)]}, Missing.CERTIFICATE_EXPIRED),
    ],
    ids=str,
)
def test_each_thing_that_lacks_is_named(change, missing):
    assert find_missing(replace(WHOLE, **change), today=TODAY) == [missing]


def test_a_certificate_holds_through_its_last_day():
    assert find_missing(replace(WHOLE, expiries=[TODAY]), today=TODAY) == []


def test_an_enterprise_abroad_has_no_province():
    assert find_missing(replace(WHOLE, country="JP", province=None), today=TODAY) == []


@pytest.mark.parametrize("state", ScanState)
def test_every_state_of_a_scan_that_is_not_in_order_is_named(state):
    found = find_missing(replace(WHOLE, form_state=state), today=TODAY)

    assert bool(found) == (state is not ScanState.MATCHED)
