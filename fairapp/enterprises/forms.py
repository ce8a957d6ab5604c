"""What the register and the directory say of an enterprise."""

from typing import Any

from flask_babel import lazy_gettext as _

from fairapp.enterprises.models import CapabilityKind
from fairapp.enterprises.taxonomy import code_list
from fairapp.web import fields, languages
from fairapp.web.fields import Form


class ProfileForm(Form):
    """What the directory says of an enterprise."""

    main_products_vi = fields.line(_("Main products in Vietnamese"), longest=200)
    main_products_en = fields.line(_("Main products in English"), longest=200, required=False)
    main_products_ja = fields.line(_("Main products in Japanese"), longest=200, required=False)
    main_products_ko = fields.line(_("Main products in Korean"), longest=200, required=False)
    summary_vi = fields.paragraph(_("About the enterprise in Vietnamese"), longest=500, required=False)
    summary_en = fields.paragraph(_("About the enterprise in English"), longest=500, required=False)
    summary_ja = fields.paragraph(_("About the enterprise in Japanese"), longest=500, required=False)
    summary_ko = fields.paragraph(_("About the enterprise in Korean"), longest=500, required=False)
    website = fields.web_address(_("Website"))
    tightest_tolerance = fields.choice(_("Tightest tolerance"), required=False)
    sectors = fields.choices(_("Sectors"), most=3)
    processes = fields.choices(_("Processes"), most=10)
    materials = fields.choices(_("Materials"), required=False)
    certificates = fields.choices(_("Certificates"), required=False)
    practices = fields.choices(_("Practices"), required=False)

    KINDS = {
        "sectors": CapabilityKind.SECTOR,
        "processes": CapabilityKind.PROCESS,
        "materials": CapabilityKind.MATERIAL,
        "certificates": CapabilityKind.CERTIFICATE,
        "practices": CapabilityKind.PRACTICE,
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = languages.current_language()
        for name in self.KINDS:
            self[name].choices = fields.options(code_list(name).choices(language))
        self.tightest_tolerance.choices = fields.options([("", "–"), *code_list("tolerance_bands").choices(language)])

    def texts(self, name: str) -> dict[str, str]:
        """Return a text in the languages in which it was given."""
        return {code: self[f"{name}_{code}"].data or "" for code in languages.LANGUAGES}

    def capabilities(self) -> dict[CapabilityKind, list[str]]:
        """Return the codes that were ticked, by kind."""
        return {kind: self[name].data or [] for name, kind in self.KINDS.items()}
