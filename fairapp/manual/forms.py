"""Forms of the exhibitor manual."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileRequired
from wtforms.validators import DataRequired, InputRequired

from fairapp.fairs.forms import local_moment
from fairapp.fairs.models import Fair
from fairapp.manual.actions import TaskAction
from fairapp.manual.models import ManualSection, ManualTask
from fairapp.manual.reminders import STAGES
from fairapp.manual.service.writing import SectionData, TaskData
from fairapp.web import fields, languages, uploads, words
from fairapp.web.fields import REQUIRED, Form

MEGABYTES = 15
ACCEPT = ".pdf,.jpg,.jpeg,.png,.webp"
FILE_REFUSALS = dict.fromkeys(("file_kind", "file_broken", "file_empty", "image_too_large"), "file")


class PartForm(Form):
    """What sections and tasks have in common: a title and a text in four languages, and for whom they are."""

    title_vi = fields.line(_("Title in Vietnamese"), longest=160, required=False)
    title_en = fields.line(_("Title in English"), longest=160, required=False)
    title_ja = fields.line(_("Title in Japanese"), longest=160, required=False)
    title_ko = fields.line(_("Title in Korean"), longest=160, required=False)
    body_vi = fields.paragraph(_("Text in Vietnamese"), longest=20_000, required=False)
    body_en = fields.paragraph(_("Text in English"), longest=20_000, required=False)
    body_ja = fields.paragraph(_("Text in Japanese"), longest=20_000, required=False)
    body_ko = fields.paragraph(_("Text in Korean"), longest=20_000, required=False)
    kinds = fields.choices(_("For whom"), required=False, hint=_("Nothing ticked: for all exhibitors."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kinds.choices = fields.options(words.options("exhibitor_kind"))

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        valid = super().validate(*args, **kwargs)
        if not any(self.texts("title").values()):
            self.title_vi.errors = [*self.title_vi.errors, _("Give a title in one language at least.")]
            self.answer_with = 422
            return False
        return valid

    def texts(self, name: str) -> dict[str, str]:
        """Return a text in the languages in which it was given."""
        return {code: self[f"{name}_{code}"].data or "" for code in languages.LANGUAGES}

    @staticmethod
    def values_of_part(part: ManualSection | ManualTask) -> dict[str, Any]:
        """Return the values of a part that is edited."""
        values: dict[str, Any] = {"kinds": part.kinds}
        for code in languages.LANGUAGES:
            values[f"title_{code}"], values[f"body_{code}"] = part.title.get(code, ""), part.body.get(code, "")
        return values


class SectionForm(PartForm):
    """A section of the manual."""

    file = fields.upload(
        _("File"), megabytes=MEGABYTES, required=False, accept=ACCEPT,
        hint=_("PDF or picture that goes with the section, at most 15 MB."),
    )  # fmt: skip
    drops_file = fields.switch(_("Take the file out"))

    refused_at = FILE_REFUSALS

    def to_data(self) -> SectionData:
        """Return what the section says."""
        return SectionData(
            title=self.texts("title"),
            body=self.texts("body"),
            kinds=self.kinds.data or [],
            upload=uploads.content_of(self.file),
            drops_file=bool(self.drops_file.data),
        )


class TaskForm(PartForm):
    """A task of the manual."""

    action = fields.choice(
        _("How it is done"), hint=_("The first eight are seen in what the exhibitor does on its other pages.")
    )
    deadline = local_moment(_("Deadline"))
    section = fields.choice(_("Section"), required=False)
    required = fields.switch(_("Every exhibitor must do it"), hint=_("Else it is voluntary: nobody is late with it."))

    def __init__(self, *args: Any, sections: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.action.choices = fields.options(words.options("task_action"))
        self.section.choices = fields.options([("", "–"), *sections])
        _optional, *others = self.deadline.validators
        self.deadline.validators = [InputRequired(REQUIRED), *others]
        self.deadline.flags.required = True

    def to_data(self, timezone: str) -> TaskData:
        """Return what the task asks for."""
        return TaskData(
            title=self.texts("title"),
            body=self.texts("body"),
            kinds=self.kinds.data or [],
            action=TaskAction(self.action.data),
            deadline=self.deadline.data.replace(tzinfo=ZoneInfo(timezone)),
            required=bool(self.required.data),
            section_id=self.section.data or "",
        )

    @classmethod
    def values_of(cls, task: ManualTask, timezone: str) -> dict[str, Any]:
        """Return the values of a task that is edited."""
        return {
            **cls.values_of_part(task),
            "action": task.action.value,
            "deadline": task.deadline.astimezone(ZoneInfo(timezone)),
            "section": task.section.public_id if task.section else "",
            "required": task.required,
        }


class SettingsForm(Form):
    """When things freeze, and when exhibitors are reminded."""

    fascia_freeze_at = local_moment(
        _("Fascia names freeze"), hint=_("From then on only the organizer changes them. Empty: never.")
    )
    catalogue_freeze_at = local_moment(
        _("The catalogue freezes"), hint=_("What the profiles say then is printed. Empty: never.")
    )
    remind_7 = fields.switch(_("7 days before the deadline"))
    remind_2 = fields.switch(_("2 days before the deadline"))
    remind_1 = fields.switch(_("1 day before the deadline"))
    remind_after = fields.switch(_("Once after the deadline"))
    version = fields.count(_("Version"), least=1, most=2_000_000_000)

    def moment(self, name: str, timezone: str) -> datetime | None:
        """Return a moment with the fair's zone."""
        return self[name].data.replace(tzinfo=ZoneInfo(timezone)) if self[name].data else None

    def reminders(self) -> list[int]:
        """Return the stages that are switched on."""
        return [stage for stage in STAGES if self[_field(stage)].data]

    @classmethod
    def values_of(cls, fair: Fair) -> dict[str, Any]:
        """Return the settings of a fair."""
        zone = ZoneInfo(fair.timezone)
        values: dict[str, Any] = {_field(stage): stage in fair.task_reminders for stage in STAGES}
        for name in ("fascia_freeze_at", "catalogue_freeze_at"):
            moment = getattr(fair, name)
            values[name] = moment.astimezone(zone) if moment else None
        return {**values, "version": fair.version}


