"""The enterprise for which an account acts, and what stands around each page of its profile."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from flask import render_template
from flask_security import current_user

from fairapp.accounts.policy import Role
from fairapp.enterprises.completeness import completeness
from fairapp.enterprises.models import Enterprise
from fairapp.exhibitors.service.shared import NotAnExhibitor
from fairapp.register import queries
from fairapp.web import clock
from fairapp.web.access import current_fair, membership

SECTIONS = {
    "profile": "enterprise_profile.edit_profile",
    "capabilities": "enterprise_profile.edit_capabilities",
    "figures": "enterprise_profile.edit_figures",
    "machines": "profile_lists.list_machines",
    "customers": "profile_lists.list_customers",
    "certificates": "profile_certificates.list_certificates",
    "products": "profile_products.list_products",
}
"""The page of each section of a profile."""


def own_enterprise() -> Enterprise:
    """Return the enterprise for which the account acts, if the account may change what the register says of it."""
    acting = membership(Role.EXHIBITOR_CONTACT)
    enterprise = queries.get_profile(acting.enterprise_id)
    if not queries.may_change(enterprise, current_user.id):
        raise NotAnExhibitor()
    return enterprise


def organized_fair_ids() -> list[int]:
    """Return the ids of the fairs in which the account is an organizer."""
    return [fair.id for fair in queries.organized_fairs(current_user.id)]


def today() -> date:
    """Return the day it is at the fair."""
    return clock.now().astimezone(ZoneInfo(current_fair().timezone)).date()


def page(template: str, enterprise: Enterprise, **context: Any) -> str:
    """Return one page of a profile with how complete it is."""
    freeze = current_fair().catalogue_freeze_at
    return render_template(
        template,
        enterprise=enterprise,
        completeness=completeness(enterprise, today=today()),
        sections=SECTIONS,
        today=today(),
        frozen_at=freeze if freeze is not None and freeze <= clock.now() else None,
        freezes_at=freeze if freeze is not None and freeze > clock.now() else None,
        **context,
    )
