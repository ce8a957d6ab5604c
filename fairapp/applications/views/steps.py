"""One step of an application on its page: shown, saved, checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from flask import request
from flask_babel import gettext
from flask_security import current_user
from werkzeug.datastructures import CombinedMultiDict, MultiDict
from werkzeug.exceptions import BadRequest

from fairapp.applications import answers, consents
from fairapp.applications.forms.base import StepForm, as_sent, to_form, typed_in, typed_of
from fairapp.applications.forms.enterprise import EnterpriseForm
from fairapp.applications.forms.participation import ParticipationForm
from fairapp.applications.models import Application, ApplicationDraft
from fairapp.applications.service import applying, consenting, drafts, register, signing
from fairapp.applications.service.checking import look_for_mistakes
from fairapp.applications.service.drafts import DraftChanged, NewFile, Owner
from fairapp.database import db
from fairapp.enterprises import pictures
from fairapp.errors import FairError
from fairapp.fairs import queries as fairs
from fairapp.files import sniffing
from fairapp.web import clock, languages
from fairapp.web.access import current_fair
from fairapp.web.filters import clock_time
from fairapp.web.moments import short_moment
from fairapp.web.uploads import content_of

FORMS: Mapping[str, type[StepForm]] = {
    answers.ENTERPRISE: EnterpriseForm,
    answers.PARTICIPATION: ParticipationForm,
}
CERTIFICATES = frozenset({sniffing.PDF, "image/jpeg", "image/png"})


@dataclass(frozen=True, kw_only=True)
class Visit:
    """Whose application a page is about, and what is kept of it."""

    owner: Owner
    application: Application | None
    draft: ApplicationDraft | None

    @property
    def version(self) -> int:
        """How often the draft was saved."""
        return self.draft.version if self.draft else 0

    @property
    def number(self) -> int:
        """How often the application was sent."""
        sent = self.application.submissions if self.application else []
        return sent[-1].number if sent else 0


def visit(application: Application | None) -> Visit:
    """Return what there is of an application, or of a new one."""
    owner = Owner(
        fair_id=current_fair().id,
        account_id=current_user.id,
        application_id=application.id if application else None,
    )
    return Visit(owner=owner, application=application, draft=drafts.find(owner))


def kept_form(step: str, here: Visit) -> StepForm:
    """Return a step as it was left: what was typed, else what was sent, else an empty one."""
    typed = here.draft.values.get(step) if here.draft else None
    sent = {"formdata": as_sent(typed)} if typed else {"formdata": None, "data": first_values(here)}
    form = FORMS[step](**sent, **_particulars(step, here))
    _stamp(form, here)
    return form


def first_form(here: Visit) -> EnterpriseForm:
    """Return the first step as it was left, checked."""
    left = kept_form(answers.ENTERPRISE, here)
    form = EnterpriseForm(formdata=as_sent(typed_of(left)), meta={"csrf": False})
    form.validate()
    return form


def sent_form(step: str, here: Visit) -> StepForm:
    """Return a step as it was sent, without the row that is to be taken away."""
    form = FORMS[step](formdata=CombinedMultiDict([request.files, _sent()]), **_particulars(step, here))
    name, _, of = request.form.get("do", "").partition(":")
    if name == "add" and of in form.repeated and len(form[of]) < form[of].max_entries:
        form[of].append_entry()
    return form


def save(form: StepForm, here: Visit) -> bool:
    """Keep what was typed, with the files that are what they should be; false if another window was quicker."""
    typed = typed_in(type(form), _sent(), without=consents.PURPOSES)
    uploads = _uploads(form)
    try:
        draft = drafts.save(here.owner, form.step, typed, version=_version(form), uploads=uploads, now=clock.now())
    except DraftChanged as error:
        form.refuse(error)
        newest = drafts.find(here.owner)
        # Who sends again has seen the warning.
        form.draft_version.data = str(newest.version if newest else 0)
        return False
    form.draft_version.data = str(draft.version)
    for control, (public_id, *_) in ((one.control, draft.values[form.step][one.control]) for one in uploads):
        _control(form, control).data = public_id
    return True


def save_typed(step: str, here: Visit) -> ApplicationDraft:
    """Keep what a script sends while somebody types."""
    if step not in FORMS:
        raise BadRequest()
    typed = typed_in(FORMS[step], request.form, without=consents.PURPOSES)
    version = request.form.get("draft_version", "")
    return drafts.save(here.owner, step, typed, version=int(version) if version.isdecimal() else 0, now=clock.now())


def judge(values: Mapping[str, Any], here: Visit, *forms: StepForm) -> bool:
    """Show every mistake beside its field, in whichever step it is; true if there is none."""
    mistakes = look_for_mistakes(current_fair().id, values, application=here.application, now=clock.now())
    fine = [form.judge((name, error) for name, error in mistakes if name in form._fields) for form in forms]
    return all(fine)


def kept_files(form: StepForm, here: Visit) -> dict[str, str]:
    """Return the names of the files that are kept already, by the hidden field that remembers them."""
    wanted = {field.name: field.data for field in _remembering(form) if field.data}
    if not wanted:
        return {}
    session = db.session()
    found = {}
    for control, public_id in wanted.items():
        file = drafts.file_of(session, _own_files(here), public_id)
        if file is not None:
            found[control] = file.name
    return found


def _own_files(here: Visit) -> dict[str, int]:
    known = dict(here.draft.files) if here.draft else {}
    if here.application is not None:
        values = applying.last_values(db.session(), here.application, current_user.id)
        known |= register.files_of(db.session(), values)
    return known


def only_own_files(values: dict[str, Any], here: Visit) -> dict[str, Any]:
    """Return answers without files that are not the applicant's, whatever a browser claims."""
    known = _own_files(here)
    rows = [{**row, "file": row["file"] if row["file"] in known else ""} for row in values.get("certificates") or ()]
    return {**values, "certificates": rows, "logo": values["logo"] if values.get("logo") in known else ""}


