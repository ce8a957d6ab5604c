"""What an organizer corrects in the register."""

from typing import Any

from flask_babel import lazy_gettext as _

from fairapp.enterprises.forms import SeenForm
from fairapp.enterprises.taxonomy import code_list
from fairapp.web import fields, languages


class EntryForm(SeenForm):
    """What the register says of an enterprise."""

    refused_at = {
        "tax_code_malformed": "tax_code",
        "tax_code_personal": "tax_code",
        "tax_code_check_digit": "tax_code",
        "registration_number_malformed": "tax_code",
        "tax_code_taken": "tax_code",
        "phone_invalid": "phone",
    }

    legal_name = fields.line(_("Legal name"), longest=200, hint=_("As it stands on the registration certificate."))
    short_name = fields.line(_("Short name"), longest=120, required=False)
    english_name = fields.line(_("English name"), longest=200, required=False)
    country = fields.choice(_("Country of registration"), default="VN")
    tax_code = fields.line(
        _("Tax code"), longest=32, hint=_("10 digits, a branch 13. Enterprises abroad: registration number.")
    )
    legal_form = fields.choice(_("Legal form"), required=False)
    ownership = fields.choice(_("Ownership"), required=False)
    representative = fields.line(_("Legal representative"), longest=120, required=False)
    representative_title = fields.line(_("Title of the representative"), longest=80, required=False)
    address = fields.line(_("Address"), longest=300, required=False)
    industrial_park = fields.line(_("Industrial park"), longest=160, required=False)
    ward = fields.line(_("Ward or commune"), longest=120, required=False)
    province = fields.choice(_("Province"), required=False)
    postal_code = fields.line(_("Postal code"), longest=12, required=False)
    website = fields.web_address(_("Website"))
    phone = fields.phone(_("Phone"), required=False)
    employees = fields.count(_("Employees"), least=1, most=500000, required=False)
    established = fields.count(_("Founded in"), least=1800, most=2100, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = languages.current_language()
        self.country.choices = fields.options(code_list("countries").choices(language))
        for name, listed in (
            ("legal_form", "legal_forms"),
            ("ownership", "ownership_types"),
            ("province", "provinces"),
        ):
            self[name].choices = fields.options([("", "–"), *code_list(listed).choices(language)])
