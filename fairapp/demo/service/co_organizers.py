"""The demo fair's co-organizers: whom they send, what they recommend, and what is written about applications."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session, joinedload

from fairapp.accounts.models import Membership
from fairapp.accounts.policy import Role
from fairapp.applications.lifecycle import ApplicationStatus
from fairapp.applications.models import Application, Remark, RemarkKind
from fairapp.database import transaction
from fairapp.exhibitors.models import Exhibitor
from fairapp.fairs.models import CoOrganizer, Fair

BODIES = (
    {
        "code": "SCT-BN",
        "name": {
            "vi": "Sở Công Thương Bắc Ninh (giả lập)",
            "en": "Bac Ninh Department of Industry and Trade (fictional)",
            "ja": "バクニン省商工局（架空）",
            "ko": "박닌성 산업무역국(가상)",
        },
        "provinces": ("24",),
        "may_decide": True,
        "spare": 3,
    },
    {
        "code": "HIEPHOI-HN",
        "name": {
            "vi": "Hiệp hội Công nghiệp hỗ trợ Thăng Long (giả lập)",
            "en": "Thang Long Supporting Industry Association (fictional)",
            "ja": "タンロン裾野産業協会（架空）",
            "ko": "탕롱 지원산업협회(가상)",
        },
        "provinces": ("01",),
        "may_decide": False,
        "spare": 5,
    },
    {
        "code": "TTXT-HP",
        "name": {
            "vi": "Trung tâm Xúc tiến Hải Phòng (giả lập)",
            "en": "Hai Phong Promotion Centre (fictional)",
        },
        "provinces": ("31",),
        "may_decide": True,
        "spare": 0,
    },
)
"""Bodies with the provinces whose enterprises they send; ``spare`` places of the quota are left."""

QUESTION = "Chúng tôi muốn hai gian liền nhau, ban tổ chức có thể sắp xếp không? (giả lập)"
ANSWER = "Ban tổ chức sẽ xem xét khi xếp gian, vui lòng chọn gian trên sơ đồ. (giả lập)"
NOTE = "Đã gọi điện, hẹn gửi bản ISO 9001 mới trong tuần này. (giả lập)"
GOOD = "Doanh nghiệp đã qua chương trình tư vấn cải tiến của tỉnh. (giả lập)"
DOUBTFUL = "Chưa rõ năng lực sản xuất, nên xem lại. (giả lập)"
UNDECIDED = (ApplicationStatus.APPLIED, ApplicationStatus.RETURNED, ApplicationStatus.WAITING_LIST)


def furnish(fair_id: int, *, now: datetime) -> None:
    """Bring three bodies with quotas, give them enterprises and people, and write on some applications."""
    with transaction() as session:
        fair = session.get_one(Fair, fair_id)
        applications = session.scalars(
            sa.select(Application)
            .where(Application.fair_id == fair_id, Application.status != ApplicationStatus.DRAFT)
            .options(joinedload(Application.enterprise))
            .order_by(Application.id)
        ).all()
        bodies = [_add_body(session, fair, applications, **body) for body in BODIES]  # type: ignore[arg-type]
        _give_people(session, fair_id, bodies[0])
        _write(session, [one for one in applications if one.status in UNDECIDED], bodies[1], now=now)


def _add_body(
    session: Session,
    fair: Fair,
    applications: Sequence[Application],
    *,
    code: str,
    name: dict[str, str],
    provinces: tuple[str, ...],
    may_decide: bool,
    spare: int,
) -> CoOrganizer:
    own = [one for one in applications if one.enterprise.province in provinces]
    taken = sum(one.exhibitor_id is not None for one in own)
    body = CoOrganizer(
        fair_id=fair.id,
        code=code,
        name=name,
        may_decide=may_decide,
        quota=taken + spare,
        contact_name="Phạm Thu Hà",
        contact_email=f"{code.lower()}@{fair.code.lower()}.example",
        invitation=f"{fair.code}-{code}-gia-lap".lower(),
    )
    session.add(body)
    session.flush()
    for application in own:
        application.co_organizer_id = body.id
    exhibitors = [one.exhibitor_id for one in own if one.exhibitor_id is not None]
    session.execute(sa.update(Exhibitor).where(Exhibitor.id.in_(exhibitors)).values(co_organizer_id=body.id))
    return body


def _give_people(session: Session, fair_id: int, body: CoOrganizer) -> None:
    session.execute(
        sa.update(Membership)
        .where(Membership.fair_id == fair_id, Membership.role == Role.CO_ORGANIZER)
        .values(co_organizer_id=body.id)
    )


def _write(session: Session, waiting: Sequence[Application], recommending: CoOrganizer, *, now: datetime) -> None:
    for number, application in enumerate(waiting):
        contact = application.contact_name
        if application.co_organizer_id == recommending.id:
            kind, text = (RemarkKind.AGAINST, DOUBTFUL) if number % 3 == 2 else (RemarkKind.FOR, GOOD)
            _remark(session, application, kind, text, "Phạm Thu Hà", now - timedelta(days=1, hours=number % 7))
        if number % 4 == 0:
            _remark(session, application, RemarkKind.FROM_EXHIBITOR, QUESTION, contact, now - timedelta(hours=9))
        if number % 4 == 1:
            asked, answered = now - timedelta(days=2), now - timedelta(days=1)
            _remark(session, application, RemarkKind.FROM_EXHIBITOR, QUESTION, contact, asked, read_at=answered)
            _remark(session, application, RemarkKind.TO_EXHIBITOR, ANSWER, "Trần Thu Hà", answered)
        if number % 4 == 2:
            _remark(session, application, RemarkKind.NOTE, NOTE, "Trần Thu Hà", now - timedelta(hours=30))


def _remark(
    session: Session,
    application: Application,
    kind: RemarkKind,
    text: str,
    author: str,
    written_at: datetime,
    *,
    read_at: datetime | None = None,
) -> None:
    session.add(
        Remark(
            application_id=application.id, kind=kind, text=text, author=author, written_at=written_at, read_at=read_at
        )
    )
