"""The demo fair: the file ``data/sie27.json`` and everything that a living fair adds to it.

The file speaks Vietnamese; ``data/sie27_texts.json`` says the same in English, Japanese and Korean.
The same scale gives the same fair to the letter. Everything is invented: tax codes begin with 00, which
no province has, and telephone numbers with 0950, which no carrier has.
"""

import json
import random
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from fairapp.enterprises.names import core_name
from fairapp.enterprises.tax_code import check_digit
from fairapp.imports.reading import read_fair
from fairapp.imports.seeds import Seed

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
FILE = Path(__file__).parent / "data" / "sie27.json"
TEXTS = Path(__file__).parent / "data" / "sie27_texts.json"
PASSWORD = "hoi-cho-2027"
"""The password of every demo account; a fair with real people has no such accounts."""

HALL = {"vi": "Nhà {}", "en": "Hall {}", "ja": "ホール{}", "ko": "{}홀"}
"""How each language says a hall's code at the start of its name."""

STATES = ("draft", "applied", "applied", "applied", "returned", "waiting_list", "rejected", "withdrawn")
"""States of the applications that are not exhibitors."""

REASONS = {
    "returned": "Thiếu bản sao giấy đăng ký doanh nghiệp, vui lòng bổ sung.",
    "rejected": "Ngành hàng không thuộc công nghiệp hỗ trợ.",
}
FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý")
MIDDLE = ("Văn", "Thị", "Quốc", "Minh", "Thu", "Đức", "Ngọc", "Hải", "Thanh", "Bảo")
GIVEN = (
    "An", "Bình", "Châu", "Dũng", "Đạt", "Giang", "Hà", "Hương", "Khải", "Lan", "Long", "Mai", "Nam",
    "Oanh", "Phúc", "Quân", "Sơn", "Thảo", "Tùng", "Uyên", "Vân", "Yến",
)  # fmt: skip
FOREIGN = (
    ("田中 健太郎", "JP", "ja"),
    ("佐藤 美咲", "JP", "ja"),
    ("鈴木 大輔", "JP", "ja"),
    ("김민재", "KR", "ko"),
    ("이서연", "KR", "ko"),
    ("Somchai Rattanakul", "TH", "en"),
)
POSITIONS = ("Giám đốc", "Trưởng phòng Mua hàng", "Kỹ sư", "Nhân viên kinh doanh", "Trưởng phòng Chất lượng")
WORKPLACES = ("Cơ khí Bình Minh", "Nhựa Tân Tiến", "Điện tử Hồng Hà", "Khuôn mẫu Thăng Long", "Bao bì Kinh Bắc")


def build(scale: int = 1) -> Seed:
    """Return the demo fair, ``scale`` times as large as its file."""
    reading = read_fair(json.dumps(document(scale)))
    if reading.seed is None:
        raise ValueError(f"the demo fair has errors: {reading.errors[:3]}")
    return reading.seed


def document(scale: int = 1) -> dict[str, Any]:
    """Return the demo fair as a file of our format."""
    base = _in_all_languages(json.loads(FILE.read_text(encoding="utf-8")))
    chance = random.Random(f"SIE27-{scale}")  # noqa: S311 (makes a demo, guards nothing)
    fair = _fair(base["fair"])
    halls, booths = _floor(base, scale)
    applicants = [_numbered(row, copy) for copy in range(scale) for row in base["exhibitors"]]
    buyers = [_buyer(_numbered(row, copy), chance) for copy in range(scale) for row in base["buyers"]]
    needs = [_need(row, copy) for copy in range(scale) for row in base["needs"]]
    exhibitors, applications = _applications(applicants, booths, chance)
    document: dict[str, Any] = {
        "format": "fairapp-fair-1",
        "fair": fair,
        "halls": halls,
        "booths": booths,
        "b2b_tables": _tables(base, scale),
        "b2b_slots": base["b2b_slots"],
        "exhibitors": exhibitors,
        "applications": applications,
        "buyers": buyers,
        "needs": needs,
        "visitors": [_visitor(number, chance) for number in range(120 * scale)],
        "gates": [
            {"code": "A1", "name": "Cổng A1"},
            {"code": "B1", "name": "Cổng B1"},
            {"code": "C1", "name": "Khu giao thương", "categories": ["exhibitor", "buyer", "organizer"]},
        ],
        "meeting_requests": _requests(exhibitors, buyers, needs, chance),
        "unavailabilities": _unavailabilities(exhibitors, buyers, base["b2b_slots"], chance),
        "accounts": _accounts(exhibitors, buyers),
    }
    return document


