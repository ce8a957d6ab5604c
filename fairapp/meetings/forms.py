"""Asking for a meeting and answering."""

from flask_babel import lazy_gettext as _

from fairapp.web import fields
from fairapp.web.fields import Form


class RequestForm(Form):
    """A request with a few words."""

    message = fields.paragraph(_("Message"), longest=600, required=False, hint=_("What would you like to talk about?"))


class DeclineForm(Form):
    """A polite no."""

    reason = fields.paragraph(_("Reason"), longest=300, required=False)
