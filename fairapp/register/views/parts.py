"""What the register adds to the page of an application."""

from flask import render_template
from flask_security import current_user

from fairapp.accounts.policy import Role
from fairapp.applications.models import Application
from fairapp.enterprises.completeness import completeness
from fairapp.register import queries
from fairapp.register.views.own import today
from fairapp.web.access import current_fair, has_role
from fairapp.web.parts import part_of


@part_of("application")
def show_entry(application: Application) -> str:
    """Show an organizer the enterprise's entry: how complete it is, and the organizer's other fairs it was at."""
    if not has_role(Role.ORGANIZER):
        return ""
    # An application that was over when its entry was merged stayed behind; the kept entry knows the rest.
    enterprise = queries.get_profile(application.enterprise.merged_into_id or application.enterprise_id)
    fair_ids = [fair.id for fair in queries.organized_fairs(current_user.id)]
    parts = queries.parts_of(queries.with_merged(enterprise.id), fair_ids)
    earlier = [part for found in parts.values() for part in found if part.fair_code != current_fair().code]
    return render_template(
        "enterprises/part.html",
        enterprise=enterprise,
        completeness=completeness(enterprise, today=today()),
        earlier=earlier,
    )
