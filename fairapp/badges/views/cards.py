"""From badges to cards: words and dates in a language, for the renderer that knows neither."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

from babel.dates import format_interval
from flask import current_app
from flask_babel import force_locale, gettext

from fairapp.badges.categories import CATEGORIES
from fairapp.badges.rendering import BadgeCard, render_pdf
from fairapp.enterprises.taxonomy import label
from fairapp.fairs.calendar import days_of
from fairapp.web.languages import text_in


def badges_pdf(
    fair: Any,
    badges: Sequence[Any],
    *,
    language: str,
    progress: Callable[[int, int], None] | None = None,
) -> bytes:
    """Return the PDF of some badges of a fair."""
    template = current_app.jinja_env.get_template("badges/sheet.html")
    with force_locale(language):
        cards = [_card(fair, badge, language) for badge in badges]
    return render_pdf(cards, template, progress=progress)


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
        days=spans(sorted(days)),
        language=language,
        fictional=gettext("Demo data") if fair.fictional else "",
    )


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
