"""Gates."""

from typing import Any

from flask_babel import lazy_gettext as _
from wtforms.validators import Regexp

from fairapp.badges.categories import CATEGORIES
from fairapp.enterprises.taxonomy import code_list
from fairapp.web import fields, languages
from fairapp.web.fields import Form


class GateForm(Form):
    """A place where badges are scanned."""

    refused_at = {"gate_exists": "code"}

    code = fields.line(_("Code"), longest=16, hint=_("Short, such as A1."))
    name = fields.line(_("Name"), longest=80)
    categories = fields.choices(
        _("Who may pass"), required=False, hint=_("Tick none and everybody with a badge may pass.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = code_list("badge_categories")
        language = languages.current_language()
        self.categories.choices = fields.options([(code, labels.label(code, language)) for code in CATEGORIES])
        self.code.validators = [
            *self.code.validators,
            Regexp(r"[A-Za-z0-9-]+\Z", message=_("Letters, digits and dashes only.")),
        ]
