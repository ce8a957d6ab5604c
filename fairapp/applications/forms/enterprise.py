"""The first step: the enterprise that applies."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import HiddenField

from fairapp.applications import answers
from fairapp.applications.forms.base import ProvinceField, Row, StepForm, rows
from fairapp.enterprises.taxonomy import code_list
from fairapp.web import fields, languages

MARKETS = ("JP", "KR", "CN", "TW", "TH", "SG", "MY", "ID", "IN", "US", "DE", "FR", "NL", "GB", "AU", "RU")
"""Where enterprises of supporting industry sell most; others that were entered before stay."""

MOST_ROWS = {"certificates": 30, "machines": 80, "customers": 40}


class CertificateRow(Row):
    """One certificate."""

    code = fields.choice(_("Certificate"))
    number = fields.line(_("Number"), longest=60, required=False)
    issuer = fields.line(_("Issuer"), longest=120, required=False)
    expires_on = fields.day(_("Valid until"), required=False)
    kept = HiddenField()
    file = fields.upload(_("File"), megabytes=10, required=False, accept=".pdf,.jpg,.jpeg,.png")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.code.choices = fields.options(
            [("", "–"), *code_list("certificates").choices(languages.current_language())]
        )

    def answers(self) -> dict[str, Any]:
        """Return what was filled in; the file by its public id."""
        found = super().answers()
        return {**found, "file": found.pop("kept") or ""}


class MachineRow(Row):
    """One kind of machine."""

    kind = fields.line(_("Machine"), longest=120)
    maker = fields.line(_("Maker"), longest=80, required=False)
    model = fields.line(_("Model"), longest=80, required=False)
    year = fields.count(_("Year"), least=1950, most=2100, required=False)
    quantity = fields.count(_("Quantity"), least=1, most=999, required=False)
    key_size = fields.line(_("Size or tonnage"), longest=80, required=False)


class CustomerRow(Row):
    """One customer."""

    name = fields.line(_("Customer"), longest=160)
    country = fields.choice(_("Country"), required=False)
    products = fields.line(_("What you supply"), longest=200, required=False)
    since = fields.count(_("Since"), least=1950, most=2100, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.country.choices = fields.options(
            [("", "–"), *code_list("countries").choices(languages.current_language())]
        )


class EnterpriseForm(StepForm):
    """What the enterprise is, where it is, and what it can make."""

    step = answers.ENTERPRISE
    repeated = ("certificates", "machines", "customers")

    legal_name = fields.line(_("Legal name"), longest=200, hint=_("As it stands on the registration certificate."))
    english_name = fields.line(_("English name"), longest=200, required=False)
    country = fields.choice(_("Country of registration"), default="VN")
    tax_code = fields.line(
        _("Tax code"),
        longest=32,
        hint=_("10 digits, a branch 13. Enterprises abroad: registration number."),
        render_kw={"inputmode": "text", "autocomplete": "off"},
    )
    distinct = fields.switch(_("We are another enterprise"))
    legal_form = fields.choice(_("Legal form"))
    ownership = fields.choice(_("Ownership"))
    capital_country = fields.choice(_("Country of the owners"), required=False)
    women_owned = fields.switch(_("Owned or led by women"))
    established = fields.count(_("Founded in"), least=1800, most=2100)
    employees = fields.count(_("Employees"), least=1, most=500000)
    revenue_band = fields.choice(_("Yearly revenue"), required=False)
    representative = fields.line(_("Legal representative"), longest=120)
    representative_title = fields.line(_("Title of the representative"), longest=80)
    address = fields.line(_("Street address"), longest=300, hint=_("Number and street, or lot in the park."))
    industrial_park = fields.line(_("Industrial park"), longest=160, required=False)
    ward = fields.line(_("Ward or commune"), longest=120, required=False, hint=_("As since 1 July 2025."))
    province = ProvinceField(_("Province"), description=_("Old names do too: Hải Dương is found as Hải Phòng."))
    postal_code = fields.line(_("Postal code"), longest=12, required=False)
    phone = fields.phone(_("Phone of the enterprise"), required=False)
    website = fields.web_address(_("Website"))
    supply_kind = fields.choice(_("What you are in the supply chain"))
    supply_tier = fields.choice(_("Supply tier"), required=False)
    main_products_vi = fields.line(_("Main products in Vietnamese"), longest=200)
    main_products_en = fields.line(_("Main products in English"), longest=200, required=False)
    sectors = fields.choices(_("Sectors"), most=3, hint=_("At most 3."))
    processes = fields.choices(_("Processes"), most=10, hint=_("At most 10."))
    materials = fields.choices(_("Materials"), required=False)
    tightest_tolerance = fields.choice(_("Tightest tolerance"), required=False)
    lot_sizes = fields.choices(_("Lot sizes"), required=False)
    capacity = fields.line(_("Capacity in a month"), longest=200, required=False, hint=_("Such as 20,000 shafts."))
    certificates = rows(CertificateRow, _("Certificates"), most=MOST_ROWS["certificates"])
    machines = rows(MachineRow, _("Machines"), most=MOST_ROWS["machines"])
    customers = rows(CustomerRow, _("Customers"), most=MOST_ROWS["customers"])
    export_percent = fields.count(_("Exported share in per cent"), least=0, most=100, required=False)
    export_markets = fields.choices(_("Export markets"), required=False)
    languages = fields.choices(_("Languages spoken with buyers"), required=False)
    programs = fields.choices(_("Support programs joined"), required=False)
    summary_vi = fields.paragraph(_("Catalogue text in Vietnamese"), longest=500, required=False)
    summary_en = fields.paragraph(_("Catalogue text in English"), longest=500, required=False)
    logo_kept = HiddenField()
    logo = fields.upload(
        _("Logo"),
        megabytes=5,
        required=False,
        accept=".png,.jpg,.jpeg,.webp",
        hint=_("PNG, JPEG or WebP, at most 5 MB."),
    )

    CODES = {
        "country": "countries",
        "legal_form": "legal_forms",
        "ownership": "ownership_types",
        "supply_kind": "supply_kinds",
        "sectors": "sectors",
        "processes": "processes",
        "materials": "materials",
        "lot_sizes": "lot_size_bands",
        "programs": "support_programs",
    }
    OPTIONAL_CODES = {
        "capital_country": "countries",
        "revenue_band": "revenue_bands",
        "supply_tier": "supply_tiers",
        "tightest_tolerance": "tolerance_bands",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = languages.current_language()
        for name, codes in self.CODES.items():
            listed = code_list(codes).choices(language)
            must_choose = name in ("legal_form", "ownership", "supply_kind")
            self[name].choices = fields.options([("", "–"), *listed] if must_choose else listed)
        for name, codes in self.OPTIONAL_CODES.items():
            self[name].choices = fields.options([("", "–"), *code_list(codes).choices(language)])
        self.export_markets.choices = _some("countries", (*MARKETS, *(self.export_markets.data or ())), language)
        self["languages"].choices = fields.options(code_list("languages").choices(language))
        if self.country.data in (None, "VN"):
            self.ward.flags.required = self.province.flags.required = True

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        valid = super().validate(*args, **kwargs)
        at_home = self.country.data == "VN"
        return all((self.needs("ward", "province") if at_home else True, valid, self._has_each_certificate_once()))

    def _has_each_certificate_once(self) -> bool:
        seen: set[str] = set()
        fine = True
        for row in self.certificates:
            code = row.form.code.data
            if code and code in seen:
                row.form.code.errors = [*row.form.code.errors, str(_("This certificate is above already."))]
                self.certificates.errors = [entry.errors for entry in self.certificates]
                self.answer_with, fine = 422, False
            seen.add(code)
        return fine

    def answers(self) -> dict[str, Any]:
        """Return what was filled in; the logo by its public id."""
        found = super().answers()
        return {**found, "logo": found.pop("logo_kept") or ""}


def _some(codes: str, wanted: tuple[str, ...], language: str) -> list[Any]:
    known = code_list(codes)
    return fields.options([(code, known.label(code, language)) for code in dict.fromkeys(wanted) if code in known])
