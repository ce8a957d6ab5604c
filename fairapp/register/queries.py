"""Looking up the register: a profile whole, and what an organizer may see of it across fairs.

An organizer sees the enterprises that applied, exhibit or buy in the fairs where the account is an organizer,
never the register of the whole installation.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, joinedload, selectinload

from fairapp.accounts.models import Membership
from fairapp.accounts.policy import Role
from fairapp.applications.lifecycle import ApplicationStatus
from fairapp.applications.models import Application
from fairapp.applications.service.ownership import is_own
from fairapp.audit.models import AuditEntry
from fairapp.database import db, matches
from fairapp.enterprises.duplicates import Entry
from fairapp.enterprises.models import Capability, CapabilityKind, Enterprise, EnterpriseMerge, Product
from fairapp.enterprises.queries import has_capability
from fairapp.errors import NotFound
from fairapp.exhibitors.models import Exhibitor
from fairapp.fairs.models import Fair
from fairapp.visitors.models import Buyer
from fairapp.web.lists import Page, paginate
from fairapp.web.sorting import Sort, ordering

PROFILE = (
    selectinload(Enterprise.capabilities),
    selectinload(Enterprise.machines),
    selectinload(Enterprise.products),
    selectinload(Enterprise.customers),
    selectinload(Enterprise.figures),
)
"""What completeness looks at, in five queries for any number of rows."""

BY_NAME = Sort(by="name")
SORTS: dict[str, sa.ColumnElement[Any] | Mapped[Any]] = {
    "name": Enterprise.search_text,
    "tax_code": Enterprise.tax_code,
    "province": Enterprise.province,
    "changed": Enterprise.updated_at,
}
ROLES = ("applied", "exhibits", "buys")


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What the organizer asks the list for."""

    query: str = ""
    role: str = ""
    fair: str = ""
    sector: str = ""
    province: str = ""


@dataclass(frozen=True, kw_only=True)
class Part:
    """What an enterprise is in a fair: applied, exhibits or buys."""

    fair_code: str
    role: str


def get_profile(enterprise_id: int) -> Enterprise:
    """Return an enterprise with everything of its profile; raise ``NotFound``."""
    return _one(Enterprise.id == enterprise_id)


def get_entry(public_id: str, fair_ids: Collection[int]) -> Enterprise:
    """Return an entry that takes part in one of the fairs, with everything of its profile; raise ``NotFound``."""
    return _one(Enterprise.public_id == public_id, takes_part(fair_ids))


def _one(*conditions: sa.ColumnElement[bool], whole: bool = True) -> Enterprise:
    everything = (
        *PROFILE,
        joinedload(Enterprise.logo),
        selectinload(Enterprise.capabilities).joinedload(Capability.file),
        selectinload(Enterprise.products).joinedload(Product.photo),
    )
    enterprise = db.session.scalar(
        sa.select(Enterprise)
        .where(Enterprise.merged_into_id.is_(None), *conditions)
        .options(*(everything if whole else ()))
    )
    if enterprise is None:
        raise NotFound()
    return enterprise


def get_pictured(public_id: str, fair_id: int, *, own: Collection[int], organized: Collection[int]) -> Enterprise:
    """Return an enterprise whose pictures may be seen: listed in the fair, one's own, or of an organizer's fairs."""
    listed = sa.exists().where(
        Exhibitor.enterprise_id == Enterprise.id,
        Exhibitor.fair_id == fair_id,
        Exhibitor.listed,
        Exhibitor.withdrawn_at.is_(None),
    )
    seen = sa.or_(listed, Enterprise.id.in_(own), takes_part(organized))
    return _one(Enterprise.public_id == public_id, seen, whole=False)


def get_product(enterprise_id: int, public_id: str) -> Product:
    """Return a product of an enterprise; raise ``NotFound``."""
    product = db.session.scalar(
        sa.select(Product)
        .where(Product.enterprise_id == enterprise_id, Product.public_id == public_id)
        .options(joinedload(Product.photo))
    )
    if product is None:
        raise NotFound()
    return product


def may_change(enterprise: Enterprise, account_id: int) -> bool:
    """Whether an account may change what the register says of an enterprise for which it acts."""
    return is_own(db.session(), enterprise, account_id)


