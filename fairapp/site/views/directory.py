"""The directory of a fair, and the page of each exhibitor.

What these pages tell is what an enterprise wrote for the public. Its tax code, telephone, mail address and contact
person are not on them: whoever wants to talk asks for a meeting.
"""

from typing import Any

from babel import Locale, UnknownLocaleError
from flask import make_response, render_template, request, url_for
from flask_babel import get_locale, gettext
from markupsafe import Markup
from werkzeug.wrappers import Response

from fairapp.enterprises.models import Capability, CapabilityKind
from fairapp.enterprises.taxonomy import code_list
from fairapp.exhibitors.models import Exhibitor
from fairapp.files import service as files
from fairapp.files.models import StoredFile
from fairapp.site import queries
from fairapp.site.directory import CAPABILITIES, CODE_LISTS, FACETS, Directory, Question, read_question
from fairapp.site.serving import Ability
from fairapp.site.structured import Card, Shown, as_script, organization
from fairapp.site.views.public import bp, is_valid_certificate, today
from fairapp.web import languages, requests
from fairapp.web.access import allow_public, current_fair
from fairapp.web.settings import absolute_url, setting
from fairapp.web.uploads import download

__all__ = ["bp"]

PER_PAGE = 24
NEEDS_SHOWN = 6
KEPT_BY_BROWSERS = "public, max-age=3600"


@bp.get("/<fair:fair_code>/exhibitors/")
@allow_public
def list_exhibitors() -> Response:
    """Show the directory: words and facets, each with how many it would leave."""
    fair = current_fair()
    question = read_question(dict(request.args.lists()))
    directory = queries.load_directory(fair.id, query=question.query, today=today())
    page = queries.page_of_answer(directory, question, page=request.args.get("page", 1, type=int), per_page=PER_PAGE)
    text = render_template(
        "site/exhibitors.html",
        page=page,
        today=today(),
        question=question,
        booth_codes=queries.booths_by_exhibitor(fair.id),
        facets=[(facet, _options(directory, question, facet)) for facet in FACETS],
        chosen=[
            {"facet": facet, "label": _label(facet, value), "url": _url(question.without(facet, value))}
            for facet, value in question.chosen()
        ],
        ways_out=_ways_out(directory, question) if not page.total else [],
        without_words=_without_words(fair.id, question) if not page.total and question.query else None,
        addresses=_addresses(),
    )
    answer = make_response(text)
    if requests.is_fragment():
        answer.headers["HX-Push-Url"] = _url(question)  # without what the form leaves empty
    return answer


def _without_words(fair_id: int, question: Question) -> dict[str, Any] | None:
    less = Question(values=question.values, sort=question.sort)
    count = queries.load_directory(fair_id, query="", today=today()).count(less)
    return {"count": count, "url": _url(less)} if count else None


def _options(directory: Directory, question: Question, facet: str) -> list[dict[str, Any]]:
    chosen = question.values.get(facet, ())
    counts = directory.counts(question, facet)
    counts |= {value: 0 for value in chosen if value not in counts}
    options = [
        {
            "value": value,
            "label": _label(facet, value),
            "count": count,
            "chosen": value in chosen,
            "hint": _formed_from(value) if facet == "province" else "",
        }
        for value, count in counts.items()
    ]
    return sorted(options, key=lambda one: (not one["chosen"], -int(one["count"]), str(one["label"])))


def _label(facet: str, value: str) -> str:
    language = languages.current_language()
    if facet in CODE_LISTS:
        return code_list(CODE_LISTS[facet]).label(value, language)
    if facet == "language":
        return language_name(value)
    return value


@bp.app_template_filter("unit_of")
def unit_of(code: str) -> str:
    """Return the unit of a figure as it is written after the number."""
    known = code_list("measures").find(code)
    unit = str(known.facts.get("unit", "")) if known else ""
    return {"day": gettext("days"), "count": "", "min": gettext("minutes")}.get(unit, unit)


@bp.app_template_filter("web_address")
def web_address(website: str) -> str:
    """Return a website as a link that can only lead to a page: enterprises write it with and without ``https://``."""
    return website if website.startswith(("https://", "http://")) else f"https://{website}"


def language_name(code: str) -> str:
    """Return the name of a language in the reader's."""
    try:
        return str(Locale(code).get_display_name(get_locale()) or code)
    except (ValueError, UnknownLocaleError):
        return code


def _formed_from(code: str) -> str:
    known = code_list("provinces").find(code)
    return " + ".join(known.facts.get("formed_from", ())) if known else ""


def _url(question: Question) -> str:
    arguments: dict[str, list[str]] = {}
    for name, value in question.arguments():
        arguments.setdefault(name, []).append(value)
    if request.args.get(languages.IN_ADDRESS) in languages.LANGUAGES:
        arguments[languages.IN_ADDRESS] = [request.args[languages.IN_ADDRESS]]
    return url_for(".list_exhibitors", **arguments)  # type: ignore[arg-type]  # lists become repeated arguments


def _ways_out(directory: Directory, question: Question) -> list[dict[str, Any]]:
    """Return what could be taken back where nothing is left, with what it would give, the most first."""
    ways = [
        {"label": _label(facet, value), "count": directory.count(less), "url": _url(less)}
        for facet, value in question.chosen()
        for less in (question.without(facet, value),)
    ]
    return sorted((way for way in ways if way["count"]), key=lambda way: -int(way["count"]))


