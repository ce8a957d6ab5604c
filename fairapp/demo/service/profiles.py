"""What the demo's exhibitors tell of themselves: machines, certificates, products, customers, figures, texts.

Everything is invented and drawn from the tax code, so that it is the same every time; some profiles are left
half finished, and some certificates have run out or soon will, as in life.
"""

import random
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload, selectinload

from fairapp.applications.lifecycle import ApplicationStatus
from fairapp.applications.models import Application
from fairapp.database import transaction
from fairapp.demo import pictures, words
from fairapp.enterprises.models import (
    CapabilityKind,
    Customer,
    Enterprise,
    Machine,
    Product,
    QualityFigure,
)
from fairapp.enterprises.names import initials
from fairapp.exhibitors.models import Exhibitor
from fairapp.files import service as files
from fairapp.files.models import StoredFile
from fairapp.folding import fold

HALF_FINISHED = 7
"""Every seventh profile was left before its end."""


def furnish(fair_id: int, *, now: datetime) -> None:
    """Complete the profiles of a fair's exhibitors."""
    today = now.astimezone(ZoneInfo("Asia/Ho_Chi_Minh")).date()
    with transaction() as session:
        photos = [
            _store(session, pictures.draw_product(number), f"product-{number}.jpg", "image/jpeg", now)
            for number in range(pictures.PRODUCTS)
        ]
        scan = _store(session, pictures.draw_certificate(), "certificate.png", "image/png", now)
        for number, enterprise in enumerate(_exhibiting(session, fair_id)):
            if enterprise.machines:
                continue  # exhibits in an earlier fair of the demo too
            dice = random.Random(enterprise.tax_code)  # noqa: S311 (draws a demo, guards nothing)
            _describe(enterprise, dice)
            _certify(enterprise, dice, scan, number=number, today=today)
            if number % HALF_FINISHED == HALF_FINISHED - 1:
                continue
            _equip(enterprise, dice, today.year)
            _measure(enterprise, dice, today.year)
            _name_customers(enterprise, dice, today.year)
            _show_products(enterprise, dice, photos)
            letters = fold(initials(enterprise.short_name or enterprise.legal_name)).upper()
            enterprise.logo_id = _store(
                session, pictures.draw_logo(letters, dice.randrange(1000)), "logo.png", "image/png", now
            ).id
            enterprise.updated_at = now - timedelta(days=dice.randint(1, 40))
        _apply_twice(session, fair_id, now=now)


def _apply_twice(session: Session, fair_id: int, *, now: datetime) -> None:
    """Let somebody have applied for the second exhibitor with the tax code of a branch, and taken it back."""
    twin = session.scalar(
        sa.select(Enterprise)
        .join(Exhibitor)
        .where(Exhibitor.fair_id == fair_id)
        .order_by(Exhibitor.id)
        .offset(1)
        .limit(1)
    )
    if twin is None or "-" in twin.tax_code:
        return
    code = f"{twin.tax_code}-001"
    if session.scalar(sa.select(Enterprise.id).where(Enterprise.tax_code == code)) is not None:
        return
    double = Enterprise(
        legal_name=twin.legal_name.replace("Công ty Cổ phần", "CTCP").replace("Công ty TNHH", "Cty TNHH").upper(),
        short_name=twin.short_name,
        english_name="Demo double Co., Ltd",
        tax_code=code,
        province=twin.province,
        website=twin.website,
        employees=twin.employees,
        main_products={"vi": twin.main_products.get("vi", "")},
        fictional=True,
    )
    session.add(double)
    session.flush()
    session.add(
        Application(
            fair_id=fair_id,
            enterprise_id=double.id,
            status=ApplicationStatus.WITHDRAWN,
            fascia_name=(twin.short_name or twin.legal_name)[:30],
            contact_name="Trần Thị Mai (giả lập)",
            contact_email="mai@sie27.example",
            created_at=now - timedelta(days=12),
            applied_at=now - timedelta(days=12),
        )
    )


def _exhibiting(session: Session, fair_id: int) -> Sequence[Enterprise]:
    exhibitors = session.scalars(
        sa.select(Exhibitor)
        .where(Exhibitor.fair_id == fair_id)
        .options(
            joinedload(Exhibitor.enterprise).options(
                selectinload(Enterprise.capabilities),
                selectinload(Enterprise.machines),
                selectinload(Enterprise.products),
                selectinload(Enterprise.customers),
                selectinload(Enterprise.figures),
            )
        )
        .order_by(Exhibitor.id)
    )
    return [exhibitor.enterprise for exhibitor in exhibitors]


def _store(session: Session, content: bytes, name: str, content_type: str, now: datetime) -> StoredFile:
    return files.store(session, content, name=name, content_type=content_type, fair_id=None, now=now)


