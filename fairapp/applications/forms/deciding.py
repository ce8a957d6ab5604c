"""Decisions on an application."""

from flask_babel import lazy_gettext as _

from fairapp.web import fields
from fairapp.web.fields import Form


class ReasonForm(Form):
    """Why an application is rejected or returned; the enterprise reads it."""

    reason = fields.paragraph(_("Reason, as the enterprise will read it"), longest=500)
