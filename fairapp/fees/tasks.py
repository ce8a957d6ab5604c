"""Jobs of fees: the paper of a payment request with its mail, many requests at once, the day's reminders."""

import io
from collections.abc import Sequence

import sqlalchemy as sa

from fairapp.database import db, transaction
from fairapp.fairs.models import Fair
from fairapp.fees.models import PaymentRequest
from fairapp.fees.queries import payments as queries
from fairapp.fees.queries.payments import Payer, payer_of
from fairapp.fees.schedule import RequestKind
from fairapp.fees.service import payment_requests as service
from fairapp.fees.service.payment_shared import facts_of, write_to_payer
from fairapp.fees.views.papers import file_name, request_pdf
from fairapp.files import service as files
from fairapp.jobs.registry import Done, Task, daily, handles
from fairapp.web import clock
from fairapp.web.access import SYSTEM


@handles(service.DELIVER)
def deliver_request(task: Task) -> None:
    """Lay out a request's paper and send it; run again it sends nothing twice."""
    deliver(task.payload["request_id"])


def deliver(request_id: int) -> bytes | None:
    """Lay out a request's paper, keep it and mail it once; return the paper, or ``None`` if it was withdrawn."""
    request = db.session.get(PaymentRequest, request_id)
    if request is None or request.withdrawn_at is not None:
        return None
    fair = db.session.get_one(Fair, request.fair_id)
    pdf = request_pdf(fair, request, language=request.language)
    name = file_name(fair, request, request.language if request.language == "vi" else "en")
    now = clock.now()
    with transaction() as session:
        request, fair = session.get_one(PaymentRequest, request_id), session.get_one(Fair, fair.id)
        if request.file is None:
            request.file = files.store(
                session, pdf, name=name, content_type="application/pdf", fair_id=fair.id, now=now
            )
        paid = queries.paid_of([request.id])[request.id]
        write_to_payer(
            session,
            fair,
            "payment_request",
            payer_of(request),
            context=facts_of(request, paid=paid),
            now=now,
            source=f"payment_request:{request.public_id}",
            attachments=[request.file],
        )
    return pdf


@handles(service.ISSUE)
def issue_requests(task: Task) -> Done:
    """Ask many payers, each in its own transaction; the papers come in one PDF."""
    if task.fair_id is None:
        raise ValueError("payment is asked for in a fair")
    kind, papers = RequestKind(task.payload["kind"]), []
    payers = [Payer(exhibitor_id=one, pavilion_id=other) for one, other in task.payload["payers"]]
    for done, payer in enumerate(payers, start=1):
        request = service.issue_in_job(task.fair_id, payer, kind, job_id=task.job_id, actor=SYSTEM, now=clock.now())
        if request is not None and (pdf := deliver(request.id)):
            papers.append(pdf)
        task.progress(done, len(payers))
    if not papers:
        return Done(outcome={"requests": 0})
    now = clock.now()
    with transaction() as session:
        fair = session.get_one(Fair, task.fair_id)
        file = files.store(
            session,
            _joined(papers),
            name=f"{fair.code}-payment-requests.pdf",
            content_type="application/pdf",
            fair_id=fair.id,
            now=now,
        )
        file_id = file.id
    return Done(outcome={"requests": len(papers)}, file_id=file_id)


def _joined(papers: Sequence[bytes]) -> bytes:
    import pikepdf  # slow import: most requests print nothing

    whole = pikepdf.new()
    for paper in papers:
        with pikepdf.open(io.BytesIO(paper)) as part:
            whole.pages.extend(part.pages)
    target = io.BytesIO()
    whole.save(target)
    return target.getvalue()


@daily("fees.remind")
def remind(task: Task) -> Done:
    """Remind of payment requests for which a stage has come, fair by fair."""
    now = clock.now()
    # A fair that is over reminds of what is unpaid as long as its stages say.
    fair_ids = list(db.session.scalars(sa.select(Fair.id).order_by(Fair.id)))
    reminded = 0
    for done, fair_id in enumerate(fair_ids, start=1):
        reminded += service.remind_due(fair_id, actor=SYSTEM, now=now)
        task.progress(done, len(fair_ids))
    return Done(outcome={"reminded": reminded})
