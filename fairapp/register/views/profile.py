"""The enterprise's own profile: texts, capabilities, figures."""

from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from fairapp.accounts.policy import Role
from fairapp.enterprises.changes import ProfileChanged
from fairapp.enterprises.forms import CapabilitiesForm, TextsForm, figures_form, measure_unit
from fairapp.enterprises.service import sections
from fairapp.register.views.own import own_enterprise, page
from fairapp.web import clock
from fairapp.web.access import actor, allow, current_fair

bp = Blueprint("enterprise_profile", __name__, url_prefix="/<fair:fair_code>/exhibitor/profile")
bp.add_app_template_filter(measure_unit, "measure_unit")


@bp.get("")
@allow(Role.EXHIBITOR_CONTACT)
def edit_profile() -> str:
    """Show names, address and texts."""
    return _show(TextsForm, sections.TEXTS, "enterprises/texts.html")


@bp.post("")
@allow(Role.EXHIBITOR_CONTACT)
def update_profile() -> Response | tuple[str, int]:
    """Change names, address and texts."""
    return _save(TextsForm, sections.TEXTS, "enterprises/texts.html", ".edit_profile")


@bp.get("/capabilities")
@allow(Role.EXHIBITOR_CONTACT)
def edit_capabilities() -> str:
    """Show what the enterprise can make."""
    return _show(CapabilitiesForm, sections.CAPABILITIES, "enterprises/capabilities.html")


@bp.post("/capabilities")
@allow(Role.EXHIBITOR_CONTACT)
def update_capabilities() -> Response | tuple[str, int]:
    """Change what the enterprise can make."""
    return _save(CapabilitiesForm, sections.CAPABILITIES, "enterprises/capabilities.html", ".edit_capabilities")


@bp.get("/figures")
@allow(Role.EXHIBITOR_CONTACT)
def edit_figures() -> str:
    """Show the figures of quality, cost and delivery."""
    return _show(figures_form(), sections.FIGURES, "enterprises/figures.html")


@bp.post("/figures")
@allow(Role.EXHIBITOR_CONTACT)
def update_figures() -> Response | tuple[str, int]:
    """Change the figures of quality, cost and delivery."""
    return _save(figures_form(), sections.FIGURES, "enterprises/figures.html", ".edit_figures")


def _show(form_class: Any, section: sections.Section, template: str) -> str:
    enterprise = own_enterprise()
    return page(template, enterprise, form=form_class.showing(section.read(enterprise)))


def _save(form_class: Any, section: sections.Section, template: str, back: str) -> Response | tuple[str, int]:
    enterprise = own_enterprise()
    form = form_class()
    if form.validate_on_submit():
        with form.refusals():
            try:
                sections.save_section(
                    enterprise.id, section, form.change(), fair_id=current_fair().id, actor=actor(), now=clock.now()
                )
            except ProfileChanged as changed:
                form = form_class.after(changed)
                return page(template, own_enterprise(), form=form), form.answer_with
            flash(gettext("Saved. The directory shows it at once."), "success")
            return redirect(url_for(back), code=303)
    return page(template, enterprise, form=form), form.answer_with
