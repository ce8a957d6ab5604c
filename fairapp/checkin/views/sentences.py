"""What a gate says in words, in the language of whoever stands at it."""

from datetime import date, datetime
from typing import Any

from flask_babel import format_date, format_datetime, format_time, gettext

from fairapp.badges.models import Badge
from fairapp.checkin.admission import Code, Verdict
from fairapp.enterprises.taxonomy import label
from fairapp.web import languages, words


def detail(verdict: Verdict, badge: Badge | None) -> str:
    """Return the sentence below the huge word."""
    facts: dict[str, Any] = dict(verdict.facts)
    if verdict.code is Code.ADMITTED:
        return gettext("First time today.")
    if verdict.code is Code.ALREADY_IN:
        return gettext("Checked in at %(at)s at %(gate)s.", at=_clock(facts["at"]), gate=facts["gate"])
    if verdict.code is Code.WRONG_DAY:
        return gettext("This badge is valid on %(days)s.", days=_days(facts.get("days", ())))
    if verdict.code is Code.NOT_OPEN:
        return gettext(
            "Entry from %(opens)s to %(closes)s.",
            opens=_moment(facts["opens_at"]),
            closes=_clock(facts["closes_at"]),
        )
    if verdict.code is Code.WRONG_CATEGORY:
        category = label("badge_categories", str(facts["category"]), languages.current_language())
        return gettext("%(category)s: please use another gate.", category=category)
    if verdict.code is Code.REVOKED:
        if facts.get("replaced_by"):
            return gettext("Take the badge away. The new one is %(serial)s.", serial=facts["replaced_by"])
        reason = words.word(str(facts["reason"]), "revoked_reason")
        return gettext("Take the badge away: %(reason)s.", reason=reason)
    return {
        Code.NOT_OURS: gettext("This is not a badge of our fair."),
        Code.WRONG_FAIR: gettext("This is a badge of another fair."),
        Code.FORGED: gettext("The signature is wrong. Call the organizer."),
        Code.UNKNOWN_BADGE: gettext("The register does not know this badge. Send them to the desk."),
    }[verdict.code]


def remedy(verdict: Verdict) -> str:
    """Return what to do next, where the sentence below the word leaves it open."""
    return {
        Code.ALREADY_IN: gettext("Compare the face or ask for the name. If it is the same person, let them in."),
        Code.WRONG_DAY: gettext("Ask them to come back on that day, or send them to the desk."),
        Code.NOT_OPEN: gettext("Ask them to wait until the entry opens."),
        Code.REVOKED: gettext("Send them to the desk if they have no other badge."),
        Code.NOT_OURS: gettext("Ask for the badge from the mail, or search by name."),
        Code.WRONG_FAIR: gettext("Ask for the badge of this fair, or search by name."),
        Code.FORGED: gettext("Do not let them in."),
    }.get(verdict.code, "")


def holder(badge: Badge | None) -> dict[str, str] | None:
    """Return who wears the badge, for the gate's screen."""
    if badge is None:
        return None
    return {
        "name": badge.full_name,
        "enterprise": badge.enterprise_name,
        "position": badge.position,
        "serial": badge.serial,
        "category": label("badge_categories", badge.category, languages.current_language()),
    }


def _clock(moment: datetime) -> str:
    return str(format_time(moment, "HH:mm"))


def _moment(moment: datetime) -> str:
    return str(format_datetime(moment, "dd/MM HH:mm"))


def _days(days: tuple[date, ...]) -> str:
    return ", ".join(str(format_date(day, "dd/MM")) for day in days)
