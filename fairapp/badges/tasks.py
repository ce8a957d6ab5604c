"""Jobs of badges: the mail with the badge, the print of all."""

import sqlalchemy as sa

from fairapp.accounts.service import REVOKE_BADGE
from fairapp.badges import queries, service
from fairapp.badges.views.cards import badges_pdf
from fairapp.database import db, transaction
from fairapp.exhibitors.service.staff import RENEW_BADGE as RENEW_STAFF_BADGE
from fairapp.exhibitors.service.staff import REVOKE_BADGE as REVOKE_STAFF_BADGE
from fairapp.fairs.models import Fair
from fairapp.files import service as files
from fairapp.jobs.registry import Done, Task, handles
from fairapp.mail import service as mail
from fairapp.mail.models import Mail
from fairapp.visitors.models import Visitor
from fairapp.visitors.service import SEND_BADGE
from fairapp.web import clock
from fairapp.web.access import SYSTEM


@handles(SEND_BADGE)
def send_to_visitor(task: Task) -> None:
    """Issue a visitor's badge and send it; run again for the same job it sends nothing twice."""
    now = clock.now()
    visitor = db.session.get(Visitor, task.payload["visitor_id"])
    if visitor is None or visitor.withdrawn_at is not None or task.fair_id is None:
        return
    badge = service.issue_for_visitor(task.fair_id, visitor.id, actor=SYSTEM, now=now)
    fair = db.session.get_one(Fair, task.fair_id)
    pdf = badges_pdf(fair, [badge])
    with transaction() as session:
        if session.scalar(sa.select(Mail.id).where(Mail.source == f"job:{task.job_id}")):
            return
        visitor, fair = session.get_one(Visitor, visitor.id), session.get_one(Fair, fair.id)
        file = files.store(
            session,
            pdf,
            name=f"{fair.code}-{badge.serial}.pdf",
            content_type="application/pdf",
            fair_id=fair.id,
            now=now,
        )
        queued = mail.queue(
            session,
            "visitor_badge",
            to=visitor.email,
            to_name=visitor.full_name,
            language=visitor.language,
            context={
                "name": visitor.full_name,
                "fair_name": dict(fair.name),
                "fair_code": fair.code,
                "token": visitor.token,
                "serial": badge.serial,
                "venue": dict(fair.venue),
                "starts_on": fair.starts_on.isoformat(),
                "ends_on": fair.ends_on.isoformat(),
            },
            now=now,
            fair_id=fair.id,
            reply_to=fair.contact_email,
            attachments=[file],
        )
        queued.source = f"job:{task.job_id}"


@handles("badges.revoke_withdrawn")
def revoke_withdrawn(task: Task) -> None:
    """Revoke the badge of a withdrawn registration."""
    if task.fair_id is not None:
        service.revoke_of_visitor(task.fair_id, task.payload["visitor_id"], actor=SYSTEM, now=clock.now())


@handles(REVOKE_BADGE)
def revoke_member(task: Task) -> None:
    """Revoke the badge of somebody whose role was taken away."""
    if task.fair_id is not None:
        service.revoke_of_account(task.fair_id, task.payload["account_id"], actor=SYSTEM, now=clock.now())


@handles(REVOKE_STAFF_BADGE)
def revoke_staff(task: Task) -> None:
    """Revoke the badge of somebody who was taken off a staff list."""
    if task.fair_id is not None:
        service.revoke_of_staff(task.fair_id, task.payload["staff_id"], actor=SYSTEM, now=clock.now())


@handles(RENEW_STAFF_BADGE)
def renew_staff(task: Task) -> None:
    """Issue the badge anew of somebody whose entry on a staff list has changed."""
    if task.fair_id is not None:
        service.renew_for_staff(task.fair_id, task.payload["staff_id"], actor=SYSTEM, now=clock.now())


@handles(service.PRINT)
def print_badges(task: Task) -> Done:
    """Issue what is missing and lay out every valid badge in one PDF."""
    now = clock.now()
    if task.fair_id is None:
        raise ValueError("badges are printed for a fair")
    service.issue_missing(task.fair_id, actor=SYSTEM, now=now)
    fair = db.session.get_one(Fair, task.fair_id)
    badges = list(queries.list_to_print(fair.id, category=task.payload["category"]))
    if not badges:
        return Done(outcome={"badges": 0})
    ids = [badge.id for badge in badges]
    db.session.expunge_all()  # reporting progress ends transactions; the cards need only what is loaded
    fair = db.session.get_one(Fair, task.fair_id)
    pdf = badges_pdf(fair, badges, progress=task.progress)
    with transaction() as session:
        fair = session.get_one(Fair, task.fair_id)
        file = files.store(
            session,
            pdf,
            name=f"{fair.code}-badges.pdf",
            content_type="application/pdf",
            fair_id=fair.id,
            now=now,
        )
        file_id = file.id
    service.mark_printed(ids, now=now)
    return Done(outcome={"badges": len(ids)}, file_id=file_id)
