"""A mail as it goes over the wire, and the way to a mail server."""

import smtplib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from urllib.parse import unquote, urlsplit

TIMEOUT = 20
"""Seconds for a mail server to answer."""


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """A file that goes along."""

    name: str
    content_type: str
    content: bytes


def build(
    *,
    sender: str,
    to: str,
    to_name: str,
    reply_to: str,
    subject: str,
    body: str,
    html: str,
    message_id: str,
    now: datetime,
    attachments: Sequence[Attachment] = (),
) -> EmailMessage:
    """Return the message; names and subjects with line breaks are flattened."""
    message = EmailMessage()
    message["From"] = _address(*parseaddr(sender))
    message["To"] = _address(to_name, to)
    message["Subject"] = _one_line(subject)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = message_id
    message["Auto-Submitted"] = "auto-generated"
    if reply_to:
        message["Reply-To"] = reply_to
    message.set_content(body)
    if html:
        message.add_alternative(html, subtype="html")
    for attachment in attachments:
        main, _, sub = attachment.content_type.partition("/")
        message.add_attachment(attachment.content, maintype=main, subtype=sub, filename=attachment.name)
    return message


def send(message: EmailMessage, url: str) -> None:
    """Hand a message to the server of ``smtp://user:password@host:port`` (``smtps``, ``smtp+starttls``)."""
    parts = urlsplit(url)
    server_class = smtplib.SMTP_SSL if parts.scheme == "smtps" else smtplib.SMTP
    usual = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}[parts.scheme]
    with server_class(parts.hostname or "localhost", parts.port or usual, timeout=TIMEOUT) as server:
        if parts.scheme == "smtp+starttls":
            server.starttls()
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        server.send_message(message)


def _address(name: str, address: str) -> Address:
    # Never put together as text: a comma in a name would make it a second recipient.
    return Address(display_name=_one_line(name), addr_spec=address)


def _one_line(text: str) -> str:
    return " ".join(text.split())
