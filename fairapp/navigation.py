"""Where one can go: the left navigation of each desk and the head of the public pages."""

from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from flask import current_app, g, request, url_for
from flask_babel import lazy_gettext as _

from fairapp.accounts.policy import Role
from fairapp.exhibitors import queries as exhibitors
from fairapp.exhibitors.models import Exhibitor
from fairapp.reports import queries as reports
from fairapp.web import clock
from fairapp.web.access import acting, find_policy, memberships, scope


@dataclass(frozen=True, kw_only=True)
class Place:
    """One entry of a navigation."""

    label: Any
    endpoint: str
    icon: str
    below: bool = False
    """A page that belongs to the place before it."""
    aside: bool = False
    """Not a step in the life of the fair but what keeps it running."""
    accepted: bool = False
    """A page for enterprises that the organizer has accepted."""
    applied: bool = False
    """A page for enterprises that applied themselves; a co-exhibitor came by its main exhibitor."""
    waits: str = ""
    """What of ``reports.queries.waiting`` is counted beside the label."""


DESKS: dict[str, tuple[Place, ...]] = {
    "organizer": (
        Place(label=_("Overview"), endpoint="overview.show_overview", icon="chart"),
        Place(label=_("Set up"), endpoint="fair_desk.edit_fair", icon="gear"),
        Place(label=_("Applications"), endpoint="applications.list_applications", icon="inbox", waits="applications"),
        Place(label=_("Exhibitors"), endpoint="exhibitors.list_exhibitors", icon="factory", below=True),
        Place(label=_("Enterprises"), endpoint="register.list_enterprises", icon="building", below=True),
        Place(label=_("Fees and orders"), endpoint="fees.list_fees", icon="table", below=True),
        Place(label=_("Payments"), endpoint="payments.list_requests", icon="qr", below=True),
        Place(label=_("Exhibitor manual"), endpoint="manual.show_manual", icon="file", below=True),
        Place(label=_("Catalogue"), endpoint="catalogue.show_catalogue", icon="file", below=True),
        Place(label=_("Booths"), endpoint="booths.show_floor_plan", icon="plan"),
        Place(label=_("Visitors"), endpoint="visitors.list_visitors", icon="people"),
        Place(label=_("Buyers"), endpoint="visitors.list_buyers", icon="building", below=True),
        Place(label=_("Needs"), endpoint="needs.list_all_needs", icon="search"),
        Place(label=_("Meetings"), endpoint="meetings.show_schedule", icon="handshake"),
        Place(label=_("Badges"), endpoint="badges.list_badges", icon="badge"),
        Place(label=_("Gates"), endpoint="checkin.show_board", icon="gate"),
        Place(label=_("Mails"), endpoint="mail.list_mails", icon="mail", aside=True, waits="mails"),
        Place(label=_("People and roles"), endpoint="members.list_members", icon="key", aside=True),
        Place(label=_("Jobs"), endpoint="jobs.list_jobs", icon="clock", aside=True),
        Place(label=_("Audit trail"), endpoint="audit.list_entries", icon="lock", aside=True),
    ),
    "exhibitor": (
        Place(label=_("Overview"), endpoint="exhibitor_desk.show_overview", icon="chart"),
        Place(label=_("Application"), endpoint="own_application.show_application", icon="edit", applied=True),
        Place(label=_("Messages"), endpoint="own_application.list_messages", icon="mail", applied=True, below=True),
        Place(label=_("Enterprise profile"), endpoint="enterprise_profile.edit_profile", icon="factory", accepted=True),
        Place(label=_("Contact"), endpoint="exhibitor_contact.edit_contact", icon="mail", accepted=True, below=True),
        Place(label=_("Booth"), endpoint="exhibitor_booth.show_booth", icon="plan", applied=True),
        Place(label=_("Staff and badges"), endpoint="exhibitor_staff.list_staff", icon="badge", accepted=True),
        Place(label=_("Exhibitor manual"), endpoint="exhibitor_manual.show_manual", icon="file", accepted=True),
        Place(label=_("Orders"), endpoint="exhibitor_orders.list_orders", icon="inbox", accepted=True),
        Place(label=_("Fees"), endpoint="exhibitor_orders.show_fees", icon="table", accepted=True, below=True),
        Place(label=_("Payments"), endpoint="exhibitor_payments.show_payments", icon="qr", accepted=True, below=True),
        Place(label=_("Needs"), endpoint="needs_to_meet.list_needs", icon="search"),
        Place(label=_("Meetings"), endpoint="my_meetings.list_requests", icon="handshake", accepted=True),
        Place(label=_("Agenda"), endpoint="my_meetings.show_agenda", icon="calendar", accepted=True, below=True),
    ),
    "buyer": (
        Place(label=_("My needs"), endpoint="my_needs.list_needs", icon="search"),
        Place(label=_("Exhibitors"), endpoint="my_meetings.list_exhibitors", icon="factory"),
        Place(label=_("Meetings"), endpoint="my_meetings.list_requests", icon="handshake"),
        Place(label=_("Agenda"), endpoint="my_meetings.show_agenda", icon="calendar"),
    ),
    "gate": (Place(label=_("Gates"), endpoint="checkin_gate.list_gates", icon="gate"),),
}

