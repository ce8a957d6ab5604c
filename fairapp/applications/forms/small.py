"""The small forms around an application: the signed form, a message, who may apply."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import HiddenField

from fairapp.applications.eligibility import Rules
from fairapp.applications.forms.participation import SCAN_MEGABYTES
from fairapp.enterprises.taxonomy import code_list
from fairapp.web import fields, languages
from fairapp.web.fields import Form


class SignedFormForm(Form):
    """The printed application with signature and stamp."""

    refused_at = {
        "file_kind": "scan",
        "file_broken": "scan",
        "file_empty": "scan",
        "image_too_large": "scan",
        "scan_of_another": "scan",
        "scan_of_another_fair": "scan",
    }

    scan = fields.upload(
        _("Signed and stamped form"),
        megabytes=SCAN_MEGABYTES,
        accept=".pdf,.jpg,.jpeg,.png",
        hint=_("PDF, JPEG or PNG, at most 20 MB."),
    )


class MessageForm(Form):
    """A message to the organizer."""

    text = fields.paragraph(_("Message to the organizer"), longest=2000)


class EligibilityForm(Form):
    """Who may apply to a fair."""

    version = HiddenField()
    supply_kinds = fields.choices(
        _("Place in the supply chain"), required=False, hint=_("Nothing ticked: everybody may apply.")
    )
    decree_groups = fields.choices(
        _("Priority groups of Decree 111/2015"),
        required=False,
        hint=_("At least one sector belongs to one of them, or serves all."),
    )
    sectors = fields.choices(_("Sectors of this fair"), required=False, hint=_("Nothing ticked: every sector."))
    countries = fields.choices(_("Countries"), required=False, hint=_("Nothing ticked: enterprises of any country."))
    years = fields.count(_("Years since it was founded, at least"), least=0, most=50, required=False)
    employees = fields.count(_("Employees, at least"), least=0, most=10000, required=False)

    LISTS = ("supply_kinds", "decree_groups", "sectors", "countries")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = languages.current_language()
        for name in self.LISTS:
            self[name].choices = fields.options(code_list(name).choices(language))

    def to_rules(self) -> Rules:
        """Return the rules that were set."""
        return Rules(
            **{name: tuple(self[name].data or ()) for name in self.LISTS},
            years=self.years.data or 0,
            employees=self.employees.data or 0,
        )

    @staticmethod
    def values_of(rules: Rules, version: int) -> dict[str, Any]:
        """Return the values of rules that are edited."""
        return {
            "version": str(version),
            "supply_kinds": list(rules.supply_kinds),
            "decree_groups": list(rules.decree_groups),
            "sectors": list(rules.sectors),
            "countries": list(rules.countries),
            "years": rules.years or None,
            "employees": rules.employees or None,
        }
