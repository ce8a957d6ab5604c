"""Badges for the organizer: list, print, reprint, revoke."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from fairapp.accounts.policy import Role
from fairapp.badges import queries, service
from fairapp.badges.categories import CATEGORIES
from fairapp.badges.views.cards import badges_pdf
from fairapp.enterprises.taxonomy import code_list
from fairapp.web import clock, exports, languages, words
from fairapp.web.access import actor, allow, current_fair
from fairapp.web.sorting import Sort, read_sort
from fairapp.web.toasts import say
from fairapp.web.uploads import download

bp = Blueprint("badges", __name__, url_prefix="/<fair:fair_code>/organizer/badges")


@bp.get("/")
@allow(Role.ORGANIZER)
def list_badges() -> str:
    """Show the badges of the fair."""
    fair, language = current_fair(), languages.current_language()
    chosen, sort = _filters(), _sort()
    return render_template(
        "badges/badges.html",
        page=queries.page_of_badges(fair.id, **chosen, sort=sort, page=request.args.get("page", 1, type=int)),
        chosen=chosen,
        sort=sort,
        counts=queries.count_by_category(fair.id),
        missing=queries.holders_without_badge(fair.id),
        categories=[(code, code_list("badge_categories").label(code, language)) for code in CATEGORIES],
    )


def _filters() -> dict[str, Any]:
    return {
        "query": request.args.get("q", ""),
        "category": request.args.get("category", ""),
        "state": request.args.get("state", ""),
    }


def _sort() -> Sort:
    return read_sort(request.args, queries.SORTS, queries.LATEST)


BADGES_COLUMNS = exports.columns(
    serial=_("Serial"),
    full_name=_("Full name"),
    enterprise=_("Enterprise"),
    position=_("Position"),
    category=_("Category"),
    issued=_("Issued"),
    printed=_("Printed"),
    state=_("State"),
    reason=_("Reason"),
)


@bp.get("/list.xlsx")
@allow(Role.ORGANIZER)
@exports.offers(BADGES_COLUMNS)
def export_badges() -> Response:
    """Answer with the filtered badges as a workbook."""
    language = languages.current_language()
    rows = [
        [
            one.serial,
            one.full_name,
            one.enterprise_name,
            one.position,
            code_list("badge_categories").label(one.category, language),
            one.issued_at,
            one.printed_at,
            words.word("revoked" if one.revoked_at else "valid", "badge_state"),
            words.word(one.revoked_reason, "revoked_reason") if one.revoked_at else "",
        ]
        for one in queries.list_badges(current_fair().id, **_filters(), sort=_sort())
    ]
    return exports.answer("badges", BADGES_COLUMNS, rows)


@bp.post("/print")
@allow(Role.ORGANIZER)
def print_badges() -> Response:
    """Order the PDF with all badges; the job's page shows how far it is."""
    category = request.form.get("category", "")
    job = service.order_print(
        current_fair().id,
        category=category if category in CATEGORIES else "",
        actor=actor(),
        now=clock.now(),
    )
    return redirect(url_for("jobs.show_job", job_id=job.public_id), code=303)


@bp.get("/<id:badge_id>.pdf")
@allow(Role.ORGANIZER)
def download_badge(badge_id: str) -> Response:
    """Answer with one badge as a PDF."""
    badge = queries.get_badge(current_fair().id, badge_id)
    pdf = badges_pdf(current_fair(), [badge])
    return download(pdf, name=f"{badge.serial}.pdf", content_type="application/pdf", inline=True)


@bp.post("/<id:badge_id>/reprint")
@allow(Role.ORGANIZER)
def reprint_badge(badge_id: str) -> Response:
    """Issue a new badge; the old one is worthless from now on."""
    badge = service.reprint(current_fair().id, badge_id, actor=actor(), now=clock.now())
    say(gettext("The new badge is %(serial)s. The old one is revoked.", serial=badge.serial))
    return redirect(url_for(".list_badges", q=badge.serial), code=303)


@bp.post("/<id:badge_id>/revoke")
@allow(Role.ORGANIZER)
def revoke_badge(badge_id: str) -> Response:
    """Make a badge worthless."""
    badge = service.revoke(current_fair().id, badge_id, reason="organizer", actor=actor(), now=clock.now())
    say(gettext("%(serial)s is revoked. This cannot be undone.", serial=badge.serial))
    return redirect(url_for(".list_badges", q=badge.serial), code=303)
