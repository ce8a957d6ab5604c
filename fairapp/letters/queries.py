"""Reading recipients, templates and bulk mails."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from fairapp.accounts.models import Account
from fairapp.applications.lifecycle import ApplicationStatus
from fairapp.applications.models import Application
from fairapp.database import db
from fairapp.enterprises.models import Enterprise
from fairapp.errors import NotFound
from fairapp.exhibitors.models import Exhibitor
from fairapp.fairs.models import CoOrganizer, Fair
from fairapp.letters.recipients import APPLICATIONS, Filters, Recipient
from fairapp.mail.models import BulkMail, Mail, MailState, MailTemplate
from fairapp.manual.board import Row
from fairapp.manual.models import ManualTask
from fairapp.manual.queries import standing, writing
from fairapp.web.lists import Page, paginate


def list_recipients(fair: Fair, filters: Filters, *, now: datetime) -> list[Recipient]:
    """Return everybody of the audience with what the filters and the words need; always the same number of queries."""
    tasks = {one.id: one for one in writing.list_tasks(fair.id)}
    rows = {row.exhibitor_id: row for row in standing.board(fair, list(tasks.values()), now=now)}
    owed = standing.owed(fair.id)
    statuses = _applications(fair.id, with_drafts=filters.status == ApplicationStatus.DRAFT)
    if filters.audience == APPLICATIONS:
        return [_of_application(one, rows.get(one.exhibitor_id or 0), tasks, owed) for one in statuses]
    status_of = {one.exhibitor_id: one.status.value for one in statuses if one.exhibitor_id}
    return [
        _of_exhibitor(one, rows[one.id], tasks, owed, status_of.get(one.id, ""))
        for one in _exhibitors(fair.id)
        if one.id in rows
    ]


def _of_exhibitor(
    one: Exhibitor, row: Row, tasks: dict[int, ManualTask], owed: dict[int, int], status: str
) -> Recipient:
    return Recipient(
        key=one.public_id,
        enterprise_id=one.enterprise_id,
        enterprise=one.enterprise.legal_name,
        to=one.contact_email,
        to_name=one.contact_name,
        phone=one.contact_phone,
        language=one.language,
        status=status,
        co_organizer=one.co_organizer.code if one.co_organizer else "",
        fascia=one.fascia_name,
        is_exhibitor=True,
        search_text=f"{one.enterprise.search_text} {one.search_text}",
        **_standing(row, tasks, owed),
    )


def _of_application(one: Application, row: Row | None, tasks: dict[int, ManualTask], owed: dict[int, int]) -> Recipient:
    return Recipient(
        key=one.public_id,
        enterprise_id=one.enterprise_id,
        enterprise=one.enterprise.legal_name,
        to=one.contact_email,
        to_name=one.contact_name,
        phone=one.contact_phone,
        language=one.language,
        status=one.status.value,
        co_organizer=one.co_organizer.code if one.co_organizer else "",
        fascia=one.fascia_name,
        is_exhibitor=row is not None,
        search_text=f"{one.enterprise.search_text} {one.search_text}",
        **_standing(row, tasks, owed),
    )


def _standing(row: Row | None, tasks: dict[int, ManualTask], owed: dict[int, int]) -> dict[str, Any]:
    if row is None:
        return {}
    waiting = sorted(
        ((one.deadline, tasks[number]) for number, one in row.standings.items() if one.is_open),
        key=lambda pair: (pair[0], pair[1].position),
    )
    return {
        "booths": row.booths,
        "halls": row.halls,
        "kinds": row.kinds,
        "owed": max(0, owed.get(row.exhibitor_id, 0)),
        "late": frozenset(tasks[number].public_id for number in row.late_tasks()),
        "open_tasks": tuple(dict(task.title) for _deadline, task in waiting),
        "deadline": waiting[0][0] if waiting else None,
    }


def _exhibitors(fair_id: int) -> Sequence[Exhibitor]:
    return db.session.scalars(
        sa.select(Exhibitor)
        .join(Exhibitor.enterprise)
        .where(Exhibitor.fair_id == fair_id, Exhibitor.withdrawn_at.is_(None))
        .options(joinedload(Exhibitor.enterprise), joinedload(Exhibitor.co_organizer))
        .order_by(Enterprise.search_text, Exhibitor.id)
    ).all()


def _applications(fair_id: int, *, with_drafts: bool) -> Sequence[Application]:
    statement = (
        sa.select(Application)
        .join(Application.enterprise)
        .where(Application.fair_id == fair_id)
        .options(joinedload(Application.enterprise), joinedload(Application.co_organizer))
        .order_by(Enterprise.search_text, Application.id)
    )
    if not with_drafts:
        statement = statement.where(Application.status != ApplicationStatus.DRAFT)
    return db.session.scalars(statement).all()


def list_co_organizers(fair_id: int) -> Sequence[CoOrganizer]:
    """Return the co-organizers of a fair by code."""
    return db.session.scalars(
        sa.select(CoOrganizer).where(CoOrganizer.fair_id == fair_id).order_by(CoOrganizer.code)
    ).all()


def list_templates(fair_id: int) -> Sequence[MailTemplate]:
    """Return the organizer's own words of a fair, by name."""
    return db.session.scalars(
        sa.select(MailTemplate).where(MailTemplate.fair_id == fair_id).order_by(MailTemplate.name)
    ).all()


