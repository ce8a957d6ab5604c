"""Drawings for the demo: parts, logos and a certificate, each the same every time."""

import colorsys
import io
import math

from PIL import Image, ImageDraw, ImageFont

PRODUCTS = 9
"""How many different parts there are."""

STEEL, DARK, PAPER = (176, 182, 190), (70, 76, 84), (246, 244, 239)


def draw_product(number: int) -> bytes:
    """Return a photo-like drawing of a part as JPEG."""
    picture = Image.new("RGB", (960, 720), PAPER)
    pen = ImageDraw.Draw(picture)
    pen.ellipse((180, 560, 780, 660), fill=(226, 222, 212))
    shape = (_gear, _shaft, _plate, _ring, _housing)[number % 5]
    shape(pen, _colour(number * 137))
    return _write(picture, "JPEG")


def draw_logo(letters: str, seed: int) -> bytes:
    """Return a mark with one or two letters as PNG on nothing."""
    picture = Image.new("RGBA", (320, 320), (0, 0, 0, 0))
    pen, colour = ImageDraw.Draw(picture), _colour(seed)
    if seed % 3 == 0:
        pen.rounded_rectangle((10, 10, 310, 310), 48, fill=colour)
    elif seed % 3 == 1:
        pen.ellipse((10, 10, 310, 310), fill=colour)
    else:
        pen.polygon([(160 + 152 * math.cos(a * math.pi / 3), 160 + 152 * math.sin(a * math.pi / 3)) for a in range(6)],
                    fill=colour)  # fmt: skip
    font = ImageFont.load_default(140 if len(letters) > 1 else 180)
    pen.text((160, 160), letters, fill="white", font=font, anchor="mm")
    return _write(picture, "PNG")


def draw_certificate() -> bytes:
    """Return a sheet that looks like a scanned certificate and says that it is none."""
    picture = Image.new("RGB", (840, 1188), (253, 252, 247))
    pen = ImageDraw.Draw(picture)
    pen.rectangle((40, 40, 800, 1148), outline=(150, 120, 60), width=6)
    pen.text((420, 220), "CERTIFICATE", fill=DARK, font=ImageFont.load_default(64), anchor="mm")
    pen.text((420, 310), "(demo, not a certificate)", fill=DARK, font=ImageFont.load_default(32), anchor="mm")
    for line in range(8):
        pen.line((140, 430 + line * 60, 700 - (line % 3) * 90, 430 + line * 60), fill=STEEL, width=8)
    pen.ellipse((540, 930, 720, 1110), outline=(170, 40, 40), width=8)
    return _write(picture, "PNG")


def _colour(seed: int) -> tuple[int, int, int]:
    red, green, blue = colorsys.hls_to_rgb((seed % 360) / 360, 0.36, 0.45)
    return round(red * 255), round(green * 255), round(blue * 255)


def _gear(pen: ImageDraw.ImageDraw, colour: tuple[int, int, int]) -> None:
    teeth = 18
    outline = []
    for step in range(teeth * 4):
        radius = 250 if step % 4 < 2 else 215
        angle = 2 * math.pi * step / (teeth * 4)
        outline.append((480 + radius * math.cos(angle), 360 + radius * math.sin(angle)))
    pen.polygon(outline, fill=STEEL, outline=DARK, width=3)
    pen.ellipse((380, 260, 580, 460), fill=colour, outline=DARK, width=3)
    pen.ellipse((430, 310, 530, 410), fill=PAPER, outline=DARK, width=3)


def _shaft(pen: ImageDraw.ImageDraw, colour: tuple[int, int, int]) -> None:
    for left, right, half in ((140, 300, 50), (300, 560, 90), (560, 700, 64), (700, 820, 40)):
        pen.rectangle((left, 360 - half, right, 360 + half), fill=STEEL, outline=DARK, width=3)
        pen.rectangle((left, 360 - half, right, 360 - half + 24), fill=(206, 210, 216))
    pen.rectangle((400, 340, 470, 380), fill=colour)


def _plate(pen: ImageDraw.ImageDraw, colour: tuple[int, int, int]) -> None:
    pen.rounded_rectangle((200, 180, 760, 540), 36, fill=STEEL, outline=DARK, width=3)
    for x in (260, 700):
        for y in (240, 480):
            pen.ellipse((x - 26, y - 26, x + 26, y + 26), fill=PAPER, outline=DARK, width=3)
    pen.rounded_rectangle((360, 280, 600, 440), 20, fill=colour, outline=DARK, width=3)


def _ring(pen: ImageDraw.ImageDraw, colour: tuple[int, int, int]) -> None:
    pen.ellipse((220, 120, 740, 600), fill=colour, outline=DARK, width=3)
    pen.ellipse((300, 190, 660, 530), fill=STEEL, outline=DARK, width=3)
    pen.ellipse((360, 245, 600, 475), fill=PAPER, outline=DARK, width=3)


def _housing(pen: ImageDraw.ImageDraw, colour: tuple[int, int, int]) -> None:
    pen.polygon([(240, 260), (600, 200), (760, 280), (760, 520), (400, 590), (240, 500)], fill=colour, outline=DARK)
    pen.polygon([(240, 260), (600, 200), (760, 280), (400, 345)], fill=STEEL, outline=DARK)
    pen.line((400, 345, 400, 590), fill=DARK, width=3)
    pen.ellipse((480, 240, 560, 290), fill=PAPER, outline=DARK, width=3)


def _write(picture: Image.Image, kind: str) -> bytes:
    target = io.BytesIO()
    picture.save(target, kind)
    return target.getvalue()
