"""The demo fair's mails: words of its own, a template, and a bulk mail that went out."""

from datetime import datetime

import sqlalchemy as sa

from fairapp.accounts.models import Membership
from fairapp.accounts.policy import Role
from fairapp.database import transaction
from fairapp.exhibitors.models import Exhibitor
from fairapp.jobs import service as jobs
from fairapp.letters.recipients import Filters
from fairapp.letters.service.bulk import SEND_BULK
from fairapp.mail.models import BulkMail, MailTemplate

SUBJECT = {
    "vi": "{fair_code}: lịch vận chuyển hàng vào nhà triển lãm",
    "en": "{fair_code}: when your goods may arrive",
    "ja": "{fair_code}: 搬入時間のご案内",
    "ko": "{fair_code}: 반입 시간 안내",
}
BODY = {
    "vi": "Kính gửi {name},\n\nXe chở hàng của {enterprise} (gian {booth}) vào cổng số 3 từ 08:00. "
    "Xem sổ tay và các việc còn lại tại:\n{link}\n\nBan tổ chức {fair}",
    "en": "Dear {name},\n\nthe truck of {enterprise} (booth {booth}) enters by gate 3 from 08:00. "
    "The manual and what is left to do:\n{link}\n\nThe organizer of {fair}",
    "ja": "{name} 様\n\n{enterprise}（小間 {booth}）の搬入車両は8時より3番ゲートから入場できます。\n{link}"
    "\n\n{fair} 事務局",
    "ko": "{name} 님\n\n{enterprise}(부스 {booth})의 반입 차량은 08:00부터 3번 게이트로 들어올 수 있습니다.\n{link}"
    "\n\n{fair} 사무국",
}


def furnish(fair_id: int, *, now: datetime) -> None:
    """Add a template, the organizer's words for one mail, and a bulk mail to ten exhibitors."""
    with transaction() as session:
        organizer = session.scalar(
            sa.select(Membership.account_id)
            .where(Membership.fair_id == fair_id, Membership.role == Role.ORGANIZER)
            .order_by(Membership.id)
        )
        keys = session.scalars(
            sa.select(Exhibitor.public_id)
            .where(Exhibitor.fair_id == fair_id, Exhibitor.withdrawn_at.is_(None))
            .order_by(Exhibitor.id)
            .limit(10)
        ).all()
        session.add_all(
            [
                MailTemplate(
                    fair_id=fair_id, name="Lịch nhập hàng (giả lập)", subject=SUBJECT, body=BODY, updated_at=now
                ),
                MailTemplate(
                    fair_id=fair_id,
                    kind="booth_allocated",
                    name="mail:booth_allocated",
                    subject={"vi": "{fair_code}: gian hàng của quý doanh nghiệp là {booth}"},
                    body={
                        "vi": "Kính gửi {name},\n\n{enterprise} được bố trí gian {booth}, nhà {hall}.\n"
                        "Xem trên sơ đồ: {link}\n\nTrân trọng,\nBan tổ chức {fair} (giả lập)"
                    },
                    updated_at=now,
                ),
            ]
        )
        bulk = BulkMail(
            fair_id=fair_id,
            account_id=organizer,
            subject=SUBJECT,
            body=BODY,
            recipients={"filters": Filters().arguments(), "keys": sorted(keys)},
            count=len(keys),
            created_at=now,
        )
        session.add(bulk)
        session.flush()
        jobs.enqueue(session, SEND_BULK, {"bulk_mail_id": bulk.id}, now=now, fair_id=fair_id, account_id=organizer)
