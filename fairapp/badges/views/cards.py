"""From badges to cards: words and dates in a language, for the renderer that knows neither."""

from collections.abc import Callable, Sequence
from typing import Any

from flask import current_app
from flask_babel import force_locale, format_date, gettext

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
    days = sorted(days_of(badge.days, [day.day for day in fair.days]))
    category = CATEGORIES[badge.category]
    own = label("badge_categories", badge.category, language)
    english = label("badge_categories", badge.category, "en")
    return BadgeCard(
        name=badge.full_name,
        enterprise=badge.enterprise_name,
        position=badge.position,
        category_label=own if language == "en" or len(own) > 18 else f"{own} · {english}",
        colour=category.colour,
        serial=badge.serial,
        credential=badge.credential,
        fair_name=text_in(fair.name, language),
        fair_dates=f"{format_date(fair.starts_on, 'medium')} – {format_date(fair.ends_on, 'medium')}",
        venue=text_in(fair.venue, language),
        days=", ".join(f"{day:%d/%m}" for day in days),
        language=tongue(badge.full_name, language),
        fictional=gettext("Demo data") if fair.fictional else "",
    )


def tongue(name: str, language: str) -> str:
    """Return the language whose letters a name is written in, so that the right font is taken."""
    if any("\uac00" <= letter <= "\ud7a3" for letter in name):
        return "ko"
    if any("\u3040" <= letter <= "\u30ff" or "\u4e00" <= letter <= "\u9fff" for letter in name):
        return "ja"
    return language
