"""Registration of visitors, and their personal page."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from fairapp.visitors import queries, service
from fairapp.visitors.forms import RegistrationForm
from fairapp.web import clock, languages
from fairapp.web.access import actor, allow_public, current_fair
from fairapp.web.limits import TRIES, address_and_account, limiter

bp = Blueprint("registration", __name__, url_prefix="/<fair:fair_code>/register")


@bp.get("/")
@allow_public
def new_registration() -> str:
    """Show the registration form."""
    return render_template("visitors/register.html", form=RegistrationForm(data={"country": "VN"}))


@bp.post("/")
@allow_public
@limiter.limit("60 per minute; 2000 per hour")  # a hall full of people shares one address
@limiter.limit(TRIES, key_func=address_and_account)  # an address that is registered gets a mail each time
def create_registration() -> Response | tuple[str, int]:
    """Register; the personal page has the badge."""
    form = RegistrationForm()
    if form.validate_on_submit():
        with form.refusals():
            visitor = service.register(
                current_fair().id,
                form.to_registration(),
                consents=form.consents(),
                language=languages.current_language(),
                actor=actor(),
                now=clock.now(),
            )
            return redirect(url_for(".show_registration", token=visitor.token), code=303)
    return render_template("visitors/register.html", form=form), form.answer_with


@bp.get("/v/<token>")
@allow_public
def show_registration(token: str) -> str:
    """Show a visitor's own page: the badge and the data we keep."""
    visitor = queries.get_visitor_by_token(current_fair().id, token)
    return render_template("visitors/registration.html", visitor=visitor)


@bp.post("/v/<token>/withdraw")
@allow_public
def withdraw_registration(token: str) -> Response:
    """Withdraw the registration."""
    service.withdraw(current_fair().id, token, actor=actor(), now=clock.now())
    flash(gettext("Your registration is withdrawn. The badge is worthless now."), "success")
    return redirect(url_for(".show_registration", token=token), code=303)
