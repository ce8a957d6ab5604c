"""The certificates of the enterprise's own profile."""

from flask import Blueprint, flash, redirect, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from fairapp.accounts.policy import Role
from fairapp.enterprises import taxonomy
from fairapp.enterprises.certificates import validity
from fairapp.enterprises.changes import ProfileChanged
from fairapp.enterprises.forms import CertificateForm, read_upload
from fairapp.enterprises.models import Capability, CapabilityKind, Enterprise
from fairapp.enterprises.service import certificates as service
from fairapp.errors import NotFound
from fairapp.files import service as files
from fairapp.register.views.own import own_enterprise, page, today
from fairapp.web import clock, languages
from fairapp.web.access import actor, allow, current_fair
from fairapp.web.toasts import Undo, say
from fairapp.web.uploads import download

bp = Blueprint("profile_certificates", __name__, url_prefix="/<fair:fair_code>/exhibitor/profile/certificates")


@bp.app_template_filter("validity")
def write_validity(certificate: Capability) -> str:
    """Return whether a certificate holds on the fair's day of today."""
    return validity(certificate.expires_on, today()).value


@bp.get("")
@allow(Role.EXHIBITOR_CONTACT)
def list_certificates() -> str:
    """Show the certificates with a form for one more."""
    return page("enterprises/certificates.html", own_enterprise(), form=CertificateForm(formdata=None))


@bp.post("")
@allow(Role.EXHIBITOR_CONTACT)
def create_certificate() -> Response | tuple[str, int]:
    """Enter a certificate."""
    enterprise, form = own_enterprise(), CertificateForm()
    if form.validate_on_submit():
        with form.refusals():
            return _save(enterprise, form.code.data or "", form, is_new=True)
    return page("enterprises/certificates.html", enterprise, form=form), form.answer_with


@bp.get("/<certificate>")
@allow(Role.EXHIBITOR_CONTACT)
def edit_certificate(certificate: str) -> str:
    """Show one certificate."""
    enterprise = own_enterprise()
    row = find_certificate(enterprise, certificate)
    form = CertificateForm.showing(service.read_certificate(row) | {"code": row.code})
    return page("enterprises/certificate.html", enterprise, form=form, row=row)


@bp.post("/<certificate>")
@allow(Role.EXHIBITOR_CONTACT)
def update_certificate(certificate: str) -> Response | tuple[str, int]:
    """Change a certificate; the standard stays."""
    enterprise = own_enterprise()
    row, form = find_certificate(enterprise, certificate), CertificateForm()
    form.code.data = row.code
    if form.validate_on_submit():
        with form.refusals():
            try:
                return _save(enterprise, row.code, form, is_new=False)
            except ProfileChanged as changed:
                form, enterprise = CertificateForm.after(changed), own_enterprise()
                form.code.data = certificate
                row = find_certificate(enterprise, certificate)
    return page("enterprises/certificate.html", enterprise, form=form, row=row), form.answer_with


@bp.post("/<certificate>/remove")
@allow(Role.EXHIBITOR_CONTACT)
def remove_certificate(certificate: str) -> Response:
    """Take a certificate off the list, with a way back."""
    enterprise = own_enterprise()
    row = find_certificate(enterprise, certificate)
    name = taxonomy.label("certificates", row.code, languages.current_language())
    service.remove_certificate(enterprise.id, row.code, fair_id=current_fair().id, actor=actor(), now=clock.now())
    undo = Undo(url=url_for(".restore_certificate", certificate=certificate))
    say(gettext("%(name)s is off the list.", name=name), undo=undo)
    return redirect(url_for(".list_certificates"), code=303)


@bp.post("/<certificate>/restore")
@allow(Role.EXHIBITOR_CONTACT)
def restore_certificate(certificate: str) -> Response:
    """Put a certificate back."""
    service.restore_certificate(
        own_enterprise().id, certificate, fair_id=current_fair().id, actor=actor(), now=clock.now()
    )
    flash(gettext("It is back on the list."), "success")
    return redirect(url_for(".list_certificates"), code=303)


@bp.get("/<certificate>/file")
@allow(Role.EXHIBITOR_CONTACT)
def download_own_certificate(certificate: str) -> Response:
    """Answer with the scan of an own certificate."""
    return answer_with_scan(own_enterprise(), certificate)


def find_certificate(enterprise: Enterprise, code: str) -> Capability:
    """Return a certificate of an enterprise; raise ``NotFound``."""
    for capability in enterprise.capabilities:
        if capability.kind is CapabilityKind.CERTIFICATE and capability.code == code:
            return capability
    raise NotFound()


def answer_with_scan(enterprise: Enterprise, code: str) -> Response:
    """Answer with the scan of a certificate."""
    file = find_certificate(enterprise, code).file
    if file is None:
        raise NotFound()
    return download(files.read(file), name=file.name, content_type=file.content_type)


def _save(enterprise: Enterprise, code: str, form: CertificateForm, *, is_new: bool) -> Response:
    row = service.save_certificate(
        enterprise.id,
        code,
        form.change(),
        is_new=is_new,
        upload=read_upload(form.file),
        fair_id=current_fair().id,
        actor=actor(),
        now=clock.now(),
    )
    if write_validity(row) == "expired":
        flash(gettext("Saved. Its last day has passed: it is shown as expired and does not count."), "success")
    else:
        flash(gettext("Saved. The directory shows it at once."), "success")
    return redirect(url_for(".list_certificates"), code=303)
