"""Looking up applications; every query is bound to a fair, and to a co-organizer's body where there is a scope."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, joinedload, selectinload

from fairapp.accounts.models import Membership
from fairapp.applications.filtering import NO_BODY, ApplicationFilter
from fairapp.applications.lifecycle import ApplicationStatus
from fairapp.applications.models import Application, Remark, RemarkKind
from fairapp.database import db, matches
from fairapp.enterprises.duplicates import Entry, Reason, find_pairs
from fairapp.enterprises.models import CapabilityKind, Enterprise
from fairapp.enterprises.queries import has_capability
from fairapp.errors import NotFound
from fairapp.exhibitors.models import Exhibitor
from fairapp.fairs.models import CoOrganizer
from fairapp.web.lists import Page, paginate
from fairapp.web.sorting import Sort, ordering

LATEST = Sort(by="applied", descending=True)
NO_FILTER = ApplicationFilter()
MISSING_FORM = "missing"
DUPLICATE = frozenset({Reason.TAX_CODE, Reason.BRANCH, Reason.NAME_AND_PROVINCE})
"""What two applications must have in common to be called double."""

APPLICATION_SORTS: dict[str, sa.ColumnElement[Any] | Mapped[Any]] = {
    "name": Enterprise.search_text,
    "contact": Application.contact_name,
    "area": Application.area,
    "state": Application.status,
    "body": CoOrganizer.code,
    "applied": Application.applied_at,
}

TAKES_A_PLACE = (Exhibitor.main_exhibitor_id.is_(None), Exhibitor.withdrawn_at.is_(None))
"""What makes an exhibitor count for the quota of its body."""

_UNREAD = sa.exists().where(
    Remark.application_id == Application.id, Remark.kind == RemarkKind.FROM_EXHIBITOR, Remark.read_at.is_(None)
)
_RECOMMENDED = sa.exists().where(
    Remark.application_id == Application.id, Remark.kind.in_((RemarkKind.FOR, RemarkKind.AGAINST))
)


def page_of_applications(
    fair_id: int,
    chosen: ApplicationFilter = NO_FILTER,
    *,
    scope: int | None = None,
    sort: Sort = LATEST,
    double: Collection[int] | None = None,
    page: int = 1,
    per_page: int = 50,
) -> Page[Application]:
    """Return one page of the applications that an organizer may see: all but drafts.

    ``double`` are the applications that ``find_duplicates`` found, where the page knows them already.
    """
    return paginate(_sorted(_applications(fair_id, chosen, scope, double), sort), page=page, per_page=per_page)


def list_applications(
    fair_id: int, chosen: ApplicationFilter = NO_FILTER, *, scope: int | None = None, sort: Sort = LATEST
) -> Sequence[Application]:
    """Return every application that the filters leave, for exports."""
    return db.session.scalars(_sorted(_applications(fair_id, chosen, scope), sort)).unique().all()


def list_public_ids(
    fair_id: int, chosen: ApplicationFilter = NO_FILTER, *, scope: int | None = None, sort: Sort = LATEST
) -> Sequence[str]:
    """Return the public ids of what the filters leave, in the order of the queue."""
    statement = _sorted(_filtered(sa.select(Application.public_id), fair_id, chosen, scope), sort)
    return db.session.scalars(statement).all()


def list_named(fair_id: int, public_ids: Sequence[str], *, scope: int | None = None) -> Sequence[Application]:
    """Return the applications of these public ids that are in the scope, by name."""
    return db.session.scalars(
        sa.select(Application)
        .join(Application.enterprise)
        .where(*_seen(fair_id, scope), Application.public_id.in_(public_ids))
        .options(joinedload(Application.enterprise))
        .order_by(Enterprise.search_text, Application.id)
    ).all()


@dataclass(frozen=True, kw_only=True)
class Neighbours:
    """Where an application is in the filtered queue, and what is beside it."""

    number: int
    total: int
    before: str | None
    after: str | None


def find_neighbours(
    fair_id: int, public_id: str, chosen: ApplicationFilter, *, scope: int | None, sort: Sort
) -> Neighbours | None:
    """Return what is before and after an application in the filtered queue; ``None`` if it is not in it."""
    ids = list_public_ids(fair_id, chosen, scope=scope, sort=sort)
    if public_id not in ids:
        return None
    place = ids.index(public_id)
    return Neighbours(
        number=place + 1,
        total=len(ids),
        before=ids[place - 1] if place else None,
        after=ids[place + 1] if place + 1 < len(ids) else None,
    )


def _sorted(statement: sa.Select[Any], sort: Sort) -> sa.Select[Any]:
    return statement.order_by(ordering(APPLICATION_SORTS, sort), Application.id)


def _applications(
    fair_id: int, chosen: ApplicationFilter, scope: int | None, double: Collection[int] | None = None
) -> sa.Select[Application]:
    return _filtered(sa.select(Application), fair_id, chosen, scope, double).options(
        joinedload(Application.enterprise).selectinload(Enterprise.capabilities), selectinload(Application.co_organizer)
    )


def _seen(fair_id: int, scope: int | None) -> list[sa.ColumnElement[bool]]:
    """Return what holds for every application that organizers see: it was sent, and lies in the scope."""
    seen = [Application.fair_id == fair_id, Application.status != ApplicationStatus.DRAFT]
    return seen if scope is None else [*seen, Application.co_organizer_id == scope]


def _filtered(
    statement: Any, fair_id: int, chosen: ApplicationFilter, scope: int | None, double: Collection[int] | None = None
) -> Any:
    statement = (
        statement.select_from(Application)
        .join(Application.enterprise)
        .outerjoin(CoOrganizer, CoOrganizer.id == Application.co_organizer_id)
        .where(*_seen(fair_id, scope), *_conditions(chosen))
    )
    if chosen.duplicate:
        found = find_duplicates(fair_id, scope=scope) if double is None else double
        statement = statement.where(Application.id.in_(found))
    return statement


def _conditions(chosen: ApplicationFilter) -> list[sa.ColumnElement[bool]]:
    found: dict[str, sa.ColumnElement[bool]] = {
        "q": sa.or_(matches(Application.search_text, chosen.q), matches(Enterprise.search_text, chosen.q)),
        "status": Application.status == ApplicationStatus(chosen.status or "applied")
        if chosen.status in set(ApplicationStatus)
        else sa.true(),
        "sector": has_capability(CapabilityKind.SECTOR, chosen.sector),
        "province": Enterprise.province == chosen.province,
        "country": Enterprise.country == chosen.country,
        "booth_type": Application.booth_type == chosen.booth_type,
        "body": Application.co_organizer_id.is_(None)
        if chosen.body == NO_BODY
        else CoOrganizer.public_id == chosen.body,
        "form": Application.scan_id.is_(None)
        if chosen.form == MISSING_FORM
        else sa.and_(Application.scan_id.is_not(None), Application.scan_state == chosen.form),
        "subsidy": Application.subsidy_wanted.is_(True),
        "unread": _UNREAD,
        "recommended": _RECOMMENDED,
    }
    return [condition for name, condition in found.items() if getattr(chosen, name)]


def count_by_status(fair_id: int, *, scope: int | None = None) -> dict[ApplicationStatus, int]:
    """Return how many applications stand in each state, drafts included where nobody's scope hides them."""
    statement = sa.select(Application.status, sa.func.count()).where(Application.fair_id == fair_id)
    if scope is not None:
        statement = statement.where(Application.co_organizer_id == scope)
    found = dict(db.session.execute(statement.group_by(Application.status)).all())
    return {status: found.get(status, 0) for status in ApplicationStatus}


