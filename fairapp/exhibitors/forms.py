"""The people on a booth."""

from flask_babel import lazy_gettext as _

from fairapp.exhibitors.service.staff import StaffData
from fairapp.web import fields
from fairapp.web.fields import Form


class StaffForm(Form):
    """A person on a booth."""

    refused_at = {"phone_invalid": "phone"}

    full_name = fields.line(_("Full name"), longest=120, hint=_("As it shall stand on the badge."))
    position = fields.line(_("Position"), longest=80, required=False)
    email = fields.email(_("Mail address"), required=False)
    phone = fields.phone(_("Phone"), required=False)

    def to_data(self) -> StaffData:
        """Return what was filled in."""
        return StaffData(
            full_name=self.full_name.data,
            position=self.position.data or "",
            email=self.email.data or "",
            phone=self.phone.data or "",
        )
