"""Forms of the catalogue."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, SelectField
from wtforms.validators import ValidationError

from fairapp.fairs.models import Fair
from fairapp.web import fields, languages
from fairapp.web.fields import Form

LONGEST_GREETING = 4000


class PrintForm(Form):
    """Which catalogue to print."""

    first = fields.choice(_("Language"), languages.NAMES.items(), default="vi")
    second = fields.choice(
        _("Second language"), [("", _("none")), *languages.NAMES.items()], required=False, default="en"
    )

    def validate_second(self, field: SelectField) -> None:
        """Refuse the same language twice."""
        if field.data and field.data == self.first.data:
            raise ValidationError(_("Choose another language than the first, or none."))

    def tongues(self) -> list[str]:
        """Return the languages in their order."""
        return [code for code in (self.first.data, self.second.data) if code]


class GreetingForm(Form):
    """The organizer's greeting at the front of the catalogue."""

    version = HiddenField()
    introduction_vi = fields.paragraph(
        _("Greeting in Vietnamese"), longest=LONGEST_GREETING, required=False, render_kw={"rows": 8}
    )
    introduction_en = fields.paragraph(
        _("Greeting in English"), longest=LONGEST_GREETING, required=False, render_kw={"rows": 8}
    )
    introduction_ja = fields.paragraph(
        _("Greeting in Japanese"), longest=LONGEST_GREETING, required=False, render_kw={"rows": 8}
    )
    introduction_ko = fields.paragraph(
        _("Greeting in Korean"), longest=LONGEST_GREETING, required=False, render_kw={"rows": 8}
    )

    def texts(self) -> dict[str, str]:
        """Return the greeting by language."""
        return {code: self[f"introduction_{code}"].data or "" for code in languages.LANGUAGES}

    @classmethod
    def values_of(cls, fair: Fair) -> Mapping[str, Any]:
        """Return what is edited."""
        texts = {f"introduction_{code}": (fair.introduction or {}).get(code, "") for code in languages.LANGUAGES}
        return {"version": str(fair.version), **texts}
