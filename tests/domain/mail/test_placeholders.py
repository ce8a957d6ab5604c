"""The organizer's words know a whitelist of names and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairapp.mail.copying import LONGEST, message_text, zalo_address
from fairapp.mail.placeholders import Mistake, escape, fill, find_mistakes, names_in

KNOWN = ("name", "enterprise", "booth")


def test_known_names_are_filled_in():
    assert fill("Dear {name},\nyour booth is { booth }.", {"name": "Long", "booth": "A101"}) == (
        "Dear Long,\nyour booth is A101."
    )
    assert find_mistakes("Dear {name}, { booth }", KNOWN) == []


@pytest.mark.parametrize(
    ("text", "mistakes"),
    [
        ("{nmae}", [Mistake(written="{nmae}", line=1, column=1)]),
        ("Dear {name},\n  {prize}", [Mistake(written="{prize}", line=2, column=3)]),
        ("{{ config }}", []),
        ("{name.__class__}", [Mistake(written="{name.__class__}", line=1, column=1)]),
        ("{0}", [Mistake(written="{0}", line=1, column=1)]),
        ("{}", [Mistake(written="{}", line=1, column=1)]),
        ("{name", [Mistake(written="{", line=1, column=1)]),
        ("name}", [Mistake(written="}", line=1, column=5)]),
        ("{% for x in y %}", [Mistake(written="{% for x in y %}", line=1, column=1)]),
    ],
)
def test_everything_else_in_braces_is_a_mistake_with_its_place(text, mistakes):
    assert find_mistakes(text, KNOWN) == mistakes


def test_two_braces_write_one_and_mean_nothing():
    assert fill("{{name}} costs {{5}}", {"name": "Long"}) == "{name} costs {5}"


def test_a_value_is_never_read_for_placeholders_again():
    assert fill("{name}", {"name": "{booth}", "booth": "A101"}) == "{booth}"


def test_a_name_without_a_value_stays_empty():
    assert fill("[{booth}]", {}) == "[]"


def test_the_names_of_a_text_come_once_in_their_order():
    assert names_in("{booth} {name} {booth} {{hall}} {BAD}") == ["booth", "name"]


@given(st.text())
def test_an_escaped_text_comes_back_and_has_no_mistakes(text):
    assert find_mistakes(escape(text), KNOWN) == []
    assert fill(escape(text), {"name": "Long"}) == text


@given(st.text(), st.text(max_size=40))
def test_a_text_without_mistakes_holds_no_brace_that_was_not_asked_for(before, value):
    text = escape(before) + "{name}"

    assert fill(text, {"name": value}) == before + value


# Zalo


def test_a_short_mail_is_one_message():
    assert message_text("SIE27: your booth", "Dear Long,\nA101.\n") == "SIE27: your booth\n\nDear Long,\nA101."


@given(st.text(min_size=1, max_size=5000))
def test_no_message_is_longer_than_zalo_takes(body):
    assert len(message_text("Subject", body)) <= LONGEST


def test_a_long_mail_is_cut_between_words():
    text = message_text("", "gian hàng " * 400)

    assert text.endswith(("gian …", "hàng …"))


@pytest.mark.parametrize(
    ("phone", "address"),
    [
        ("+84912345678", "https://zalo.me/84912345678"),
        ("+842438250000", ""),
        ("+819012345678", "https://zalo.me/819012345678"),
        ("", ""),
        ("+84 912", ""),
    ],
)
def test_only_mobile_numbers_open_a_chat(phone, address):
    assert zalo_address(phone) == address
