"""The manual on paper, in any of the four languages."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from flask import Response, render_template, request
from flask_babel import force_locale

from fairapp.fairs.models import Fair
from fairapp.manual.models import ManualSection, ManualTask
from fairapp.manual.outline import blocks
from fairapp.web import languages
from fairapp.web.pdf import html_to_pdf
from fairapp.web.uploads import download


def manual_pdf(fair: Fair, sections: Sequence[ManualSection], tasks: Sequence[ManualTask]) -> Response:
    """Answer with the manual as a PDF, in the language that the address asks for."""
    wanted = request.args.get("language", "")
    language = wanted if wanted in languages.LANGUAGES else languages.current_language()
    with force_locale(language):
        html = render_template(
            "manual/paper.html",
            fair=fair,
            sections=sections,
            tasks=sorted(tasks, key=lambda one: (one.deadline, one.position)),
            zone=ZoneInfo(fair.timezone),
            text=lambda texts: languages.text_in(texts, language),
            blocks=blocks,
            language=language,
        )
    name = f"{fair.code}-manual-{language}.pdf"
    return download(html_to_pdf(html), name=name, content_type="application/pdf", inline=True)
