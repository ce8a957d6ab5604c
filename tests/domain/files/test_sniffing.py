"""What an upload really is."""

import io

import pytest
from PIL import Image, ImageFile

from fairapp.files.sniffing import (
    EXTENSIONS,
    MOST_PIXELS,
    PDF,
    FileBroken,
    FileEmpty,
    FileRefused,
    ImageTooLarge,
    sniff,
)

EVERYTHING = frozenset(EXTENSIONS)


def picture(form: str, size=(8, 6)) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", size, "#0b6e4f").save(target, form)
    return target.getvalue()


def pdf(pages: int = 1) -> bytes:
    import pikepdf

    target = io.BytesIO()
    document = pikepdf.new()
    for _ in range(pages):
        document.add_blank_page()
    document.save(target)
    return target.getvalue()


def huge_png(side: int) -> bytes:
    """Return a picture whose head promises more pixels than anybody should open."""
    import struct
    import zlib

    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(b"\0" * 100)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        for name, content in chunks
    )


@pytest.mark.parametrize(
    ("content", "content_type", "extension"),
    [
        (pdf(), PDF, ".pdf"),
        (picture("PNG"), "image/png", ".png"),
        (picture("JPEG"), "image/jpeg", ".jpg"),
        (picture("WEBP"), "image/webp", ".webp"),
    ],
    ids=["pdf", "png", "jpeg", "webp"],
)
def test_a_file_is_what_its_content_says(content, content_type, extension):
    kind = sniff(content, accepted=EVERYTHING)

    assert (kind.content_type, kind.extension) == (content_type, extension)


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_a_picture_that_ends_early_is_broken(form):
    ImageFile.LOAD_TRUNCATED_IMAGES = True  # as the PDF library sets it for the whole process
    content = picture(form, size=(200, 200))

    with pytest.raises(FileBroken):
        sniff(content[: len(content) * 2 // 3], accepted=EVERYTHING)


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7\nnothing follows", pdf(0), b"%PDF-1.7\n" + pdf()[200:]], ids=["text", "no pages", "torn"]
)
def test_a_document_that_cannot_be_read_is_broken(content):
    with pytest.raises(FileBroken):
        sniff(content, accepted=EVERYTHING)


@pytest.mark.parametrize(
    "content",
    [
        b"MZ\x90\x00 a program",
        b"PK\x03\x04 an archive",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"<html>%PDF-1.7",
        b"GIF89a" + b"\0" * 40,
        b"hello",
    ],
    ids=["program", "archive", "svg", "html before pdf", "gif", "text"],
)
def test_other_kinds_are_refused_with_what_is_accepted(content):
    with pytest.raises(FileRefused) as refusal:
        sniff(content, accepted=frozenset({PDF, "image/png"}))

    assert refusal.value.facts == {"accepted": "pdf, png"}


def test_a_kind_that_is_not_wanted_here_is_refused():
    with pytest.raises(FileRefused):
        sniff(picture("PNG"), accepted=frozenset({PDF}))


def test_a_picture_with_a_page_behind_it_stays_a_picture():
    polyglot = picture("PNG") + b"<script>alert(1)</script>" + pdf()

    assert sniff(polyglot, accepted=EVERYTHING).content_type == "image/png"


@pytest.mark.parametrize("side", [7000, 20_000, 60_000])
def test_a_picture_with_too_many_pixels_is_refused_before_it_is_opened(side):
    with pytest.raises(ImageTooLarge) as refusal:
        sniff(huge_png(side), accepted=EVERYTHING)

    assert refusal.value.facts == {"millions": MOST_PIXELS // 1_000_000}


def test_an_empty_file_is_told_apart():
    with pytest.raises(FileEmpty):
        sniff(b"", accepted=EVERYTHING)
