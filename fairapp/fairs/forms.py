"""Settings of a fair."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _
from wtforms import DateTimeLocalField, FieldList, FormField
from wtforms import Form as SubForm
from wtforms.validators import Optional, Regexp, ValidationError

from fairapp.fairs.calendar import Hours
from fairapp.fairs.models import Fair, FairDay
from fairapp.web import fields, languages
from fairapp.web.fields import Form


def local_moment(label: str, *, hint: str = "") -> DateTimeLocalField:
    """A moment in the fair's zone; may be left empty."""
    return DateTimeLocalField(
        label, [Optional(), _near_year], format=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"], description=hint
    )


def _near_year(form: Form, field: DateTimeLocalField) -> None:
    # A year of two digits is read as the first century, which no zone can turn into UTC.
    if field.data and not 2000 <= field.data.year <= 2100:
        raise ValidationError(_("Check the year."))


class FairForm(Form):
    """What an organizer sets of a fair."""

    name_vi = fields.line(_("Name in Vietnamese"), longest=160)
    name_en = fields.line(_("Name in English"), longest=160)
    name_ja = fields.line(_("Name in Japanese"), longest=160, required=False)
    name_ko = fields.line(_("Name in Korean"), longest=160, required=False)
    theme_vi = fields.line(_("Theme in Vietnamese"), longest=200, required=False)
    theme_en = fields.line(_("Theme in English"), longest=200, required=False)
    theme_ja = fields.line(_("Theme in Japanese"), longest=200, required=False)
    theme_ko = fields.line(_("Theme in Korean"), longest=200, required=False)
    venue_vi = fields.line(_("Venue in Vietnamese"), longest=200)
    venue_en = fields.line(_("Venue in English"), longest=200, required=False)
    venue_ja = fields.line(_("Venue in Japanese"), longest=200, required=False)
    venue_ko = fields.line(_("Venue in Korean"), longest=200, required=False)
    contact_email = fields.email(_("Mail address of the organizer"), required=False)
    colour = fields.line(_("Colour"), longest=7, hint=_("Such as #0b6e4f; contrast is kept whatever you choose."))
    applications_open_at = local_moment(_("Applications from"))
    applications_close_at = local_moment(_("Applications until"))
    registrations_close_at = local_moment(_("Registrations of visitors until"))
    meeting_requests_close_at = local_moment(_("Meeting requests until"))
    published = fields.switch(_("The public may see the fair"))

    TEXTS = ("name", "theme", "venue")
    MOMENTS = (
        "applications_open_at", "applications_close_at", "registrations_close_at", "meeting_requests_close_at",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.colour.validators = [
            *self.colour.validators,
            Regexp(r"#[0-9a-fA-F]{6}", message=_("Write # and six digits: #0b6e4f.")),
        ]

    def texts(self, name: str) -> dict[str, str]:
        """Return a text in the languages in which it was given."""
        return {code: self[f"{name}_{code}"].data or "" for code in languages.LANGUAGES}

    def moments(self, timezone: str) -> dict[str, datetime | None]:
        """Return the moments with the fair's zone."""
        zone = ZoneInfo(timezone)
        return {name: self[name].data.replace(tzinfo=zone) if self[name].data else None for name in self.MOMENTS}

    @classmethod
    def values_of(cls, fair: Fair) -> dict[str, Any]:
        """Return the values of a fair that is edited."""
        values: dict[str, Any] = {
            "contact_email": fair.contact_email,
            "colour": fair.colour,
            "published": fair.published,
        }
        for name in cls.TEXTS:
            for code in languages.LANGUAGES:
                values[f"{name}_{code}"] = getattr(fair, name).get(code, "")
        for name in cls.MOMENTS:
            moment = getattr(fair, name)
            values[name] = moment.astimezone(ZoneInfo(fair.timezone)) if moment else None
        return values


class DayForm(SubForm):  # type: ignore[misc]
    """The hours of one day."""

    early = fields.clock_time(_("Exhibitors from"))
    opens = fields.clock_time(_("Opens"))
    closes = fields.clock_time(_("Closes"))


class HoursForm(Form):
    """The opening hours of a fair's days, in their order."""

    days = FieldList(FormField(DayForm))

    def hours(self, days: Sequence[FairDay]) -> dict[date, Hours]:
        """Return the hours by day."""
        return {
            day.day: Hours(opens=entry.opens.data, closes=entry.closes.data, early=entry.early.data)
            for day, entry in zip(days, self.days, strict=True)
        }

    @classmethod
    def values_of(cls, days: Sequence[FairDay]) -> dict[str, Any]:
        """Return the hours that are edited."""
        return {
            "days": [{"early": one.exhibitors_from, "opens": one.opens_at, "closes": one.closes_at} for one in days]
        }
