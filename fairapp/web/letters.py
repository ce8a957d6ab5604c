"""The words of a mail: a text template per kind, in the language of whoever reads it, or the organizer's own words."""

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from flask import current_app, render_template
from flask_babel import force_locale, gettext
from jinja2 import TemplateError, meta

from fairapp.mail import placeholders
from fairapp.web import filters, languages, moments, words
from fairapp.web.settings import absolute_url

FREE = "letter"
"""The kind of a mail that people wrote, alone or to many; it has no template."""

_LINK = re.compile(r"https?://\S+")
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_HIDDEN = {"absolute_url", "token", "fair_name"}
"""What templates use and the organizer's words may not: addresses come as ``{link}``, the fair as ``{fair}``."""


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A mail's words, ready to be sent."""

    subject: str
    body: str
    html: str


@dataclass(frozen=True, kw_only=True)
class Words:
    """Subject and body with placeholders, in one language."""

    subject: str
    body: str


def write(kind: str, *, language: str, context: Mapping[str, Any], own: Words | None = None) -> Letter:
    """Return the mail of ``kind``: in the organizer's ``own`` words if there are any, else in the product's."""
    with force_locale(language):
        text = render_template(f"mail/{kind}.txt", absolute_url=absolute_url, **context)
        subject, _, body = text.strip().partition("\n")
        if own is None:
            return dress(subject.strip(), body, language=language)
        values = values_of(context, body=body, language=language)
    return dress(placeholders.fill(own.subject, values), placeholders.fill(own.body, values), language=language)


def dress(subject: str, body: str, *, language: str) -> Letter:
    """Return finished words as a mail, plain and as HTML."""
    subject, body = " ".join(subject.split()), re.sub(r"\n{3,}", "\n\n", body.replace("\r\n", "\n")).strip()
    html = render_template("mail/letter.html", subject=subject, body=body, language=language)
    return Letter(subject=subject, body=body + "\n", html=html)


def values_of(context: Mapping[str, Any], *, body: str, language: str) -> dict[str, str]:
    """Return what the placeholders of a mail stand for, from its facts; in the language that is in force."""
    values = {name: _written(name, value, language) for name, value in context.items() if name not in _HIDDEN}
    values["fair"] = languages.text_in(context.get("fair_name"), language)
    values["link"] = ""
    for number, link in enumerate(_LINK.findall(body)):
        values[_link_name(number)] = link
    return values


def _link_name(number: int) -> str:
    return "link" if number == 0 else f"link_{'abcdefgh'[min(number, 7)]}"


def _written(name: str, value: Any, language: str) -> str:
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int):
        return filters.money(value) if name.startswith(("amount", "total", "price")) else filters.number(value)
    if isinstance(value, str):
        if name == "role":
            return words.word(value, "role")
        return _written_moment(value)
    if isinstance(value, Mapping):
        if set(value) <= set(languages.LANGUAGES):
            return languages.text_in(value, language)
        return " · ".join(part for key, one in value.items() if (part := _written(key, one, language)))
    if isinstance(value, list):
        return "\n".join(f"- {_written(name, one, language)}" for one in value)
    return str(value)


def _written_moment(value: str) -> str:
    if _ISO_DAY.fullmatch(value):
        return moments.short_day(date.fromisoformat(value))
    if _ISO_DAY.match(value) and "T" in value:
        try:
            return moments.short_moment(datetime.fromisoformat(value))
        except ValueError:
            return value
    return value


@cache
def _source(kind: str) -> tuple[str, frozenset[str]]:
    environment = current_app.jinja_env
    source, _file, _fresh = environment.loader.get_source(environment, f"mail/{kind}.txt")  # type: ignore[union-attr]
    return source, frozenset(meta.find_undeclared_variables(environment.parse(source)))


def kinds() -> list[str]:
    """Return every kind of mail that the product writes."""
    found = current_app.jinja_env.list_templates(
        filter_func=lambda name: name.startswith("mail/") and name.endswith(".txt")
    )
    return sorted(name.removeprefix("mail/").removesuffix(".txt") for name in found)


def title_of(kind: str) -> str:
    """Return what a kind of mail is called: its subject in the reader's language, without the fair's code."""
    if kind == FREE:
        return gettext("Bulk mail")
    words_of_kind = product_words(kind, languages.current_language()) if kind in kinds() else None
    if words_of_kind is None:
        return kind.replace("_", " ")
    return plain_title(words_of_kind.subject)


def plain_title(subject: str) -> str:
    """Return a subject as a heading: without the fair's code, other placeholders as dots."""
    title = re.sub(r"\{\w+\}", "…", subject.replace("{fair_code}", "")).strip(" :：,")
    return title[:1].upper() + title[1:]


def placeholders_of(kind: str) -> list[str]:
    """Return the placeholders that the organizer's words for a mail may use: what its template uses."""
    source, names = _source(kind)
    known = set(current_app.jinja_env.globals) | _HIDDEN
    own = sorted(names - known - {"_", "gettext", "ngettext"})
    links = [_link_name(number) for number in range(source.count("absolute_url("))]
    return [*own, *(["fair"] if "fair_name" in names else []), *links]


class _Blank:
    """Stands for a fact in the product's words while they are shown with their placeholders."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __str__(self) -> str:
        return f"{{{self._name}}}"

    __html__ = __str__

    def __iter__(self) -> Iterator["_Blank"]:
        return iter((self,))

    def __getattr__(self, name: str) -> "_Blank":
        if name.startswith("__"):
            raise AttributeError(name)
        return self

    def __getitem__(self, key: object) -> "_Blank":
        return self


@cache
def product_words(kind: str, language: str) -> Words | None:
    """Return the product's words of a mail with their placeholders; ``None`` where they count or compare facts."""
    environment = current_app.jinja_env.overlay(autoescape=False)
    environment.filters = dict.fromkeys(environment.filters, lambda value, *_arguments, **_named: value)
    source, names = _source(kind)
    facts: dict[str, Any] = {name: _Blank(name) for name in names - set(environment.globals)}
    facts["fair_name"] = _Blank("fair")
    facts["absolute_url"] = lambda *_arguments, **_named: "{link}"
    with force_locale(language):
        try:
            text = environment.from_string(source).render(facts)
        except (TemplateError, TypeError, ValueError):
            return None
    subject, _, body = text.strip().partition("\n")
    # A list is one placeholder, whatever its template makes of each entry.
    body = re.sub(r"^- (\{\w+\}).*$", r"\1", body, flags=re.MULTILINE)
    links = itertools.count()
    body = re.sub(r"\{link\}", lambda _mark: f"{{{_link_name(next(links))}}}", body)
    return Words(subject=subject.strip(), body=re.sub(r"\n{3,}", "\n\n", body).strip())
