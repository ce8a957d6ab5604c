"""Badges for those who wear them: a visitor by the personal link, an exhibitor for its staff."""

from flask import Blueprint, Response

from fairapp import qr
from fairapp.accounts.policy import Role
from fairapp.badges import service
from fairapp.badges.views.cards import badges_pdf
from fairapp.exhibitors import queries as exhibitors
from fairapp.exhibitors.views.own import own_exhibitor
from fairapp.visitors import queries as visitors
from fairapp.web import clock, languages
from fairapp.web.access import actor, allow, allow_public, current_fair
from fairapp.web.uploads import download

bp = Blueprint("own_badges", __name__, url_prefix="/<fair:fair_code>")


@bp.get("/register/v/<token>/badge.pdf")
@allow_public
def download_visitor_badge(token: str) -> Response:
    """Answer with a visitor's badge as a PDF."""
    fair = current_fair()
    visitor = visitors.get_visitor_by_token(fair.id, token)
    badge = service.issue_for_visitor(fair.id, visitor.id, actor=actor(), now=clock.now())
    pdf = badges_pdf(current_fair(), [badge], language=languages.current_language())
    return download(pdf, name=f"{badge.serial}.pdf", content_type="application/pdf", inline=True)


@bp.get("/register/v/<token>/badge.svg")
@allow_public
def show_visitor_code(token: str) -> Response:
    """Answer with the QR code of a visitor's badge, to be shown on the phone."""
    fair = current_fair()
    visitor = visitors.get_visitor_by_token(fair.id, token)
    badge = service.issue_for_visitor(fair.id, visitor.id, actor=actor(), now=clock.now())
    picture = qr.svg(badge.credential).encode()
    return download(picture, name="badge.svg", content_type="image/svg+xml", inline=True)


@bp.get("/exhibitor/staff/<id:staff_id>/badge.pdf")
@allow(Role.EXHIBITOR_CONTACT, Role.EXHIBITOR_STAFF)
def download_staff_badge(staff_id: str) -> Response:
    """Answer with the badge of a person on the exhibitor's own booth."""
    fair = current_fair()
    exhibitor = own_exhibitor(Role.EXHIBITOR_CONTACT, Role.EXHIBITOR_STAFF)
    staff = exhibitors.get_staff(exhibitor.id, staff_id)
    badge = service.issue_for_staff(fair.id, staff.id, actor=actor(), now=clock.now())
    pdf = badges_pdf(current_fair(), [badge], language=languages.current_language())
    return download(pdf, name=f"{badge.serial}.pdf", content_type="application/pdf", inline=True)
