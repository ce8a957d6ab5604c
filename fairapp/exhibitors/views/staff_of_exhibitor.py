"""The people on an exhibitor's booth, for the organizer."""

from flask import Blueprint, request
from werkzeug.wrappers import Response

from fairapp.accounts.policy import Role
from fairapp.exhibitors.views import paste_pages, staff_pages
from fairapp.exhibitors.views.desks import organizers_desk
from fairapp.exhibitors.views.staff_pages import Answer
from fairapp.web.access import allow

bp = Blueprint(
    "staff_of_exhibitor", __name__, url_prefix="/<fair:fair_code>/organizer/exhibitors/<id:exhibitor_id>/staff"
)


@bp.get("/")
@allow(Role.ORGANIZER)
def list_staff(exhibitor_id: str) -> str:
    """Show the staff list with a badge for each."""
    return staff_pages.show_list(organizers_desk(exhibitor_id))


@bp.post("/")
@allow(Role.ORGANIZER)
def create_staff(exhibitor_id: str) -> Answer:
    """Put a person on the list."""
    return staff_pages.create(organizers_desk(exhibitor_id))


@bp.get("/<id:staff_id>/")
@allow(Role.ORGANIZER)
def edit_staff(exhibitor_id: str, staff_id: str) -> str:
    """Show what the list says of a person."""
    return staff_pages.show_form(organizers_desk(exhibitor_id), staff_id)


@bp.post("/<id:staff_id>/")
@allow(Role.ORGANIZER)
def update_staff(exhibitor_id: str, staff_id: str) -> Answer:
    """Change what the list says of a person."""
    return staff_pages.update(organizers_desk(exhibitor_id), staff_id)


@bp.post("/<id:staff_id>/remove")
@allow(Role.ORGANIZER)
def remove_staff(exhibitor_id: str, staff_id: str) -> Response:
    """Take a person off the list."""
    return staff_pages.remove(organizers_desk(exhibitor_id), staff_id)


@bp.post("/<id:staff_id>/restore")
@allow(Role.ORGANIZER)
def restore_staff(exhibitor_id: str, staff_id: str) -> Response:
    """Put a person back on the list."""
    return staff_pages.restore(organizers_desk(exhibitor_id), staff_id, access=bool(request.form.get("access")))


@bp.post("/access/<id:access_id>/end")
@allow(Role.ORGANIZER)
def end_access(exhibitor_id: str, access_id: str) -> Response:
    """Take the sign-in of somebody who is not on the list."""
    return staff_pages.end_access(organizers_desk(exhibitor_id), access_id)


@bp.get("/paste")
@allow(Role.ORGANIZER)
def new_rows(exhibitor_id: str) -> str:
    """Show where many people are pasted or imported."""
    return paste_pages.show(organizers_desk(exhibitor_id))


@bp.post("/paste")
@allow(Role.ORGANIZER)
def take_rows(exhibitor_id: str) -> Answer:
    """Look at rows, or put them on the list."""
    return paste_pages.take(organizers_desk(exhibitor_id))


@bp.post("/paste/errors.xlsx")
@allow(Role.ORGANIZER)
def export_faults(exhibitor_id: str) -> Response:
    """Answer with the rows that cannot be taken."""
    return paste_pages.faults(organizers_desk(exhibitor_id))


@bp.get("/list.xlsx")
@allow(Role.ORGANIZER)
def export_staff(exhibitor_id: str) -> Response:
    """Answer with the staff list as a workbook."""
    return staff_pages.export(organizers_desk(exhibitor_id))
