"""What the applications of a living fair have: what was sent each time, signed forms, and consents."""

import io
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from PIL import Image, ImageDraw
from sqlalchemy.orm import Session, joinedload, selectinload

from fairapp import qr
from fairapp.applications import consents
from fairapp.applications.lifecycle import ApplicationStatus
from fairapp.applications.models import Application, SignedForm, Submission
from fairapp.applications.scans import FormCode, ScanState, write_code
from fairapp.applications.service import consenting, register
from fairapp.audit.models import Consent
from fairapp.database import transaction
from fairapp.enterprises.models import Enterprise
from fairapp.fairs.models import Fair
from fairapp.files import service as files

A4 = (620, 877)
"""Pixels of a page, as a cheap scanner makes it."""

WORDINGS = {
    consents.PROCESSING: "Chúng tôi đồng ý để ban tổ chức lưu giữ và sử dụng các dữ liệu này cho hội chợ.",
    consents.DIRECTORY: "Chúng tôi đồng ý để danh bạ và catalogue giới thiệu doanh nghiệp, sản phẩm, năng lực.",
    consents.CONTACT: "Chúng tôi đồng ý để doanh nghiệp gặp chúng tôi nhận tên, điện thoại và email liên hệ.",
    consents.NEWS: "Chúng tôi đồng ý nhận tin về các hội chợ sau.",
}
EVERY_NTH = {consents.PROCESSING: 1, consents.DIRECTORY: 1, consents.CONTACT: 2, consents.NEWS: 3}
"""Every application has the first two, so that nobody falls out of the demo's directory."""


def furnish(fair_id: int, *, now: datetime) -> None:
    """Add what enterprises have sent; a fair that has it stays as it is."""
    with transaction() as session:
        fair = session.get_one(Fair, fair_id)
        applications = _without_submissions(session, fair_id)
        for number, application in enumerate(applications):
            sent_at = application.applied_at or application.created_at or now
            for submission in _submissions(application, number, sent_at):
                application.submissions.append(submission)
            session.flush()
            _sign(session, fair, application, number, now=sent_at + timedelta(hours=20))
            _agree(session, application, number, sent_at)


def _without_submissions(session: Session, fair_id: int) -> list[Application]:
    return list(
        session.scalars(
            sa.select(Application)
            .where(
                Application.fair_id == fair_id,
                Application.status != ApplicationStatus.DRAFT,
                ~Application.submissions.any(),
            )
            .options(
                joinedload(Application.enterprise).selectinload(Enterprise.capabilities),
                joinedload(Application.co_organizer),
                selectinload(Application.signed_forms),
            )
            .order_by(Application.id)
        )
    )


def _submissions(application: Application, number: int, sent_at: datetime) -> Iterator[Submission]:
    values = {**register.read(application.enterprise), **register.read_application(application)}
    if number % 3 == 1:
        yield Submission(number=1, values=_before(values), account_id=application.account_id, sent_at=sent_at)
        sent_at += timedelta(days=1)
    last = 2 if number % 3 == 1 else 1
    yield Submission(number=last, values=values, account_id=application.account_id, sent_at=sent_at)


def _before(values: dict[str, Any]) -> dict[str, Any]:
    """Return what was sent first: shorter, and with a booth less."""
    return {
        **values,
        "main_products_en": "",
        "quantity": 1,
        "corner": not values["corner"],
        "processes": values["processes"][:1],
        "message": "Xin xếp gần lối vào.",
    }


def _sign(session: Session, fair: Fair, application: Application, number: int, *, now: datetime) -> None:
    if number % 4 == 3 or application.scan_id is not None:
        return
    last = application.submissions[-1].number
    printed = 1 if number % 5 == 1 else last
    readable = number % 7 != 4
    code = FormCode(fair_code=fair.code, application_id=application.public_id, number=printed)
    file = files.store(
        session,
        _page(write_code(code) if readable else ""),
        name="phieu-dang-ky.png",
        content_type="image/png",
        fair_id=fair.id,
        now=now,
    )
    state = ScanState.MATCHED if printed == last else ScanState.OLDER
    state = state if readable else ScanState.UNREADABLE
    signed = SignedForm(
        file=file,
        state=state.value,
        number=printed if readable else None,
        account_id=application.account_id,
        uploaded_at=now,
    )
    application.signed_forms.append(signed)
    application.scan, application.scan_state = file, state.value


def _page(text: str) -> bytes:
    """Return a scanned page with a code in its corner and lines where the writing is."""
    page = Image.new("L", A4, 250)
    pen = ImageDraw.Draw(page)
    for line in range(150, 760, 26):
        pen.rectangle((60, line, 60 + (line * 37) % 380 + 90, line + 6), fill=150)
    if text:
        for y, row in enumerate(qr.matrix(text)):
            for x, dark in enumerate(row):
                if dark:
                    pen.rectangle((450 + x * 4, 30 + y * 4, 453 + x * 4, 33 + y * 4), fill=0)
    target = io.BytesIO()
    page.save(target, "PNG", optimize=True)
    return target.getvalue()


def _agree(session: Session, application: Application, number: int, given_at: datetime) -> None:
    for purpose, wording in WORDINGS.items():
        if number % EVERY_NTH[purpose] == 0:
            session.add(
                Consent(
                    fair_id=application.fair_id,
                    subject=consenting.SUBJECT,
                    subject_id=str(application.id),
                    purpose=purpose,
                    wording=wording,
                    language="vi",
                    given_at=given_at,
                )
            )
