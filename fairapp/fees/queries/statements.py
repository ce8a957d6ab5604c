"""What exhibitors owe: the rows of a fair brought together in a fixed number of queries, however many exhibitors."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from fairapp.applications.models import Application
from fairapp.booths.models import Allocation, Booth
from fairapp.database import db
from fairapp.enterprises.models import Enterprise
from fairapp.exhibitors import quota
from fairapp.exhibitors.models import Exhibitor, ExhibitorStaff, Pavilion
from fairapp.exhibitors.people import StaffKind
from fairapp.fairs.models import Fair
from fairapp.fees.lines import MAIN_EXHIBITOR, OWN, PAVILION, Statement, together
from fairapp.fees.models import Adjustment, Order, OrderLine, Subsidy
from fairapp.fees.queries.rules import rules_of
from fairapp.fees.rules import Adjusted, Ordered, Presence, Rules, Subsidised, compute


def statement_of(exhibitor_id: int) -> Statement:
    """Return what an exhibitor owes; a main exhibitor's statement has its co-exhibitors' lines too.

    Where somebody else holds the contract (``held_by``), the lines are the exhibitor's own and are asked for there.
    """
    exhibitor = db.session.get_one(Exhibitor, exhibitor_id)
    own = [exhibitor_id, *_co_exhibitors(exhibitor_id)]
    return _statements(exhibitor.fair_id, own)[exhibitor_id]


def statements_of(fair_id: int, *, under: tuple[int, Rules] | None = None) -> dict[int, Statement]:
    """Return the statement of every exhibitor of a fair by its id, under other rules than those that count if given."""
    return _statements(fair_id, None, under=under)


def statement_of_pavilion(pavilion_id: int) -> Statement:
    """Return what the co-organizer who holds a pavilion's contract owes for its members and their co-exhibitors."""
    pavilion = db.session.get_one(Pavilion, pavilion_id)
    members = list(
        db.session.scalars(sa.select(Exhibitor.id).where(Exhibitor.pavilion_id == pavilion_id).order_by(Exhibitor.id))
    )
    if pavilion.co_organizer_id is None or not members:
        return Statement()
    attached = db.session.scalars(
        sa.select(Exhibitor.id).where(Exhibitor.main_exhibitor_id.in_(members)).order_by(Exhibitor.id)
    )
    statements = _statements(pavilion.fair_id, {*members, *attached})
    return together(one for _id, one in sorted(statements.items()) if one.held_by == PAVILION)


def statements_of_pavilions(fair_id: int, statements: Mapping[int, Statement]) -> dict[int, Statement]:
    """Return the statement of every pavilion whose contract a co-organizer holds, made of its members' statements."""
    pavilions = _held_pavilions(fair_id)
    if not pavilions:
        return {}
    pavilion_of = _pairs(sa.select(Exhibitor.id, Exhibitor.pavilion_id).where(Exhibitor.pavilion_id.in_(pavilions)))
    main_of = _pairs(sa.select(Exhibitor.id, Exhibitor.main_exhibitor_id).where(Exhibitor.fair_id == fair_id))
    found: dict[int, list[Statement]] = {pavilion_id: [] for pavilion_id in pavilions}
    for exhibitor_id, one in sorted(statements.items()):
        if one.held_by == PAVILION:
            pavilion_id = pavilion_of.get(exhibitor_id) or pavilion_of.get(main_of.get(exhibitor_id) or 0)
            if pavilion_id is not None:
                found[pavilion_id].append(one)
    return {pavilion_id: together(several) for pavilion_id, several in found.items()}


def _pairs(statement: sa.Select[int, int | None]) -> dict[int, int | None]:
    return {int(key): value for key, value in db.session.execute(statement)}


def _co_exhibitors(exhibitor_id: int) -> list[int]:
    return list(db.session.scalars(sa.select(Exhibitor.id).where(Exhibitor.main_exhibitor_id == exhibitor_id)))


def _held_pavilions(fair_id: int) -> set[int]:
    return set(
        db.session.scalars(
            sa.select(Pavilion.id).where(Pavilion.fair_id == fair_id, Pavilion.co_organizer_id.is_not(None))
        )
    )