def get_application(fair_id: int, public_id: str, *, scope: int | None = None) -> Application:
    """Return an application of a fair; raise ``NotFound``, also where it is not in the scope."""
    statement = sa.select(Application).where(Application.fair_id == fair_id, Application.public_id == public_id)
    if scope is not None:
        statement = statement.where(Application.co_organizer_id == scope)
    application = db.session.scalar(
        statement.options(
            joinedload(Application.enterprise),
            joinedload(Application.decided_by),
            joinedload(Application.co_organizer),
            joinedload(Application.exhibitor),
            selectinload(Application.submissions),
        )
    )
    if application is None:
        raise NotFound()
    return application


def find_application(fair_id: int, enterprise_id: int) -> Application | None:
    """Return the application of an enterprise in a fair."""
    return db.session.scalar(
        sa.select(Application).where(Application.fair_id == fair_id, Application.enterprise_id == enterprise_id)
    )


def find_duplicates(fair_id: int, *, scope: int | None = None) -> dict[int, list[int]]:
    """Return for each application that looks like another of the fair the ids of those others."""
    rows = db.session.execute(
        sa.select(Application.id, Enterprise.country, Enterprise.tax_code, Enterprise.legal_name, Enterprise.province)
        .join(Application.enterprise)
        .where(*_seen(fair_id, scope), Application.status != ApplicationStatus.WITHDRAWN)
    ).all()
    nobody: frozenset[str] = frozenset()
    pairs = find_pairs(
        Entry(id=own, country=country, tax_code=tax, names=(name,), province=province, phones=nobody, mails=nobody)
        for own, country, tax, name, province in rows
    )
    found: dict[int, list[int]] = {}
    for pair in pairs:
        if DUPLICATE & set(pair.reasons):
            found.setdefault(pair.one, []).append(pair.other)
            found.setdefault(pair.other, []).append(pair.one)
    return found


