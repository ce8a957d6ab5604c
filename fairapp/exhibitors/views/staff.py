"""The people on an exhibitor's booth, for the exhibitor itself."""

from flask import Blueprint, request
from werkzeug.wrappers import Response

from fairapp.accounts.policy import Role
from fairapp.exhibitors.views import paste_pages, staff_pages
from fairapp.exhibitors.views.desks import OWN, own_desk
from fairapp.exhibitors.views.staff_pages import Answer
from fairapp.web.access import allow

bp = Blueprint("exhibitor_staff", __name__, url_prefix="/<fair:fair_code>/exhibitor/staff")


@bp.get("/")
@allow(*OWN)
def list_staff() -> str:
    """Show the staff list with a badge for each."""
    return staff_pages.show_list(own_desk(*OWN))


@bp.post("/")
@allow(Role.EXHIBITOR_CONTACT)
def create_staff() -> Answer:
    """Put a person on the list."""
    return staff_pages.create(own_desk(Role.EXHIBITOR_CONTACT))


@bp.get("/<id:staff_id>/")
@allow(Role.EXHIBITOR_CONTACT)
def edit_staff(staff_id: str) -> str:
    """Show what the list says of a person."""
    return staff_pages.show_form(own_desk(Role.EXHIBITOR_CONTACT), staff_id)


@bp.post("/<id:staff_id>/")
@allow(Role.EXHIBITOR_CONTACT)
def update_staff(staff_id: str) -> Answer:
    """Change what the list says of a person."""
    return staff_pages.update(own_desk(Role.EXHIBITOR_CONTACT), staff_id)


@bp.post("/<id:staff_id>/remove")
@allow(Role.EXHIBITOR_CONTACT)
def remove_staff(staff_id: str) -> Response:
    """Take a person off the list."""
    return staff_pages.remove(own_desk(Role.EXHIBITOR_CONTACT), staff_id)


@bp.post("/<id:staff_id>/restore")
@allow(Role.EXHIBITOR_CONTACT)
def restore_staff(staff_id: str) -> Response:
    """Put a person back on the list."""
    return staff_pages.restore(own_desk(Role.EXHIBITOR_CONTACT), staff_id, access=bool(request.form.get("access")))


@bp.post("/access/<id:access_id>/end")
@allow(Role.EXHIBITOR_CONTACT)
def end_access(access_id: str) -> Response:
    """Take the sign-in of somebody who is not on the list."""
    return staff_pages.end_access(own_desk(Role.EXHIBITOR_CONTACT), access_id)


@bp.get("/paste")
@allow(Role.EXHIBITOR_CONTACT)
def new_rows() -> str:
    """Show where many people are pasted or imported."""
    return paste_pages.show(own_desk(Role.EXHIBITOR_CONTACT))


@bp.post("/paste")
@allow(Role.EXHIBITOR_CONTACT)
def take_rows() -> Answer:
    """Look at rows, or put them on the list."""
    return paste_pages.take(own_desk(Role.EXHIBITOR_CONTACT))


@bp.post("/paste/errors.xlsx")
@allow(Role.EXHIBITOR_CONTACT)
def export_faults() -> Response:
    """Answer with the rows that cannot be taken."""
    return paste_pages.faults(own_desk(Role.EXHIBITOR_CONTACT))


@bp.get("/list.xlsx")
@allow(*OWN)
def export_staff() -> Response:
    """Answer with the staff list as a workbook."""
    return staff_pages.export(own_desk(*OWN))
