"""The directory of 4,000 enterprises: searched without diacritics against a plain LIKE that cannot do that."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from benchmarks.figures import Figure, ratio_of
from benchmarks.service import OPEN, make_fair, running
from fairapp.database import db, transaction
from fairapp.enterprises.models import Enterprise
from fairapp.exhibitors.models import Exhibitor
from fairapp.exhibitors.queries import page_of_exhibitors
from fairapp.web.lists import paginate

MANY, ROUNDS = 4000, 15
PLACES = ("Đại Nghĩa", "Tân Tiến", "Đông Anh", "Phú Thọ", "Thành Đạt", "Hưng Yên", "Quế Võ", "Nhơn Trạch")
CRAFTS = ("Cơ khí", "Nhựa", "Khuôn mẫu", "Đúc áp lực", "Bao bì", "Dây điện", "Cao su", "Mạ", "Ốc vít", "Lò xo")


def measure() -> list[Figure]:
    """Compare the page that a visitor waits for."""
    with running():
        fair_id = _prepare()

        def folded() -> Any:
            db.session.expire_all()
            return page_of_exhibitors(fair_id, query="dai nghia co khi", per_page=30)

        def plain() -> Any:
            db.session.expire_all()
            return paginate(_plain(fair_id), page=1, per_page=30)

        same = folded().total == plain().total > 0
        ratio, slow, fast = ratio_of(folded, plain, rounds=ROUNDS)
    return [
        Figure(
            name="search without diacritics against a plain LIKE",
            unit="×",
            measured=ratio,
            most=1.5,
            remark=f"{slow * 1000:.0f} ms against {fast * 1000:.0f} ms for {MANY} enterprises",
        ),
        Figure(name="both find the same enterprises", unit="", measured=float(same), least=1),
    ]


def _plain(fair_id: int) -> sa.Select[Exhibitor]:
    words = ("Đại Nghĩa", "Cơ khí")
    return (
        sa.select(Exhibitor)
        .join(Exhibitor.enterprise)
        .where(Exhibitor.fair_id == fair_id, *(Enterprise.legal_name.like(f"%{word}%") for word in words))
        .options(
            joinedload(Exhibitor.enterprise).selectinload(Enterprise.capabilities),
            selectinload(Exhibitor.staff),
        )
        .order_by(Enterprise.legal_name, Exhibitor.id)
    )


def _prepare() -> int:
    fair = make_fair()
    with transaction() as session:
        enterprises = [
            Enterprise(
                legal_name=f"Công ty TNHH {CRAFTS[number // len(PLACES) % len(CRAFTS)]} {PLACES[number % len(PLACES)]}"
                f" {number}",
                country="VN",
                tax_code=f"{number:010}",
            )
            for number in range(MANY)
        ]
        session.add_all(enterprises)
        session.flush()
        session.add_all(
            Exhibitor(fair_id=fair.id, enterprise_id=enterprise.id, accepted_at=OPEN) for enterprise in enterprises
        )
    return fair.id
