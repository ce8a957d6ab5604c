"""The demo fair's staff lists, links for firms, co-exhibitors and pavilions."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from fairapp.accounts.models import Membership
from fairapp.accounts.policy import Role
from fairapp.database import transaction
from fairapp.enterprises.models import Enterprise
from fairapp.enterprises.tax_code import check_digit
from fairapp.exhibitors.models import (
    CoExhibitorProposal,
    Delegation,
    Exhibitor,
    ExhibitorStaff,
    Pavilion,
)
from fairapp.exhibitors.people import StaffKind
from fairapp.exhibitors.quota import BadgeRules, write_rules
from fairapp.fairs.models import CoOrganizer, Fair

CONTRACTORS = (
    ("Nhà thầu Minh Phát (giả lập)", ("Nguyễn Văn Hải", "Lê Quang Dũng", "Phạm Đình Tú")),
    ("Xây dựng Sông Cầu (giả lập)", ("Trần Bá Lộc", "Vũ Xuân Trường")),
    ("Điện lạnh Hoàng Gia (giả lập)", ("Đặng Minh Quân",)),
)
"""Firms with those who build for them."""

AGENCIES = ("Truyền thông Ánh Dương (giả lập)", "Nhà thầu Minh Phát (giả lập)", "Sự kiện Bình Minh (giả lập)")

CO_EXHIBITORS = (
    ("Công ty TNHH Khuôn mẫu Tâm An (giả lập)", "Tâm An", "Hoàng Thị Yến"),
    ("Công ty CP Cơ khí Đại Lộc (giả lập)", "Đại Lộc", "Phan Văn Thọ"),
    ("Công ty TNHH Xử lý bề mặt Nam Việt (giả lập)", "Nam Việt", "Lý Thu Trang"),
)
PROPOSED = "Công ty TNHH Dụng cụ cắt Phú Quý (giả lập)"

PAVILIONS = (
    {"vi": "Gian chung Hải Phòng (giả lập)", "en": "Hai Phong pavilion (fictional)",
     "ja": "ハイフォン市パビリオン（架空）", "ko": "하이퐁시 공동관(가상)"},
    {"vi": "Cụm khuôn mẫu (giả lập)", "en": "Tooling cluster (fictional)"},
)  # fmt: skip
FIRST_CODE = 990_000_100
"""Where the invented tax codes begin."""


def furnish(fair_id: int, *, now: datetime) -> None:
    """Add contacts, contractors, links, co-exhibitors, a proposal and pavilions."""
    with transaction() as session:
        fair = session.get_one(Fair, fair_id)
        if fair.staff_badges:
            return
        fair.staff_badges = write_rules(replace(BadgeRules(), most_extra=6))
        exhibitors = session.scalars(
            sa.select(Exhibitor)
            .where(Exhibitor.fair_id == fair_id)
            .options(selectinload(Exhibitor.staff), selectinload(Exhibitor.enterprise))
            .order_by(Exhibitor.id)
        ).all()
        if not exhibitors:
            return
        _make_contacts(session, exhibitors)
        _add_contractors(session, exhibitors, now=now)
        _open_links(session, fair, exhibitors, now=now)
        _add_co_exhibitors(session, fair, exhibitors, now=now)
        _open_pavilions(session, fair, exhibitors)


def _make_contacts(session: Session, exhibitors: Sequence[Exhibitor]) -> None:
    """The first person of a list is the contact; whoever has an account signs in with it."""
    roles = (Role.EXHIBITOR_CONTACT, Role.EXHIBITOR_STAFF)
    accounts = {
        (membership.enterprise_id, membership.account.email): membership.account_id
        for membership in session.scalars(
            sa.select(Membership)
            .where(Membership.fair_id == exhibitors[0].fair_id, Membership.role.in_(roles))
            .options(selectinload(Membership.account))
        )
    }
    for exhibitor in exhibitors:
        for number, person in enumerate(exhibitor.staff):
            if number == 0:
                person.kind = StaffKind.CONTACT
            person.account_id = accounts.get((exhibitor.enterprise_id, person.email))


def _add_contractors(session: Session, exhibitors: Sequence[Exhibitor], *, now: datetime) -> None:
    for number, exhibitor in enumerate(exhibitors):
        if number % 3:
            continue
        firm, names = CONTRACTORS[number // 3 % len(CONTRACTORS)]
        for name in names:
            session.add(
                ExhibitorStaff(
                    fair_id=exhibitor.fair_id,
                    exhibitor_id=exhibitor.id,
                    full_name=name,
                    position="Thợ lắp dựng",
                    kind=StaffKind.CONTRACTOR,
                    contractor=firm,
                    added_at=now - timedelta(days=3),
                )
            )


def _open_links(session: Session, fair: Fair, exhibitors: Sequence[Exhibitor], *, now: datetime) -> None:
    for number, exhibitor in enumerate(exhibitors[::4]):
        name = AGENCIES[number % len(AGENCIES)]
        session.add(
            Delegation(
                fair_id=fair.id,
                exhibitor_id=exhibitor.id,
                token=f"demo-{exhibitor.public_id}-{fair.public_id}",
                name=name,
                email=f"agency{number % len(AGENCIES) + 1}@sie27.example",
                may_order=number % 3 != 1,
                may_list_staff=number % 3 != 2,
                created_at=now - timedelta(days=6),
                expires_at=now + timedelta(days=150 if number % 5 else -1),
                last_used_at=now - timedelta(days=1) if number % 2 == 0 else None,
                revoked_at=now - timedelta(days=2) if number % 5 == 3 else None,
            )
        )


def _add_co_exhibitors(session: Session, fair: Fair, exhibitors: Sequence[Exhibitor], *, now: datetime) -> None:
    mains = sorted(exhibitors, key=lambda one: (-one.net_area, one.id))[: len(CO_EXHIBITORS)]
    for number, (main, (legal_name, short_name, contact)) in enumerate(zip(mains, CO_EXHIBITORS, strict=False)):
        enterprise = Enterprise(
            legal_name=legal_name,
            short_name=short_name,
            tax_code=_code(fair.id * 10 + number),
            province=main.enterprise.province,
            main_products=dict(main.enterprise.main_products),
            fictional=True,
        )
        session.add(enterprise)
        session.flush()
        session.add(
            Exhibitor(
                fair_id=fair.id,
                enterprise_id=enterprise.id,
                main_exhibitor_id=main.id,
                contact_name=contact,
                contact_email=f"co-exhibitor{number + 1}@sie27.example",
                fascia_name=short_name.upper(),
                area=0,
                quantity=0,
                accepted_at=now - timedelta(days=8),
                confirmed_at=now - timedelta(days=8),
                staff=[
                    ExhibitorStaff(
                        fair_id=fair.id, full_name=contact, position="Phụ trách kinh doanh", kind=StaffKind.CONTACT
                    )
                ],
            )
        )
    session.add(
        CoExhibitorProposal(
            fair_id=fair.id,
            main_exhibitor_id=mains[0].id,
            tax_code=_code(fair.id * 10 + 9),
            legal_name=PROPOSED,
            contact_name="Ngô Thị Lan",
            contact_email="co-exhibitor9@sie27.example",
            proposed_at=now - timedelta(days=1),
        )
    )


def _open_pavilions(session: Session, fair: Fair, exhibitors: Sequence[Exhibitor]) -> None:
    body = session.scalar(
        sa.select(CoOrganizer).where(CoOrganizer.fair_id == fair.id).order_by(CoOrganizer.code.desc()).limit(1)
    )
    groups = (
        [one for one in exhibitors if body is not None and one.co_organizer_id == body.id][:4] or exhibitors[3:6],
        exhibitors[6:9],
    )
    for name, members, holder in zip(PAVILIONS, groups, (body, None), strict=True):
        pavilion = Pavilion(fair_id=fair.id, name=name, co_organizer=holder)
        session.add(pavilion)
        session.flush()
        for member in members:
            if member.main_exhibitor_id is None and member.pavilion_id is None:
                member.pavilion_id = pavilion.id


def _code(number: int) -> str:
    digits = str(FIRST_CODE + number)
    while (last := check_digit(digits)) is None:
        digits = str(int(digits) + 1_000)
    return f"{digits}{last}"
