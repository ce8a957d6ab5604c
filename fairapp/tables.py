"""Every table of the product: importing this makes the metadata complete for migrations."""

from fairapp.accounts import models as accounts
from fairapp.applications import models as applications
from fairapp.audit import models as audit
from fairapp.badges import models as badges
from fairapp.booths import models as booths
from fairapp.checkin import models as checkin
from fairapp.enterprises import models as enterprises
from fairapp.exhibitors import models as exhibitors
from fairapp.fairs import models as fairs
from fairapp.fees import models as fees
from fairapp.files import models as files
from fairapp.imports import models as imports
from fairapp.jobs import models as jobs
from fairapp.mail import models as mail
from fairapp.manual import models as manual
from fairapp.meetings import models as meetings
from fairapp.needs import models as needs
from fairapp.visitors import models as visitors

MODULES = (
    accounts,
    applications,
    audit,
    badges,
    booths,
    checkin,
    enterprises,
    exhibitors,
    fairs,
    fees,
    files,
    imports,
    jobs,
    mail,
    manual,
    meetings,
    needs,
    visitors,
)
