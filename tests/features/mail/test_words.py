"""How mails read: things that are listed on lines of their own, parts with an empty line between."""

import pytest

from fairapp.web import letters

FAIR = {"fair_code": "SIE27", "fair_name": {"en": "The fair"}, "name": "Lan", "enterprise": "Cơ khí A"}


def lines_of(world, kind, **facts):
    with world.app.test_request_context(base_url="http://fair.example"):
        return letters.write(kind, language="en", context={**FAIR, **facts}).body.splitlines()


def test_a_payment_that_paid_two_requests_names_each_on_its_line(sqlite_world):
    requests = [{"reference": "SIE27PR1", "amount_left": 400}, {"reference": "SIE27PR2", "amount_left": 0}]

    lines = lines_of(
        sqlite_world, "payment_received", paid_on="2027-01-02", amount=900, requests=requests, credit=3,
        by_exhibitor=True,
    )  # fmt: skip

    assert [line for line in lines if line.startswith("- ")] == [
        "- SIE27PR1: 400\xa0₫ are still open",
        "- SIE27PR2: paid in full",
    ]
    assert lines[-2:] == ["", "The organizer of The fair"]
    assert lines[lines.index("Your payments:") - 1] == ""


def test_a_reminder_parts_account_payments_and_signature(sqlite_world):
    lines = lines_of(
        sqlite_world, "payment_reminder", reference="SIE27PR1", due_on="2027-01-02", amount_left=5, account="0011",
        holder="BAN TO CHUC", fictional=True, by_exhibitor=True, overdue=True,
    )  # fmt: skip

    parts = [part.split("\n")[0] for part in "\n".join(lines).split("\n\n")]
    assert parts[2:] == [
        "Account: 0011",
        "This is demo data: do not transfer any money.",
        "Your payments:",
        "The organizer of The fair",
    ]


@pytest.mark.parametrize("kind", ["order_placed", "order_changed"])
def test_an_order_names_each_extra_on_its_line(sqlite_world, kind):
    lines = [
        {"quantity": 2, "unit": {"en": "socket"}, "name": {"en": "Power"}, "late_percent": 30},
        {"quantity": 1, "unit": {}, "name": {"en": "Chair"}, "late_percent": 0},
    ]

    body = lines_of(
        sqlite_world, kind, number=7, ordered_by="Lan", lines=lines, net=1, vat=2, gross=3, reference="PO 9",
        order_id="abcdefgh2345",
    )  # fmt: skip

    first = body.index("- 2 socket × Power (with 30 % late surcharge)")
    assert (body[first - 1], body[first + 1], body[first + 2]) == ("", "- 1 × Chair", "")
    assert body[first + 3].startswith("Together")
    assert ("Your purchase number: PO 9" in body) is (kind == "order_placed")
