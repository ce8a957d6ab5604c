"""The enterprise's own profile."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from fairapp.accounts.policy import Role
from fairapp.enterprises import queries, service
from fairapp.enterprises.forms import ProfileForm
from fairapp.enterprises.models import CapabilityKind, Enterprise
from fairapp.web import clock, languages
from fairapp.web.access import actor, allow, current_fair, membership

bp = Blueprint("enterprise_profile", __name__, url_prefix="/<fair:fair_code>/exhibitor")


def own_enterprise() -> Enterprise:
    """Return the enterprise for which the account acts."""
    return queries.get_enterprise(membership(Role.EXHIBITOR_CONTACT, Role.EXHIBITOR_STAFF).enterprise_id)


@bp.get("/profile")
@allow(Role.EXHIBITOR_CONTACT)
def edit_profile() -> str:
    """Show what the directory says of the enterprise."""
    enterprise = own_enterprise()
    values: dict[str, object] = {"website": enterprise.website, "tightest_tolerance": enterprise.tightest_tolerance}
    for code in languages.LANGUAGES:
        values[f"main_products_{code}"] = enterprise.main_products.get(code, "")
        values[f"summary_{code}"] = enterprise.summary.get(code, "")
    for name, kind in ProfileForm.KINDS.items():
        values[name] = enterprise.codes(CapabilityKind(kind))
    return render_template("enterprises/profile.html", form=ProfileForm(data=values), enterprise=enterprise)


@bp.post("/profile")
@allow(Role.EXHIBITOR_CONTACT)
def update_profile() -> Response | tuple[str, int]:
    """Change what the directory says of the enterprise."""
    enterprise = own_enterprise()
    form = ProfileForm()
    if form.validate_on_submit():
        service.update_profile(
            enterprise.id,
            fair_id=current_fair().id,
            main_products=form.texts("main_products"),
            summary=form.texts("summary"),
            website=form.website.data or "",
            tolerance=form.tightest_tolerance.data or "",
            capabilities=form.capabilities(),
            actor=actor(),
            now=clock.now(),
        )
        flash(gettext("Saved. The directory shows it at once."), "success")
        return redirect(url_for(".edit_profile"), code=303)
    return render_template("enterprises/profile.html", form=form, enterprise=enterprise), form.answer_with
