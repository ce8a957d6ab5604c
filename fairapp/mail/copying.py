"""A mail as a message to paste into Zalo: plain, and short enough to be sent."""

from urllib.parse import quote

LONGEST = 2000
"""Letters that Zalo takes in one message."""


def message_text(subject: str, body: str) -> str:
    """Return subject and body as one message, cut at a line or word where it is too long."""
    text = "\n\n".join(part for part in (subject.strip(), body.strip()) if part)
    if len(text) <= LONGEST:
        return text
    room = text[: LONGEST - 2]
    cut = max(room.rfind("\n"), room.rfind(" "))
    return room[: cut if cut > LONGEST // 2 else len(room)].rstrip() + " …"


def zalo_address(phone: str) -> str:
    """Return the address that opens a chat with a mobile number in E.164; empty for other numbers."""
    digits = phone.removeprefix("+")
    # Zalo knows people by their mobile number, which in Vietnam begins with 3, 5, 7, 8 or 9.
    if not digits.isdigit() or (digits.startswith("84") and digits[2:3] not in set("35789")):
        return ""
    return f"https://zalo.me/{quote(digits)}"