def _field(stage: int) -> str:
    return f"remind_{stage}" if stage > 0 else "remind_after"


class AnswerForm(Form):
    """What an exhibitor answers to a task."""

    text = fields.paragraph(_("Answer"), longest=4000, required=False)
    file = fields.upload(
        _("File"), megabytes=MEGABYTES, required=False, accept=ACCEPT, hint=_("PDF or picture, at most 15 MB.")
    )
    sure = fields.switch(_("Done"))

    refused_at = FILE_REFUSALS

    def __init__(self, *args: Any, action: TaskAction, has_file: bool, returned: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.action = action
        if action is not TaskAction.UPLOAD:
            del self.file
        elif not has_file:
            self.file.validators = [FileRequired(REQUIRED), *self.file.validators]
            self.file.flags.required = True
        if action is TaskAction.TEXT:
            del self.sure
            self.text.validators = [DataRequired(REQUIRED), *self.text.validators[1:]]
            self.text.flags.required = True
        elif action is TaskAction.UPLOAD:
            del self.sure
            self.text.label.text = _("Note")
        else:
            self.text.label.text = _("Note")
            self.sure.validators = [InputRequired(_("Tick this to confirm."))]
            self.sure.flags.required = True
            self.sure.label.text = _sure(action, returned)

    def upload(self) -> tuple[str, bytes] | None:
        """Return name and content of the file."""
        return uploads.content_of(self.file) if "file" in self else None


def _sure(action: TaskAction, returned: bool) -> Any:
    if returned:
        return _("It is mended")
    return {
        TaskAction.CERTIFICATES: _("We have no certificates"),
        TaskAction.CONTRACTORS: _("We build without contractors"),
        TaskAction.ORDERS: _("We order nothing"),
    }.get(action, _("Read and done"))


class ReasonForm(Form):
    """Why an answer goes back."""

    reason = fields.paragraph(_("What must be changed"), longest=1000)
