"""Reminders, deadlines, the standard manual, and how its text is read."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from fairapp.manual import dates, standard
from fairapp.manual.actions import TaskAction
from fairapp.manual.kinds import ExhibitorKind
from fairapp.manual.outline import Block, blocks
from fairapp.manual.reminders import STAGES, is_due, stage_of

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
DEADLINE = datetime(2027, 3, 3, 17, tzinfo=ZONE)


def eight_in_the_morning(days_before):
    return datetime(2027, 3, 3, 8, tzinfo=ZONE) - timedelta(days=days_before)


@pytest.mark.parametrize(
    ("days_before", "stage"),
    [(30, None), (8, None), (7, 7), (5, 7), (3, 7), (2, 2), (1, 1), (0, 1), (-1, -1), (-14, -1), (-15, None)],
)
def test_a_reminder_is_due_from_its_day_until_the_next_one(days_before, stage):
    assert stage_of(DEADLINE, now=eight_in_the_morning(days_before), zone=ZONE) == stage


def test_every_stage_goes_out_once_if_a_job_runs_each_day():
    sent: list[int] = []
    for days_before in range(20, -20, -1):
        now = eight_in_the_morning(days_before)
        if is_due(DEADLINE, chosen=STAGES, sent=sent, now=now, zone=ZONE):
            sent.append(stage_of(DEADLINE, now=now, zone=ZONE))

    assert sent == [7, 2, 1, -1]


def test_a_stage_that_is_switched_off_never_goes_out():
    assert not is_due(DEADLINE, chosen=[2, 1], sent=[], now=eight_in_the_morning(7), zone=ZONE)


def test_a_deadline_counts_from_the_opening_and_moves_with_it():
    deadline = dates.before_opening(date(2027, 3, 17), days=14, zone=ZONE)

    moved = dates.shifted(
        deadline,
        old_start=date(2027, 3, 17),
        old_zone=ZONE,
        new_start=date(2028, 5, 10),
        new_zone=ZoneInfo("Asia/Tokyo"),
    )

    assert deadline.astimezone(UTC) == datetime(2027, 3, 3, 10, tzinfo=UTC)
    assert moved == datetime(2028, 4, 26, 17, tzinfo=ZoneInfo("Asia/Tokyo"))


def test_the_standard_manual_is_whole_in_every_language():
    parts = [*standard.sections(), *standard.tasks()]

    for part in parts:
        for texts in (part.title, part.body):
            assert set(texts) == {"vi", "en", "ja", "ko"}
            assert all(text.strip() for text in texts.values())
        assert set(part.kinds) <= set(ExhibitorKind)
    assert {task.section for task in standard.tasks()} <= {section.code for section in standard.sections()}
    assert {task.action for task in standard.tasks()} == set(TaskAction)


def test_the_standard_manual_says_what_the_trade_does():
    text = "\n".join(section.body["en"] for section in standard.sections())
    days = {task.title["en"]: task.days_before for task in standard.tasks()}

    assert "2.5 m" in text
    assert "No nailing" in text
    assert "30 × 30 cm" in text
    assert (days["Fascia name"], days["Catalogue text"], days["List of contractors"]) == (14, 14, 3)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("", []),
        ("One.", [Block(lines=("One.",))]),
        ("One.\nTwo.\n\nThree.", [Block(lines=("One.", "Two.")), Block(lines=("Three.",))]),
        ("Has:\n- a\n- b\nEnd", [Block(lines=("Has:",)), Block(lines=("a", "b"), is_list=True), Block(lines=("End",))]),
        ("\r\n\r\n– x\r\n• y\r\n", [Block(lines=("x", "y"), is_list=True)]),
        ("-5 °C is no list", [Block(lines=("-5 °C is no list",))]),
    ],
)
def test_plain_text_is_read_as_paragraphs_and_lists(text, read):
    assert blocks(text) == read
