"""Templates of mails: the product's in the organizer's words, and those sent by hand."""

from collections.abc import Collection
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import force_locale, gettext
from flask_security import current_user
from werkzeug.wrappers import Response

from fairapp.accounts.policy import Role
from fairapp.errors import NotFound
from fairapp.letters import queries
from fairapp.letters.forms import OwnWordsForm, TemplateForm, values_of
from fairapp.letters.recipients import PLACEHOLDERS, Filters, Recipient, choose
from fairapp.letters.service import templates as service
from fairapp.letters.views.words import Facts, values_for
from fairapp.mail.models import MailTemplate
from fairapp.mail.placeholders import fill
from fairapp.mail.queries import find_own_words
from fairapp.web import clock, fields, languages, letters
from fairapp.web.access import actor, allow, current_fair
from fairapp.web.letters import Letter
from fairapp.web.toasts import Undo, say

bp = Blueprint("letters", __name__, url_prefix="/<fair:fair_code>/organizer/mails/templates")


@bp.get("/")
@allow(Role.ORGANIZER)
def list_templates() -> str:
    """Show the mails of the product and the organizer's own templates."""
    found = queries.list_templates(current_fair().id)
    own = {one.kind: one for one in found if one.kind}
    return render_template(
        "letters/templates.html",
        templates=[one for one in found if not one.kind],
        products=[(kind, letters.title_of(kind), own.get(kind)) for kind in letters.kinds()],
    )


@bp.get("/product/<kind>")
@allow(Role.ORGANIZER)
def edit_own_words(kind: str) -> str:
    """Show the words of a mail of the product, the organizer's or else the product's."""
    known = _placeholders(kind)
    own = find_own_words(current_fair().id, kind)
    form = OwnWordsForm(known=known, data=_words(own) if own else _product_words(kind), formdata=None)
    return _page(form, kind=kind, known=known, own=own)


@bp.post("/product/<kind>")
@allow(Role.ORGANIZER)
def save_own_words(kind: str) -> Response | tuple[str, int]:
    """Keep, preview or try the organizer's words of a mail."""
    fair, known = current_fair(), _placeholders(kind)
    own = find_own_words(fair.id, kind)
    form = OwnWordsForm(known=known)
    _offer_exhibitors(form)
    if form.validate_on_submit():
        if request.form.get("act") == "save":
            service.save_own_words(
                fair.id, kind, form.texts("subject"), form.texts("body"), actor=actor(), now=clock.now()
            )
            say(gettext("Saved. The next mail of this kind says it so."))
            return redirect(url_for(".edit_own_words", kind=kind), code=303)
        if request.form.get("act") == "test":
            return _send_test(form, known) or redirect(url_for(".edit_own_words", kind=kind), code=303)
        return _page(form, kind=kind, known=known, own=own, preview=_preview(form, known)), 200
    return _page(form, kind=kind, known=known, own=own), form.answer_with


@bp.post("/product/<kind>/reset")
@allow(Role.ORGANIZER)
def reset_own_words(kind: str) -> Response:
    """Go back to the product's words."""
    _placeholders(kind)
    kept = service.reset(current_fair().id, kind, actor=actor(), now=clock.now())
    undo = None
    # A toast waits in the cookie, which takes few letters; longer words are in the audit trail's reach no more.
    if kept and sum(len(text) for texts in kept.values() for text in texts.values()) < 1000:
        values = {**values_of(kept["subject"], kept["body"]), "act": "save"}
        undo = Undo(url=url_for(".save_own_words", kind=kind), values=values)
    say(gettext("The product's words are back."), undo=undo)
    return redirect(url_for(".edit_own_words", kind=kind), code=303)


@bp.get("/new")
@allow(Role.ORGANIZER)
def new_template() -> str:
    """Show an empty template."""
    return _page(TemplateForm(known=PLACEHOLDERS, formdata=None), known=PLACEHOLDERS)


@bp.post("/new")
@allow(Role.ORGANIZER)
def create_template() -> Response | tuple[str, int]:
    """Add a template."""
    return _save(None)


@bp.get("/<id:template_id>/")
@allow(Role.ORGANIZER)
def edit_template(template_id: str) -> str:
    """Show a template to be changed."""
    template = queries.get_template(current_fair().id, template_id)
    form = TemplateForm(known=PLACEHOLDERS, data={**_words(template), "name": template.name}, formdata=None)
    return _page(form, known=PLACEHOLDERS, template=template)


