"""The plain text of the manual as paragraphs and lists."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Block:
    """A paragraph, or a list where each line is one entry."""

    lines: tuple[str, ...]
    is_list: bool = False


def blocks(text: str) -> list[Block]:
    """Return a text in its parts: empty lines part paragraphs, lines that begin with a hyphen are a list."""
    found: list[Block] = []
    lines: list[str] = []
    listed = False
    for line in [*text.replace("\r\n", "\n").split("\n"), ""]:
        line = line.strip()
        is_entry = line.startswith(("- ", "– ", "• "))
        if lines and (not line or is_entry != listed):
            found.append(Block(lines=tuple(lines), is_list=listed))
            lines = []
        if line:
            listed = is_entry
            lines.append(line[2:].strip() if is_entry else line)
    return found
