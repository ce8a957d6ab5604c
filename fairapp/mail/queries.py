"""Reading the outbox."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, defer, selectinload

from fairapp.database import db, matches
from fairapp.errors import NotFound
from fairapp.mail.models import Mail, MailAttachment, MailState, MailTemplate
from fairapp.web.lists import Page, paginate
from fairapp.web.sorting import Sort, ordering

LATEST = Sort(by="written", descending=True)

MAIL_SORTS: dict[str, sa.ColumnElement[Any] | Mapped[Any]] = {
    "to": Mail.to,
    "subject": Mail.subject,
    "state": Mail.state,
    "written": Mail.id,
}


def page_of_mails(
    fair_id: int, *, query: str, state: str, kind: str = "", sort: Sort = LATEST, page: int, per_page: int = 50
) -> Page[Mail]:
    """Return one page of a fair's mails."""
    statement = _mails(fair_id, query=query, state=state, kind=kind, sort=sort)
    return paginate(statement, page=page, per_page=per_page)


def list_filtered_mails(fair_id: int, *, query: str, state: str, kind: str = "", sort: Sort = LATEST) -> Sequence[Mail]:
    """Return every mail that the filters leave, for exports."""
    statement = _mails(fair_id, query=query, state=state, kind=kind, sort=sort)
    # A list names mails; the texts of thousands of them would fill the memory.
    return db.session.scalars(statement.options(defer(Mail.body), defer(Mail.html), defer(Mail.context))).all()


def _mails(fair_id: int, *, query: str, state: str, kind: str, sort: Sort) -> sa.Select[Mail]:
    statement = sa.select(Mail).where(Mail.fair_id == fair_id).order_by(ordering(MAIL_SORTS, sort), Mail.id.desc())
    if query:
        statement = statement.where(matches(Mail.search_text, query))
    if state in set(MailState):
        statement = statement.where(Mail.state == MailState(state))
    if kind:
        statement = statement.where(Mail.kind == kind)
    return statement


def list_kinds(fair_id: int) -> Sequence[str]:
    """Return the kinds of mail that a fair has sent."""
    return db.session.scalars(sa.select(Mail.kind).where(Mail.fair_id == fair_id).distinct().order_by(Mail.kind)).all()


def page_of_mails_to(fair_id: int, enterprise_id: int, *, page: int, per_page: int = 20) -> Page[Mail]:
    """Return one page of what an enterprise was written in a fair, the latest first."""
    statement = (
        sa.select(Mail)
        .where(Mail.fair_id == fair_id, Mail.enterprise_id == enterprise_id)
        .order_by(Mail.id.desc())
        .options(selectinload(Mail.attachments))
    )
    return paginate(statement, page=page, per_page=per_page)


def find_own_words(fair_id: int | None, kind: str) -> MailTemplate | None:
    """Return the organizer's own words for a mail of the product."""
    return db.session.scalar(sa.select(MailTemplate).where(MailTemplate.fair_id == fair_id, MailTemplate.kind == kind))


def find_kept_mail(to: str, kind: str) -> Mail | None:
    """Return the latest mail of a kind to an address that was kept for want of a mail server."""
    return db.session.scalar(
        sa.select(Mail)
        .where(Mail.to == to, Mail.kind == kind, Mail.state == MailState.KEPT)
        .order_by(Mail.id.desc())
        .limit(1)
    )


def get_mail(fair_id: int, public_id: str) -> Mail:
    """Return a mail of a fair; raise ``NotFound``."""
    mail = db.session.scalar(
        sa.select(Mail)
        .where(Mail.fair_id == fair_id, Mail.public_id == public_id)
        .options(selectinload(Mail.attachments).joinedload(MailAttachment.file))
    )
    if mail is None:
        raise NotFound()
    return mail
