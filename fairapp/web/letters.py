"""The words of a mail: a text template per kind, in the language of whoever reads it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import render_template
from flask_babel import force_locale

from fairapp.web.settings import absolute_url


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A mail's words, ready to be sent."""

    subject: str
    body: str
    html: str


def write(kind: str, *, language: str, context: Mapping[str, Any]) -> Letter:
    """Return the mail of ``kind``: the first line of its template is the subject, the rest the body."""
    with force_locale(language):
        text = render_template(f"mail/{kind}.txt", absolute_url=absolute_url, **context)
        subject, _, body = text.strip().partition("\n")
        html = render_template("mail/letter.html", subject=subject, body=body.strip(), language=language)
    return Letter(subject=subject.strip(), body=body.strip() + "\n", html=html)