TABS: dict[str, tuple[Place, ...]] = {
    "profile": (
        Place(label=_("Texts"), endpoint="enterprise_profile.edit_profile", icon="edit"),
        Place(label=_("Capabilities"), endpoint="enterprise_profile.edit_capabilities", icon="gear"),
        Place(label=_("Machines"), endpoint="profile_lists.list_machines", icon="factory"),
        Place(label=_("Certificates"), endpoint="profile_certificates.list_certificates", icon="badge"),
        Place(label=_("Logo and products"), endpoint="profile_products.list_products", icon="image"),
        Place(label=_("Quality, cost, delivery"), endpoint="enterprise_profile.edit_figures", icon="chart"),
        Place(label=_("Customers"), endpoint="profile_lists.list_customers", icon="building"),
    ),
    "set_up": (
        Place(label=_("The fair"), endpoint="fair_desk.edit_fair", icon="gear"),
        Place(label=_("Eligibility"), endpoint="eligibility.edit_eligibility", icon="check"),
        Place(label=_("Co-organizers"), endpoint="co_organizers.list_co_organizers", icon="building"),
        Place(label=_("Fees"), endpoint="fee_settings.edit_rules", icon="table"),
        Place(label=_("Extras"), endpoint="fee_settings.list_extras", icon="inbox"),
        Place(label=_("Payment"), endpoint="payment_settings.edit_terms", icon="qr"),
        Place(label=_("Badges and building"), endpoint="badge_settings.edit_rules", icon="badge"),
        Place(label=_("Freeze dates and reminders"), endpoint="manual.edit_settings", icon="clock"),
    ),
    "exhibitor": (
        Place(label=_("Exhibitor"), endpoint="exhibitors.show_exhibitor", icon="factory"),
        Place(label=_("Staff and badges"), endpoint="staff_of_exhibitor.list_staff", icon="badge"),
        Place(label=_("Co-exhibitors"), endpoint="one_exhibitor.list_co_exhibitors", icon="people"),
        Place(label=_("Fees"), endpoint="fees.show_fees", icon="table"),
        Place(label=_("Orders"), endpoint="organizer_orders.list_orders", icon="inbox"),
        Place(label=_("Payments"), endpoint="payers.show_exhibitor", icon="qr"),
        Place(label=_("Checklist"), endpoint="manual_progress.show_checklist", icon="check"),
        Place(label=_("Mails"), endpoint="mail_log.list_mails_of_exhibitor", icon="mail"),
    ),
    "exhibitors": (
        Place(label=_("Exhibitors"), endpoint="exhibitors.list_exhibitors", icon="factory"),
        Place(label=_("Co-exhibitors"), endpoint="co_exhibitors.list_proposals", icon="people"),
        Place(label=_("Pavilions"), endpoint="pavilions.list_pavilions", icon="building"),
    ),
    "people": (
        Place(label=_("Staff and badges"), endpoint="exhibitor_staff.list_staff", icon="badge"),
        Place(label=_("Co-exhibitors"), endpoint="own_co_exhibitors.list_co_exhibitors", icon="people"),
        Place(label=_("Links for firms"), endpoint="exhibitor_links.list_links", icon="key"),
    ),
    "mails": (
        Place(label=_("Mails"), endpoint="mail.list_mails", icon="mail"),
        Place(label=_("Mail templates"), endpoint="letters.list_templates", icon="edit"),
        Place(label=_("Bulk mails"), endpoint="bulk_mails.list_bulk_mails", icon="people"),
    ),
    "fees": (
        Place(label=_("Fees"), endpoint="fees.list_fees", icon="table"),
        Place(label=_("Orders"), endpoint="organizer_orders.list_all_orders", icon="inbox"),
        Place(label=_("Ordered extras"), endpoint="organizer_orders.list_totals", icon="factory"),
    ),
    "manual": (
        Place(label=_("The manual"), endpoint="manual.show_manual", icon="file"),
        Place(label=_("Who is late"), endpoint="manual_progress.list_progress", icon="clock"),
    ),
    "payments": (
        Place(label=_("Asked for"), endpoint="payments.list_requests", icon="qr"),
        Place(label=_("Ask for payment"), endpoint="payments.show_due", icon="mail"),
        Place(label=_("Bank"), endpoint="bank.list_lines", icon="download"),
        Place(label=_("E-invoices"), endpoint="e_invoices.list_requests", icon="file"),
    ),
}
"""Pages that stand side by side under one heading: of the set-up, and of one exhibitor for the organizer."""

SITE: tuple[Place, ...] = (
    Place(label=_("The fair"), endpoint="site.show_fair", icon="home"),
    Place(label=_("Exhibitors"), endpoint="site.list_exhibitors", icon="factory"),
    Place(label=_("Needs"), endpoint="site.list_needs", icon="search"),
    Place(label=_("Floor plan"), endpoint="site.show_floor_plan", icon="plan"),
    Place(label=_("Exhibit"), endpoint="site.show_exhibiting", icon="building"),
)

