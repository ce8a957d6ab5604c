"""The demo's prices, extras, orders, subsidies and an adjustment; every body and order is invented."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fairapp.database import transaction
from fairapp.exhibitors.models import Exhibitor
from fairapp.fairs.models import Fair
from fairapp.fees.models import Adjustment, Extra, FeeRules, Order, OrderLine, Subsidy
from fairapp.fees.rules import Rules, default_rules
from fairapp.fees.service.orders import offer_of

CATALOGUE: tuple[tuple[str, str, str, str, str, str, str, int, int], ...] = (
    # code, group, vi, en, ja, ko, unit vi|en, price, surcharge
    ("power_1p", "power", "Điện 1 pha, 2 kW", "Single-phase power, 2 kW", "単相電源 2 kW", "단상 전원 2 kW",
     "ổ|socket", 1_200_000, 30),
    ("power_3p", "power", "Điện 3 pha, 10 kW", "Three-phase power, 10 kW", "三相電源 10 kW", "삼상 전원 10 kW",
     "nguồn|line", 4_800_000, 30),
    ("power_night", "power", "Điện qua đêm", "Power overnight", "夜間電源", "야간 전원", "đêm|night", 900_000, 30),
    ("compressed_air", "media", "Khí nén 7 bar", "Compressed air, 7 bar", "圧縮空気 7 bar", "압축공기 7 bar",
     "đầu|outlet", 3_500_000, 30),
    ("water_drain", "media", "Cấp thoát nước", "Water and drain", "給排水", "급배수", "đầu|outlet", 2_600_000, 30),
    ("internet", "media", "Internet riêng 50 Mbit/s", "Own internet line, 50 Mbit/s", "専用回線 50 Mbit/s",
     "전용 회선 50 Mbit/s", "đường|line", 1_800_000, 20),
    ("table_chair", "furniture", "Bàn tròn và 4 ghế", "Round table with 4 chairs", "丸テーブルと椅子4脚",
     "원형 테이블과 의자 4개", "bộ|set", 650_000, 20),
    ("chair", "furniture", "Ghế gấp", "Folding chair", "折りたたみ椅子", "접이식 의자", "cái|piece", 70_000, 20),
    ("counter", "furniture", "Quầy thông tin", "Information counter", "受付カウンター", "안내 카운터",
     "cái|piece", 750_000, 20),
    ("showcase", "display", "Tủ kính trưng bày", "Glass showcase", "ガラスショーケース", "유리 진열장",
     "cái|piece", 1_400_000, 20),
    ("podium", "display", "Bục trưng bày 50 × 50 cm", "Podium 50 × 50 cm", "展示台 50×50 cm", "전시대 50×50 cm",
     "cái|piece", 450_000, 20),
    ("spotlight", "display", "Đèn rọi thêm", "Spotlight", "スポットライト", "스포트라이트", "cái|piece", 180_000, 20),
    ("screen_55", "display", "Màn hình 55 inch", "Screen, 55 inches", "55型モニター", "55인치 모니터",
     "cái|piece", 3_200_000, 25),
    ("interpreter_day", "people", "Phiên dịch Nhật – Việt", "Interpreter Japanese – Vietnamese", "日越通訳",
     "일본어–베트남어 통역", "ngày|day", 2_800_000, 15),
    ("cleaning", "people", "Vệ sinh gian hàng hằng ngày", "Daily booth cleaning", "ブース清掃", "부스 청소",
     "gian|booth", 600_000, 0),
    ("forklift", "transport", "Xe nâng 3 tấn", "Forklift, 3 t", "フォークリフト 3 t", "지게차 3 t",
     "lượt|lift", 1_100_000, 30),
    ("parking", "transport", "Chỗ đỗ xe trong khuôn viên", "Parking on the grounds", "場内駐車場", "구내 주차",
     "ngày|day", 150_000, 0),
)  # fmt: skip
EARLY_WORK = {"interpreter_day": (49, 28), "screen_55": (120, 14), "water_drain": (130, 115)}
"""Days before the opening from which an order is late or refused, where they are not as usual."""
USUALLY = (28, 7)
MOST = {"power_3p": 4, "interpreter_day": 6, "parking": 10}

BASKETS: tuple[tuple[tuple[str, int], ...], ...] = (
    (("power_3p", 1), ("compressed_air", 1), ("forklift", 2)),
    (("table_chair", 1), ("spotlight", 4), ("showcase", 2)),
    (("interpreter_day", 3), ("screen_55", 1), ("internet", 1)),
    (("power_1p", 2), ("counter", 1), ("podium", 3)),
    (("chair", 6), ("cleaning", 1), ("parking", 3)),
)

SOURCES = (
    ("Sở Công Thương Hà Nội (giả lập)", 50, 15_000_000, "118/QĐ-SCT"),
    ("Bộ Công Thương, chương trình xúc tiến (giả lập)", 100, None, "2451/QĐ-BCT"),
)


def furnish(fair_id: int, *, now: datetime) -> None:
    """Give the demo fair its fees; what is there already stays."""
    with transaction() as session:
        fair = session.get_one(Fair, fair_id)
        rules = _put_rules(session, fair)
        extras = _put_extras(session, fair)
        if session.scalar(sa.select(Order.id).where(Order.fair_id == fair_id).limit(1)) is not None:
            return
        exhibitors = list(
            session.scalars(
                sa.select(Exhibitor)
                .where(Exhibitor.fair_id == fair_id, Exhibitor.withdrawn_at.is_(None))
                .order_by(Exhibitor.id)
            )
        )
        percent = rules.vat_on(fair.starts_on)
        for number, exhibitor in enumerate(exhibitors[::2], start=1):
            _put_order(session, fair, exhibitor, extras, number=number, vat_percent=percent, now=now)
        for number, exhibitor in enumerate(exhibitors[1::5]):
            source, share, cap, decision = SOURCES[number % len(SOURCES)]
            session.add(
                Subsidy(
                    fair_id=fair_id,
                    exhibitor_id=exhibitor.id,
                    source=source,
                    percent=share,
                    cap=cap,
                    decision_number=decision,
                    decided_on=date(2026, 11, 5 + number % 10),
                    created_at=now,
                )
            )
        if exhibitors:
            session.add(
                Adjustment(
                    fair_id=fair_id,
                    exhibitor_id=exhibitors[0].id,
                    label="Giảm giá vì tham gia ba kỳ liên tiếp (giả lập)",
                    amount=-1_500_000,
                    created_at=now,
                )
            )


def _put_rules(session: Session, fair: Fair) -> Rules:
    latest = session.scalar(
        sa.select(FeeRules).where(FeeRules.fair_id == fair.id).order_by(FeeRules.number.desc()).limit(1)
    )
    first = default_rules(fair.prices, vat_percent=fair.vat_percent, starts_on=fair.starts_on)
    if latest is not None and latest.number > 1:
        return Rules.from_values(latest.values)
    second: dict[str, Any] = {
        "early_until": fair.starts_on - timedelta(days=120),
        "registration": 2_000_000,
        "co_exhibitor": 3_000_000,
        "badge": 100_000,
    }
    rules = Rules(**{**vars(first), **second})
    versions = [rules] if latest is not None else [first, rules]
    for number, one in enumerate(versions, start=3 - len(versions)):
        values = one.to_values()
        at = _local(fair, fair.starts_on - timedelta(days=170 - 20 * number))
        session.add(FeeRules(fair_id=fair.id, number=number, values=values, set_at=at))
    return rules


def _put_extras(session: Session, fair: Fair) -> dict[str, Extra]:
    known = {one.code: one for one in session.scalars(sa.select(Extra).where(Extra.fair_id == fair.id))}
    for position, (code, group, vi, en, ja, ko, unit, price, late) in enumerate(CATALOGUE, start=1):
        if code in known:
            continue
        late_days, close_days = EARLY_WORK.get(code, USUALLY)
        unit_vi, _bar, unit_en = unit.partition("|")
        known[code] = Extra(
            fair_id=fair.id,
            code=code,
            group=group,
            name={"vi": vi, "en": en, "ja": ja, "ko": ko},
            unit={"vi": unit_vi, "en": unit_en},
            price=price,
            late_from=_local(fair, fair.starts_on - timedelta(days=late_days)) if late else None,
            late_percent=late,
            closes_at=_local(fair, fair.starts_on - timedelta(days=close_days)),
            most=MOST.get(code),
            position=position,
        )
        session.add(known[code])
    session.flush()
    return known


def _put_order(
    session: Session,
    fair: Fair,
    exhibitor: Exhibitor,
    extras: dict[str, Extra],
    *,
    number: int,
    vat_percent: int,
    now: datetime,
) -> None:
    ordered_at = now - timedelta(hours=3 * number)
    lines = [
        OrderLine(
            extra=extras[code],
            extra_id=extras[code].id,
            quantity=units,
            price=extras[code].price,
            late_percent=offer_of(extras[code]).percent_at(ordered_at),
            vat_percent=vat_percent,
        )
        for code, units in BASKETS[number % len(BASKETS)]
    ]
    session.add(
        Order(
            fair_id=fair.id,
            exhibitor_id=exhibitor.id,
            number=number,
            reference=f"PO-27-{100 + number}" if number % 3 == 0 else "",
            note="Giao trước 10 giờ ngày 16/03." if number % 4 == 0 else "",
            ordered_by=exhibitor.contact_name or "fairapp",
            ordered_at=ordered_at,
            cancelled_at=now if number % 9 == 0 else None,
            lines=lines,
        )
    )


def _local(fair: Fair, day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 17, tzinfo=ZoneInfo(fair.timezone)).astimezone(UTC)