def _describe(enterprise: Enterprise, dice: random.Random) -> None:
    facts = {"established": enterprise.established or 2008, "employees": enterprise.employees or 60}
    if not enterprise.summary.get("vi"):
        enterprise.summary = {
            code: text.format(products=enterprise.main_products.get(code) or enterprise.main_products["vi"], **facts)
            for code, text in words.SUMMARY.items()
        }
    enterprise.capacity = dice.choice(words.CAPACITIES)
    enterprise.lot_sizes = sorted(dice.sample(["prototype", "small_lot", "medium_lot", "large_lot", "mass"], 2))
    enterprise.languages = sorted({"vi", "en", *dice.sample(["ja", "ko", "zh"], dice.randint(0, 2))})
    enterprise.supply_kind = dice.choice(["parts_maker", "parts_maker", "processing_service", "tooling_maker"])
    enterprise.supply_tier = enterprise.supply_tier or dice.choice(["tier1", "tier2", "tier2", "tier3"])
    enterprise.programs = dice.sample(
        ["samsung_consulting", "supplier_development", "training_5s3d"], dice.randint(0, 2)
    )
    enterprise.smart_factory_level = dice.choice([None, 1, 2, 2, 3])
    enterprise.revenue_band = dice.choice(["up_to_50", "up_to_50", "up_to_200", "up_to_1000"])
    enterprise.export_percent = dice.choice([0, 10, 25, 40, 70])
    if enterprise.export_percent:
        enterprise.export_markets = sorted(dice.sample(["JP", "KR", "US", "DE", "TH"], 2))
    enterprise.seeks = words.SEEKS


def _certify(enterprise: Enterprise, dice: random.Random, scan: StoredFile, *, number: int, today: date) -> None:
    certificates = [one for one in enterprise.capabilities if one.kind is CapabilityKind.CERTIFICATE]
    for place, row in enumerate(certificates):
        row.number = f"GL-{dice.randint(10000, 99999)}/{dice.randint(22, 26)}"
        row.issuer = dice.choice(words.ISSUERS)
        row.scope = enterprise.main_products.get("en", "")[:300]
        days = dice.randint(120, 900)
        if place == 0 and number % 6 == 2:
            days = -dice.randint(10, 200)
        elif place == 0 and number % 6 == 4:
            days = dice.randint(12, 55)
        row.expires_on = today + timedelta(days=days)
        row.issued_on = row.expires_on - timedelta(days=3 * 365)
        if dice.random() < 0.8:
            row.file = scan


def _equip(enterprise: Enterprise, dice: random.Random, year: int) -> None:
    sectors = enterprise.codes(CapabilityKind.SECTOR)
    park = words.MACHINES.get(sectors[0] if sectors else "", words.OTHER_MACHINES)
    for kind, maker, model, key_size in dice.sample(park, min(len(park), dice.randint(3, 5))):
        enterprise.machines.append(
            Machine(
                kind=kind,
                maker=maker,
                model=model,
                key_size=key_size,
                year=dice.randint(year - 14, year - 1),
                quantity=dice.randint(1, 12),
            )
        )


def _measure(enterprise: Enterprise, dice: random.Random, year: int) -> None:
    figures = {
        "defect_rate_ppm": dice.choice([45, 120, 300, 650, 1200]),
        "on_time_delivery_percent": dice.choice([94.5, 96, 97.8, 99.2]),
        "sample_lead_time_days": dice.randint(4, 21),
        "mass_lead_time_days": dice.randint(10, 45),
        "changeover_minutes": dice.randint(9, 60),
    }
    for code in sorted(dice.sample(sorted(figures), dice.randint(3, 5))):
        enterprise.figures.append(QualityFigure(code=code, value=float(figures[code]), year=year - 1))


def _name_customers(enterprise: Enterprise, dice: random.Random, year: int) -> None:
    for place, (name, country) in enumerate(dice.sample(words.CUSTOMERS, dice.randint(1, 3))):
        enterprise.customers.append(
            Customer(
                name=name,
                country=country,
                products=enterprise.main_products.get("vi", "")[:200],
                since=dice.randint(year - 12, year - 1),
                public=place == 0 and dice.random() < 0.5,
            )
        )


def _show_products(enterprise: Enterprise, dice: random.Random, photos: Sequence[StoredFile]) -> None:
    for position, (name, photo) in enumerate(zip(dice.sample(words.PRODUCTS, 3), dice.sample(photos, 3), strict=True)):
        enterprise.products.append(
            Product(position=position, name=dict(name), text=dict(words.PRODUCT_TEXT), photo_id=photo.id)
        )