def list_by_id(fair_id: int, ids: Sequence[int], *, scope: int | None = None) -> Sequence[Application]:
    """Return applications by number, with their enterprises."""
    return db.session.scalars(
        sa.select(Application)
        .where(*_seen(fair_id, scope), Application.id.in_(ids))
        .options(joinedload(Application.enterprise))
        .order_by(Application.id)
    ).all()


def ids_with_unread(fair_id: int, *, scope: int | None = None) -> set[int]:
    """Return the applications with a message of the enterprise that nobody has read."""
    return set(db.session.scalars(sa.select(Application.id).where(*_seen(fair_id, scope), _UNREAD)))


def recommendations(fair_id: int, *, scope: int | None = None) -> dict[int, RemarkKind]:
    """Return what co-organizers said last that they would decide, by application."""
    rows = db.session.execute(
        sa.select(Remark.application_id, Remark.kind)
        .join(Remark.application)
        .where(*_seen(fair_id, scope), Remark.kind.in_((RemarkKind.FOR, RemarkKind.AGAINST)))
        .order_by(Remark.id)
    )
    return dict(rows.all())


def list_remarks(application_id: int, *, accounts: Sequence[int] | None = None) -> Sequence[Remark]:
    """Return notes, recommendations and messages, the oldest first; of notes those of ``accounts`` only."""
    statement = sa.select(Remark).where(Remark.application_id == application_id).order_by(Remark.id)
    if accounts is not None:
        statement = statement.where(sa.or_(Remark.kind != RemarkKind.NOTE, Remark.account_id.in_(accounts)))
    return db.session.scalars(statement).all()


@dataclass(frozen=True, kw_only=True)
class Use:
    """What a body has sent, and how many places of its quota are taken."""

    applications: int = 0
    waiting: int = 0
    exhibitors: int = 0


NO_USE = Use()


def count_by_body(fair_id: int) -> dict[int, Use]:
    """Return what each body has sent; co-exhibitors and who withdrew take no place."""
    sent = db.session.execute(
        sa.select(
            Application.co_organizer_id,
            sa.func.count(),
            sa.func.sum(sa.case((Application.status == ApplicationStatus.APPLIED, 1), else_=0)),
        )
        .where(*_seen(fair_id, None), Application.co_organizer_id.is_not(None))
        .group_by(Application.co_organizer_id)
    ).all()
    places = db.session.execute(
        sa.select(Exhibitor.co_organizer_id, sa.func.count())
        .where(Exhibitor.fair_id == fair_id, *TAKES_A_PLACE, Exhibitor.co_organizer_id.is_not(None))
        .group_by(Exhibitor.co_organizer_id)
    )
    taken = dict(places.all())
    counts = {body_id: (count, waiting) for body_id, count, waiting in sent}
    return {
        body_id: Use(
            applications=counts.get(body_id, (0, 0))[0],
            waiting=counts.get(body_id, (0, 0))[1],
            exhibitors=taken.get(body_id, 0),
        )
        for body_id in {*counts, *taken}
        if body_id is not None
    }


def list_accounts_of(fair_id: int, body_id: int) -> Sequence[int]:
    """Return the accounts that act for a body."""
    return db.session.scalars(
        sa.select(Membership.account_id).where(Membership.fair_id == fair_id, Membership.co_organizer_id == body_id)
    ).all()
