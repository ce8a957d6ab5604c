"""The exhibitor's own application once it was sent: read, printed, signed, and its consents and messages."""

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask_babel import force_locale, format_date, gettext
from markupsafe import Markup
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from fairapp import qr
from fairapp.accounts.policy import Role
from fairapp.applications import consents, printing, scans
from fairapp.applications.forms.participation import ParticipationForm
from fairapp.applications.forms.small import MessageForm, SignedFormForm
from fairapp.applications.models import Application
from fairapp.applications.printing import Sheet
from fairapp.applications.scans import FormCode
from fairapp.applications.service import applying, consenting, remarks, signing
from fairapp.applications.views import steps, telling
from fairapp.applications.views.applicant import own_application
from fairapp.applications.views.desk import messages
from fairapp.database import db
from fairapp.enterprises.taxonomy import code_list
from fairapp.errors import NotFound
from fairapp.files import service as files
from fairapp.web import clock, fields, languages
from fairapp.web.access import actor, allow, current_fair, membership
from fairapp.web.pdf import html_to_pdf
from fairapp.web.toasts import Undo, say
from fairapp.web.uploads import content_of, download

bp = Blueprint("own_application", __name__, url_prefix="/<fair:fair_code>/exhibitor")

PRINTED = ("vi", "en")
"""Languages in which the form is printed: that of the law, and that of foreign offices."""


@bp.get("/application")
@allow(Role.EXHIBITOR_CONTACT)
def show_application() -> str:
    """Show what was sent, its signed forms and its consents."""
    return _page(own_application(), SignedFormForm(formdata=None))


@bp.get("/application.pdf")
@allow(Role.EXHIBITOR_CONTACT)
def print_application() -> Response:
    """Answer with the application to be signed and stamped."""
    application = own_application()
    if not application.submissions:
        return redirect(url_for(".show_application"), code=303)
    language = request.args.get("language", "vi")
    with force_locale(language if language in PRINTED else "vi"):
        sheet = _sheet(application)
        picture = Markup(qr.svg(scans.write_code(sheet.code)))  # noqa: S704 (our own drawing)
        template = current_app.jinja_env.get_template("applications/form_pdf.html")
        html = render_sheet(template, sheet, picture)
    name = f"{current_fair().code}-{sheet.code.number}-{application.public_id}.pdf"
    return download(html_to_pdf(html, css=printing.css()), name=name, content_type="application/pdf", inline=True)


@bp.post("/application/signed-form")
@allow(Role.EXHIBITOR_CONTACT)
def upload_signed_form() -> Response | tuple[str, int]:
    """Take the signed form; the code on it says whether it is this application's, and which submission."""
    application, form = own_application(), SignedFormForm()
    if form.validate_on_submit():
        with form.refusals():
            chosen = content_of(form.scan)
            assert chosen is not None, "the form asks for a file"
            signed = signing.upload(
                current_fair().id,
                application.enterprise_id,
                signing.read_scan(*chosen),
                actor=actor(),
                now=clock.now(),
            )
            say(str(_SIGNED[signed.state]()))
            return redirect(url_for(".show_application", _anchor="signed"), code=303)
    return _page(application, form), form.answer_with


@bp.get("/application/signed-forms/<id:signed_form_id>")
@allow(Role.EXHIBITOR_CONTACT)
def download_signed_form(signed_form_id: str) -> Response:
    """Answer with a signed form, the latest or one from before."""
    application = own_application()
    found = next((one for one in application.signed_forms if one.public_id == signed_form_id), None)
    if found is None:
        raise NotFound()
    return download(files.read(found.file), name=found.file.name, content_type=found.file.content_type)


@bp.post("/application/consents/give")
@allow(Role.EXHIBITOR_CONTACT)
def give_consent() -> Response:
    """Agree to one more purpose."""
    purpose = _purpose()
    consenting.give(
        current_fair().id,
        membership(Role.EXHIBITOR_CONTACT).enterprise_id,
        purpose,
        fields.label_of(ParticipationForm(formdata=None)[purpose]),
        language=languages.current_language(),
        actor=actor(),
        now=clock.now(),
    )
    undo = Undo(url=url_for(".withdraw_consent"), values={"purpose": purpose})
    say(gettext("Your consent is kept with its words and the time."), undo=undo)
    return redirect(url_for(".show_application", _anchor="consents"), code=303)


