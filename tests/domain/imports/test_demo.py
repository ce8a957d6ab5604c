"""The demo fair: the same every time, and nobody's."""

import json

import pytest

from fairapp.enterprises.tax_code import parse_tax_code
from fairapp.imports import demo


@pytest.fixture(scope="module")
def document():
    return demo.document()


def test_the_same_scale_gives_the_same_fair_to_the_letter(document):
    assert json.dumps(demo.document()) == json.dumps(document)


def test_it_has_what_a_fair_of_its_size_has(document):
    assert len(document["exhibitors"]) + len(document["applications"]) == 40
    assert {name: len(document[name]) for name in ("buyers", "needs", "booths")} == {
        "buyers": 12,
        "needs": 36,
        "booths": 104,
    }
    assert {application["status"] for application in document["applications"]} == set(demo.STATES)
    assert len({account["role"] for account in document["accounts"]}) == 6


def test_no_tax_code_of_it_can_be_anybodys(document):
    codes = [one["tax_code"] for name in ("exhibitors", "applications", "buyers") for one in document[name]]
    vietnamese = [code for code in codes if code.isdigit()]

    assert vietnamese
    for code in vietnamese:
        assert parse_tax_code(code, country="VN").text.startswith("00")


def test_its_buyer_has_a_request_to_answer(document):
    buyer = next(account["acts_for"] for account in document["accounts"] if account["role"] == "buyer")

    assert [
        request
        for request in document["meeting_requests"]
        if (request["buyer"], request["asked_by"], request["status"]) == (buyer, "exhibitor", "requested")
    ]
