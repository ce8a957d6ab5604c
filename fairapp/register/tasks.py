"""The job that warns of certificates, once a day."""

from zoneinfo import ZoneInfo

from fairapp.jobs.registry import Done, Task, daily
from fairapp.register.service import warning
from fairapp.web import clock

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
"""By whose days certificates run out: the register belongs to no fair."""


@daily("register.warn_of_certificates")
def warn_of_certificates(task: Task) -> Done:
    """Write to the enterprises whose certificates run out within 60 days."""
    now = clock.now()
    return Done(outcome={"mails": warning.warn_of_certificates(today=now.astimezone(ZONE).date(), now=now)})
