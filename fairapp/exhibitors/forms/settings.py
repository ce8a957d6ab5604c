"""What the organizer fills in about pavilions, badges, move-in and move-out."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _
from wtforms import Field, HiddenField, ValidationError

from fairapp.exhibitors.models import Pavilion
from fairapp.exhibitors.quota import BadgeRules, read_rules, write_rules
from fairapp.fairs.forms import local_moment
from fairapp.fairs.models import Fair
from fairapp.web import fields, languages
from fairapp.web.fields import Form


class PavilionForm(Form):
    """A pavilion and who holds its contract."""

    name_vi = fields.line(_("Name in Vietnamese"), longest=160)
    name_en = fields.line(_("Name in English"), longest=160)
    name_ja = fields.line(_("Name in Japanese"), longest=160, required=False)
    name_ko = fields.line(_("Name in Korean"), longest=160, required=False)
    body = fields.choice(_("Holds the contract"), required=False)

    def names(self) -> dict[str, str]:
        """Return the name in the languages in which it was given."""
        return {code: self[f"name_{code}"].data or "" for code in languages.LANGUAGES}

    @staticmethod
    def values_of(pavilion: Pavilion) -> dict[str, Any]:
        """Return what a pavilion is called and who holds its contract."""
        values = {f"name_{code}": pavilion.name.get(code, "") for code in languages.LANGUAGES}
        return values | {"body": pavilion.co_organizer.public_id if pavilion.co_organizer else ""}


class BadgeRulesForm(Form):
    """Free badges by booth area, and when booths are built and dismantled."""

    first_area = fields.count(_("Up to so many m²"), least=1, most=1000)
    first = fields.count(_("Free badges"), least=0, most=100)
    step_area = fields.count(_("For each further m²"), least=1, most=1000)
    step = fields.count(_("More free badges"), least=0, most=100)
    co_exhibitor = fields.count(_("Free badges of a co-exhibitor"), least=0, most=100)
    most_extra = fields.count(
        _("Most badges beyond the free ones"), least=0, most=999, required=False, hint=_("Empty: as many as wanted.")
    )
    contractors_unlimited = fields.switch(_("As many contractors' badges as needed"))
    contractors_first = fields.count(_("Contractors' badges up to the first area"), least=0, most=200)
    contractors_step = fields.count(_("More for each further area"), least=0, most=200)
    co_exhibitors_at_once = fields.switch(_("Co-exhibitors take part at once, without the organizer's word"))
    move_in_from = fields.day(_("Move-in from"), required=False)
    move_in_until = fields.day(_("Move-in until"), required=False, hint=_("At most 14 days."))
    move_out_at = local_moment(
        _("Move-out from"), hint=_("Contractors may work from then on to the end of the following day.")
    )
    version = HiddenField()

    MOST_DAYS = 14

    @classmethod
    def values_of(cls, fair: Fair) -> dict[str, Any]:
        """Return what the fair says so far."""
        days = sorted(date.fromisoformat(day) for day in fair.move_in)
        out = fair.move_out_at
        return {
            **write_rules(read_rules(fair.staff_badges)),
            "move_in_from": days[0] if days else None,
            "move_in_until": days[-1] if days else None,
            "move_out_at": out.astimezone(ZoneInfo(fair.timezone)) if out else None,
            "version": str(fair.version),
        }

    def validate_move_in_until(self, field: Field) -> None:
        """The last day comes after the first, and not weeks later."""
        first, last = self.move_in_from.data, field.data
        if bool(first) != bool(last):
            raise ValidationError(_("Name the first and the last day, or neither."))
        if first and not 0 <= (last - first).days < self.MOST_DAYS:
            raise ValidationError(_("The last day comes after the first, at most 14 days later."))

    def to_rules(self) -> BadgeRules:
        """Return the rules that were filled in."""
        return BadgeRules(**{name: self[name].data for name in BadgeRules.__dataclass_fields__})

    def move_in(self) -> list[str]:
        """Return the days of move-in."""
        first, last = self.move_in_from.data, self.move_in_until.data
        if not first or not last:
            return []
        return [(first + timedelta(days=number)).isoformat() for number in range((last - first).days + 1)]

    def out_at(self, timezone: str) -> datetime | None:
        """Return the moment of move-out in the fair's zone."""
        return self.move_out_at.data.replace(tzinfo=ZoneInfo(timezone)) if self.move_out_at.data else None
