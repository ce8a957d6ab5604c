"""A need as a buyer fills it in."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms.validators import Regexp

from fairapp.enterprises.taxonomy import code_list
from fairapp.needs.models import Need, NeedStatus, NeedVisibility
from fairapp.needs.service import NeedData
from fairapp.web import fields, languages, words
from fairapp.web.fields import Form


class NeedForm(Form):
    """The part or process a buyer looks for."""

    title_vi = fields.line(_("What you look for, in Vietnamese"), longest=160, required=False)
    title_en = fields.line(_("What you look for, in English"), longest=160, required=False)
    title_ja = fields.line(_("What you look for, in Japanese"), longest=160, required=False)
    title_ko = fields.line(_("What you look for, in Korean"), longest=160, required=False)
    kind = fields.choice(_("Kind"))
    process_code = fields.choice(_("Process"))
    material = fields.choice(_("Material"), required=False)
    tolerance = fields.choice(_("Tightest tolerance"), required=False)
    lot = fields.choice(_("Lot size"), required=False)
    monthly_quantity = fields.count(_("Pieces a month"), least=1, most=1_000_000_000, required=False)
    target_sop = fields.line(_("Start of production (YYYY-MM)"), longest=7, required=False)
    required_certificates = fields.choices(_("Certificates that are a must"), required=False)
    description = fields.paragraph(_("Details"), longest=1500, required=False)
    sample_on_display = fields.switch(_("A sample is on display at the fair"))
    nda_required = fields.switch(_("Drawings only after a non-disclosure agreement"))
    visibility = fields.choice(_("Who may read it"), default="public")
    status = fields.choice(_("State"), default="open")

    LISTS = {
        "kind": "need_kinds",
        "process_code": "processes",
        "material": "materials",
        "tolerance": "tolerance_bands",
        "lot": "lot_size_bands",
        "required_certificates": "certificates",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = languages.current_language()
        for name, code_list_name in self.LISTS.items():
            choices = code_list(code_list_name).choices(language)
            optional = name in {"material", "tolerance", "lot"}
            self[name].choices = fields.options([("", "–"), *choices] if optional else choices)
        self.visibility.choices = fields.options(words.options("visibility"))
        self.status.choices = fields.options(words.options("need"))
        self.target_sop.validators = [
            *self.target_sop.validators,
            Regexp(r"\d{4}-(0[1-9]|1[0-2])", message=_("Write year and month: 2027-07.")),
        ]

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        valid = super().validate(*args, **kwargs)
        if not any(self.texts("title").values()):
            self.title_vi.errors = [*self.title_vi.errors, _("Name it in at least one language.")]
            self.answer_with = 422
            return False
        return valid

    def texts(self, name: str) -> dict[str, str]:
        """Return a text in the languages in which it was given."""
        return {code: self[f"{name}_{code}"].data or "" for code in languages.LANGUAGES}

    def to_data(self) -> NeedData:
        """Return what was filled in."""
        return NeedData(
            kind=self.kind.data,
            title=self.texts("title"),
            description={languages.current_language(): self.description.data or ""},
            process=self.process_code.data,
            material=self.material.data or "",
            tolerance=self.tolerance.data or "",
            lot=self.lot.data or "",
            required_certificates=self.required_certificates.data or [],
            monthly_quantity=self.monthly_quantity.data,
            target_sop=self.target_sop.data or "",
            sample_on_display=self.sample_on_display.data,
            nda_required=self.nda_required.data,
            visibility=NeedVisibility(self.visibility.data),
            status=NeedStatus(self.status.data),
        )

    @staticmethod
    def values_of(need: Need) -> dict[str, Any]:
        """Return the values of a need that is edited."""
        names = (
            "kind", "material", "tolerance", "lot", "monthly_quantity", "target_sop",
            "required_certificates", "sample_on_display", "nda_required", "visibility", "status",
        )  # fmt: skip
        titles = {f"title_{code}": need.title.get(code, "") for code in languages.LANGUAGES}
        description = languages.text_in(need.description, languages.current_language())
        return {
            **{name: getattr(need, name) for name in names},
            **titles,
            "process_code": need.process,
            "description": description,
        }
