"""Bulk mails: choose whom, write, look, send, and see what came of it."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from fairapp.accounts.policy import Role
from fairapp.booths import queries as booths
from fairapp.database import new_public_id
from fairapp.letters import queries
from fairapp.letters.forms import BulkForm, values_of
from fairapp.letters.recipients import APPLICATIONS, PLACEHOLDERS, Filters, Recipient, choose
from fairapp.letters.service import bulk as service
from fairapp.letters.views.words import Facts, write_letter
from fairapp.manual.queries import writing
from fairapp.web import clock, languages, letters, words
from fairapp.web.access import actor, allow, current_fair
from fairapp.web.toasts import say

bp = Blueprint("bulk_mails", __name__, url_prefix="/<fair:fair_code>/organizer/mails/bulk")


@bp.get("/")
@allow(Role.ORGANIZER)
def list_bulk_mails() -> str:
    """Show the bulk mails of the fair."""
    fair = current_fair()
    page = queries.page_of_bulk_mails(fair.id, page=request.args.get("page", 1, type=int))
    return render_template(
        "letters/bulk_mails.html", page=page, counts=queries.counts_of_bulk_mails(fair.id), title=_title
    )


@bp.get("/new")
@allow(Role.ORGANIZER)
def new_bulk_mail() -> str:
    """Show the recipients that the filters leave, and the words to be written."""
    template = next((one for one in _templates() if one.public_id == request.args.get("template")), None)
    values = values_of(template.subject, template.body) if template else {}
    form = BulkForm(known=PLACEHOLDERS, data={**values, "once": new_public_id()}, formdata=None)
    return _page(form)


@bp.post("/new")
@allow(Role.ORGANIZER)
def send_bulk_mail() -> Response | tuple[str, int]:
    """Show how the mail reads, or send it."""
    fair, form = current_fair(), BulkForm(known=PLACEHOLDERS)
    form.once.data = form.name()
    recipients = _recipients()
    keys = set(request.form.getlist("keep")) & {one.key for one in recipients}
    if form.validate_on_submit():
        with form.refusals():
            if not keys:
                raise service.NoRecipients()
            if request.form.get("act") != "send":
                return _page(
                    form, keys=keys, preview=_preview(form, [one for one in recipients if one.key in keys])
                ), 200
            bulk_id = service.send_bulk(
                fair.id,
                form.name(),
                subject=form.texts("subject"),
                body=form.texts("body"),
                filters=_filters(),
                keys=keys,
                actor=actor(),
                now=clock.now(),
            )
            queries.get_bulk_mail(fair.id, bulk_id)
            say(gettext("The mail is on its way."))
            return redirect(url_for(".show_bulk_mail", bulk_id=bulk_id), code=303)
    return _page(form, keys=keys), form.answer_with


@bp.get("/<id:bulk_id>/")
@allow(Role.ORGANIZER)
def show_bulk_mail(bulk_id: str) -> str:
    """Show a bulk mail with what became of each mail."""
    fair = current_fair()
    bulk = queries.get_bulk_mail(fair.id, bulk_id)
    state = request.args.get("state", "")
    return render_template(
        "letters/bulk_mail.html",
        bulk=bulk,
        title=_title(bulk.subject),
        sender=queries.name_of_account(bulk.account_id),
        counts=queries.counts_of_bulk_mails(fair.id).get(bulk.id, {}),
        page=queries.page_of_mails_of(bulk.id, state=state, page=request.args.get("page", 1, type=int)),
        state=state,
        new_filters=bulk.recipients["filters"],
    )


def _page(form: BulkForm, *, keys: set[str] | None = None, preview: list[Any] | None = None) -> str:
    fair, filters, language = current_fair(), _filters(), languages.current_language()
    tasks = [(one.public_id, languages.text_in(one.title, language)) for one in writing.list_tasks(fair.id)]
    recipients = _recipients()
    return render_template(
        "letters/compose.html",
        form=form,
        filters=filters,
        chosen=filters.arguments(),
        recipients=recipients,
        keys={one.key for one in recipients} if keys is None else keys,
        preview=preview or [],
        known=PLACEHOLDERS,
        templates=[(one.public_id, one.name) for one in _templates()],
        statuses=words.options("application"),
        halls=[(one.code, one.code) for one in booths.list_halls(fair.id)],
        kinds=words.options("exhibitor_kind"),
        tasks=[("any", gettext("Any task late")), *tasks],
        co_organizers=[
            (one.code, languages.text_in(one.name, language)) for one in queries.list_co_organizers(fair.id)
        ],
        is_applications=filters.audience == APPLICATIONS,
    )


def _title(subject: dict[str, str]) -> str:
    return letters.plain_title(languages.text_in(subject, languages.current_language()))


def _filters() -> Filters:
    # The form carries the filters that its list was made with, however they were changed since the page was opened.
    return Filters.read(request.form if request.method == "POST" else request.args)


def _recipients() -> list[Recipient]:
    filters = _filters()
    return choose(queries.list_recipients(current_fair(), filters, now=clock.now()), filters)


def _templates() -> list[Any]:
    return [one for one in queries.list_templates(current_fair().id) if not one.kind]


def _preview(form: BulkForm, chosen: list[Recipient]) -> list[tuple[Recipient, str, letters.Letter, int]]:
    """Return how the first recipient of each language reads it, and how many read that language."""
    fair = Facts.of(current_fair())
    subject, body = form.texts("subject"), form.texts("body")
    found: dict[str, tuple[Recipient, str, letters.Letter, int]] = {}
    for one in chosen:
        language = languages.language_of(body, one.language)
        if language in found:
            first, _language, letter, count = found[language]
            found[language] = (first, language, letter, count + 1)
        else:
            _wanted, letter = write_letter(subject, body, one, fair)
            found[language] = (one, language, letter, 1)
    return list(found.values())
