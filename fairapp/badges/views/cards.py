"""From badges to cards: words and dates in a language, for the renderer that knows neither."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from babel.dates import format_interval
from flask import current_app
from flask_babel import force_locale, gettext

from fairapp.badges.categories import CATEGORIES
from fairapp.badges.rendering import BadgeCard, render_pdf
from fairapp.badges.service import CONTRACTOR
from fairapp.enterprises.taxonomy import label
from fairapp.fairs.calendar import building_times, days_of
from fairapp.web.languages import DEFAULT, LANGUAGES, text_in


def badges_pdf(
    fair: Any,
    badges: Sequence[Any],
    *,
    language: str | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> bytes:
    """Return the PDF of some badges of a fair: each in the language of whoever wears it, or all in ``language``."""
    template = current_app.jinja_env.get_template("badges/sheet.html")
    cards = []
    for badge in badges:
        spoken = language or language_of(badge)
        with force_locale(spoken):
            cards.append(_card(fair, badge, spoken))
    return render_pdf(cards, template, progress=progress)


def language_of(badge: Any) -> str:
    """Return the language of a badge's holder: as registered, of the exhibitor's mails, or of the account."""
    wanted = ""
    if badge.visitor is not None:
        wanted = badge.visitor.language
    elif badge.staff is not None:
        wanted = badge.staff.exhibitor.language
    elif badge.buyer is not None:
        wanted = badge.buyer.meeting_language
    elif badge.account is not None:
        wanted = badge.account.language
    return wanted if wanted in LANGUAGES else DEFAULT


def _card(fair: Any, badge: Any, language: str) -> BadgeCard:
    days = days_of(badge.days, [day.day for day in fair.days])
    category = CATEGORIES[badge.category]
    own = label("badge_categories", badge.category, language)
    english = label("badge_categories", badge.category, "en")
    return BadgeCard(
        name=badge.full_name,
        enterprise=badge.enterprise_name,
        position=badge.position,
        category=own,
        category_in_english=english if own != english else "",
        colour=category.colour,
        serial=badge.serial,
        credential=badge.credential,
        fair_name=text_in(fair.name, language),
        fair_dates=format_interval(fair.starts_on, fair.ends_on, "yMMMd", locale=language),
        venue=text_in(fair.venue, language),
        days=spans(sorted(days)) if days or badge.category != CONTRACTOR else building_words(fair),
        language=language,
        fictional=gettext("Demo data") if fair.fictional else "",
    )


def building_words(fair: Any) -> str:
    """Return when whoever builds may enter: ``Move-in 15/03, 16/03 · Move-out 19/03 from 15:00``."""
    times = building_times(fair.move_in, fair.move_out_at, timezone=fair.timezone)
    parts = []
    if times.move_in:
        parts.append(gettext("Move-in %(days)s", days=spans(sorted(times.move_in))))
    if times.out_from is not None:
        out = times.out_from
        parts.append(gettext("Move-out from %(day)s %(time)s", day=f"{out:%d/%m}", time=f"{out:%H:%M}"))
    return " · ".join(parts) or gettext("Move-in and move-out")


def spans(days: Sequence[date]) -> str:
    """Return sorted days in short, three and more in a row as one span: ``17/03–19/03, 21/03``."""
    runs: list[list[date]] = []
    for day in days:
        if runs and day - runs[-1][-1] == timedelta(days=1):
            runs[-1].append(day)
        else:
            runs.append([day])
    parts = []
    for run in runs:
        parts += [f"{run[0]:%d/%m}–{run[-1]:%d/%m}"] if len(run) > 2 else [f"{day:%d/%m}" for day in run]
    return ", ".join(parts)
