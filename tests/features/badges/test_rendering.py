"""The printed badge: opened again, looked at, measured and scanned."""

import io
import logging
import re
import unicodedata

import jinja2
import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
import zxingcpp
from weasyprint.urls import FatalURLFetchingError

from fairapp.badges import credentials, rendering
from fairapp.badges.categories import CATEGORIES
from fairapp.badges.rendering import BadgeCard, render_pdf
from fairapp.enterprises.taxonomy import label

MM = 72 / 25.4
BOXES = {  # left, top, right, bottom in millimetres, as badge.css places them
    "header": (9, 9, 96, 27.4),
    "person": (9, 28.7, 96, 80.7),
    "beside": (49, 83, 96, 120),
    "band": (9, 126, 96, 148),
}
LONG = (
    "Công ty Trách nhiệm hữu hạn Một thành viên Sản xuất Thương mại Dịch vụ Xuất nhập khẩu "
    "Cơ khí Chính xác và Khuôn mẫu Đại Nghĩa Thành"
)
WIDEST = {
    "W": ("W" * 120, "W" * 80, "W" * 200),
    "kanji": ("健" * 120, "部" * 80, "株" * 200),
    "hangul": ("별" * 120, "부" * 80, "회" * 200),
    "cyrillic": ("Щ" * 120, "Ю" * 80, "Ш" * 200),
    "hats": ("Ễ Ấ Ữ", "", ""),
    "stacked": ("Ễ Ấ Ữ Ặ " * 15, "Ộ " * 40, "Ỗ " * 100),
    "sentence": ("Nguyễn Thị Phương Thảo", "Kỹ sư mua hàng", LONG),
}


def card(kind="visitor", language="vi", **values):
    serial = credentials.new_serial(kind, b"12345")
    claims = credentials.Claims(fair_number=27, key_number=1, serial=serial, category=kind, days=7)
    own, english = label("badge_categories", kind, language), label("badge_categories", kind, "en")
    defaults = {
        "name": "Nguyễn Thị Phương Thảo",
        "enterprise": "Công ty TNHH Nhựa Tân Tiến",
        "position": "Kỹ sư mua hàng",
        "category": own,
        "category_in_english": english if english != own else "",
        "colour": CATEGORIES[kind].colour,
        "serial": serial,
        "credential": credentials.sign(claims, bytes(range(32))),
        "fair_name": "Triển lãm Công nghiệp hỗ trợ Việt Nam – Hà Nội 2027",
        "fair_dates": "17–19 thg 3, 2027",
        "venue": "Trung tâm Triển lãm Quốc tế I.C.E., 91 Trần Hưng Đạo, Hà Nội",
        "days": "17/03–19/03",
        "language": language,
        "fictional": "Dữ liệu mẫu",
    }
    return BadgeCard(**{**defaults, **values})


@pytest.fixture
def print_badges(sqlite_app):
    """Lay badges out and open the PDF again."""
    opened = []

    def run(*cards):
        pdf = render_pdf(cards, sqlite_app.jinja_env.get_template("badges/sheet.html"))
        opened.append(pypdfium2.PdfDocument(pdf))
        return opened[-1]

    yield run
    for document in opened:
        document.close()


def text_of(page):
    return unicodedata.normalize("NFC", page.get_textpage().get_text_range())


def squeezed(text):
    return re.sub(r"\s", "", text)


def drawn(page):
    """Return letter, type size and box of everything written, in millimetres from the upper left corner."""
    text, height = page.get_textpage(), page.get_height()
    for number in range(text.count_chars()):
        letter = chr(pdfium.FPDFText_GetUnicode(text, number))
        if letter.isspace() or pdfium.FPDFText_IsGenerated(text, number):
            continue
        left, bottom, right, top = text.get_charbox(number)
        size = pdfium.FPDFText_GetFontSize(text, number)
        yield letter, size, (left / MM, (height - top) / MM, right / MM, (height - bottom) / MM)


def is_inside(inner, outer, slack=0.1):
    left, top, right, bottom = outer
    return (
        inner[0] >= left - slack
        and inner[1] >= top - slack
        and inner[2] <= right + slack
        and inner[3] <= bottom + slack
    )


def test_every_badge_is_one_a6_page_in_the_given_order(print_badges):
    names = [f"Người số {number}" for number in range(rendering.BATCH + 2)]

    document = print_badges(*(card(name=name) for name in names))

    assert [tuple(round(side / MM, 1) for side in page.get_size()) for page in document] == [(105, 148)] * len(names)
    assert [name in text_of(page) for name, page in zip(names, document, strict=True)] == [True] * len(names)


@pytest.mark.parametrize("category", CATEGORIES)
def test_the_printed_code_is_read_as_the_credential(print_badges, category):
    badge = card(category)
    [page] = print_badges(badge)

    [found] = zxingcpp.read_barcodes(page.render(scale=200 / 72).to_pil(), formats=zxingcpp.BarcodeFormat.QRCode)

    assert found.text == badge.credential


