"""A buyer's own needs."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from fairapp.accounts.policy import Role
from fairapp.errors import NotFound
from fairapp.needs import queries, service
from fairapp.needs.forms import NeedForm
from fairapp.visitors import queries as visitors
from fairapp.visitors.models import Buyer
from fairapp.web import clock
from fairapp.web.access import actor, allow, current_fair, membership

bp = Blueprint("my_needs", __name__, url_prefix="/<fair:fair_code>/buyer/needs")


def _own_buyer() -> Buyer:
    buyer = visitors.find_buyer(current_fair().id, membership(Role.BUYER).enterprise_id)
    if buyer is None:
        raise NotFound()
    return buyer


@bp.get("/")
@allow(Role.BUYER)
def list_needs() -> str:
    """Show the buyer's needs."""
    return render_template("needs/own.html", needs=queries.list_own(_own_buyer().id))


@bp.get("/new")
@allow(Role.BUYER)
def new_need() -> str:
    """Show an empty need."""
    return render_template("needs/edit.html", form=NeedForm(), need=None)


@bp.post("/new")
@allow(Role.BUYER)
def create_need() -> Response | tuple[str, int]:
    """Post a need."""
    form = NeedForm()
    if form.validate_on_submit():
        service.post(current_fair().id, _own_buyer().id, form.to_data(), actor=actor(), now=clock.now())
        flash(gettext("Posted. Exhibitors can ask for a meeting now."), "success")
        return redirect(url_for(".list_needs"), code=303)
    return render_template("needs/edit.html", form=form, need=None), form.answer_with


@bp.get("/<id:need_id>/")
@allow(Role.BUYER)
def edit_need(need_id: str) -> str:
    """Show a need to be changed."""
    need = queries.get_own(_own_buyer().id, need_id)
    return render_template("needs/edit.html", form=NeedForm(data=NeedForm.values_of(need)), need=need)


@bp.post("/<id:need_id>/")
@allow(Role.BUYER)
def update_need(need_id: str) -> Response | tuple[str, int]:
    """Change a need."""
    buyer = _own_buyer()
    need = queries.get_own(buyer.id, need_id)
    form = NeedForm()
    if form.validate_on_submit():
        service.update(buyer.id, need_id, form.to_data(), actor=actor(), now=clock.now())
        flash(gettext("Saved."), "success")
        return redirect(url_for(".list_needs"), code=303)
    return render_template("needs/edit.html", form=form, need=need), form.answer_with
