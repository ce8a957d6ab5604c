"""The lists of the enterprise's own profile: machines and customers."""

from dataclasses import asdict

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext, ngettext
from werkzeug.wrappers import Response

from fairapp.accounts.policy import Role
from fairapp.enterprises import pasting
from fairapp.enterprises.changes import ProfileChanged
from fairapp.enterprises.forms import CustomerForm, MachineForm, PasteForm, SeenForm
from fairapp.enterprises.service import rows
from fairapp.errors import NotFound
from fairapp.register.views.own import own_enterprise, page, today
from fairapp.web import clock
from fairapp.web.access import actor, allow, current_fair
from fairapp.web.toasts import Undo, say

bp = Blueprint("profile_lists", __name__, url_prefix="/<fair:fair_code>/exhibitor/profile")


@bp.get("/machines")
@allow(Role.EXHIBITOR_CONTACT)
def list_machines() -> str:
    """Show the machines with a form for one more and one for many."""
    return page(
        "enterprises/machines.html", own_enterprise(), form=MachineForm(formdata=None), paste=PasteForm(formdata=None)
    )


@bp.post("/machines")
@allow(Role.EXHIBITOR_CONTACT)
def create_machine() -> Response | tuple[str, int]:
    """Add a machine."""
    return _create(MachineForm, rows.MACHINES, "enterprises/machines.html", ".list_machines")


@bp.post("/machines/paste")
@allow(Role.EXHIBITOR_CONTACT)
def paste_machines() -> Response | tuple[str, int]:
    """Add the machines of pasted rows; with a bad row nothing is added, and every bad row is named."""
    enterprise, form = own_enterprise(), PasteForm()
    bad: list[pasting.BadRow] = []
    if form.validate_on_submit():
        with form.refusals():
            good, bad = pasting.read_machines(form.rows.data or "", this_year=today().year)
            if not bad:
                _add(enterprise.id, rows.MACHINES, [asdict(machine) for machine in good])
                flash(ngettext("%(num)d machine added.", "%(num)d machines added.", len(good)), "success")
                return redirect(url_for(".list_machines"), code=303)
            form.answer_with = 422
    return page(
        "enterprises/machines.html", enterprise, form=MachineForm(formdata=None), paste=form, bad_rows=bad
    ), form.answer_with


@bp.get("/machines/<id:machine_id>")
@allow(Role.EXHIBITOR_CONTACT)
def edit_machine(machine_id: str) -> str:
    """Show one machine."""
    return _edit(MachineForm, rows.MACHINES, machine_id, "enterprises/machine.html")


@bp.post("/machines/<id:machine_id>")
@allow(Role.EXHIBITOR_CONTACT)
def update_machine(machine_id: str) -> Response | tuple[str, int]:
    """Change a machine."""
    return _update(MachineForm, rows.MACHINES, machine_id, "enterprises/machine.html", ".list_machines")


@bp.post("/machines/<id:machine_id>/remove")
@allow(Role.EXHIBITOR_CONTACT)
def remove_machine(machine_id: str) -> Response:
    """Take a machine off the list, with a way back."""
    undo = Undo(url=url_for(".restore_machine", machine_id=machine_id))
    return _remove(rows.MACHINES, machine_id, ".list_machines", undo)


@bp.post("/machines/<id:machine_id>/restore")
@allow(Role.EXHIBITOR_CONTACT)
def restore_machine(machine_id: str) -> Response:
    """Put a machine back."""
    return _restore(rows.MACHINES, machine_id, ".list_machines")


@bp.get("/customers")
@allow(Role.EXHIBITOR_CONTACT)
def list_customers() -> str:
    """Show the customers with a form for one more."""
    return page("enterprises/customers.html", own_enterprise(), form=CustomerForm(formdata=None))


@bp.post("/customers")
@allow(Role.EXHIBITOR_CONTACT)
def create_customer() -> Response | tuple[str, int]:
    """Add a customer."""
    return _create(CustomerForm, rows.CUSTOMERS, "enterprises/customers.html", ".list_customers")


