"""What stands on the exhibitor's overview."""

from typing import Any

from fairapp.applications import progress, queries
from fairapp.applications.models import Application, RemarkKind
from fairapp.applications.progress import Facts
from fairapp.applications.service import drafts
from fairapp.applications.service.drafts import Owner
from fairapp.enterprises import completeness
from fairapp.exhibitors import queries as exhibitors
from fairapp.web import clock
from fairapp.web.access import actor, current_fair

WHOLE = 80
"""Per cent of a profile from which on it counts as complete here; the profile's page tells the rest."""

MESSAGES = frozenset({RemarkKind.TO_EXHIBITOR, RemarkKind.FROM_EXHIBITOR})


def overview(application: Application) -> dict[str, Any]:
    """Return where an exhibitor stands: its tasks, the latest messages and what it typed and has not sent."""
    fair, account_id = current_fair(), actor().account_id
    exhibitor = exhibitors.find_exhibitor(fair.id, application.enterprise_id)
    profile = completeness.completeness(application.enterprise, today=clock.now().date())
    facts = Facts(
        status=application.status,
        scan_state=application.scan_state,
        has_scan=application.scan_id is not None,
        profile_complete=profile.percent >= WHOLE,
        has_staff=exhibitor is not None and any(one.removed_at is None for one in exhibitor.staff),
    )
    owner = Owner(fair_id=fair.id, account_id=account_id or 0, application_id=application.id)
    return {
        "application": application,
        "exhibitor": exhibitor,
        "tasks": progress.list_tasks(facts),
        "profile": profile,
        "messages": messages(application),
        "draft": drafts.find(owner),
    }


def messages(application: Application) -> list[Any]:
    """Return the messages between the organizer and an enterprise, the latest first; notes are not for its eyes."""
    return [one for one in reversed(queries.list_remarks(application.id)) if one.kind in MESSAGES]
