"""Reading the outbox."""

import sqlalchemy as sa
from sqlalchemy.orm import selectinload

from fairapp.database import db, matches
from fairapp.errors import NotFound
from fairapp.mail.models import Mail, MailAttachment, MailState
from fairapp.web.lists import Page, paginate


def page_of_mails(fair_id: int, *, query: str, state: str, page: int, per_page: int = 50) -> Page[Mail]:
    """Return one page of a fair's mails, the latest first."""
    statement = sa.select(Mail).where(Mail.fair_id == fair_id).order_by(Mail.id.desc())
    if query:
        statement = statement.where(matches(Mail.search_text, query))
    if state in set(MailState):
        statement = statement.where(Mail.state == MailState(state))
    return paginate(statement, page=page, per_page=per_page)


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
