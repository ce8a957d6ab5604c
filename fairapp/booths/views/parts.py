"""What the floor plan adds to the pages of features below it."""

from flask import render_template

from fairapp.applications.models import Application
from fairapp.booths import queries
from fairapp.web.parts import part_of


@part_of("application")
def show_choices(application: Application) -> str:
    """Show which booths an applicant would like, and which it has."""
    exhibitor_id = application.exhibitor_id
    return render_template(
        "booths/part.html",
        choices=queries.list_choices(application.id),
        allocated=queries.list_allocated(exhibitor_id) if exhibitor_id is not None else [],
        accepted=exhibitor_id is not None,
    )