def test_the_code_is_thirty_millimetres_wide_in_a_quiet_zone_of_four_modules(print_badges):
    scale = 20  # pixels per millimetre
    [page] = print_badges(card())
    picture = page.render(scale=scale / MM).to_pil().convert("L")
    [found] = zxingcpp.read_barcodes(picture)
    corners = found.position
    side = corners.top_right.x - corners.top_left.x
    quiet = round(side / 37 * 4) - 2

    around = picture.crop(
        (corners.top_left.x - quiet, corners.top_left.y - quiet, corners.top_right.x + quiet, corners.top_left.y - 2)
    )
    left = picture.crop(
        (corners.top_left.x - quiet, corners.top_left.y, corners.top_left.x - 2, corners.bottom_left.y + quiet)
    )

    assert side >= 30 * scale
    assert (round(corners.top_left.x / scale), round(corners.top_left.y / scale)) == (9, 85)
    assert around.getextrema() == (255, 255)
    assert left.getextrema() == (255, 255)


@pytest.mark.parametrize(
    ("name", "enterprise", "language", "font"),
    [
        ("Đỗ Thị Hường Ễ", "Công ty TNHH Cơ khí Đại Nghĩa", "vi", "Noto-Sans-Bold"),
        ("田中 健太郎", "株式会社直江技研", "vi", "Noto-Sans-CJK-JP-Bold"),
        ("김민수", "삼성전자 베트남", "vi", "Noto-Sans-CJK-KR-Bold"),
        ("Anna-Maria O’Neil", "Müller & Söhne", "en", "Noto-Sans-Bold"),
    ],
)
def test_names_are_text_in_the_font_of_their_script(print_badges, caplog, name, enterprise, language, font):
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        document = print_badges(card(name=name, enterprise=enterprise, language=language))
    text = " ".join(text_of(document[0]).split())
    written = io.BytesIO()
    document.save(written)

    assert name in text
    assert enterprise in text
    assert embedded_fonts(written) >= {font}
    assert [record.message for record in caplog.records] == []


def embedded_fonts(pdf):
    with pikepdf.open(pdf) as document:
        fonts = document.pages[0].Resources.Font
        found = [font.DescendantFonts[0].FontDescriptor for font in fonts.values()]
        return {
            str(font.FontName).lstrip("/").split("+")[-1]
            for font in found
            if any(f"/FontFile{kind}" in font for kind in ("", "2", "3"))
        }


@pytest.mark.parametrize("language", ["vi", "ja"])
@pytest.mark.parametrize("kind", WIDEST)
def test_no_letter_leaves_its_box_or_is_too_small(print_badges, kind, language):
    name, position, enterprise = (text.strip() for text in WIDEST[kind])
    [page] = print_badges(card("exhibitor", language, name=name, position=position, enterprise=enterprise))
    letters = list(drawn(page))

    outside = [
        (letter, place) for letter, _, place in letters if not any(is_inside(place, box) for box in BOXES.values())
    ]
    in_person = "".join(letter for letter, _, place in letters if is_inside(place, BOXES["person"]))

    assert outside == []
    assert min(size for _, size, _ in letters) >= rendering.SMALLEST
    assert unicodedata.normalize("NFC", in_person) == squeezed(name + position + enterprise)


def test_a_long_fair_name_and_all_its_days_stay_in_their_boxes(print_badges):
    fair_name = "Hội chợ triển lãm quốc tế chuyên ngành công nghiệp hỗ trợ và chế biến chế tạo " * 2
    days = ", ".join(f"{day:02}/03" for day in range(1, 31, 2))
    [page] = print_badges(card(fair_name=fair_name, venue="Hà Nội " * 20, days=days, category="Đơn vị " * 8))

    assert [place for _, _, place in drawn(page) if not any(is_inside(place, box) for box in BOXES.values())] == []


def test_the_name_is_the_largest_text_and_readable_from_two_metres(print_badges):
    [page] = print_badges(card())
    sizes = {}
    for letter, size, place in drawn(page):
        if is_inside(place, BOXES["person"]):
            sizes.setdefault(round(size, 1), []).append(letter)
    largest = max(sizes)

    assert squeezed("".join(sizes[largest])) == squeezed("Nguyễn Thị Phương Thảo")
    assert largest >= 30


def test_a_name_is_not_broken_inside_a_word(print_badges):
    [page] = print_badges(card(name="クリストファー・ジョンソン", position="", enterprise=""))

    assert "クリストファー・\r\nジョンソン" in text_of(page)


def test_the_band_says_the_category_in_its_colour(print_badges):
    [page] = print_badges(card("press"))
    picture = page.render(scale=2).to_pil()

    assert "Báo chí" in text_of(page)
    assert "Press" in text_of(page)
    assert "#{:02X}{:02X}{:02X}".format(*picture.getpixel((4, picture.height - 8))) == CATEGORIES["press"].colour


def test_a_name_that_looks_like_markup_is_plain_text(print_badges):
    name = "<img src=file:///etc/passwd>"
    [page] = print_badges(card(name=name, enterprise="<script>alert(1)</script>", position="{{ 7 * 7 }}"))

    text = squeezed(text_of(page))
    assert squeezed(name) in text
    assert "<script>alert(1)</script>" in text
    assert "{{7*7}}" in text


@pytest.mark.parametrize("address", ["file:///etc/passwd", "http://127.0.0.1:9/x.png"])
def test_a_sheet_that_asks_for_a_file_or_the_network_is_refused(address):
    sheet = jinja2.Environment(autoescape=True).from_string(f'<img src="{address}">')

    with pytest.raises(FatalURLFetchingError):
        render_pdf([card()], sheet)
