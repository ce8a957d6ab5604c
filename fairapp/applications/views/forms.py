"""What organizers and co-organizers fill in about applications."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import HiddenField
from wtforms.validators import AnyOf, Regexp

from fairapp.applications.lifecycle import DECISIONS, Step
from fairapp.applications.service.co_organizers import CoOrganizerData
from fairapp.enterprises.taxonomy import code_list
from fairapp.fairs.models import CoOrganizer
from fairapp.web import fields, languages
from fairapp.web.fields import Form


class ReasonForm(Form):
    """Why an application is rejected or returned; the enterprise reads it."""

    reason = fields.paragraph(_("Reason, as the enterprise will read it"), longest=500)


class NoteForm(Form):
    """What organizers tell each other."""

    text = fields.paragraph(_("Note"), longest=2000, hint=_("The enterprise never reads it."))


class MessageForm(Form):
    """What the enterprise reads on its page and in its mail."""

    text = fields.paragraph(_("Message"), longest=2000, hint=_("Goes to the contact by mail."))


class RecommendForm(Form):
    """What a co-organizer says to its recommendation."""

    text = fields.paragraph(
        _("Why"), longest=500, required=False, hint=_("For the organizer; the enterprise never reads it.")
    )


class BulkForm(Form):
    """One step with many applications: those that are ticked, or all that the filter leaves."""

    step = HiddenField(validators=[AnyOf([step.value for step in Step])])
    ids = HiddenField()
    """Public ids, parted by spaces: the second time the page sends what the first page chose."""
    reason = fields.paragraph(_("Reason, as the enterprises will read it"), longest=500, required=False)

    @property
    def wanted(self) -> Step:
        """The step, once the form is valid."""
        return Step(self.step.data)

    def lacks_reason(self) -> bool:
        """Whether the step wants a reason and has none; says so beside the field."""
        if not DECISIONS[self.wanted].with_reason or self.reason.data:
            return False
        self.reason.errors = [*self.reason.errors, fields.REQUIRED]
        self.answer_with = 422
        return True


class CoOrganizerForm(Form):
    """A body that sends its enterprises to the fair."""

    refused_at = {"co_organizer_exists": "code"}

    code = fields.line(_("Code"), longest=16, hint=_("Short, such as SCT-BN."))
    name_vi = fields.line(_("Name in Vietnamese"), longest=160)
    name_en = fields.line(_("Name in English"), longest=160)
    name_ja = fields.line(_("Name in Japanese"), longest=160, required=False)
    name_ko = fields.line(_("Name in Korean"), longest=160, required=False)
    country = fields.choice(_("Country"), default="VN")
    quota = fields.count(
        _("Quota"),
        least=0,
        most=5000,
        required=False,
        hint=_("How many exhibitors it may accept. Empty: as many as it likes."),
    )
    may_decide = fields.switch(
        _("Decides itself"), hint=_("Otherwise it sees its enterprises and recommends, and the organizer decides.")
    )
    contact_name = fields.line(_("Contact"), longest=120, required=False)
    contact_email = fields.email(
        _("Mail address"), required=False, hint=_("Gets the messages of its enterprises if it decides itself.")
    )
    tax_code = fields.line(_("Tax code"), longest=32, required=False)
    address = fields.line(_("Address"), longest=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.country.choices = fields.options(code_list("countries").choices(languages.current_language()))
        self.code.validators = [
            *self.code.validators,
            Regexp(r"[A-Za-z0-9][A-Za-z0-9.-]*$", message=_("Letters, digits, dots and dashes only.")),
        ]

    def to_data(self) -> CoOrganizerData:
        """Return what was filled in."""
        return CoOrganizerData(
            code=self.code.data.upper(),
            name={code: self[f"name_{code}"].data or "" for code in languages.LANGUAGES},
            country=self.country.data,
            quota=self.quota.data,
            may_decide=self.may_decide.data,
            contact_name=self.contact_name.data or "",
            contact_email=self.contact_email.data or "",
            tax_code=self.tax_code.data or "",
            address=self.address.data or "",
        )

    @staticmethod
    def values_of(body: CoOrganizer) -> dict[str, Any]:
        """Return the values of a body that is edited."""
        names = ("code", "country", "quota", "may_decide", "contact_name", "contact_email", "tax_code", "address")
        return {
            **{name: getattr(body, name) for name in names},
            **{f"name_{code}": body.name.get(code, "") for code in languages.LANGUAGES},
        }
