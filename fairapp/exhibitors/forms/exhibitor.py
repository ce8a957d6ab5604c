"""What is filled in about one exhibitor: contact, agreement, links, co-exhibitors."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _

from fairapp.exhibitors.models import Exhibitor
from fairapp.exhibitors.service.changing import AgreedData, ContactData
from fairapp.exhibitors.service.delegating import DelegationData
from fairapp.exhibitors.service.joining import CoExhibitorData
from fairapp.web import fields, languages
from fairapp.web.fields import Form

LONGEST_FASCIA = 30


class ContactForm(Form):
    """Whom the organizer writes to, and what stands on the fascia."""

    refused_at = {"phone_invalid": "contact_phone", "fascia_frozen": "fascia_name"}

    contact_name = fields.line(_("Contact"), longest=120)
    contact_title = fields.line(_("Position"), longest=80, required=False)
    contact_email = fields.email(_("Mail address"))
    contact_phone = fields.phone(_("Phone"), required=False)
    language = fields.choice(_("Language of our mails"), languages.NAMES.items())
    fascia_name = fields.line(
        _("Fascia name"), longest=LONGEST_FASCIA, hint=_("At most 30 characters: they are cut out and glued on.")
    )

    @staticmethod
    def values_of(exhibitor: Exhibitor) -> dict[str, Any]:
        """Return what is known, to fill the form."""
        names = ("contact_name", "contact_title", "contact_email", "contact_phone", "language", "fascia_name")
        return {name: getattr(exhibitor, name) for name in names}

    def to_data(self) -> ContactData:
        """Return what was filled in."""
        return ContactData(
            contact_name=self.contact_name.data,
            contact_title=self.contact_title.data or "",
            contact_email=self.contact_email.data,
            contact_phone=self.contact_phone.data or "",
            language=self.language.data,
            fascia_name=self.fascia_name.data,
        )


class AgreedForm(Form):
    """What organizer and exhibitor have agreed on."""

    booth_type = fields.choice(_("Booth type"))
    area = fields.count(_("Net area in m²"), least=0, most=5000)
    quantity = fields.count(_("Booths"), least=0, most=200)
    corner = fields.switch(_("Corner"))
    free_badges = fields.count(
        _("Free staff badges"), least=0, most=999, required=False, hint=_("Empty: by booth area, as the fair says.")
    )
    badge_limit = fields.count(
        _("Most staff badges"), least=0, most=999, required=False, hint=_("Empty: as the fair says.")
    )

    @staticmethod
    def values_of(exhibitor: Exhibitor) -> dict[str, Any]:
        """Return what was agreed so far."""
        names = ("booth_type", "area", "quantity", "corner", "free_badges", "badge_limit")
        return {name: getattr(exhibitor, name) for name in names}

    def to_data(self) -> AgreedData:
        """Return what was filled in."""
        return AgreedData(
            booth_type=self.booth_type.data,
            area=self.area.data,
            quantity=self.quantity.data,
            corner=self.corner.data,
            free_badges=self.free_badges.data,
            badge_limit=self.badge_limit.data,
        )


class ReasonForm(Form):
    """Why an exhibitor withdraws, or why a co-exhibitor is not accepted."""

    reason = fields.paragraph(_("Reason"), longest=2000)


class LinkForm(Form):
    """A firm that shall act for the exhibitor."""

    refused_at = {"delegation_for_nothing": "may_order", "delegation_past": "expires_on"}

    name = fields.line(_("Firm"), longest=160)
    email = fields.email(_("Mail address"))
    may_order = fields.switch(_("May order services and furniture"), default=True)
    may_list_staff = fields.switch(_("May enter staff and contractors"), default=True)
    expires_on = fields.day(_("Works until"))

    def to_data(self, timezone: str) -> DelegationData:
        """Return what was filled in; the link works until the day is over."""
        after = self.expires_on.data + timedelta(days=1)
        return DelegationData(
            name=self.name.data,
            email=self.email.data,
            may_order=self.may_order.data,
            may_list_staff=self.may_list_staff.data,
            expires_at=datetime(after.year, after.month, after.day, tzinfo=ZoneInfo(timezone)),
        )


class CoExhibitorForm(Form):
    """An enterprise that shall come onto a booth."""

    refused_at = {
        "tax_code_malformed": "tax_code",
        "tax_code_personal": "tax_code",
        "tax_code_check_digit": "tax_code",
        "registration_number_malformed": "tax_code",
        "already_exhibitor": "tax_code",
        "already_proposed": "tax_code",
        "phone_invalid": "contact_phone",
    }

    legal_name = fields.line(_("Legal name"), longest=200)
    country = fields.choice(_("Country"), [])
    tax_code = fields.line(
        _("Tax code"), longest=32, hint=_("Ten digits, of a branch thirteen; abroad the registration number.")
    )
    contact_name = fields.line(_("Contact"), longest=120)
    contact_email = fields.email(_("Mail address"), hint=_("Gets an invitation to sign in."))
    contact_phone = fields.phone(_("Phone"), required=False)
    language = fields.choice(_("Language of our mails"), languages.NAMES.items())

    def offer(self, countries: list[tuple[str, str]]) -> None:
        """Let the form know the countries."""
        self.country.choices = fields.options(countries)

    def to_data(self) -> CoExhibitorData:
        """Return what was filled in."""
        return CoExhibitorData(
            legal_name=self.legal_name.data,
            country=self.country.data,
            tax_code=self.tax_code.data,
            contact_name=self.contact_name.data,
            contact_email=self.contact_email.data,
            contact_phone=self.contact_phone.data or "",
            language=self.language.data,
        )
