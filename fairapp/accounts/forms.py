"""Signing in and up, and giving roles."""

from typing import Any

from flask_babel import lazy_gettext as _
from flask_security.forms import LoginForm, RegisterFormV2
from flask_security.webauthn import WebAuthnRegisterForm
from wtforms.validators import Length

from fairapp.web import fields, languages, words
from fairapp.web.fields import Form


class SignInForm(LoginForm):  # type: ignore[misc]
    """Flask-Security's sign-in."""


class SignUpForm(RegisterFormV2):  # type: ignore[misc]
    """Flask-Security's sign-up, with the person's name and the language in which our mails speak to them."""

    full_name = fields.line(_("Full name"), longest=120)

    def to_dict(self, only_user: bool) -> dict[str, Any]:
        return {**super().to_dict(only_user), "language": languages.current_language()}


class PasskeyForm(WebAuthnRegisterForm):  # type: ignore[misc]
    """Flask-Security's form for a new passkey, whose name is as long as we keep it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name.validators = [*self.name.validators, Length(max=64)]


class MemberForm(Form):
    """A person who gets a role that is not tied to an enterprise."""

    refused_at = {"already_member": "email"}

    full_name = fields.line(_("Full name"), longest=120)
    email = fields.email(_("Mail address"))
    role = fields.choice(_("Role"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The weakest role first: it is what stands there when nobody chooses.
        self.role.choices = fields.options(
            [(code, words.word(code, "role")) for code in ("gate", "co_organizer", "organizer")]
        )
