"""What a file really is, by its content; the name and the browser's word count for nothing."""

import io
import warnings
from dataclasses import dataclass

from PIL import Image, ImageFile, UnidentifiedImageError

from fairapp.errors import FairError

PDF = "application/pdf"
IMAGES = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
EXTENSIONS = {PDF: ".pdf", "image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp"}
MOST_PIXELS = 40_000_000


class FileRefused(FairError):
    """The file is not of a kind that is accepted here, or not what its name says."""

    code = "file_kind"


class FileBroken(FairError):
    """The file begins like one of an accepted kind but cannot be read to its end."""

    code = "file_broken"


class ImageTooLarge(FairError):
    """The picture has more pixels than we open."""

    code = "image_too_large"


class FileEmpty(FairError):
    """The file has no content."""

    code = "file_empty"


@dataclass(frozen=True, kw_only=True)
class FileKind:
    """A content type that was proven by reading the content."""

    content_type: str
    extension: str


def sniff(content: bytes, *, accepted: frozenset[str]) -> FileKind:
    """Return what ``content`` is; raise if it is none of the ``accepted`` content types."""
    if not content:
        raise FileEmpty()
    found = _find_pdf(content) or _find_image(content)
    if found is None or found not in accepted:
        raise FileRefused(accepted=", ".join(sorted(EXTENSIONS[kind].lstrip(".") for kind in accepted)))
    return FileKind(content_type=found, extension=EXTENSIONS[found])


def _find_pdf(content: bytes) -> str | None:
    if not content.startswith(b"%PDF-"):
        return None
    import pikepdf  # slow import: most requests bring no PDF

    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            if len(document.pages) == 0:
                raise FileBroken()
    except pikepdf.PdfError as error:
        raise FileBroken() from error
    return PDF


def _find_image(content: bytes) -> str | None:
    # WeasyPrint makes the whole process accept torn pictures when it is imported.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=tuple(IMAGES)) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise ImageTooLarge(millions=MOST_PIXELS // 1_000_000)
                picture.load()
                return IMAGES[str(picture.format)]
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise ImageTooLarge(millions=MOST_PIXELS // 1_000_000) from error
    except UnidentifiedImageError:
        return None
    except (OSError, SyntaxError, ValueError) as error:
        raise FileBroken() from error
