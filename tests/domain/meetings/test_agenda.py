"""An agenda as a calendar file, read back as a calendar would."""

from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

from fairapp.meetings.agenda import Entry, to_ics

STARTS = datetime(2027, 3, 17, 6, 30, tzinfo=UTC)


def make_entry(**values) -> Entry:
    defaults = {
        "uid": "k3m9p2q7r8s5",
        "sequence": 0,
        "starts_at": STARTS,
        "ends_at": STARTS + timedelta(minutes=25),
        "title": "Cơ khí Bình Minh – 東京精密",
        "place": "Bàn T07, nhà A",
        "description": "Nắp che nhựa; dung sai ±0,05; số lượng 5.000/tháng\nPhiên dịch: tiếng Nhật",
        "scheduled_at": datetime(2027, 3, 1, 3, tzinfo=UTC),
    }
    return Entry(**{**defaults, **values})


def read(content: bytes) -> Calendar:
    return Calendar.from_ical(content)


def meetings(content: bytes) -> list:
    return read(content).walk("VEVENT")


def test_a_meeting_comes_back_as_it_was():
    (found,) = meetings(to_ics([make_entry()], name="SIE27", timezone="Asia/Ho_Chi_Minh"))

    assert found["uid"] == "k3m9p2q7r8s5@fairapp"
    assert (found.decoded("dtstart"), found.decoded("dtend")) == (STARTS, STARTS + timedelta(minutes=25))
    assert found["summary"] == "Cơ khí Bình Minh – 東京精密"
    assert found["location"] == "Bàn T07, nhà A"
    assert found["description"] == make_entry().description
    assert found["sequence"] == 0


def test_times_are_written_in_the_fairs_zone_and_the_zone_comes_along():
    content = to_ics([make_entry()], name="SIE27", timezone="Asia/Ho_Chi_Minh")

    assert b"DTSTART;TZID=Asia/Ho_Chi_Minh:20270317T133000" in content
    assert [str(zone["tzid"]) for zone in read(content).walk("VTIMEZONE")] == ["Asia/Ho_Chi_Minh"]


def test_a_meeting_that_moved_keeps_its_name_and_counts_the_move():
    entries = [make_entry(), make_entry(sequence=1, starts_at=STARTS + timedelta(hours=1))]

    found = [meetings(to_ics([entry], name="SIE27", timezone="Asia/Ho_Chi_Minh"))[0] for entry in entries]

    assert found[0]["uid"] == found[1]["uid"]
    assert [int(one["sequence"]) for one in found] == [0, 1]


@pytest.mark.parametrize("text", ["a;b,c\\d\ne", "BEGIN:VEVENT\r\nSUMMARY:x", "Đ" * 200, ""])
def test_no_text_breaks_out_of_its_line(text):
    content = to_ics([make_entry(title=text, description=text)], name=text, timezone="Asia/Ho_Chi_Minh")

    (found,) = meetings(content)
    assert str(found["summary"]).replace("\r\n", "\n") == text.replace("\r\n", "\n")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))


def test_an_agenda_without_meetings_is_a_calendar():
    calendar = read(to_ics([], name="SIE27", timezone="Asia/Ho_Chi_Minh"))

    assert (calendar["version"], calendar["x-wr-calname"], calendar.walk("VEVENT")) == ("2.0", "SIE27", [])
