"""The mails of a fair, sent and kept."""

from typing import Any

from flask import Blueprint, Response, render_template, request

from fairapp.accounts.policy import Role
from fairapp.errors import NotFound
from fairapp.files import service as files
from fairapp.mail import queries
from fairapp.web import words
from fairapp.web.access import allow, current_fair
from fairapp.web.settings import setting
from fairapp.web.uploads import download

bp = Blueprint("mail", __name__, url_prefix="/<fair:fair_code>/organizer/mails")


@bp.get("/")
@allow(Role.ORGANIZER)
def list_mails() -> str:
    """Show the fair's mails."""
    chosen: dict[str, Any] = {"query": request.args.get("q", ""), "state": request.args.get("state", "")}
    return render_template(
        "mail/mails.html",
        page=queries.page_of_mails(current_fair().id, **chosen, page=request.args.get("page", 1, type=int)),
        chosen=chosen,
        states=words.options("mail"),
        has_server=bool(setting("SMTP_URL")),
    )


@bp.get("/<id:mail_id>/")
@allow(Role.ORGANIZER)
def show_mail(mail_id: str) -> str:
    """Show one mail as it was written."""
    return render_template("mail/mail.html", mail=queries.get_mail(current_fair().id, mail_id))


@bp.get("/<id:mail_id>/<int:number>")
@allow(Role.ORGANIZER)
def download_attachment(mail_id: str, number: int) -> Response:
    """Answer with what was attached."""
    mail = queries.get_mail(current_fair().id, mail_id)
    if not 0 < number <= len(mail.attachments):
        raise NotFound()
    file = mail.attachments[number - 1].file
    return download(files.read(file), name=file.name, content_type=file.content_type)