@bp.post("/<id:template_id>/")
@allow(Role.ORGANIZER)
def update_template(template_id: str) -> Response | tuple[str, int]:
    """Change, preview or try a template."""
    return _save(queries.get_template(current_fair().id, template_id))


@bp.post("/<id:template_id>/remove")
@allow(Role.ORGANIZER)
def remove_template(template_id: str) -> Response:
    """Remove a template."""
    service.remove_template(current_fair().id, template_id, actor=actor(), now=clock.now())
    say(gettext("The template is removed."))
    return redirect(url_for(".list_templates"), code=303)


def _save(template: MailTemplate | None) -> Response | tuple[str, int]:
    form = TemplateForm(known=PLACEHOLDERS)
    _offer_exhibitors(form)
    public_id = template.public_id if template else None
    if form.validate_on_submit():
        if request.form.get("act") == "preview":
            return _page(form, known=PLACEHOLDERS, template=template, preview=_preview(form, PLACEHOLDERS)), 200
        if request.form.get("act") == "test":
            answer = _send_test(form, PLACEHOLDERS)
            if answer is None:
                return _page(form, known=PLACEHOLDERS, template=template), 200
            return answer
        with form.refusals():
            saved = service.save_template(
                current_fair().id,
                public_id,
                form.name.data or "",
                form.texts("subject"),
                form.texts("body"),
                actor=actor(),
                now=clock.now(),
            )
            say(gettext("Saved."))
            return redirect(url_for(".edit_template", template_id=saved.public_id), code=303)
    return _page(form, known=PLACEHOLDERS, template=template), form.answer_with


def _page(form: OwnWordsForm, *, known: Collection[str], **facts: Any) -> str:
    _offer_exhibitors(form)
    return render_template(
        "letters/template.html",
        form=form,
        known=known,
        **{"kind": None, "own": None, "template": None, "preview": [], **facts},
    )


def _placeholders(kind: str) -> list[str]:
    if kind not in letters.kinds():
        raise NotFound()
    return letters.placeholders_of(kind)


def _words(template: MailTemplate) -> dict[str, str]:
    return values_of(template.subject, template.body)


def _product_words(kind: str) -> dict[str, str]:
    found = {code: words for code in languages.LANGUAGES if (words := letters.product_words(kind, code))}
    return values_of(
        {code: words.subject for code, words in found.items()}, {code: words.body for code, words in found.items()}
    )


def _offer_exhibitors(form: OwnWordsForm) -> None:
    if not form.exhibitor.choices:
        form.exhibitor.choices = fields.options([("", "–"), *((one.key, one.enterprise) for one in _exhibitors())])


def _exhibitors() -> list[Recipient]:
    return choose(queries.list_recipients(current_fair(), Filters(), now=clock.now()), Filters())


def _preview(form: OwnWordsForm, known: Collection[str]) -> list[tuple[str, Letter]]:
    """Return the letter in each language that has words, for the chosen exhibitor or else the first."""
    everybody = _exhibitors()
    chosen = [one for one in everybody if one.key == form.exhibitor.data]
    one = next((one for one in (*chosen, *(one for one in everybody if one.booths), *everybody)), None)
    fair = Facts.of(current_fair())
    found = []
    for code in form.written_in():
        values = {name: f"‹{name}›" for name in known}
        if one is not None:
            values |= {name: value or values.get(name, "") for name, value in values_for(one, fair, code).items()}
        subject, body = fill(form[f"subject_{code}"].data, values), fill(form[f"body_{code}"].data, values)
        with force_locale(code):
            found.append((code, letters.dress(subject, body, language=code)))
    return found


def _send_test(form: OwnWordsForm, known: Collection[str]) -> Response | None:
    written = dict(_preview(form, known))
    language = next((code for code in (languages.current_language(), *written) if code in written), "")
    if not language:
        return None
    service.send_test(
        current_fair().id,
        to=current_user.email,
        to_name=current_user.full_name,
        language=language,
        letter=written[language],
        now=clock.now(),
    )
    say(gettext("A test mail is on its way to %(email)s. Nothing was saved.", email=current_user.email))
    return None
