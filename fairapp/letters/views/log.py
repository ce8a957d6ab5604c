"""What was written to whom: a mail with what can be done with it, and the log of each exhibitor."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from fairapp.accounts.policy import Role
from fairapp.exhibitors import queries as exhibitors
from fairapp.letters import queries
from fairapp.letters.service import bulk as service
from fairapp.mail import queries as mails
from fairapp.mail.copying import message_text, zalo_address
from fairapp.web import clock
from fairapp.web.access import actor, allow, current_fair
from fairapp.web.toasts import say

bp = Blueprint("mail_log", __name__, url_prefix="/<fair:fair_code>/organizer")


@bp.get("/mails/<id:mail_id>/")
@allow(Role.ORGANIZER)
def show_mail(mail_id: str) -> str:
    """Show one mail as it was written, to be copied or sent again."""
    mail = mails.get_mail(current_fair().id, mail_id)
    _name, phone = queries.find_contact(current_fair().id, mail.enterprise_id)
    return render_template(
        "mail/mail.html", mail=mail, message=message_text(mail.subject, mail.body), zalo=zalo_address(phone)
    )


@bp.post("/mails/<id:mail_id>/again")
@allow(Role.ORGANIZER)
def send_again(mail_id: str) -> Response:
    """Send a mail once more."""
    sent = service.send_again(current_fair().id, mail_id, actor=actor(), now=clock.now())
    say(gettext("The mail is on its way again."))
    return redirect(url_for(".show_mail", mail_id=sent), code=303)


@bp.get("/exhibitors/<id:exhibitor_id>/mails")
@allow(Role.ORGANIZER)
def list_mails_of_exhibitor(exhibitor_id: str) -> str:
    """Show every mail to an exhibitor's enterprise in this fair."""
    fair = current_fair()
    exhibitor = exhibitors.get_exhibitor(fair.id, exhibitor_id)
    page = mails.page_of_mails_to(fair.id, exhibitor.enterprise_id, page=request.args.get("page", 1, type=int))
    return render_template(
        "letters/of_exhibitor.html",
        exhibitor=exhibitor,
        page=page,
        message_text=message_text,
        zalo=zalo_address(exhibitor.contact_phone),
    )
