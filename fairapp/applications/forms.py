"""The application, and the decisions on it."""

from typing import Any

from flask_babel import lazy_gettext as _

from fairapp.applications.models import Application
from fairapp.applications.service.applying import ApplicationData
from fairapp.enterprises.models import CapabilityKind
from fairapp.enterprises.taxonomy import code_list
from fairapp.web import fields, languages
from fairapp.web.fields import Form

EXHIBITOR_BOOTH_TYPES = ("standard_9", "standard_18", "premium_9", "raw_space")


class ApplicationForm(Form):
    """An enterprise's request to take part."""

    refused_at = {
        "tax_code_malformed": "tax_code",
        "tax_code_personal": "tax_code",
        "tax_code_check_digit": "tax_code",
        "registration_number_malformed": "tax_code",
        "already_applied": "tax_code",
        "representative_office": "legal_form",
        "phone_invalid": "contact_phone",
        "file_kind": "scan",
        "file_broken": "scan",
        "file_empty": "scan",
        "image_too_large": "scan",
    }

    legal_name = fields.line(_("Legal name"), longest=200, hint=_("As it stands on the registration certificate."))
    english_name = fields.line(_("English name"), longest=200, required=False)
    country = fields.choice(_("Country of registration"), default="VN")
    tax_code = fields.line(
        _("Tax code"),
        longest=32,
        hint=_("10 digits, a branch 13. Enterprises abroad: registration number."),
        render_kw={"inputmode": "text", "autocomplete": "off"},
    )
    legal_form = fields.choice(_("Legal form"))
    representative = fields.line(_("Legal representative"), longest=120)
    representative_title = fields.line(_("Title of the representative"), longest=80, required=False)
    address = fields.line(_("Address"), longest=300, hint=_("Street or industrial park, and ward or commune."))
    province = fields.choice(_("Province"), required=False)
    website = fields.web_address(_("Website"))
    employees = fields.count(_("Employees"), least=1, most=500000)
    established = fields.count(_("Founded in"), least=1800, most=2100, required=False)
    sectors = fields.choices(_("Sectors"), most=3, hint=_("At most 3."))
    processes = fields.choices(_("Processes"), most=10, hint=_("At most 10."))
    main_products_vi = fields.line(_("Main products in Vietnamese"), longest=200)
    main_products_en = fields.line(_("Main products in English"), longest=200, required=False)
    fascia_name = fields.line(
        _("Fascia name"), longest=30, hint=_("The name on the board of your booth, at most 30 letters.")
    )
    contact_name = fields.line(_("Contact"), longest=120, render_kw={"autocomplete": "name"})
    contact_title = fields.line(_("Title of the contact"), longest=80, required=False)
    contact_email = fields.email(_("Mail address"), render_kw={"autocomplete": "email"})
    contact_phone = fields.phone(_("Mobile phone (Zalo)"), render_kw={"autocomplete": "tel"})
    booth_type = fields.choice(_("Booth type"))
    area = fields.count(_("Net area in m²"), least=4, most=600, default=9)
    message = fields.paragraph(_("Message to the organizer"), longest=1000, required=False)
    scan = fields.upload(
        _("Signed and stamped form"),
        megabytes=10,
        required=False,
        accept=".pdf,.jpg,.jpeg,.png",
        hint=_("PDF, JPEG or PNG, at most 10 MB. May follow later."),
    )
    processing = fields.consent(_("We agree that the organizer keeps and uses these data to run this fair."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = languages.current_language()
        self.country.choices = fields.options(code_list("countries").choices(language))
        self.legal_form.choices = fields.options(code_list("legal_forms").choices(language))
        self.province.choices = fields.options([("", "–"), *code_list("provinces").choices(language)])
        self.sectors.choices = fields.options(code_list("sectors").choices(language))
        self.processes.choices = fields.options(code_list("processes").choices(language))
        types = dict(code_list("booth_types").choices(language))
        self.booth_type.choices = fields.options([(code, types[code]) for code in EXHIBITOR_BOOTH_TYPES])

    def to_data(self) -> ApplicationData:
        """Return what was filled in."""
        products = {"vi": self.main_products_vi.data, "en": self.main_products_en.data or ""}
        return ApplicationData(
            legal_name=self.legal_name.data,
            english_name=self.english_name.data or "",
            country=self.country.data,
            tax_code=self.tax_code.data,
            legal_form=self.legal_form.data,
            representative=self.representative.data,
            representative_title=self.representative_title.data or "",
            address=self.address.data,
            province=self.province.data or None,
            website=self.website.data or "",
            employees=self.employees.data,
            established=self.established.data,
            sectors=self.sectors.data or [],
            processes=self.processes.data or [],
            main_products=products,
            fascia_name=self.fascia_name.data,
            contact_name=self.contact_name.data,
            contact_title=self.contact_title.data or "",
            contact_email=self.contact_email.data,
            contact_phone=self.contact_phone.data,
            booth_type=self.booth_type.data,
            area=self.area.data,
            message=self.message.data or "",
        )

    def consents(self) -> list[tuple[str, str]]:
        """Return the consents that were given, with their words."""
        return [("processing", fields.label_of(self.processing))] if self.processing.data else []

    @staticmethod
    def values_of(application: Application) -> dict[str, Any]:
        """Return the values of an application that is edited again."""
        enterprise = application.enterprise
        names = (
            "legal_name", "english_name", "country", "tax_code", "legal_form", "representative",
            "representative_title", "address", "province", "website", "employees", "established",
        )  # fmt: skip
        own = (
            "fascia_name", "contact_name", "contact_title", "contact_email", "contact_phone",
            "booth_type", "area", "message",
        )  # fmt: skip
        return {
            **{name: getattr(enterprise, name) for name in names},
            **{name: getattr(application, name) for name in own},
            "sectors": enterprise.codes(CapabilityKind.SECTOR),
            "processes": enterprise.codes(CapabilityKind.PROCESS),
            "main_products_vi": enterprise.main_products.get("vi", ""),
            "main_products_en": enterprise.main_products.get("en", ""),
        }


class ReasonForm(Form):
    """Why an application is rejected or returned; the enterprise reads it."""

    reason = fields.paragraph(_("Reason, as the enterprise will read it"), longest=500)
