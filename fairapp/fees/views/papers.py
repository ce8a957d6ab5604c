"""Payment requests on paper: Vietnamese with English beside it, or English with Vietnamese beside it."""

from pathlib import Path
from typing import Any

from flask import current_app
from flask_babel import force_locale

from fairapp import qr
from fairapp.enterprises.reference import find_bank
from fairapp.fees.amounts import in_words
from fairapp.fees.models import PaymentRequest
from fairapp.fees.papers import Paper, read_paper
from fairapp.fees.schedule import RequestKind
from fairapp.fees.service.payment_shared import today_of
from fairapp.web import languages
from fairapp.web.pdf import html_to_pdf

SHEET = Path(__file__).parent / "payment_request.css"
LANGUAGES = ("vi", "en")
"""Of the papers; readers of other languages get English."""


def request_pdf(fair: Any, request: PaymentRequest, *, language: str) -> bytes:
    """Return a payment request as a PDF, from what was kept when it was issued."""
    paper = read_paper(request.statement)
    language = language if language in LANGUAGES else "en"
    with force_locale(language):
        html = current_app.jinja_env.get_template("fees/payment_request.html").render(
            fair=fair,
            request=request,
            paper=paper,
            language=language,
            issued_on=today_of(fair, request.issued_at),
            text=lambda texts: languages.text_in(texts, language),
            bank=find_bank(paper.bank),
            to_pay=to_pay(paper, request),
            words=[(one, in_words(to_pay(paper, request), one)) for one in LANGUAGES],
            code=qr.svg(paper.qr, label="VietQR") if paper.qr else "",
            is_settlement=request.kind is RequestKind.CANCELLATION,
        )
    return html_to_pdf(html, css=SHEET.read_text(encoding="utf-8"))


def to_pay(paper: Paper, request: PaymentRequest) -> int:
    """Return what the paper asks for."""
    return max(request.amount - paper.credit, 0)


def file_name(fair: Any, request: PaymentRequest, language: str) -> str:
    """Return the name of the file."""
    return f"{fair.code}-{request.reference}-{language}.pdf"
