"""Every table of the product: importing this makes the metadata complete for migrations."""

from fairapp.accounts import models as accounts
from fairapp.audit import models as audit
from fairapp.badges import models as badges
from fairapp.booths import models as booths
from fairapp.checkin import models as checkin
from fairapp.enterprises import models as enterprises
from fairapp.exhibitors import models as exhibitors
from fairapp.fairs import models as fairs
from fairapp.files import models as files
from fairapp.jobs import models as jobs
from fairapp.mail import models as mail
from fairapp.meetings import models as meetings
from fairapp.needs import models as needs
from fairapp.visitors import models as visitors

MODULES = (
    accounts,
    audit,
    badges,
    booths,
    checkin,
    enterprises,
    exhibitors,
    fairs,
    files,
    jobs,
    mail,
    meetings,
    needs,
    visitors,
)
