"""What is filled in about the people on a booth."""

from typing import Any

from flask_babel import lazy_gettext as _

from fairapp.exhibitors.models import ExhibitorStaff
from fairapp.exhibitors.people import StaffData, StaffKind
from fairapp.web import fields, words
from fairapp.web.fields import Form


class StaffForm(Form):
    """A person on a booth."""

    refused_at = {
        "phone_invalid": "phone",
        "access_needs_email": "email",
        "already_on_list": "full_name",
        "extra_badges_to_agree": "extra_agreed",
        "last_contact": "kind",
    }

    full_name = fields.line(_("Full name"), longest=120, hint=_("As it shall stand on the badge."))
    position = fields.line(_("Position"), longest=80, required=False)
    email = fields.email(_("Mail address"), required=False)
    phone = fields.phone(_("Phone"), required=False)
    kind = fields.choice(
        _("Works as"), hint=_("A contact signs in and acts for the exhibitor; a contractor builds and dismantles.")
    )
    contractor = fields.line(_("Firm of the contractor"), longest=160, required=False)
    access = fields.switch(_("May sign in and see agenda and needs"))
    extra_agreed = fields.switch("")

    @staticmethod
    def values_of(person: ExhibitorStaff) -> dict[str, Any]:
        """Return what the list says of a person, to fill the form."""
        return {
            "full_name": person.full_name,
            "position": person.position,
            "email": person.email,
            "phone": person.phone,
            "kind": person.kind.value,
            "contractor": person.contractor,
            "access": person.account_id is not None,
        }

    def offer(self, kinds: tuple[StaffKind, ...]) -> None:
        """Let the form know which kinds of people may be entered."""
        self.kind.choices = fields.options([(kind.value, words.word(kind, "staff_kind")) for kind in kinds])
        if StaffKind.CONTACT not in kinds:
            del self.access

    def to_data(self) -> StaffData:
        """Return what was filled in."""
        return StaffData(
            full_name=self.full_name.data,
            position=self.position.data or "",
            email=self.email.data or "",
            phone=self.phone.data or "",
            kind=StaffKind(self.kind.data),
            contractor=self.contractor.data or "",
            access="access" in self and bool(self.access.data),
        )


class PasteForm(Form):
    """Many people at once, as rows from a spreadsheet or a file."""

    refused_at = {
        "no_rows": "rows",
        "sheet_unreadable": "file",
        "sheet_too_long": "file",
        "file_empty": "file",
        "extra_badges_to_agree": "extra_agreed",
        "badges_used_up": "rows",
    }

    kind = fields.choice(_("Work as"))
    contractor = fields.line(
        _("Firm of the contractor"), longest=160, required=False, hint=_("Where no row names another one.")
    )
    rows = fields.paragraph(
        _("Rows"),
        longest=200_000,
        required=False,
        hint=_("One person a row: name; position; mail address; phone. Or copy the cells out of a spreadsheet."),
        render_kw={"rows": 10, "spellcheck": "false"},
    )
    file = fields.upload(_("Or a file"), megabytes=5, required=False, accept=".xlsx,.xls,.ods,.csv,.tsv,.txt")
    extra_agreed = fields.switch("")

    def offer(self, kinds: tuple[StaffKind, ...]) -> None:
        """Let the form know which kinds of people may be entered: nobody is invited by the row."""
        listed = [(kind.value, words.word(kind, "staff_kind")) for kind in kinds if kind is not StaffKind.CONTACT]
        self.kind.choices = fields.options(listed)
