"""Registration of visitors and buyers."""

from typing import Any

from flask_babel import lazy_gettext as _

from fairapp.enterprises.taxonomy import code_list
from fairapp.visitors.service import BuyerData, Registration
from fairapp.web import fields, languages
from fairapp.web.fields import Form


class RegistrationForm(Form):
    """What a visitor fills in, in under a minute on a phone."""

    refused_at = {"already_registered": "email", "phone_invalid": "phone"}

    full_name = fields.line(
        _("Full name"), longest=120, hint=_("As it shall stand on the badge."), render_kw={"autocomplete": "name"}
    )
    enterprise_name = fields.line(
        _("Enterprise or organization"), longest=200, render_kw={"autocomplete": "organization"}
    )
    position = fields.line(_("Position"), longest=80, required=False, render_kw={"autocomplete": "organization-title"})
    email = fields.email(_("Mail address"), hint=_("Your badge is sent here."), render_kw={"autocomplete": "email"})
    phone = fields.phone(_("Phone"), required=False, render_kw={"autocomplete": "tel"})
    country = fields.choice(_("Country"), default="VN")
    province = fields.choice(_("Province"), required=False)
    interests = fields.choices(_("What are you looking for?"), required=False)
    processing = fields.consent(_("I agree that the organizer keeps these data to issue my badge and run the fair."))
    news = fields.consent(_("I want to hear of the next fairs by mail."), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = languages.current_language()
        self.country.choices = fields.options(code_list("countries").choices(language))
        self.province.choices = fields.options([("", "–"), *code_list("provinces").choices(language)])
        self.interests.choices = fields.options(code_list("sectors").choices(language))

    def to_registration(self) -> Registration:
        """Return what was filled in."""
        return Registration(
            full_name=self.full_name.data,
            enterprise_name=self.enterprise_name.data,
            position=self.position.data or "",
            email=self.email.data,
            phone=self.phone.data or "",
            country=self.country.data,
            province=self.province.data or None,
            interests=self.interests.data or [],
        )

    def consents(self) -> list[tuple[str, str]]:
        """Return the consents that were given, with their words."""
        given = [("processing", self.processing), ("news", self.news)]
        return [(purpose, fields.label_of(control)) for purpose, control in given if control.data]


class BuyerForm(Form):
    """A buyer that the organizer enters and invites."""

    refused_at = {
        "tax_code_malformed": "tax_code",
        "tax_code_personal": "tax_code",
        "tax_code_check_digit": "tax_code",
        "registration_number_malformed": "tax_code",
        "already_buyer": "tax_code",
        "phone_invalid": "contact_phone",
    }

    legal_name = fields.line(_("Enterprise"), longest=200)
    country = fields.choice(_("Country of registration"), default="VN")
    tax_code = fields.line(_("Tax code"), longest=32)
    contact_name = fields.line(_("Contact"), longest=120)
    contact_title = fields.line(_("Title of the contact"), longest=80, required=False)
    contact_email = fields.email(_("Mail address"), hint=_("The invitation to sign in is sent here."))
    contact_phone = fields.phone(_("Phone"), required=False)
    meeting_language = fields.choice(_("Language of meetings"), list(languages.NAMES.items()), default="en")
    needs_interpreter = fields.switch(_("Needs an interpreter"))
    hosted = fields.switch(_("Hosted by the organizer"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.country.choices = fields.options(code_list("countries").choices(languages.current_language()))

    def to_data(self) -> BuyerData:
        """Return what was filled in."""
        return BuyerData(
            legal_name=self.legal_name.data,
            country=self.country.data,
            tax_code=self.tax_code.data,
            contact_name=self.contact_name.data,
            contact_title=self.contact_title.data or "",
            contact_email=self.contact_email.data,
            contact_phone=self.contact_phone.data or "",
            meeting_language=self.meeting_language.data,
            needs_interpreter=self.needs_interpreter.data,
            hosted=self.hosted.data,
        )