def _in_all_languages(base: dict[str, Any]) -> dict[str, Any]:
    """Return the file with every text that people read by language; names of enterprises stay."""
    texts = json.loads(TEXTS.read_text(encoding="utf-8"))

    def spoken(row: dict[str, Any], *keys: str) -> dict[str, Any]:
        return {**row, **{key: {"vi": row[key], **texts[row[key]]} for key in keys}}

    return {
        **base,
        "fair": spoken(base["fair"], "theme", "venue"),
        "halls": [spoken(row, "name") for row in base["halls"]],
        "exhibitors": [spoken(row, "main_products") for row in base["exhibitors"]],
        "buyers": [spoken(row, "products") for row in base["buyers"]],
        "needs": [spoken(row, "title") for row in base["needs"]],
    }


def _fair(row: dict[str, Any]) -> dict[str, Any]:
    return {
        **row,
        "fictional": True,
        "contact_email": "bantochuc@sie27.example",
        "applications_open": "2026-11-01T08:00",
        "applications_close": "2027-02-15T17:00",
        "registrations_close": "2027-03-19T12:00",
        "meeting_requests_close": "2027-03-10T17:00",
    }


def _floor(base: dict[str, Any], scale: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the halls and booths, each further copy in halls of its own (D, E, F …)."""
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    halls, booths = [], []
    for copy in range(scale):
        for number, hall in enumerate(base["halls"]):
            code = _letter(letters, copy * len(base["halls"]) + number)
            name = {
                language: text.replace(HALL[language].format(hall["code"]), HALL[language].format(code), 1)
                for language, text in hall["name"].items()
            }
            halls.append({**hall, "code": code, "name": name})
            for booth in base["booths"]:
                if booth["hall"] == hall["code"]:
                    booths.append({**booth, "hall": code, "code": code + booth["code"][1:]})
    return halls, booths


def _letter(letters: str, number: int) -> str:
    return (
        letters[number]
        if number < len(letters)
        else letters[number // len(letters) - 1] + letters[number % len(letters)]
    )


def _tables(base: dict[str, Any], scale: int) -> list[dict[str, Any]]:
    count = len(base["b2b_tables"])
    return [
        {**table, "code": f"T{copy * count + number:02}"}
        for copy in range(scale)
        for number, table in enumerate(base["b2b_tables"], start=1)
    ]


def _numbered(row: dict[str, Any], copy: int) -> dict[str, Any]:
    """Return a further enterprise like ``row``, with its own name, tax code and addresses."""
    if copy == 0:
        return dict(row)
    changed = {
        **row,
        "ref": f"{row['ref']}-{copy + 1}",
        "name": row["name"].replace("(giả lập)", f"số {copy + 1} (giả lập)"),
        "short_name": f"{row['short_name']} số {copy + 1}",
        "tax_code": _tax_code(row["tax_code"], copy),
    }
    if "contact" in row:
        contact = row["contact"]
        changed["contact"] = {**contact, "email": contact["email"].replace("@", f"{copy + 1}@")}
    if "contact_email" in row:
        changed["contact_email"] = row["contact_email"].replace("@", f"{copy + 1}@")
    return changed


def _tax_code(code: str, copy: int) -> str:
    """Return another code with a right check digit; copies never meet."""
    number = int(code[:9]) + copy * 1_000_003
    while (digit := check_digit(f"{number:09}")) is None:
        number += 7_000_000
    return f"{number:09}{digit}"


def _applications(
    applicants: list[dict[str, Any]], booths: list[dict[str, Any]], chance: random.Random
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return exhibitors (seven of ten, most of them with a booth) and the applications still open."""
    offered = [booth for booth in booths if booth["type"] != "buyer_booth"]
    free = [booth["code"] for booth in offered]
    chance.shuffle(free)
    exhibitors, applications = [], []
    for number, row in enumerate(applicants):
        applied = datetime(2026, 11, 2, 8, tzinfo=HANOI) + timedelta(hours=7 * (number % 40), minutes=number)
        common = {
            **row,
            "fascia_name": core_name(row["short_name"]).title()[:30]
            if not row["short_name"]
            else row["short_name"][:30],
            "choices": sorted(chance.sample([booth["code"] for booth in offered], 2)),
            "applied_at": applied.isoformat(timespec="minutes"),
        }
        if number % 10 < 7:
            confirmed = number % 2 == 0
            exhibitors.append(
                {
                    **common,
                    "status": "confirmed" if confirmed else "accepted",
                    "decided_at": (applied + timedelta(days=3)).isoformat(timespec="minutes"),
                    "booths": [free.pop()] if number % 4 else [],
                    "staff": [_person(chance, f"nv{number}.{one}@sie27.example") for one in range(1 + number % 3)],
                }
            )
        else:
            status = STATES[number % len(STATES)]
            unused = {"measures", "subsidy_percent", "qcd"}
            open_row = {key: value for key, value in common.items() if key not in unused}
            applications.append({**open_row, "status": status, "reason": REASONS.get(status, "")})
    return exhibitors, applications


def _person(chance: random.Random, email: str) -> dict[str, Any]:
    return {"name": _name(chance), "title": chance.choice(POSITIONS), "email": email}


def _name(chance: random.Random) -> str:
    return f"{chance.choice(FAMILY)} {chance.choice(MIDDLE)} {chance.choice(GIVEN)}"


def _buyer(row: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    language = row["meeting_language"]
    names = [name for name, _country, tongue in FOREIGN if tongue == language] or [_name(chance)]
    return {**row, "contact_name": chance.choice(names), "contact_title": "Purchasing", "hosted": chance.random() < 0.3}


def _need(row: dict[str, Any], copy: int) -> dict[str, Any]:
    if copy == 0:
        return dict(row)
    return {**row, "ref": f"{row['ref']}-{copy + 1}", "buyer": f"{row['buyer']}-{copy + 1}"}


def _visitor(number: int, chance: random.Random) -> dict[str, Any]:
    foreign = chance.random() < 0.2
    name, country, language = chance.choice(FOREIGN) if foreign else (_name(chance), "VN", "vi")
    registered = datetime(2026, 11, 5, 9, tzinfo=HANOI) + timedelta(minutes=97 * number % 20000)
    row = {
        "email": f"khach{number + 1:04}@sie27.example",
        "full_name": name,
        "enterprise_name": f"{chance.choice(WORKPLACES)} (giả lập)",
        "position": chance.choice(POSITIONS),
        "country": country,
        "language": language,
        "category": "visitor" if number % 20 else chance.choice(("vip", "press", "speaker")),
        "registered_at": registered.isoformat(timespec="minutes"),
    }
    if country == "VN":
        row["province"] = chance.choice(("01", "24", "31", "33", "19", "25"))
    return row


def _requests(
    exhibitors: list[dict[str, Any]],
    buyers: list[dict[str, Any]],
    needs: list[dict[str, Any]],
    chance: random.Random,
) -> list[dict[str, Any]]:
    """Return requests about needs whose process an exhibitor has, and some of buyers; three of four agreed."""
    pairs: dict[tuple[str, str], dict[str, Any]] = {}
    for need in needs:
        for exhibitor in exhibitors:
            if need["process"] in exhibitor["processes"]:
                pairs.setdefault((need["buyer"], exhibitor["ref"]), {"need": need["ref"], "asked_by": "exhibitor"})
    for buyer in buyers:
        for exhibitor in chance.sample(exhibitors, min(9, len(exhibitors))):
            pairs.setdefault((buyer["ref"], exhibitor["ref"]), {"asked_by": "buyer"})
    rows = []
    for number, ((buyer_ref, exhibitor_ref), facts) in enumerate(sorted(pairs.items())):
        status = ("accepted", "accepted", "accepted", "requested", "accepted", "declined", "accepted", "withdrawn")[
            number % 8
        ]
        # Whoever tries the demo as its buyer finds a request to answer.
        if status == "declined" and buyer_ref == buyers[0]["ref"] and facts["asked_by"] == "exhibitor":
            status = "requested"
        asked = datetime(2026, 11, 10, 8, tzinfo=HANOI) + timedelta(minutes=13 * number)
        row = {
            "buyer": buyer_ref,
            "exhibitor": exhibitor_ref,
            "status": status,
            "requested_at": asked.isoformat(timespec="minutes"),
            **facts,
        }
        if status != "requested":
            row["answered_at"] = (asked + timedelta(days=1)).isoformat(timespec="minutes")
        rows.append(row)
    return rows


def _unavailabilities(
    exhibitors: list[dict[str, Any]],
    buyers: list[dict[str, Any]],
    slots: list[dict[str, Any]],
    chance: random.Random,
) -> list[dict[str, Any]]:
    starts = [slot["start"] for slot in slots]
    rows = [{"slot": start, "buyer": row["ref"]} for row in buyers for start in sorted(chance.sample(starts, 1))]
    rows += [
        {"slot": start, "exhibitor": row["ref"]}
        for row in exhibitors[::3]
        for start in sorted(chance.sample(starts, 2))
    ]
    return rows


def _accounts(exhibitors: list[dict[str, Any]], buyers: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return one account for each role."""
    people = (
        ("organizer", "Trần Thu Hà", ""),
        ("co_organizer", "Lê Quang Minh", ""),
        ("exhibitor_contact", exhibitors[0]["contact"]["name"], exhibitors[0]["ref"]),
        ("exhibitor_staff", exhibitors[0]["staff"][0]["name"], exhibitors[0]["ref"]),
        ("buyer", buyers[0]["contact_name"], buyers[0]["ref"]),
        ("gate", "Cổng A1", ""),
    )
    rows = []
    for role, name, acts_for in people:
        row = {
            "email": f"{role.replace('_', '-')}@sie27.example",
            "full_name": name,
            "password": PASSWORD,
            "role": role,
        }
        rows.append({**row, "acts_for": acts_for} if acts_for else row)
    return rows