def get_template(fair_id: int, public_id: str) -> MailTemplate:
    """Return a template that people send by hand; raise ``NotFound``."""
    template = db.session.scalar(
        sa.select(MailTemplate).where(
            MailTemplate.fair_id == fair_id, MailTemplate.public_id == public_id, MailTemplate.kind.is_(None)
        )
    )
    if template is None:
        raise NotFound()
    return template


def page_of_bulk_mails(fair_id: int, *, page: int, per_page: int = 50) -> Page[BulkMail]:
    """Return one page of a fair's bulk mails, the latest first."""
    statement = sa.select(BulkMail).where(BulkMail.fair_id == fair_id).order_by(BulkMail.id.desc())
    return paginate(statement, page=page, per_page=per_page)


def get_bulk_mail(fair_id: int, public_id: str) -> BulkMail:
    """Return a bulk mail of a fair; raise ``NotFound``."""
    bulk = db.session.scalar(sa.select(BulkMail).where(BulkMail.fair_id == fair_id, BulkMail.public_id == public_id))
    if bulk is None:
        raise NotFound()
    return bulk


def counts_of_bulk_mails(fair_id: int) -> dict[int, dict[str, int]]:
    """Return how many mails of each bulk mail are in which state."""
    counts: dict[int, dict[str, int]] = {}
    rows = db.session.execute(
        sa.select(Mail.bulk_mail_id, Mail.state, sa.func.count())
        .where(Mail.fair_id == fair_id, Mail.bulk_mail_id.is_not(None))
        .group_by(Mail.bulk_mail_id, Mail.state)
    )
    for bulk, state, count in rows:
        if bulk is None:
            continue
        counts.setdefault(bulk, {})[MailState(state).value] = count
    return counts


def page_of_mails_of(bulk_id: int, *, state: str, page: int, per_page: int = 50) -> Page[Mail]:
    """Return one page of what a bulk mail became."""
    statement = sa.select(Mail).where(Mail.bulk_mail_id == bulk_id).order_by(Mail.to_name, Mail.id)
    if state in set(MailState):
        statement = statement.where(Mail.state == MailState(state))
    return paginate(statement, page=page, per_page=per_page)


def name_of_account(account_id: int | None) -> str:
    """Return who an account is, for a log."""
    account = db.session.get(Account, account_id) if account_id else None
    return (account.full_name or account.email) if account else ""


def find_contact(fair_id: int, enterprise_id: int | None) -> tuple[str, str]:
    """Return name and phone of an enterprise's contact in a fair, as exhibitor or else as applicant."""
    if enterprise_id is None:
        return "", ""
    for model in (Exhibitor, Application):
        found = db.session.execute(
            sa.select(model.contact_name, model.contact_phone).where(
                model.fair_id == fair_id, model.enterprise_id == enterprise_id
            )
        ).first()
        if found:
            return found[0], found[1]
    return "", ""
