"""Badges with names of four scripts: a hundred laid out together against one at a time."""

from jinja2 import Environment, FileSystemLoader

from benchmarks.figures import Figure, ratio_of
from fairapp.badges import credentials
from fairapp.badges.categories import CATEGORIES
from fairapp.badges.rendering import BadgeCard, render_pdf

MANY, SINGLES, ROUNDS = 100, 5, 3
NAMES = (
    ("Nguyễn Thị Phương Thảo", "Công ty TNHH Một thành viên Nhựa Kỹ thuật Tân Tiến", "Kỹ sư mua hàng"),
    ("田中 健太郎", "株式会社直江精密工業", "調達部長"),
    ("김민수", "삼성전자 베트남", "구매팀 과장"),
    ("Anna-Maria Schönfelder", "Müller Präzisionswerkzeuge GmbH & Co. KG", "Head of Purchasing"),
)


def measure() -> list[Figure]:
    """Compare seconds per badge."""
    template = Environment(autoescape=True, loader=FileSystemLoader("templates")).get_template("badges/sheet.html")
    cards = [_card(number) for number in range(MANY)]
    render_pdf(cards[:4], template)  # fonts are found and libraries loaded once

    def singles() -> None:
        for card in cards[:SINGLES]:
            render_pdf([card], template)

    ratio, alone, together = ratio_of(singles, lambda: render_pdf(cards, template), rounds=ROUNDS)
    size = len(render_pdf(cards, template)) / MANY / 1024
    return [
        Figure(
            name="a badge in a hundred against a badge alone",
            unit="×",
            measured=ratio * MANY / SINGLES,
            least=2,
            remark=f"{together / MANY * 1000:.0f} ms against {alone / SINGLES * 1000:.0f} ms",
        ),
        Figure(name="size of a badge in a hundred", unit="KiB", measured=size, most=12),
    ]


def _card(number: int) -> BadgeCard:
    name, enterprise, position = NAMES[number % len(NAMES)]
    category = list(CATEGORIES.values())[number % len(CATEGORIES)]
    serial = credentials.new_serial(category.code, number.to_bytes(credentials.RANDOM_BYTES, "big"))
    claims = credentials.Claims(fair_number=1, key_number=1, serial=serial, category=category.code, days=7)
    return BadgeCard(
        name=name,
        enterprise=enterprise,
        position=position,
        category=category.code,
        category_in_english="",
        colour=category.colour,
        serial=serial,
        credential=credentials.sign(claims, bytes(32)),
        fair_name="Triển lãm Công nghiệp hỗ trợ Việt Nam – Hà Nội 2027",
        fair_dates="17–19 thg 3, 2027",
        venue="Trung tâm Triển lãm Quốc tế I.C.E., Hà Nội",
        days="17/03–19/03",
    )
