"""The people on an exhibitor's booth, for a firm that acts for it by a link."""

from flask import Blueprint
from werkzeug.wrappers import Response

from fairapp.exhibitors.views import paste_pages, staff_pages
from fairapp.exhibitors.views.delegated import guard
from fairapp.exhibitors.views.desks import delegates_desk
from fairapp.exhibitors.views.staff_pages import Answer
from fairapp.web.access import allow_public

bp = Blueprint("delegated_staff", __name__, url_prefix="/<fair:fair_code>/act/<act_token>/staff")
guard(bp)


@bp.get("/")
@allow_public
def list_staff(act_token: str) -> str:
    """Show the staff list with a badge for each."""
    return staff_pages.show_list(delegates_desk(act_token))


@bp.post("/")
@allow_public
def create_staff(act_token: str) -> Answer:
    """Put a person on the list."""
    return staff_pages.create(delegates_desk(act_token))


@bp.get("/<id:staff_id>/")
@allow_public
def edit_staff(act_token: str, staff_id: str) -> str:
    """Show what the list says of a person."""
    return staff_pages.show_form(delegates_desk(act_token), staff_id)


@bp.post("/<id:staff_id>/")
@allow_public
def update_staff(act_token: str, staff_id: str) -> Answer:
    """Change what the list says of a person."""
    return staff_pages.update(delegates_desk(act_token), staff_id)


@bp.post("/<id:staff_id>/remove")
@allow_public
def remove_staff(act_token: str, staff_id: str) -> Response:
    """Take a person off the list."""
    return staff_pages.remove(delegates_desk(act_token), staff_id)


@bp.post("/<id:staff_id>/restore")
@allow_public
def restore_staff(act_token: str, staff_id: str) -> Response:
    """Put a person back on the list."""
    return staff_pages.restore(delegates_desk(act_token), staff_id, access=False)


@bp.get("/paste")
@allow_public
def new_rows(act_token: str) -> str:
    """Show where many people are pasted or imported."""
    return paste_pages.show(delegates_desk(act_token))


@bp.post("/paste")
@allow_public
def take_rows(act_token: str) -> Answer:
    """Look at rows, or put them on the list."""
    return paste_pages.take(delegates_desk(act_token))


@bp.post("/paste/errors.xlsx")
@allow_public
def export_faults(act_token: str) -> Response:
    """Answer with the rows that cannot be taken."""
    return paste_pages.faults(delegates_desk(act_token))


@bp.get("/list.xlsx")
@allow_public
def export_staff(act_token: str) -> Response:
    """Answer with the staff list as a workbook."""
    return staff_pages.export(delegates_desk(act_token))
