"""Forms of templates and bulk mails."""

import re
from collections.abc import Collection
from typing import Any

from flask_babel import lazy_gettext as _

from fairapp.database import new_public_id
from fairapp.mail.placeholders import find_mistakes
from fairapp.web import fields, languages
from fairapp.web.fields import Form

_ONCE = re.compile(r"[2-9a-hj-km-np-z]{12}")


class WordsForm(Form):
    """Subject and text in four languages, with placeholders of a whitelist."""

    subject_vi = fields.line(_("Subject in Vietnamese"), longest=200, required=False)
    subject_en = fields.line(_("Subject in English"), longest=200, required=False)
    subject_ja = fields.line(_("Subject in Japanese"), longest=200, required=False)
    subject_ko = fields.line(_("Subject in Korean"), longest=200, required=False)
    body_vi = fields.paragraph(_("Text in Vietnamese"), longest=10_000, required=False)
    body_en = fields.paragraph(_("Text in English"), longest=10_000, required=False)
    body_ja = fields.paragraph(_("Text in Japanese"), longest=10_000, required=False)
    body_ko = fields.paragraph(_("Text in Korean"), longest=10_000, required=False)

    def __init__(self, *args: Any, known: Collection[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = known

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        valid = super().validate(*args, **kwargs)
        for code in languages.LANGUAGES:
            subject, body = self[f"subject_{code}"], self[f"body_{code}"]
            if bool(subject.data) != bool(body.data):
                empty = body if subject.data else subject
                empty.errors = [*empty.errors, _("A language needs both, subject and text.")]
            for field in (subject, body):
                field.errors = [*field.errors, *self._mistakes(field.data or "")]
        if not any(self.texts("body").values()) and not self.body_vi.errors:
            self.body_vi.errors = [_("Write a text in one language at least.")]
        valid = valid and not any(field.errors for field in self)
        if not valid:
            self.answer_with = 422
        return valid

    def _mistakes(self, text: str) -> list[Any]:
        return [
            _(
                "Line %(line)s, letter %(column)s: %(written)s is no placeholder of this mail.",
                line=one.line,
                column=one.column,
                written=one.written,
            )
            for one in find_mistakes(text, self.known)
        ]

    def texts(self, name: str) -> dict[str, str]:
        """Return a text in the languages in which it was given."""
        given = {code: self[f"{name}_{code}"].data or "" for code in languages.LANGUAGES}
        return {code: text.replace("\r\n", "\n") for code, text in given.items() if text}

    def written_in(self) -> list[str]:
        """Return the languages in which there are words."""
        return [code for code in languages.LANGUAGES if self[f"body_{code}"].data]


class OwnWordsForm(WordsForm):
    """The organizer's words for a mail of the product."""

    exhibitor = fields.choice(_("Preview for"), required=False)


class TemplateForm(OwnWordsForm):
    """Words for mails that people send by hand, under a name."""

    name = fields.line(_("Name of the template"), longest=100)

    refused_at = {"template_exists": "name"}


class BulkForm(WordsForm):
    """A bulk mail: its words, and a name by which a second click is known."""

    once = fields.line(_("Form"), longest=12, required=False)

    def name(self) -> str:
        """Return the random name of this form; a new one where the page was sent none."""
        given = self.once.data or ""
        return given if _ONCE.fullmatch(given) else new_public_id()


def values_of(subject: dict[str, str], body: dict[str, str]) -> dict[str, str]:
    """Return words as the fields of a form take them."""
    return {
        f"{name}_{code}": texts.get(code, "")
        for name, texts in (("subject", subject), ("body", body))
        for code in languages.LANGUAGES
    }
