"""Finding QR codes on scanned pages and photos."""

import io
import zlib
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, cast

from PIL import Image, ImageOps

if TYPE_CHECKING:
    import pikepdf

MOST_PAGES = 12
MOST_PICTURES = 24
"""A form has few pages: more than that is not read."""

MOST_PIXELS = 40_000_000
MOST_BYTES = 4 * MOST_PIXELS
PICTURE_FILTERS = frozenset({"/DCTDecode", "/CCITTFaxDecode", "/JPXDecode", "/JBIG2Decode"})
"""Ways of packing a picture whose size it states itself."""


def find_codes(content: bytes) -> list[str]:
    """Return the texts of the QR codes in a PDF, JPEG or PNG; none where there is nothing to read."""
    found = dict.fromkeys(_stated(content)) if content.startswith(b"%PDF-") else {}
    if found:
        return list(found)
    for picture in _pictures(content):
        found.update(dict.fromkeys(_codes_of(picture)))
        if found:
            break
    return list(found)


def _codes_of(picture: Image.Image) -> Iterator[str]:
    import zxingcpp  # slow import: few requests bring a scan

    upright = ImageOps.exif_transpose(picture).convert("L")
    for code in zxingcpp.read_barcodes(upright, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)):
        if code.valid:
            yield code.text


def _stated(content: bytes) -> Iterator[str]:
    # A form that was signed on a screen is our own PDF: it says in its keywords what its code says.
    import pikepdf  # slow import, as above

    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            keywords = str(document.docinfo.get("/Keywords", ""))
    except (pikepdf.PdfError, ValueError):
        return
    yield from (word for word in keywords.split() if word)


def _pictures(content: bytes) -> Iterator[Image.Image]:
    if content.startswith(b"%PDF-"):
        yield from _pictures_of_pdf(content)
        return
    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as picture:
            yield picture
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        return


def _pictures_of_pdf(content: bytes) -> Iterator[Image.Image]:
    import pikepdf  # slow import, as above

    left = MOST_PICTURES
    with pikepdf.open(io.BytesIO(content)) as document:
        for page in list(document.pages)[:MOST_PAGES]:
            for stream in page.get_images().values():
                left -= 1
                if left < 0:
                    return
                try:
                    image = pikepdf.PdfImage(cast("pikepdf.Stream", stream))
                    filters = [str(name) for name, _parameters in image.filter_decodeparms]
                    if image.width * image.height > MOST_PIXELS or not unpacks_within(
                        stream.read_raw_bytes(), filters, most=MOST_BYTES
                    ):
                        continue
                    picture = image.as_pil_image()
                    if picture.width * picture.height <= MOST_PIXELS:
                        yield picture
                except Exception:  # noqa: S112 (pictures come in more forms than pikepdf knows; the next may do)
                    continue


def unpacks_within(packed: bytes, filters: Sequence[str], *, most: int) -> bool:
    """Whether a picture of a PDF takes no more than ``most`` bytes when unpacked: kilobytes can become gigabytes.

    Packed twice, or in ways that scanners do not use, it is not unpacked at all.
    """
    layers = [name for name in filters if name not in PICTURE_FILTERS]
    if not layers:
        return True
    if layers != ["/FlateDecode"] or filters[0] != "/FlateDecode":
        return False
    return len(zlib.decompressobj().decompress(packed, most + 1)) <= most