@bp.get("/<fair:fair_code>/exhibitors/<id:exhibitor_id>/")
@allow_public
def show_exhibitor(exhibitor_id: str) -> str:
    """Show one exhibitor: what it makes, where it is found, whom it could serve."""
    fair = current_fair()
    exhibitor = queries.get_listed(fair.id, exhibitor_id)
    day = today()
    valid = [one for one in exhibitor.enterprise.capabilities if is_valid_certificate(one, day)]
    served = queries.list_served(
        fair.id,
        Ability(
            processes=exhibitor.enterprise.codes(CapabilityKind.PROCESS),
            materials=exhibitor.enterprise.codes(CapabilityKind.MATERIAL),
            certificates=[one.code for one in valid],
        ),
    )
    main = exhibitor.main_exhibitor
    return render_template(
        "site/exhibitor.html",
        exhibitor=exhibitor,
        main=main if main is not None and main.listed and main.withdrawn_at is None else None,
        with_it=queries.list_co_exhibitors(exhibitor.id),
        neighbors=queries.list_neighbors(exhibitor),
        own=queries.list_booths_of(exhibitor),
        certificates=[
            (one, one in valid) for one in exhibitor.enterprise.capabilities if one.kind is CapabilityKind.CERTIFICATE
        ],
        tongues=[language_name(code) for code in exhibitor.enterprise.languages or ()],
        served=served[:NEEDS_SHOWN],
        served_total=len(served),
        addresses=_addresses(),
        picture=_picture_address(exhibitor),
        structured=_structured(exhibitor, valid),
    )


def _picture_address(exhibitor: Exhibitor) -> str:
    """Return the picture that a link to the page shows elsewhere: a product, else the logo."""
    shown = next((product for product in exhibitor.enterprise.products if product.photo_id), None)
    if shown is not None:
        return absolute_url("site.show_photo", exhibitor_id=exhibitor.public_id, product_id=shown.public_id)
    if exhibitor.enterprise.logo_id:
        return absolute_url("site.show_logo", exhibitor_id=exhibitor.public_id)
    return ""


def _addresses() -> dict[str, Any]:
    """Return the page's address in each language, without what only sorts or pages."""
    base = str(setting("BASE_URL"))
    plain = request.path
    named = request.args.get(languages.IN_ADDRESS)
    canonical = f"{plain}?{languages.IN_ADDRESS}={named}" if named in languages.LANGUAGES else plain
    return {
        "canonical": base + canonical,
        "plain": base + plain,
        "languages": [(code, f"{base}{plain}?{languages.IN_ADDRESS}={code}") for code in languages.LANGUAGES],
    }


def _structured(exhibitor: Exhibitor, valid: list[Capability]) -> Markup:
    """Return the page for search engines: data, which no browser runs."""
    enterprise, language = exhibitor.enterprise, languages.current_language()
    public_id = exhibitor.public_id

    def text(texts: Any) -> str:
        return languages.text_in(texts, language)

    card = Card(
        name=enterprise.short_name or enterprise.legal_name,
        legal_name=enterprise.legal_name,
        url=absolute_url("site.show_exhibitor", exhibitor_id=public_id),
        text=text(enterprise.summary) or text(enterprise.main_products),
        logo=absolute_url("site.show_logo", exhibitor_id=public_id) if enterprise.logo_id else "",
        website=enterprise.website,
        country=enterprise.country,
        region=code_list("provinces").label(enterprise.province, language),
        street=enterprise.address,
        founded=enterprise.established,
        knows=[
            code_list(CAPABILITIES[kind]).label(code, language)
            for kind in ("sector", "process", "material")
            for code in enterprise.codes(kind)
        ],
        certificates=[code_list("certificates").label(one.code, language) for one in valid],
        products=[
            Shown(
                name=text(product.name),
                text=text(product.text),
                image=absolute_url("site.show_photo", exhibitor_id=public_id, product_id=product.public_id)
                if product.photo_id
                else "",
            )
            for product in enterprise.products
        ],
    )
    script = '<script type="application/ld+json">{}</script>'
    return Markup(script).format(Markup(as_script(organization(card))))  # noqa: S704 (escaped for a script element)


@bp.get("/<fair:fair_code>/exhibitors/<id:exhibitor_id>/logo")
@allow_public
def show_logo(exhibitor_id: str) -> Response:
    """Answer with an exhibitor's logo."""
    return _picture(queries.get_logo(current_fair().id, exhibitor_id))


@bp.get("/<fair:fair_code>/exhibitors/<id:exhibitor_id>/products/<id:product_id>/photo")
@allow_public
def show_photo(exhibitor_id: str, product_id: str) -> Response:
    """Answer with the photo of a product."""
    return _picture(queries.get_photo(current_fair().id, exhibitor_id, product_id))


def _picture(file: StoredFile) -> Response:
    answer = download(files.read(file), name=file.name, content_type=file.content_type, inline=True)
    answer.headers["Cache-Control"] = KEPT_BY_BROWSERS
    answer.set_etag(file.sha256)
    return answer.make_conditional(request)
