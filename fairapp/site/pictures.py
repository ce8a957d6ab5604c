"""Pictures for pages and print: no larger than they are shown, without what a camera wrote into them."""

import io

from PIL import Image, ImageOps

MOST = 900
"""Pixels of the longer side on a page: twice what a phone shows."""


def scaled(content: bytes, *, content_type: str, most: int = MOST) -> tuple[bytes, str]:
    """Return a picture whose longer side has at most ``most`` pixels, and its content type; turned as it was taken.

    Writing it anew drops place and device, which cameras note.
    """
    with Image.open(io.BytesIO(content)) as picture:
        upright = ImageOps.exif_transpose(picture)
        upright.thumbnail((most, most))
        see_through = upright.mode in {"RGBA", "LA", "PA"} or "transparency" in upright.info
        target = io.BytesIO()
        if see_through or content_type == "image/png":
            upright.convert("RGBA" if see_through else "RGB").save(target, "PNG", optimize=True)
            return target.getvalue(), "image/png"
        upright.convert("RGB").save(target, "JPEG", quality=85, optimize=True)
        return target.getvalue(), "image/jpeg"