def _sent() -> MultiDict[str, str]:
    sent = MultiDict(request.form)
    what, _, row = sent.get("do", "").partition(":")
    if what == "remove":
        for key in [key for key in sent if key.startswith(f"{row}-")]:
            sent.poplist(key)
    return sent


def _version(form: StepForm) -> int:
    text = form.draft_version.data or ""
    return int(text) if text.isdecimal() else 0


def _stamp(form: StepForm, here: Visit) -> None:
    form.draft_version.data, form.based_on.data = str(here.version), str(here.number)


def _particulars(step: str, here: Visit) -> dict[str, Any]:
    if step == answers.ENTERPRISE:
        return {}
    given = consents.in_force(consenting.list_proofs(here.application)) if here.application else {}
    return {"bodies": bodies(), "given": tuple(given)}


def bodies() -> list[tuple[str, str]]:
    """Return the bodies that may send an enterprise to the fair, by name."""
    language = languages.current_language()
    return [
        (body.public_id, languages.text_in(body.name, language)) for body in fairs.list_co_organizers(current_fair().id)
    ]


def first_values(here: Visit) -> dict[str, Any]:
    """Return the values with which a form begins."""
    if here.application is not None:
        return to_form(applying.last_values(db.session(), here.application, current_user.id))
    invited = request.args.get("invitation", "")
    body = fairs.find_invitation(current_fair().id, invited) if invited else None
    return {
        "country": "VN",
        "quantity": 1,
        "contact_name": current_user.full_name,
        "contact_email": current_user.email,
        "co_organizer": body.public_id if body else "",
    }


def _uploads(form: StepForm) -> list[NewFile]:
    """Return the files that were chosen and are what they should be; the others are refused beside their fields."""
    found = []
    if isinstance(form, EnterpriseForm):
        found.append(_logo(form))
        found += [_certificate(row, form) for row in form.certificates]
    elif isinstance(form, ParticipationForm):
        found.append(_scan(form))
    return [one for one in found if one is not None]


def _logo(form: EnterpriseForm) -> NewFile | None:
    chosen = content_of(form.logo)
    if chosen is None:
        return None
    try:
        picture = pictures.prepare_logo(chosen[1])
    except FairError as error:
        _remember(form, form.logo, error)
        return None
    return NewFile(
        control="logo_kept",
        name=f"logo{picture.extension}",
        content=picture.content,
        content_type=picture.content_type,
    )


def _certificate(row: Any, form: StepForm) -> NewFile | None:
    chosen = content_of(row.form.file)
    if chosen is None:
        return None
    try:
        kind = sniffing.sniff(chosen[1], accepted=CERTIFICATES)
    except FairError as error:
        _remember(form, row.form.file, error)
        return None
    return NewFile(control=row.form.kept.name, name=chosen[0], content=chosen[1], content_type=kind.content_type)


def _scan(form: ParticipationForm) -> NewFile | None:
    chosen = content_of(form.scan)
    if chosen is None:
        return None
    try:
        signing.read_scan(*chosen)
        kind = sniffing.sniff(chosen[1], accepted=signing.SCANS)
    except FairError as error:
        _remember(form, form.scan, error)
        return None
    return NewFile(control="scan_kept", name=chosen[0], content=chosen[1], content_type=kind.content_type)


def _remember(form: StepForm, field: Any, error: FairError) -> None:
    form.refused_files.append((field, error))


def show_refused_files(form: StepForm) -> bool:
    """Show beside their fields which files were refused; true if there is none. Called once the form was validated."""
    for field, error in form.refused_files:
        form.refuse_at(field, error)
    return not form.refused_files


def _control(form: StepForm, name: str) -> Any:
    return next(field for field in _remembering(form) if field.name == name)


def _remembering(form: StepForm) -> list[Any]:
    if isinstance(form, EnterpriseForm):
        return [form.logo_kept, *(row.form.kept for row in form.certificates)]
    return [form.scan_kept] if isinstance(form, ParticipationForm) else []


def saved_words(draft: ApplicationDraft) -> str:
    """Return the line that says when a draft was saved."""
    zone = ZoneInfo(current_fair().timezone)
    today = draft.saved_at.astimezone(zone).date() == clock.now().astimezone(zone).date()
    return gettext("Saved at %(time)s", time=clock_time(draft.saved_at) if today else short_moment(draft.saved_at))
