"""The directory of 2,000 exhibitors: a page with counts for every facet against a page that counts nothing."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from benchmarks.figures import Figure, ratio_of
from benchmarks.service import OPEN, make_fair, running
from fairapp.database import db, transaction
from fairapp.enterprises.models import Capability, CapabilityKind, Enterprise
from fairapp.enterprises.taxonomy import code_list
from fairapp.exhibitors.models import Exhibitor
from fairapp.site.directory import FACETS, Question
from fairapp.site.queries import load_directory, page_of_answer
from fairapp.web.lists import paginate

MANY, ROUNDS, PER_PAGE = 2000, 15, 24
EACH = {CapabilityKind.SECTOR: 2, CapabilityKind.PROCESS: 6, CapabilityKind.MATERIAL: 4, CapabilityKind.CERTIFICATE: 2}
LISTS = {"sector": "sectors", "process": "processes", "material": "materials", "certificate": "certificates"}


def measure() -> list[Figure]:
    """Compare what a visitor waits for with the same page without any facet."""
    with running():
        fair_id = _prepare()
        question = Question(query="co khi", values={"process": ("cnc_turning", "cnc_milling")})

        def faceted() -> Any:
            db.session.expire_all()
            directory = load_directory(fair_id, query=question.query, today=OPEN.date())
            for facet in FACETS:
                directory.counts(question, facet)
            return page_of_answer(directory, question, page=1, per_page=PER_PAGE)

        def plain() -> Any:
            db.session.expire_all()
            return paginate(_plain(fair_id), page=1, per_page=PER_PAGE)

        same = faceted().total == plain().total > 0
        ratio, slow, fast = ratio_of(faceted, plain, rounds=ROUNDS)
    return [
        Figure(
            name="directory with counts for ten facets against a page without",
            unit="×",
            measured=ratio,
            most=8,
            remark=f"{slow * 1000:.0f} ms against {fast * 1000:.0f} ms for {MANY} exhibitors",
        ),
        Figure(name="both find the same exhibitors", unit="", measured=float(same), least=1),
    ]


def _plain(fair_id: int) -> sa.Select[Exhibitor]:
    makes = Enterprise.capabilities.any(
        sa.and_(Capability.kind == CapabilityKind.PROCESS, Capability.code.in_(("cnc_turning", "cnc_milling")))
    )
    return (
        sa.select(Exhibitor)
        .join(Exhibitor.enterprise)
        .where(Exhibitor.fair_id == fair_id, Enterprise.legal_name.like("%Cơ khí%"), makes)
        .options(joinedload(Exhibitor.enterprise).selectinload(Enterprise.capabilities))
        .order_by(Enterprise.legal_name, Exhibitor.id)
    )


def _prepare() -> int:
    fair = make_fair()
    with transaction() as session:
        enterprises = []
        for number in range(MANY):
            enterprise = Enterprise(
                legal_name=f"Công ty TNHH Cơ khí {number}",
                short_name=f"Cơ khí {number}",
                country="VN",
                tax_code=f"{number:010}",
                province=("01", "31", "24", "79")[number % 4],
                languages=["vi", "en"],
            )
            for kind, count in EACH.items():
                codes = code_list(LISTS[kind.value]).codes
                enterprise.capabilities += [
                    Capability(kind=kind, code=codes[(number * 7 + step * 5) % len(codes)]) for step in range(count)
                ]
            enterprises.append(enterprise)
        session.add_all(enterprises)
        session.flush()
        session.add_all(
            Exhibitor(fair_id=fair.id, enterprise_id=enterprise.id, accepted_at=OPEN) for enterprise in enterprises
        )
    return fair.id
