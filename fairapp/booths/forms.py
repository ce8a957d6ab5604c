"""The booths an applicant would like."""

from flask_babel import lazy_gettext as _

from fairapp.web import fields
from fairapp.web.fields import Form


class ChoicesForm(Form):
    """Up to three booth codes."""

    refused_at = {"unknown_booth": "choice_1", "too_many_choices": "choice_1"}

    choice_1 = fields.line(_("First choice"), longest=16, hint=_("A booth code of the plan, such as A101."))
    choice_2 = fields.line(_("Second choice"), longest=16, required=False)
    choice_3 = fields.line(_("Third choice"), longest=16, required=False)

    def codes(self) -> list[str]:
        """Return the codes in their order, without empty ones."""
        return [field.data for field in (self.choice_1, self.choice_2, self.choice_3) if field.data]