def _statements(
    fair_id: int, only: Collection[int] | None, *, under: tuple[int, Rules] | None = None
) -> dict[int, Statement]:
    number, rules = under or rules_of(fair_id)
    fair = db.session.get_one(Fair, fair_id)
    pavilions = _held_pavilions(fair_id)
    exhibitors = _exhibitors(fair_id, only)
    pavilion_of = {one.id: one.pavilion_id for one in exhibitors}
    missing = {one.main_exhibitor_id for one in exhibitors if one.main_exhibitor_id} - set(pavilion_of)
    if missing:
        pavilion_of |= _pairs(sa.select(Exhibitor.id, Exhibitor.pavilion_id).where(Exhibitor.id.in_(missing)))
    presences = _presences(fair, exhibitors, _names(fair_id, only), only)
    own: dict[int, Statement] = {}
    attached: dict[int, list[Statement]] = defaultdict(list)
    for one in exhibitors:
        held_by = OWN
        if {one.pavilion_id, pavilion_of.get(one.main_exhibitor_id or 0)} & pavilions:
            held_by = PAVILION
        elif one.main_exhibitor_id:
            held_by = MAIN_EXHIBITOR
        statement = compute(rules, presences[one.id], day=fair.starts_on, number=number, held_by=held_by)
        if held_by != OWN:
            statement = named(statement, presences[one.id].name)
        own[one.id] = statement
        if held_by == MAIN_EXHIBITOR and one.main_exhibitor_id:
            attached[one.main_exhibitor_id].append(statement)
    for main_id, several in attached.items():
        if main_id in own:
            own[main_id] = together([own[main_id], *several])
    return own


def named(statement: Statement, name: str) -> Statement:
    """Return a statement whose lines and shares say whose they are."""
    return replace(
        statement,
        lines=tuple(replace(line, facts={**line.facts, "exhibitor": name}) for line in statement.lines),
        shares=tuple(replace(share, exhibitor=name) for share in statement.shares),
    )


def _exhibitors(fair_id: int, only: Collection[int] | None) -> list[Exhibitor]:
    statement = sa.select(Exhibitor).where(Exhibitor.fair_id == fair_id).order_by(Exhibitor.id)
    if only is not None:
        statement = statement.where(Exhibitor.id.in_(only))
    return list(db.session.scalars(statement))


def _names(fair_id: int, only: Collection[int] | None) -> Mapping[int, str]:
    # Names alone: whole entries of the register, with all their texts, are what made long lists slow.
    statement = (
        sa.select(Exhibitor.id, Enterprise.short_name, Enterprise.legal_name)
        .join(Enterprise, Enterprise.id == Exhibitor.enterprise_id)
        .where(Exhibitor.fair_id == fair_id)
    )
    if only is not None:
        statement = statement.where(Exhibitor.id.in_(only))
    return {exhibitor_id: short or legal for exhibitor_id, short, legal in db.session.execute(statement)}


def _presences(
    fair: Fair, exhibitors: Iterable[Exhibitor], names: Mapping[int, str], only: Collection[int] | None
) -> dict[int, Presence]:
    zone = ZoneInfo(fair.timezone)
    applied, corners = _applied(fair, only), _corners(fair.id, only)
    orders, adjustments, subsidies = _orders(fair.id, only), _adjustments(fair.id, only), _subsidies(fair.id, only)
    badges, badge_rules = _badges(fair.id, only), quota.read_rules(fair.staff_badges)
    presences = {}
    for one in exhibitors:
        # A booth that is allocated says itself how many corners there are; before that the agreement does.
        wished = one.quantity if one.corner else 0
        presences[one.id] = Presence(
            name=names[one.id],
            booth_type=one.booth_type,
            area=one.area,
            quantity=one.quantity,
            corners=corners.get(one.id, wished),
            applied_on=applied.get(one.id),
            accepted_on=one.accepted_at.astimezone(zone).date(),
            is_co_exhibitor=one.main_exhibitor_id is not None,
            paid_badges=quota.extra_badges(badges.get(one.id, 0), free_badges(badge_rules, one)),
            orders=tuple(orders[one.id]),
            adjustments=tuple(adjustments[one.id]),
            subsidies=tuple(subsidies[one.id]),
        )
    return presences


def free_badges(rules: quota.BadgeRules, exhibitor: Exhibitor) -> int:
    """Return how many staff badges an exhibitor has free of charge."""
    return quota.quota_of(
        rules,
        area=exhibitor.net_area,
        is_co_exhibitor=exhibitor.main_exhibitor_id is not None,
        free=exhibitor.free_badges,
    ).free


