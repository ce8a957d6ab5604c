"""The exhibitor for which an account acts."""

from fairapp.accounts.policy import Role
from fairapp.exhibitors import queries
from fairapp.exhibitors.models import Exhibitor
from fairapp.exhibitors.service.shared import NotAnExhibitor
from fairapp.web.access import current_fair, membership


def own_exhibitor(*roles: Role) -> Exhibitor:
    """Return the exhibitor for which the account acts."""
    member = membership(*roles)
    exhibitor = queries.find_exhibitor(current_fair().id, member.enterprise_id)
    if exhibitor is None:
        raise NotAnExhibitor()
    return exhibitor
