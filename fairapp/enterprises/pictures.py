"""Logos and photos: read, turned upright, made smaller and written anew, so that only the picture is left."""

import io
from dataclasses import dataclass

from PIL import Image, ImageOps

from fairapp.errors import FairError
from fairapp.files import sniffing

PICTURES = frozenset({"image/jpeg", "image/png", "image/webp"})
LOGO_BOX = (800, 800)
PHOTO_BOX = (1600, 1200)
LEAST_SIDE = 32


class SvgRefused(FairError):
    """A drawing in SVG, which may carry programs."""

    code = "svg_refused"


class PictureTooSmall(FairError):
    """Too few pixels to be printed or shown."""

    code = "picture_too_small"


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A picture as we keep it."""

    content: bytes
    content_type: str
    extension: str


def prepare_logo(content: bytes) -> Picture:
    """Return a logo as PNG with what is transparent in it."""
    picture = _open(content)
    has_alpha = picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info
    picture = picture.convert("RGBA" if has_alpha else "RGB")
    picture.thumbnail(LOGO_BOX, Image.Resampling.LANCZOS)
    return _write(picture, "PNG", "image/png", ".png")


def find_thumbnail(content: bytes, *, most: int) -> bytes | None:
    """Return a kept picture as PNG whose longer side has at most ``most`` pixels; none if it cannot be read."""
    target = io.BytesIO()
    try:
        with Image.open(io.BytesIO(content)) as picture:
            picture.thumbnail((most, most), Image.Resampling.LANCZOS)
            picture.save(target, "PNG", optimize=True)
    except OSError:  # one torn file must not keep a whole catalogue from being printed
        return None
    return target.getvalue()


def prepare_photo(content: bytes) -> Picture:
    """Return a photo as JPEG on white, without the place and the time at which it was taken."""
    picture = _open(content)
    if picture.mode not in {"RGB", "L"}:
        layered = picture.convert("RGBA")
        picture = Image.new("RGB", layered.size, "white")
        picture.paste(layered, mask=layered.getchannel("A"))
    picture = picture.convert("RGB")
    picture.thumbnail(PHOTO_BOX, Image.Resampling.LANCZOS)
    return _write(picture, "JPEG", "image/jpeg", ".jpg")


def _open(content: bytes) -> Image.Image:
    if _is_svg(content):
        raise SvgRefused()
    sniffing.sniff(content, accepted=PICTURES)
    with Image.open(io.BytesIO(content)) as opened:
        picture = ImageOps.exif_transpose(opened)
        picture.load()
    if min(picture.size) < LEAST_SIDE:
        raise PictureTooSmall(least=LEAST_SIDE)
    if picture.mode == "CMYK":
        picture = picture.convert("RGB")
    return picture


def _is_svg(content: bytes) -> bool:
    head = content[:4096].replace(b"\0", b"").lower()  # without the zeros of UTF-16
    return b"<svg" in head and not content.startswith((b"\x89PNG", b"\xff\xd8", b"RIFF", b"%PDF"))


def _write(picture: Image.Image, kind: str, content_type: str, extension: str) -> Picture:
    bare = Image.new(picture.mode, picture.size)
    bare.paste(picture)
    target = io.BytesIO()
    bare.save(target, kind, optimize=True, **({"quality": 85} if kind == "JPEG" else {}))
    return Picture(content=target.getvalue(), content_type=content_type, extension=extension)
