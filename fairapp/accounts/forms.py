"""Signing in and up."""

from flask_babel import lazy_gettext as _
from flask_security.forms import LoginForm, RegisterFormV2

from fairapp.web import fields


class SignInForm(LoginForm):  # type: ignore[misc]
    """Flask-Security's sign-in."""


class SignUpForm(RegisterFormV2):  # type: ignore[misc]
    """Flask-Security's sign-up, with the person's name."""

    full_name = fields.line(_("Full name"), longest=120)