def _badges(fair_id: int, only: Collection[int] | None) -> Mapping[int, int]:
    statement = (
        sa.select(ExhibitorStaff.exhibitor_id, sa.func.count())
        .where(
            ExhibitorStaff.fair_id == fair_id,
            ExhibitorStaff.removed_at.is_(None),
            ExhibitorStaff.kind != StaffKind.CONTRACTOR,
        )
        .group_by(ExhibitorStaff.exhibitor_id)
    )
    if only is not None:
        statement = statement.where(ExhibitorStaff.exhibitor_id.in_(only))
    return {exhibitor_id: int(count) for exhibitor_id, count in db.session.execute(statement)}


def _applied(fair: Fair, only: Collection[int] | None) -> Mapping[int, date]:
    statement = sa.select(Application.exhibitor_id, Application.applied_at).where(
        Application.fair_id == fair.id, Application.exhibitor_id.is_not(None), Application.applied_at.is_not(None)
    )
    if only is not None:
        statement = statement.where(Application.exhibitor_id.in_(only))
    zone = ZoneInfo(fair.timezone)
    return {
        exhibitor_id: applied_at.astimezone(zone).date()
        for exhibitor_id, applied_at in db.session.execute(statement)
        if exhibitor_id is not None and applied_at is not None
    }


def _corners(fair_id: int, only: Collection[int] | None) -> Mapping[int, int]:
    statement = (
        sa.select(Allocation.exhibitor_id, sa.func.sum(sa.case((Booth.corner, 1), else_=0)))
        .join(Booth, Booth.id == Allocation.booth_id)
        .where(Booth.fair_id == fair_id)
        .group_by(Allocation.exhibitor_id)
    )
    if only is not None:
        statement = statement.where(Allocation.exhibitor_id.in_(only))
    return {exhibitor_id: int(corners) for exhibitor_id, corners in db.session.execute(statement)}


def _orders(fair_id: int, only: Collection[int] | None) -> dict[int, list[Ordered]]:
    statement = (
        sa.select(OrderLine, Order.exhibitor_id, Order.number, Order.reference)
        .join(Order, Order.id == OrderLine.order_id)
        .where(Order.fair_id == fair_id, Order.cancelled_at.is_(None))
        .options(joinedload(OrderLine.extra))
        .order_by(Order.number, OrderLine.id)
    )
    if only is not None:
        statement = statement.where(Order.exhibitor_id.in_(only))
    found: dict[int, list[Ordered]] = defaultdict(list)
    for line, exhibitor_id, number, reference in db.session.execute(statement):
        found[exhibitor_id].append(
            Ordered(
                facts={
                    "extra": line.extra.code,
                    "name": dict(line.extra.name),
                    "unit": dict(line.extra.unit),
                    "order": number,
                    "reference": reference,
                },
                quantity=line.quantity,
                price=line.price,
                late_percent=line.late_percent,
                vat_percent=line.extra.vat_percent,
            )
        )
    return found


def _adjustments(fair_id: int, only: Collection[int] | None) -> dict[int, list[Adjusted]]:
    statement = sa.select(Adjustment).where(Adjustment.fair_id == fair_id).order_by(Adjustment.id)
    if only is not None:
        statement = statement.where(Adjustment.exhibitor_id.in_(only))
    found: dict[int, list[Adjusted]] = defaultdict(list)
    for one in db.session.scalars(statement):
        found[one.exhibitor_id].append(Adjusted(label=one.label, amount=one.amount))
    return found


def _subsidies(fair_id: int, only: Collection[int] | None) -> dict[int, list[Subsidised]]:
    statement = sa.select(Subsidy).where(Subsidy.fair_id == fair_id).order_by(Subsidy.id)
    if only is not None:
        statement = statement.where(Subsidy.exhibitor_id.in_(only))
    found: dict[int, list[Subsidised]] = defaultdict(list)
    for one in db.session.scalars(statement):
        found[one.exhibitor_id].append(
            Subsidised(
                source=one.source,
                percent=one.percent,
                amount=one.amount,
                cap=one.cap,
                decision_number=one.decision_number,
                decided_on=one.decided_on.isoformat() if one.decided_on else "",
            )
        )
    return found
