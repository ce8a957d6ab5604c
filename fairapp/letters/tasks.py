"""The job that writes a bulk mail: one mail to each recipient, in its language."""

from fairapp.database import add_once, db, transaction
from fairapp.errors import FairError
from fairapp.fairs.models import Fair
from fairapp.jobs import service as jobs
from fairapp.jobs.registry import Done, Task, handles
from fairapp.letters import queries
from fairapp.letters.recipients import Filters
from fairapp.letters.service.bulk import SEND_BULK
from fairapp.letters.views.words import Facts, write_letter
from fairapp.mail.models import BulkMail, Mail
from fairapp.mail.service import SEND
from fairapp.web import clock
from fairapp.web.letters import FREE


@handles(SEND_BULK)
def send(task: Task) -> Done:
    """Write the mails of a bulk mail; run again it writes those that are missing."""
    now = clock.now()
    bulk = db.session.get(BulkMail, task.payload["bulk_mail_id"])
    if bulk is None or bulk.fair_id != task.fair_id:
        return Done(outcome={"mails": 0})
    row = db.session.get_one(Fair, bulk.fair_id)
    fair, bulk_id, fair_id = Facts.of(row), bulk.id, bulk.fair_id
    subject, body, keys = dict(bulk.subject), dict(bulk.body), set(bulk.recipients["keys"])
    everybody = queries.list_recipients(row, Filters.read(bulk.recipients["filters"]), now=now)
    chosen = [one for one in everybody if one.key in keys and one.to]
    db.session.rollback()
    for number, one in enumerate(chosen, start=1):
        language, letter = write_letter(subject, body, one, fair)
        mail = Mail(
            fair_id=fair_id,
            enterprise_id=one.enterprise_id,
            bulk_mail_id=bulk_id,
            kind=FREE,
            to=one.to,
            to_name=one.to_name,
            reply_to=fair.reply_to,
            language=language,
            subject=letter.subject[:300],
            body=letter.body,
            html=letter.html,
            source=f"bulk:{bulk_id}:{one.enterprise_id}",
            created_at=now,
        )
        _put(mail, fair_id)
        if number % 20 == 0 or number == len(chosen):
            task.progress(number, len(chosen))
    return Done(outcome={"mails": len(chosen)})


def _put(mail: Mail, fair_id: int) -> None:
    try:
        with transaction() as session:
            add_once(session, mail, FairError())
            jobs.enqueue(session, SEND, {"mail_id": mail.id}, now=mail.created_at, fair_id=fair_id)
    except FairError:  # an earlier run of the job wrote it
        return
