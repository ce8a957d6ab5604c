"""What the demo fair's directory shows beside the register: one exhibitor that is not listed."""

from datetime import datetime

import sqlalchemy as sa

from fairapp.database import transaction
from fairapp.exhibitors.models import Exhibitor
from fairapp.fairs.models import Fair

INTRODUCTION = {
    "vi": "Kính gửi Quý doanh nghiệp và Quý khách,\n\nBan tổ chức trân trọng giới thiệu các doanh nghiệp tham gia hội"
    " chợ. Mỗi trang trong danh mục này cho biết doanh nghiệp làm được gì, với máy móc, vật liệu và chứng nhận nào,"
    " và gian hàng ở đâu. Chúng tôi mong Quý vị tìm được đúng đối tác và có những buổi gặp gỡ hiệu quả.\n\nTrân"
    " trọng.\n(Lời giới thiệu giả lập)",
    "en": "Dear enterprises and guests,\n\nThe organizer is pleased to present the enterprises that exhibit at the"
    " fair. Each entry tells what an enterprise can make, with which machines, materials and certificates, and where"
    " its booth is. We hope that you find the right partner and meet with profit.\n\nYours sincerely.\n(Invented"
    " introduction)",
}


def furnish(fair_id: int, *, now: datetime) -> None:
    """Introduce the catalogue, and keep one exhibitor out of directory and catalogue as it asked for."""
    with transaction() as session:
        fair = session.get_one(Fair, fair_id)
        if not fair.introduction:
            fair.introduction = INTRODUCTION
        last = session.scalar(
            sa.select(Exhibitor)
            .where(Exhibitor.fair_id == fair_id, Exhibitor.main_exhibitor_id.is_(None))
            .order_by(Exhibitor.id.desc())
            .limit(1)
        )
        if last is not None:
            last.listed = False
