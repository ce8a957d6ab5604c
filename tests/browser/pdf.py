"""What a PDF shows when it is printed: its pages as pictures, and the codes on them."""

import io

import pypdfium2
import zxingcpp
from PIL import Image


def pages_of(pdf: bytes, *, dots_per_point: float = 3) -> list[Image.Image]:
    """Return the pages as pictures."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=dots_per_point).to_pil().convert("RGB") for page in document]
    finally:
        document.close()


def codes_in(pdf: bytes) -> list[str]:
    """Return what the QR codes say, page by page."""
    return [code.text for page in pages_of(pdf) for code in zxingcpp.read_barcodes(page)]


def film(picture: Image.Image, *, shown: int, away: int) -> bytes:
    """Return a film for a camera, 30 pictures a second: ``picture`` comes, is taken away, and comes again."""
    frame = Image.new("RGB", (1280, 720), "white")
    scaled = picture.resize((round(picture.width * 700 / picture.height), 700))
    empty = _jpeg(frame)
    frame.paste(scaled, ((1280 - scaled.width) // 2, 10))
    return _jpeg(frame) * shown + empty * away


def _jpeg(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=92)
    return out.getvalue()