@bp.post("/application/consents/withdraw")
@allow(Role.EXHIBITOR_CONTACT)
def withdraw_consent() -> Response:
    """Withdraw a consent; what it allowed ends at once."""
    enterprise_id = membership(Role.EXHIBITOR_CONTACT).enterprise_id
    consenting.withdraw(current_fair().id, enterprise_id, _purpose(), actor=actor(), now=clock.now())
    say(gettext("Withdrawn. It holds from now on."))
    return redirect(url_for(".show_application", _anchor="consents"), code=303)


@bp.get("/messages")
@allow(Role.EXHIBITOR_CONTACT)
def list_messages() -> str:
    """Show what the organizer and the enterprise wrote to each other."""
    application = own_application()
    page = render_template(
        "applications/messages.html", application=application, messages=messages(application), form=MessageForm()
    )
    remarks.read_by_exhibitor(current_fair().id, application.enterprise_id, now=clock.now())
    return page


@bp.post("/messages")
@allow(Role.EXHIBITOR_CONTACT)
def write_message() -> Response | tuple[str, int]:
    """Write to the organizer."""
    application, form = own_application(), MessageForm()
    if form.validate_on_submit():
        remarks.write_to_organizer(
            current_fair().id, application.enterprise_id, form.text.data, actor=actor(), now=clock.now()
        )
        say(gettext("The organizer gets your message by mail too."))
        return redirect(url_for(".list_messages"), code=303)
    page = render_template(
        "applications/messages.html", application=application, messages=messages(application), form=form
    )
    return page, form.answer_with


_SIGNED = {
    scans.ScanState.MATCHED.value: lambda: gettext("The signed form is there: its code says that it is the right one."),
    scans.ScanState.OLDER.value: lambda: gettext("Kept, but you have sent the application again since. Print it anew."),
    scans.ScanState.UNREADABLE.value: lambda: gettext("Kept. Its code cannot be read, so the organizer looks at it."),
}


def _page(application: Application, form: SignedFormForm) -> str:
    account_id = actor().account_id or 0
    values = applying.last_values(db.session(), application, account_id)
    proofs = consenting.list_proofs(application)
    asked = ParticipationForm(formdata=None)
    return render_template(
        "applications/own.html",
        application=application,
        sections=telling.tell(values, bodies=dict(steps.bodies())),
        signed=list(reversed(application.signed_forms)),
        form=form,
        editable=applying.may_be_sent(application),
        purposes=[(purpose, fields.label_of(asked[purpose])) for purpose in consents.PURPOSES],
        in_force=consents.in_force(proofs),
        proofs=proofs,
        needed=consents.PROCESSING,
    )


def _purpose() -> str:
    purpose = request.form.get("purpose", "")
    if purpose not in consents.PURPOSES:
        raise BadRequest()
    return purpose


def render_sheet(template: printing.Template, sheet: Sheet, picture: Markup) -> str:
    """Return the sheet as a page in the language in use."""
    return printing.to_html(sheet, _Worded(template), picture=picture)


class _Worded:
    """A template that knows the language in use, as every page does."""

    def __init__(self, template: printing.Template) -> None:
        self._template = template

    def render(self, **context: object) -> str:
        return self._template.render(language=languages.current_language(), **context)


def _sheet(application: Application) -> Sheet:
    fair, last = current_fair(), application.submissions[-1]
    values, language = last.values, languages.current_language()
    given = consents.in_force(consenting.list_proofs(application))
    asked = ParticipationForm(formdata=None)
    agreed = [purpose for purpose in consents.PURPOSES if purpose in given]
    return Sheet(
        code=FormCode(fair_code=fair.code, application_id=application.public_id, number=last.number),
        fair_name=languages.text_in(fair.name, language),
        fair_dates=f"{format_date(fair.starts_on, 'dd/MM/yyyy')} – {format_date(fair.ends_on, 'dd/MM/yyyy')}",
        venue=languages.text_in(fair.venue, language),
        organizer=languages.text_in(fair.organizer_name, language) or gettext("the organizer"),
        enterprise=values.get("legal_name") or application.enterprise.legal_name,
        representative=values.get("representative") or "",
        representative_title=values.get("representative_title") or "",
        place=code_list("provinces").label(values.get("province"), language) or "...............",
        day=last.sent_at.date(),
        sections=telling.tell(values, bodies=dict(steps.bodies())),
        consents=[fields.label_of(asked[purpose]) for purpose in agreed],
        fictional=fair.fictional,
    )
