"""Logo and products of the enterprise's own profile."""

from typing import Any

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from fairapp.accounts.policy import Role
from fairapp.enterprises.changes import ProfileChanged
from fairapp.enterprises.forms import LogoForm, ProductForm, read_upload
from fairapp.enterprises.models import Enterprise, Product
from fairapp.enterprises.service import certificates, rows
from fairapp.errors import NotFound
from fairapp.register.views.own import own_enterprise, page
from fairapp.web import clock
from fairapp.web.access import actor, allow, current_fair
from fairapp.web.toasts import Undo, say

bp = Blueprint("profile_products", __name__, url_prefix="/<fair:fair_code>/exhibitor/profile/products")


@bp.get("")
@allow(Role.EXHIBITOR_CONTACT)
def list_products() -> str:
    """Show logo and products."""
    return page("enterprises/products.html", own_enterprise(), logo=LogoForm(formdata=None))


@bp.post("/logo")
@allow(Role.EXHIBITOR_CONTACT)
def set_logo() -> Response | tuple[str, int]:
    """Keep a logo."""
    enterprise, form = own_enterprise(), LogoForm()
    if form.validate_on_submit():
        with form.refusals():
            certificates.set_logo(enterprise.id, read_upload(form.file), **_by())
            flash(gettext("Saved. The directory shows it at once."), "success")
            return redirect(url_for(".list_products"), code=303)
    return page("enterprises/products.html", enterprise, logo=form), form.answer_with


@bp.post("/logo/remove")
@allow(Role.EXHIBITOR_CONTACT)
def remove_logo() -> Response:
    """Take the logo off."""
    certificates.set_logo(own_enterprise().id, None, **_by())
    flash(gettext("The logo is taken off."), "success")
    return redirect(url_for(".list_products"), code=303)


@bp.get("/new")
@allow(Role.EXHIBITOR_CONTACT)
def new_product() -> str:
    """Show the form for one more product."""
    return page("enterprises/product.html", own_enterprise(), form=ProductForm(formdata=None), row=None)


@bp.post("")
@allow(Role.EXHIBITOR_CONTACT)
def create_product() -> Response | tuple[str, int]:
    """Add a product."""
    enterprise, form = own_enterprise(), ProductForm()
    if form.validate_on_submit():
        with form.refusals():
            rows.add_rows(enterprise.id, rows.PRODUCTS, [form.change().typed], photo=read_upload(form.photo), **_by())
            return _saved()
    return page("enterprises/product.html", enterprise, form=form, row=None), form.answer_with


@bp.get("/<id:product_id>")
@allow(Role.EXHIBITOR_CONTACT)
def edit_product(product_id: str) -> str:
    """Show one product."""
    enterprise = own_enterprise()
    product = find_product(enterprise, product_id)
    form = ProductForm.showing(rows.PRODUCTS.read(product))
    return page("enterprises/product.html", enterprise, form=form, row=product)


@bp.post("/<id:product_id>")
@allow(Role.EXHIBITOR_CONTACT)
def update_product(product_id: str) -> Response | tuple[str, int]:
    """Change a product."""
    enterprise, form = own_enterprise(), ProductForm()
    product = find_product(enterprise, product_id)
    if form.validate_on_submit():
        with form.refusals():
            try:
                rows.update_row(
                    enterprise.id, rows.PRODUCTS, product_id, form.change(), photo=read_upload(form.photo), **_by()
                )
                return _saved()
            except ProfileChanged as changed:
                form, enterprise = ProductForm.after(changed), own_enterprise()
                product = find_product(enterprise, product_id)
    return page("enterprises/product.html", enterprise, form=form, row=product), form.answer_with


@bp.post("/<id:product_id>/photo/remove")
@allow(Role.EXHIBITOR_CONTACT)
def remove_photo(product_id: str) -> Response:
    """Take the photo off a product."""
    rows.remove_photo(own_enterprise().id, product_id, **_by())
    flash(gettext("The photo is taken off."), "success")
    return redirect(url_for(".edit_product", product_id=product_id), code=303)


@bp.post("/<id:product_id>/up")
@allow(Role.EXHIBITOR_CONTACT)
def move_up(product_id: str) -> Response:
    """Move a product one place up."""
    rows.move_product(own_enterprise().id, product_id, -1, **_by())
    return redirect(url_for(".list_products", _anchor=product_id), code=303)


@bp.post("/<id:product_id>/down")
@allow(Role.EXHIBITOR_CONTACT)
def move_down(product_id: str) -> Response:
    """Move a product one place down."""
    rows.move_product(own_enterprise().id, product_id, 1, **_by())
    return redirect(url_for(".list_products", _anchor=product_id), code=303)


@bp.post("/<id:product_id>/remove")
@allow(Role.EXHIBITOR_CONTACT)
def remove_product(product_id: str) -> Response:
    """Take a product out, with a way back."""
    title = rows.remove_row(own_enterprise().id, rows.PRODUCTS, product_id, **_by())
    say(
        gettext("%(name)s is off the list.", name=title),
        undo=Undo(url=url_for(".restore_product", product_id=product_id)),
    )
    return redirect(url_for(".list_products"), code=303)


@bp.post("/<id:product_id>/restore")
@allow(Role.EXHIBITOR_CONTACT)
def restore_product(product_id: str) -> Response:
    """Put a product back."""
    rows.restore_row(own_enterprise().id, rows.PRODUCTS, product_id, **_by())
    flash(gettext("It is back on the list."), "success")
    return redirect(url_for(".list_products"), code=303)


def find_product(enterprise: Enterprise, public_id: str) -> Product:
    """Return a product of an enterprise; raise ``NotFound``."""
    for product in enterprise.products:
        if product.public_id == public_id:
            return product
    raise NotFound()


def _saved() -> Response:
    flash(gettext("Saved. The directory shows it at once."), "success")
    return redirect(url_for(".list_products"), code=303)


def _by() -> dict[str, Any]:
    return {"fair_id": current_fair().id, "actor": actor(), "now": clock.now()}