DESK_OF = {
    Role.ORGANIZER: "organizer",
    Role.CO_ORGANIZER: "organizer",
    Role.EXHIBITOR_CONTACT: "exhibitor",
    Role.EXHIBITOR_STAFF: "exhibitor",
    Role.BUYER: "buyer",
    Role.GATE: "gate",
}


HOME_OF = {
    Role.ORGANIZER: "overview.show_overview",
    Role.CO_ORGANIZER: "overview.show_overview",
    Role.EXHIBITOR_CONTACT: "exhibitor_desk.show_overview",
    Role.EXHIBITOR_STAFF: "exhibitor_desk.show_overview",
    Role.BUYER: "my_needs.list_needs",
    Role.GATE: "checkin_gate.list_gates",
}
"""The first page of each role."""


def home_url(fair_code: str, role: Role) -> str:
    """Return the first page of a role in a fair."""
    return url_for(HOME_OF[role], fair_code=fair_code)


def desk() -> list[dict[str, Any]]:
    """Return the navigation of the desk that the page belongs to, without doors that are closed."""
    name = current_desk()
    return _items(DESKS[name]) if name else []


def current_desk() -> str | None:
    """Return the desk of the page by its path, else by the account's first role in the fair."""
    parts = request.path.split("/")
    mine = [DESK_OF[membership.role] for membership in memberships()]
    if len(parts) > 2 and parts[2] in mine:
        return parts[2]
    return mine[0] if mine else None


def tabs() -> list[dict[str, Any]]:
    """Return the tabs among which the page stands, itself or by the page above it; none for most pages."""
    roles = {membership.role for membership in memberships()}
    given = request.view_args or {}
    for places in TABS.values():
        opened = [place for place in places if _is_open(place, roles)]
        if not _belongs(opened, given):
            continue
        urls = {place.endpoint: url_for(place.endpoint, **_wanted(place.endpoint, given)) for place in opened}
        current = _nearest(urls)
        if current:
            return [
                {"label": place.label, "url": urls[place.endpoint], "current": place.endpoint == current}
                for place in opened
            ]
    return []


def _belongs(places: list[Place], given: dict[str, Any]) -> bool:
    return bool(places) and all(_arguments(place.endpoint) <= set(given) for place in places)


def _arguments(endpoint: str) -> set[str]:
    return {name for rule in current_app.url_map.iter_rules(endpoint) for name in rule.arguments} - {"fair_code"}


def _wanted(endpoint: str, given: dict[str, Any]) -> dict[str, Any]:
    return {name: given[name] for name in _arguments(endpoint)}


def _nearest(urls: dict[str, str]) -> str | None:
    if request.endpoint in urls:
        return request.endpoint
    above = {url.rstrip("/"): endpoint for endpoint, url in urls.items()}
    # A form that was refused is shown at the address it was sent to, which may be that of its page.
    path = f"{request.path.rstrip('/')}/"
    return above.get(max((url for url in above if path.startswith(f"{url}/")), key=len, default=""))


def site() -> list[dict[str, Any]]:
    """Return the navigation of a fair's public pages."""
    return _items(SITE)


def _items(places: tuple[Place, ...]) -> list[dict[str, Any]]:
    roles = {membership.role for membership in memberships()}
    opened = [place for place in places if _is_open(place, roles)]
    if any(place.accepted for place in opened):
        exhibitor = _find_exhibitor()
        if exhibitor is None:
            opened = [place for place in opened if not place.accepted]
        elif exhibitor.main_exhibitor_id is not None:
            opened = [place for place in opened if not place.applied]
    current = _find_current(opened)
    counts = reports.waiting(g.fair.id, scope=scope()) if any(place.waits for place in opened) else {}
    return [
        {
            "label": place.label,
            "url": url_for(place.endpoint),
            "icon": place.icon,
            "current": place.endpoint == current,
            "count": counts.get(place.waits, 0),
            "below": place.below,
            "aside": place.aside,
        }
        for place in opened
    ]


def _find_exhibitor() -> Exhibitor | None:
    here = acting()
    return exhibitors.find_exhibitor(g.fair.id, here.enterprise_id) if here is not None else None


def days_to_opening() -> int:
    """Return how many days it is until the fair opens, in the fair's zone; negative once it has opened."""
    return int((g.fair.starts_on - clock.now().astimezone(ZoneInfo(g.fair.timezone)).date()).days)


def _is_open(place: Place, roles: set[Role]) -> bool:
    if g.get("fair") is None or place.endpoint not in current_app.view_functions:
        return False
    policy = find_policy(current_app, place.endpoint)
    return policy is not None and (not policy.roles or bool(policy.roles & roles))


def _find_current(places: list[Place]) -> str | None:
    # One place at most is marked: the page itself, else the nearest place above it; a home is above every page.
    if any(place.endpoint == request.endpoint for place in places):
        return request.endpoint
    above = {
        url_for(place.endpoint).rstrip("/"): place.endpoint
        for place in places
        if not place.endpoint.endswith(("overview", "show_fair"))
    }
    return above.get(max((url for url in above if request.path.startswith(f"{url}/")), key=len, default=""))
