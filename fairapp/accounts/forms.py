"""Signing in and up, and giving roles."""

from typing import Any

from flask_babel import lazy_gettext as _
from flask_security.forms import LoginForm, RegisterFormV2
from flask_security.webauthn import WebAuthnRegisterForm
from wtforms.validators import Length

from fairapp.web import fields, languages, words
from fairapp.web.access import current_fair
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
    body = fields.choice(
        _("Body of a co-organizer"),
        required=False,
        hint=_("A co-organizer sees and decides the enterprises of its body."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies = [
            (one.public_id, languages.text_in(one.name, languages.current_language()))
            for one in current_fair().co_organizers
        ]
        self.body.choices = fields.options([("", "–"), *bodies])
        # The weakest role first: it is what stands there when nobody chooses.
        self.role.choices = fields.options(
            [(code, words.word(code, "role")) for code in ("gate", "co_organizer", "organizer")]
        )

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        valid = super().validate(*args, **kwargs)
        if self.role.data == "co_organizer" and not self.body.data and len(self.body.choices) > 1:
            self.body.errors = [*self.body.errors, _("Choose the body for which this person acts.")]
            self.answer_with = 422
            return False
        return valid


class SavedViewForm(Form):
    """The name under which filters of a list are kept."""

    name = fields.line(_("Name of the view"), longest=60)
    shared = fields.switch(_("The other organizers see it too"))
