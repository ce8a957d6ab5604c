"""What the placeholders of a letter stand for, in the language of whoever reads it."""

from collections.abc import Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from flask_babel import force_locale, gettext

from fairapp.fairs.models import Fair
from fairapp.letters.recipients import Recipient
from fairapp.mail.placeholders import fill
from fairapp.web import filters, languages, letters
from fairapp.web.letters import Letter
from fairapp.web.moments import short_day
from fairapp.web.settings import absolute_url


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is the same for every recipient of a fair."""

    code: str
    name: Mapping[str, str]
    timezone: str
    reply_to: str

    @classmethod
    def of(cls, fair: Fair) -> "Facts":
        """Return the facts of a fair, apart from its row."""
        return cls(code=fair.code, name=dict(fair.name), timezone=fair.timezone, reply_to=fair.contact_email)


def values_for(one: Recipient, fair: Facts, language: str) -> dict[str, str]:
    """Return the values of every placeholder for one recipient."""
    with force_locale(language):
        due = one.deadline.astimezone(ZoneInfo(fair.timezone)).date() if one.deadline else None
        return {
            "name": one.to_name,
            "enterprise": one.enterprise,
            "fair": languages.text_in(fair.name, language),
            "fair_code": fair.code,
            "booth": ", ".join(one.booths) or gettext("no booth yet"),
            "hall": ", ".join(sorted(one.halls)),
            "fascia": one.fascia,
            "tasks": "\n".join(f"- {languages.text_in(title, language)}" for title in one.open_tasks),
            "deadline": short_day(due) if due else "",
            "amount": filters.money(one.owed),
            "link": absolute_url("exhibitor_desk.show_overview", fair_code=fair.code),
        }


def write_letter(
    subject: Mapping[str, str], body: Mapping[str, str], one: Recipient, fair: Facts, language: str = ""
) -> tuple[str, Letter]:
    """Return the language in which a recipient reads a letter, and the letter."""
    wanted = languages.language_of(body, language or one.language)
    values = values_for(one, fair, wanted)
    letter = letters.dress(
        fill(languages.text_in(subject, wanted), values), fill(languages.text_in(body, wanted), values), language=wanted
    )
    return wanted, letter
