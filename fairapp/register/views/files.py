"""Pictures of enterprises for everybody who may see them, and certificates for those whom they concern."""

from flask import Blueprint, request
from flask_security import current_user
from werkzeug.wrappers import Response

from fairapp.accounts.policy import Role
from fairapp.enterprises import queries as enterprises
from fairapp.enterprises.models import Enterprise
from fairapp.errors import NotFound
from fairapp.files import service as files
from fairapp.files.models import StoredFile
from fairapp.register import queries
from fairapp.register.views.certificates import answer_with_scan
from fairapp.register.views.own import organized_fair_ids
from fairapp.web.access import allow, allow_public, current_fair, has_role, memberships
from fairapp.web.uploads import download

bp = Blueprint("register_files", __name__, url_prefix="/<fair:fair_code>/enterprises/<id:enterprise_id>")

KEPT_FOR = 300
"""Seconds for which a browser shows a picture without asking again."""


@bp.get("/logo")
@allow_public
def show_logo(enterprise_id: str) -> Response:
    """Answer with a logo: of an exhibitor in the directory, else to its own people and the organizers."""
    return _picture(_visible(enterprise_id).logo)


@bp.get("/products/<id:product_id>/photo")
@allow_public
def show_photo(enterprise_id: str, product_id: str) -> Response:
    """Answer with the photo of a product."""
    return _picture(queries.get_product(_visible(enterprise_id).id, product_id).photo)


@bp.get("/certificates/<certificate>")
@allow(Role.ORGANIZER)
def download_certificate(enterprise_id: str, certificate: str) -> Response:
    """Answer with the scan of a certificate."""
    return answer_with_scan(queries.get_entry(enterprise_id, organized_fair_ids()), certificate)


def _visible(public_id: str) -> Enterprise:
    mine = [member.enterprise_id for member in memberships(Role.EXHIBITOR_CONTACT, Role.EXHIBITOR_STAFF)]
    own = [one.id for one in enterprises.list_enterprises(mine) if queries.may_change(one, current_user.id)]
    organized = organized_fair_ids() if has_role(Role.ORGANIZER) else []
    return queries.get_pictured(public_id, current_fair().id, own=own, organized=organized)


def _picture(file: StoredFile | None) -> Response:
    if file is None:
        raise NotFound()
    answer = download(files.read(file), name=file.name, content_type=file.content_type, inline=True)
    answer.cache_control.private = True
    answer.cache_control.max_age = KEPT_FOR
    answer.set_etag(file.sha256)
    return answer.make_conditional(request)
