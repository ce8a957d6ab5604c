"""Jobs of the catalogue: its print, and the print that a freeze brings by itself."""

from datetime import datetime

from fairapp.database import db, transaction
from fairapp.fairs.models import Fair
from fairapp.files import service as files
from fairapp.jobs.registry import Done, Task, daily, handles
from fairapp.site import service
from fairapp.site.queries import PRINT
from fairapp.site.views.printing import catalogue_pdf
from fairapp.web import clock


@handles(PRINT)
def print_catalogue(task: Task) -> Done:
    """Lay out the catalogue as it is now and keep it as a file."""
    now = clock.now()
    if task.fair_id is None:
        raise ValueError("a catalogue is printed for a fair")
    fair = db.session.get_one(Fair, task.fair_id)
    freeze = task.payload.get("freeze")
    if freeze and fair.catalogue_freeze_at != datetime.fromisoformat(freeze):
        return Done(outcome={"exhibitors": 0})  # the freeze was moved: its own print comes then
    tongues, sample = list(task.payload["tongues"]), bool(task.payload["sample"])
    code = fair.code
    pdf, outcome = catalogue_pdf(fair, tongues, sample=sample, now=now, progress=task.progress)
    kind = "sample" if sample else "catalogue"
    with transaction() as session:
        file = files.store(
            session,
            pdf,
            name=f"{code}-{kind}-{'-'.join(tongues)}-{now:%Y%m%d}.pdf",
            content_type="application/pdf",
            fair_id=task.fair_id,
            now=now,
        )
        file_id = file.id
    return Done(outcome={**outcome, "as_of": now.isoformat(), "size": len(pdf)}, file_id=file_id)


@daily("site.freeze_catalogues")
def freeze_catalogues(task: Task) -> None:
    """Order the prints of catalogues that freeze in these days."""
    service.order_frozen_catalogues(now=clock.now())
