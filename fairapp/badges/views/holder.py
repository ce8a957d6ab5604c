"""Badges for visitors, by their personal link."""

from flask import Blueprint, Response

from fairapp import qr
from fairapp.badges import service
from fairapp.badges.views.cards import badges_pdf
from fairapp.visitors import queries as visitors
from fairapp.web import clock
from fairapp.web.access import actor, allow_public, current_fair
from fairapp.web.uploads import download

bp = Blueprint("own_badges", __name__, url_prefix="/<fair:fair_code>")


@bp.get("/register/v/<token>/badge.pdf")
@allow_public
def download_visitor_badge(token: str) -> Response:
    """Answer with a visitor's badge as a PDF."""
    fair = current_fair()
    visitor = visitors.get_visitor_by_token(fair.id, token)
    badge = service.issue_for_visitor(fair.id, visitor.id, actor=actor(), now=clock.now())
    pdf = badges_pdf(current_fair(), [badge])
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
