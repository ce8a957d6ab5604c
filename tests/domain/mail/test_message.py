"""A mail on the wire."""

from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.utils import parseaddr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairapp.mail.message import Attachment, build

HEAD = {
    "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "Reply-To", "MIME-Version", "Content-Type",
    "Content-Transfer-Encoding",
}  # fmt: skip


def make_message(**values):
    defaults = {
        "sender": "Hội chợ <no-reply@fair.example>",
        "to": "long@enterprise.example",
        "to_name": "Bùi Quốc Long",
        "reply_to": "",
        "subject": "Đơn đăng ký của bạn",
        "body": "Kính gửi anh Long,\n.\nFrom here on\n",
        "html": "",
        "message_id": "<abc@fairapp>",
        "now": datetime(2026, 11, 23, 3, tzinfo=UTC),
    }
    return read(bytes(build(**{**defaults, **values})))


def read(content: bytes):
    return message_from_bytes(content, policy=policy.default)


def test_a_mail_arrives_as_it_was_written():
    message = make_message()

    assert str(message["From"]) == "Hội chợ <no-reply@fair.example>"
    assert str(message["To"]) == "Bùi Quốc Long <long@enterprise.example>"
    assert str(message["Subject"]) == "Đơn đăng ký của bạn"
    assert message["Date"].datetime == datetime(2026, 11, 23, 3, tzinfo=UTC)
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content() == "Kính gửi anh Long,\n.\nFrom here on\n"


@pytest.mark.parametrize(
    "name", ["田中 健太郎", "김민재", 'Nguyễn "Tám" Văn', "Long, Bùi <ceo>", "evil@x.example, Đ", "a" * 120, ""]
)
def test_every_name_comes_back(name):
    address = make_message(to_name=name)["To"].addresses[0]

    assert (address.display_name, address.addr_spec) == (name, "long@enterprise.example")


def test_a_name_of_several_lines_is_one_name_again_when_read():
    name = ("Nguyễn Thị Đỗ " * 9).strip()
    written = make_message(to_name=name).as_bytes()

    # Python's newer parser puts a space between encoded words that belong together; the older does not.
    header = message_from_bytes(written, policy=policy.compat32)["To"]
    assert str(make_header(decode_header(parseaddr(header.replace("\n", ""))[0]))) == name


@pytest.mark.parametrize("field", ["to_name", "subject"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r", "\u2028", "\x0b", "\x85"])
def test_a_line_break_adds_no_header(field, end):
    message = make_message(**{field: f"Long{end}Bcc: everybody@fair.example"})

    assert set(message.keys()) <= HEAD
    assert [address.addr_spec for address in message["To"].addresses] == ["long@enterprise.example"]


@pytest.mark.parametrize("field", ["to", "reply_to"])
def test_a_line_break_in_an_address_is_refused(field):
    with pytest.raises(ValueError, match=r"[Nn]ewline|linefeed|CR or LF|invalid"):
        make_message(**{field: "a@b.example\r\nBcc: everybody@fair.example"})


@given(st.text(max_size=80), st.text(max_size=80))
def test_no_text_breaks_out_of_its_header(name, subject):
    message = make_message(to_name=name, subject=subject)

    assert set(message.keys()) <= HEAD
    assert len(message["To"].addresses) == 1


def test_answers_go_where_the_organizer_reads():
    assert make_message(reply_to="bantochuc@fair.example")["Reply-To"] == "bantochuc@fair.example"


def test_text_and_page_say_the_same_thing_and_files_come_along():
    content = bytes(range(256))
    message = make_message(
        html="<p>Kính gửi</p>",
        attachments=[Attachment(name="thẻ-khách-thăm.pdf", content_type="application/pdf", content=content)],
    )

    assert message.get_body(("plain",)).get_content().startswith("Kính gửi")
    assert message.get_body(("html",)).get_content() == "<p>Kính gửi</p>\n"
    (file,) = message.iter_attachments()
    assert (file.get_filename(), file.get_content_type(), file.get_content()) == (
        "thẻ-khách-thăm.pdf",
        "application/pdf",
        content,
    )
