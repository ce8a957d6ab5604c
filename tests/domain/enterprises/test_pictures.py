import io

import pytest
from PIL import Image

from fairapp.enterprises.pictures import PictureTooSmall, SvgRefused, prepare_logo, prepare_photo
from fairapp.files.sniffing import FileBroken, FileRefused

SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def picture(kind: str = "PNG", *, mode: str = "RGB", size: tuple[int, int] = (900, 300), **options) -> bytes:
    target = io.BytesIO()
    Image.new(mode, size, 120 if mode in "L" else None).save(target, kind, **options)
    return target.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def test_a_logo_is_kept_as_a_small_png_with_its_transparency():
    logo = prepare_logo(picture(mode="RGBA", size=(4000, 1000)))

    assert logo.content_type == "image/png"
    assert opened(logo.content).size == (800, 200)
    assert opened(logo.content).mode == "RGBA"


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "P", "LA"])
def test_a_photo_is_kept_as_a_jpeg_of_any_kind_of_picture(mode):
    photo = prepare_photo(picture(mode=mode, size=(3200, 1000)))

    assert photo.content_type == "image/jpeg"
    assert opened(photo.content).size == (1600, 500)


def test_a_picture_of_a_printer_is_turned_into_colours_of_a_screen():
    assert opened(prepare_photo(picture("JPEG", mode="CMYK")).content).mode == "RGB"


def test_the_place_where_a_photo_was_taken_is_gone_and_the_photo_upright():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90 degrees
    exif[0x010F] = "Camera"
    photo = prepare_photo(picture("JPEG", size=(400, 200), exif=exif))

    assert opened(photo.content).size == (200, 400)
    assert dict(opened(photo.content).getexif()) == {}


@pytest.mark.parametrize("content", [SVG, b"\xef\xbb\xbf" + SVG, SVG.decode().encode("utf-16"), b"<svg/>"])
def test_a_drawing_that_may_carry_programs_is_refused(content):
    with pytest.raises(SvgRefused):
        prepare_logo(content)


def test_a_pdf_under_the_name_of_a_picture_is_refused():
    import pikepdf

    target = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(target)

    with pytest.raises(FileRefused):
        prepare_photo(target.getvalue())


def test_a_torn_picture_is_refused():
    with pytest.raises(FileBroken):
        prepare_logo(picture(size=(900, 900))[:-100][:600])


def test_a_tiny_picture_is_refused():
    with pytest.raises(PictureTooSmall):
        prepare_logo(picture(size=(300, 16)))