def organized_fairs(account_id: int) -> Sequence[Fair]:
    """Return the fairs in which an account is an organizer, the latest first."""
    return db.session.scalars(
        sa.select(Fair)
        .join(Membership, Membership.fair_id == Fair.id)
        .where(Membership.account_id == account_id, Membership.role == Role.ORGANIZER)
        .order_by(Fair.starts_on.desc(), Fair.id)
    ).all()


def takes_part(fair_ids: Collection[int], role: str = "") -> sa.ColumnElement[bool]:
    """Return the condition that an enterprise applied, exhibits or buys in one of the fairs."""
    conditions = {
        "applied": sa.exists().where(
            Application.enterprise_id == Enterprise.id,
            Application.fair_id.in_(fair_ids),
            Application.status != ApplicationStatus.DRAFT,
        ),
        "exhibits": sa.exists().where(Exhibitor.enterprise_id == Enterprise.id, Exhibitor.fair_id.in_(fair_ids)),
        "buys": sa.exists().where(Buyer.enterprise_id == Enterprise.id, Buyer.fair_id.in_(fair_ids)),
    }
    wanted = [conditions[role]] if role in conditions else list(conditions.values())
    return sa.or_(*wanted)


def page_of_entries(
    fairs: Sequence[Fair], filters: Filters, *, sort: Sort = BY_NAME, page: int = 1, per_page: int = 50
) -> Page[Enterprise]:
    """Return one page of the register as an organizer of ``fairs`` may see it."""
    return paginate(_entries(fairs, filters, sort).options(*PROFILE), page=page, per_page=per_page)


def list_entries(fairs: Sequence[Fair], filters: Filters, *, sort: Sort = BY_NAME) -> Sequence[Enterprise]:
    """Return every entry that the filters leave, for exports."""
    return db.session.scalars(_entries(fairs, filters, sort).options(*PROFILE)).all()


def _entries(fairs: Sequence[Fair], filters: Filters, sort: Sort) -> sa.Select[Enterprise]:
    chosen = [fair.id for fair in fairs if not filters.fair or fair.code == filters.fair]
    statement = (
        sa.select(Enterprise)
        .where(Enterprise.merged_into_id.is_(None), takes_part(chosen, filters.role))
        .order_by(ordering(SORTS, sort), Enterprise.id)
    )
    if filters.query:
        statement = statement.where(matches(Enterprise.search_text, filters.query))
    if filters.sector:
        statement = statement.where(has_capability(CapabilityKind.SECTOR, filters.sector))
    if filters.province:
        statement = statement.where(Enterprise.province == filters.province)
    return statement


def parts_of(enterprise_ids: Iterable[int], fair_ids: Collection[int]) -> Mapping[int, list[Part]]:
    """Return what each enterprise is in each of the fairs, in one query."""
    ids = list(enterprise_ids)
    chosen = sa.union_all(
        sa.select(Application.enterprise_id, Application.fair_id, sa.literal("applied").label("role")).where(
            Application.enterprise_id.in_(ids),
            Application.fair_id.in_(fair_ids),
            Application.status != ApplicationStatus.DRAFT,
            Application.exhibitor_id.is_(None),
        ),
        sa.select(Exhibitor.enterprise_id, Exhibitor.fair_id, sa.literal("exhibits")).where(
            Exhibitor.enterprise_id.in_(ids), Exhibitor.fair_id.in_(fair_ids)
        ),
        sa.select(Buyer.enterprise_id, Buyer.fair_id, sa.literal("buys")).where(
            Buyer.enterprise_id.in_(ids), Buyer.fair_id.in_(fair_ids)
        ),
    ).subquery()
    found: dict[int, list[Part]] = defaultdict(list)
    for enterprise_id, code, role in db.session.execute(
        sa.select(chosen.c.enterprise_id, Fair.code, chosen.c.role)
        .join(Fair, Fair.id == chosen.c.fair_id)
        .order_by(Fair.starts_on.desc(), Fair.id, chosen.c.role)
    ):
        found[enterprise_id].append(Part(fair_code=code, role=role))
    return found


def with_merged(enterprise_id: int) -> list[int]:
    """Return the ids under which an enterprise's history is kept: its own and those merged into it."""
    merged = db.session.scalars(sa.select(Enterprise.id).where(Enterprise.merged_into_id == enterprise_id))
    return [enterprise_id, *merged]