@bp.get("/customers/<id:customer_id>")
@allow(Role.EXHIBITOR_CONTACT)
def edit_customer(customer_id: str) -> str:
    """Show one customer."""
    return _edit(CustomerForm, rows.CUSTOMERS, customer_id, "enterprises/customer.html")


@bp.post("/customers/<id:customer_id>")
@allow(Role.EXHIBITOR_CONTACT)
def update_customer(customer_id: str) -> Response | tuple[str, int]:
    """Change a customer."""
    return _update(CustomerForm, rows.CUSTOMERS, customer_id, "enterprises/customer.html", ".list_customers")


@bp.post("/customers/<id:customer_id>/remove")
@allow(Role.EXHIBITOR_CONTACT)
def remove_customer(customer_id: str) -> Response:
    """Take a customer off the list, with a way back."""
    undo = Undo(url=url_for(".restore_customer", customer_id=customer_id))
    return _remove(rows.CUSTOMERS, customer_id, ".list_customers", undo)


@bp.post("/customers/<id:customer_id>/restore")
@allow(Role.EXHIBITOR_CONTACT)
def restore_customer(customer_id: str) -> Response:
    """Put a customer back."""
    return _restore(rows.CUSTOMERS, customer_id, ".list_customers")


def _add(enterprise_id: int, kind: rows.Kind, values: list[dict[str, object]]) -> None:
    rows.add_rows(enterprise_id, kind, values, fair_id=current_fair().id, actor=actor(), now=clock.now())


def _create(form_class: type[SeenForm], kind: rows.Kind, template: str, back: str) -> Response | tuple[str, int]:
    enterprise, form = own_enterprise(), form_class()
    if form.validate_on_submit():
        with form.refusals():
            _add(enterprise.id, kind, [form.change().typed])
            flash(gettext("Saved. The directory shows it at once."), "success")
            return redirect(url_for(back), code=303)
    return page(template, enterprise, form=form, paste=PasteForm(formdata=None)), form.answer_with


def _find(kind: rows.Kind, enterprise: object, public_id: str) -> object:
    listed = getattr(enterprise, f"{kind.name}s")
    row = next((one for one in listed if one.public_id == public_id), None)
    if row is None:
        raise NotFound()
    return row


def _edit(form_class: type[SeenForm], kind: rows.Kind, public_id: str, template: str) -> str:
    enterprise = own_enterprise()
    row = _find(kind, enterprise, public_id)
    return page(template, enterprise, form=form_class.showing(kind.read(row)), row=row)


def _update(
    form_class: type[SeenForm], kind: rows.Kind, public_id: str, template: str, back: str
) -> Response | tuple[str, int]:
    enterprise, form = own_enterprise(), form_class()
    row = _find(kind, enterprise, public_id)
    if form.validate_on_submit():
        with form.refusals():
            try:
                rows.update_row(
                    enterprise.id,
                    kind,
                    public_id,
                    form.change(),
                    fair_id=current_fair().id,
                    actor=actor(),
                    now=clock.now(),
                )
            except ProfileChanged as changed:
                form, enterprise = form_class.after(changed), own_enterprise()
                row = _find(kind, enterprise, public_id)
                return page(template, enterprise, form=form, row=row), form.answer_with
            flash(gettext("Saved. The directory shows it at once."), "success")
            return redirect(url_for(back), code=303)
    return page(template, enterprise, form=form, row=row), form.answer_with


def _remove(kind: rows.Kind, public_id: str, back: str, undo: Undo) -> Response:
    title = rows.remove_row(
        own_enterprise().id, kind, public_id, fair_id=current_fair().id, actor=actor(), now=clock.now()
    )
    say(gettext("%(name)s is off the list.", name=title), undo=undo)
    return redirect(url_for(back), code=303)


def _restore(kind: rows.Kind, public_id: str, back: str) -> Response:
    rows.restore_row(own_enterprise().id, kind, public_id, fair_id=current_fair().id, actor=actor(), now=clock.now())
    flash(gettext("It is back on the list."), "success")
    return redirect(url_for(back), code=303)
