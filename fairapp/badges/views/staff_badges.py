"""Badges of a staff list: for the exhibitor itself, the organizer, and a firm with a link for staff."""

from flask import Blueprint
from werkzeug.wrappers import Response

from fairapp.accounts.policy import Role
from fairapp.badges import queries, service
from fairapp.badges.views.cards import badges_pdf
from fairapp.errors import NotFound
from fairapp.exhibitors import queries as exhibitors
from fairapp.exhibitors.views.delegated import guard
from fairapp.exhibitors.views.desks import OWN, Desk, delegates_desk, organizers_desk, own_desk
from fairapp.web import clock
from fairapp.web.access import allow, allow_public, current_fair
from fairapp.web.uploads import download

own = Blueprint("own_staff_badges", __name__, url_prefix="/<fair:fair_code>/exhibitor/staff")
of_exhibitor = Blueprint(
    "badges_of_exhibitor", __name__, url_prefix="/<fair:fair_code>/organizer/exhibitors/<id:exhibitor_id>/staff"
)
delegated = Blueprint("delegated_badges", __name__, url_prefix="/<fair:fair_code>/act/<act_token>/staff")
guard(delegated)


@own.get("/<id:staff_id>/badge.pdf", endpoint="download_badge")
@allow(*OWN)
def download_own_badge(staff_id: str) -> Response:
    """Answer with the badge of a person on the exhibitor's own booth."""
    return _badge(own_desk(*OWN), staff_id)


@own.get("/badges.pdf", endpoint="print_badges")
@allow(*OWN)
def print_own_badges() -> Response:
    """Answer with the badges of everybody on the exhibitor's own list."""
    return _badges(own_desk(*OWN))


@of_exhibitor.get("/<id:staff_id>/badge.pdf", endpoint="download_badge")
@allow(Role.ORGANIZER)
def download_badge_of_exhibitor(exhibitor_id: str, staff_id: str) -> Response:
    """Answer with the badge of a person on an exhibitor's booth."""
    return _badge(organizers_desk(exhibitor_id), staff_id)


@of_exhibitor.get("/badges.pdf", endpoint="print_badges")
@allow(Role.ORGANIZER)
def print_badges_of_exhibitor(exhibitor_id: str) -> Response:
    """Answer with the badges of everybody on an exhibitor's list."""
    return _badges(organizers_desk(exhibitor_id))


@delegated.get("/<id:staff_id>/badge.pdf", endpoint="download_badge")
@allow_public
def download_delegated_badge(act_token: str, staff_id: str) -> Response:
    """Answer with the badge of a person on the list that the link opens."""
    return _badge(delegates_desk(act_token), staff_id)


@delegated.get("/badges.pdf", endpoint="print_badges")
@allow_public
def print_delegated_badges(act_token: str) -> Response:
    """Answer with the badges of everybody on the list that the link opens."""
    return _badges(delegates_desk(act_token))


def _badge(desk: Desk, staff_id: str) -> Response:
    person = exhibitors.get_staff(desk.exhibitor.id, staff_id)
    badge = service.issue_for_staff(current_fair().id, person.id, actor=desk.actor, now=clock.now())
    pdf = badges_pdf(current_fair(), [badge])
    return download(pdf, name=f"{badge.serial}.pdf", content_type="application/pdf", inline=True)


def _badges(desk: Desk) -> Response:
    exhibitor_id = desk.exhibitor.id
    for staff_id in queries.list_staff_without_badge(exhibitor_id):
        service.issue_for_staff(current_fair().id, staff_id, actor=desk.actor, now=clock.now())
    badges = queries.list_of_staff(exhibitor_id)
    if not badges:
        raise NotFound()
    pdf = badges_pdf(current_fair(), badges)
    return download(pdf, name=f"{current_fair().code}-badges.pdf", content_type="application/pdf", inline=True)
