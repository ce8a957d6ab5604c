"""The mails of a fair, sent and kept."""

from typing import Any

from flask import Blueprint, Response, render_template, request
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response as Answer

from fairapp.accounts.policy import Role
from fairapp.errors import NotFound
from fairapp.files import service as files
from fairapp.mail import queries
from fairapp.web import exports, words
from fairapp.web import letters as titles
from fairapp.web.access import allow, current_fair
from fairapp.web.settings import setting
from fairapp.web.sorting import Sort, read_sort
from fairapp.web.uploads import download

bp = Blueprint("mail", __name__, url_prefix="/<fair:fair_code>/organizer/mails")


@bp.get("/")
@allow(Role.ORGANIZER)
def list_mails() -> str:
    """Show the fair's mails."""
    sort = _sort()
    return render_template(
        "mail/mails.html",
        page=queries.page_of_mails(
            current_fair().id, **_chosen(), sort=sort, page=request.args.get("page", 1, type=int)
        ),
        sort=sort,
        chosen=_chosen(),
        states=words.options("mail"),
        kinds=[(kind, titles.title_of(kind)) for kind in queries.list_kinds(current_fair().id)],
        title_of=titles.title_of,
        has_server=bool(setting("SMTP_URL")),
    )


MAILS_COLUMNS = exports.columns(
    to=_("To"),
    mail_address=_("Mail address"),
    subject=_("Subject"),
    kind=_("Kind"),
    state=_("State"),
    written=_("Written"),
    sent=_("Sent"),
    error=_("Error"),
)


@bp.get("/mails.xlsx")
@allow(Role.ORGANIZER)
@exports.offers(MAILS_COLUMNS)
def export_mails() -> Answer:
    """Answer with the filtered mails as a workbook."""
    rows = [
        [
            mail.to_name,
            mail.to,
            mail.subject,
            titles.title_of(mail.kind),
            words.word(mail.state, "mail"),
            mail.created_at,
            mail.sent_at,
            mail.error,
        ]
        for mail in queries.list_filtered_mails(current_fair().id, **_chosen(), sort=_sort())
    ]
    return exports.answer("mails", MAILS_COLUMNS, rows)


def _chosen() -> dict[str, Any]:
    return {name: request.args.get(key, "") for name, key in (("query", "q"), ("state", "state"), ("kind", "kind"))}


def _sort() -> Sort:
    return read_sort(request.args, queries.MAIL_SORTS, queries.LATEST)


@bp.get("/<id:mail_id>/<int:number>")
@allow(Role.ORGANIZER)
def download_attachment(mail_id: str, number: int) -> Response:
    """Answer with what was attached."""
    mail = queries.get_mail(current_fair().id, mail_id)
    if not 0 < number <= len(mail.attachments):
        raise NotFound()
    file = mail.attachments[number - 1].file
    return download(files.read(file), name=file.name, content_type=file.content_type)