def history_of(ids: Collection[int], fair_ids: Collection[int], model: type[Any]) -> Sequence[Any]:
    """Return the rows of ``model`` that an enterprise has in the fairs, the latest fair first."""
    statement = (
        sa.select(model)
        .join(Fair, Fair.id == model.fair_id)
        .where(model.enterprise_id.in_(ids), model.fair_id.in_(fair_ids))
        .options(joinedload(model.fair))
        .order_by(Fair.starts_on.desc(), model.id)
    )
    if model is Application:
        statement = statement.where(Application.status != ApplicationStatus.DRAFT)
    return db.session.scalars(statement).all()


def list_merges(enterprise_id: int) -> Sequence[EnterpriseMerge]:
    """Return the merges into an entry that still stand, the latest first."""
    return db.session.scalars(
        sa.select(EnterpriseMerge)
        .where(EnterpriseMerge.kept_id == enterprise_id, EnterpriseMerge.undone_at.is_(None))
        .options(joinedload(EnterpriseMerge.merged))
        .order_by(EnterpriseMerge.merged_at.desc(), EnterpriseMerge.id.desc())
    ).all()


def entries_to_compare(fair_ids: Collection[int]) -> list[Entry]:
    """Return what is compared of every entry that an organizer may see, in four queries."""
    contacts: dict[int, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for model in (Application, Exhibitor, Buyer):
        statement = sa.select(model.enterprise_id, model.contact_email, model.contact_phone)
        for enterprise_id, email, phone in db.session.execute(statement.where(model.fair_id.in_(fair_ids))):
            contacts[enterprise_id][0].add(email)
            contacts[enterprise_id][1].add(phone)
    rows = db.session.execute(
        sa.select(
            Enterprise.id,
            Enterprise.country,
            Enterprise.tax_code,
            Enterprise.legal_name,
            Enterprise.english_name,
            Enterprise.province,
            Enterprise.phone,
            Enterprise.website,
        ).where(Enterprise.merged_into_id.is_(None), takes_part(fair_ids))
    )
    return [
        Entry(
            id=row.id,
            country=row.country,
            tax_code=row.tax_code,
            names=tuple(name for name in (row.legal_name, row.english_name) if name),
            province=row.province,
            phones=frozenset({row.phone, *contacts[row.id][1]} - {""}),
            mails=frozenset(contacts[row.id][0] - {""}),
            website=row.website,
        )
        for row in rows
    ]


def find_entries(fair_ids: Collection[int], query: str, *, most: int = 20) -> Sequence[Enterprise]:
    """Return the entries that words find, by name."""
    statement = sa.select(Enterprise).where(
        Enterprise.merged_into_id.is_(None), takes_part(fair_ids), matches(Enterprise.search_text, query)
    )
    return db.session.scalars(statement.order_by(Enterprise.search_text, Enterprise.id).limit(most)).all()


def enterprises_by_id(ids: Iterable[int]) -> Mapping[int, Enterprise]:
    """Return enterprises by their number."""
    found = db.session.scalars(sa.select(Enterprise).where(Enterprise.id.in_(list(ids))))
    return {one.id: one for one in found}


def get_merge(public_id: str, fair_ids: Collection[int]) -> EnterpriseMerge:
    """Return a merge into an entry that takes part in one of the fairs; raise ``NotFound``."""
    merge = db.session.scalar(
        sa.select(EnterpriseMerge)
        .join(Enterprise, Enterprise.id == EnterpriseMerge.kept_id)
        .where(EnterpriseMerge.public_id == public_id, takes_part(fair_ids))
    )
    if merge is None:
        raise NotFound()
    return merge


def trail_of(ids: Collection[int], fair_ids: Collection[int]) -> Sequence[AuditEntry]:
    """Return what was done to an enterprise in the organizer's fairs, the latest first."""
    return db.session.scalars(
        sa.select(AuditEntry)
        .where(
            AuditEntry.thing == "enterprise",
            AuditEntry.thing_id.in_([str(one) for one in ids]),
            sa.or_(AuditEntry.fair_id.in_(fair_ids), AuditEntry.fair_id.is_(None)),
        )
        .order_by(AuditEntry.id.desc())
        .limit(50)
    ).all()
