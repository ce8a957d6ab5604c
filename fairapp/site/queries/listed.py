"""What the public may see of a fair's exhibitors: those that are listed and have not withdrawn."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import aliased, joinedload

from fairapp.booths.models import Allocation, Booth, Hall
from fairapp.database import MOST_WORDS, db, matches
from fairapp.enterprises.models import Capability, CapabilityKind, Enterprise, Product
from fairapp.errors import NotFound
from fairapp.exhibitors.models import Exhibitor
from fairapp.files.models import StoredFile
from fairapp.folding import fold
from fairapp.needs.models import Need, NeedStatus, NeedVisibility
from fairapp.site.directory import CAPABILITIES, Directory, Listing, Question, booth_key, codes_named
from fairapp.site.serving import Ability, Serving, find_serving
from fairapp.visitors.models import Buyer
from fairapp.web.lists import Page

IS_LISTED = sa.and_(Exhibitor.listed, Exhibitor.withdrawn_at.is_(None))


def load_directory(fair_id: int, *, query: str, today: date) -> Directory:
    """Return the exhibitors that the words of ``query`` find, with their values, in four queries for any number."""
    rows = db.session.execute(
        sa.select(
            Exhibitor.id,
            sa.func.coalesce(sa.func.nullif(Enterprise.short_name, ""), Enterprise.legal_name),
            Enterprise.province,
            Enterprise.country,
            Enterprise.supply_tier,
            Enterprise.languages,
        )
        .join(Exhibitor.enterprise)
        .where(Exhibitor.fair_id == fair_id, IS_LISTED, *_found_by(query))
        .order_by(Exhibitor.id)
    ).all()
    places = _places(fair_id)
    directory = Directory(
        [Listing(id=row[0], name=row[1], booths=tuple(code for code, _ in places.get(row[0], ()))) for row in rows]
    )
    for exhibitor_id, _, province, country, tier, languages in rows:
        for facet, value in (("province", province), ("country", country), ("tier", tier)):
            directory.add(facet, value or "", (exhibitor_id,))
        for language in languages or ():
            directory.add("language", language, (exhibitor_id,))
        for _code, hall in places.get(exhibitor_id, ()):
            directory.add("hall", hall, (exhibitor_id,))
    for kind, code, ids in _capabilities(fair_id, today=today):
        directory.add(kind, code, [int(one) for one in ids.split(",")])
    return directory


def _found_by(query: str) -> list[sa.ColumnElement[bool]]:
    return [_says(word) for word in fold(query).split()[:MOST_WORDS]]


def _says(word: str) -> sa.ColumnElement[bool]:
    """Return the condition that a word stands in an exhibitor's texts or in the name of something that it has."""
    named = codes_named(word)
    ways = [matches(Enterprise.search_text, word)]
    for facet, column in (("province", Enterprise.province), ("country", Enterprise.country)):
        if codes := named.get(facet):
            ways.append(column.in_(codes))
    kinds = [
        sa.and_(Capability.kind == CapabilityKind(facet), Capability.code.in_(named[facet]))
        for facet in CAPABILITIES
        if facet in named
    ]
    if kinds:
        ways.append(Enterprise.id.in_(sa.select(Capability.enterprise_id).where(sa.or_(*kinds))))
    return sa.or_(*ways)


def _capabilities(fair_id: int, *, today: date) -> Sequence[Any]:
    # One row for each code: tens of thousands of pairs would cost more than all the rest.
    return db.session.execute(
        sa.select(
            Capability.kind, Capability.code, sa.func.aggregate_strings(sa.cast(Exhibitor.id, sa.String(12)), ",")
        )
        .join(Exhibitor, Exhibitor.enterprise_id == Capability.enterprise_id)
        .where(
            Exhibitor.fair_id == fair_id,
            IS_LISTED,
            sa.or_(Capability.expires_on.is_(None), Capability.expires_on >= today),
        )
        .group_by(Capability.kind, Capability.code)
    ).all()


def _places(fair_id: int) -> dict[int, list[tuple[str, str]]]:
    """Return booth and hall of every exhibitor; a co-exhibitor is found at its main exhibitor's booth."""
    main = aliased(Exhibitor)
    rows = db.session.execute(
        sa.select(Exhibitor.id, Booth.code, Hall.code)
        .select_from(Exhibitor)
        .outerjoin(main, main.id == Exhibitor.main_exhibitor_id)
        .join(Allocation, Allocation.exhibitor_id == sa.func.coalesce(main.id, Exhibitor.id))
        .join(Booth, Booth.id == Allocation.booth_id)
        .join(Hall, Hall.id == Booth.hall_id)
        .where(Exhibitor.fair_id == fair_id, IS_LISTED)
    ).all()
    places: dict[int, list[tuple[str, str]]] = {}
    for exhibitor_id, booth, hall in sorted(rows, key=lambda row: booth_key(row[1])):
        places.setdefault(exhibitor_id, []).append((booth, hall))
    return places


def places_by_exhibitor(fair_id: int) -> dict[int, list[tuple[str, str]]]:
    """Return booth and hall codes of every listed exhibitor that has a booth or shares one."""
    return _places(fair_id)


def booths_by_exhibitor(fair_id: int) -> dict[int, list[str]]:
    """Return the booth codes at which each listed exhibitor is found, its main exhibitor's for a co-exhibitor."""
    return {exhibitor_id: [code for code, _ in places] for exhibitor_id, places in _places(fair_id).items()}


def page_of_answer(directory: Directory, question: Question, *, page: int, per_page: int) -> Page[Exhibitor]:
    """Return one page of the exhibitors that answer a question."""
    ids = directory.answer(question)
    number = min(max(page, 1), max(1, -(-len(ids) // per_page)))
    shown = ids[(number - 1) * per_page : number * per_page]
    rows = {one.id: one for one in _exhibitors(shown)}
    return Page(rows=[rows[one] for one in shown if one in rows], number=number, per_page=per_page, total=len(ids))


def _exhibitors(ids: Sequence[int]) -> Sequence[Exhibitor]:
    return db.session.scalars(
        sa.select(Exhibitor)
        .where(Exhibitor.id.in_(ids))
        .options(joinedload(Exhibitor.enterprise).selectinload(Enterprise.capabilities))
    ).all()


def get_listed(fair_id: int, public_id: str) -> Exhibitor:
    """Return a listed exhibitor with its whole profile; raise ``NotFound``."""
    enterprise = joinedload(Exhibitor.enterprise)
    exhibitor = db.session.scalar(
        sa.select(Exhibitor)
        .where(Exhibitor.fair_id == fair_id, Exhibitor.public_id == public_id, IS_LISTED)
        .options(
            enterprise.selectinload(Enterprise.capabilities),
            enterprise.selectinload(Enterprise.machines),
            enterprise.selectinload(Enterprise.products),
            enterprise.selectinload(Enterprise.customers),
            enterprise.selectinload(Enterprise.figures),
            joinedload(Exhibitor.pavilion),
            joinedload(Exhibitor.main_exhibitor).joinedload(Exhibitor.enterprise),
        )
    )
    if exhibitor is None:
        raise NotFound()
    return exhibitor


def list_co_exhibitors(exhibitor_id: int) -> Sequence[Exhibitor]:
    """Return the listed co-exhibitors of a main exhibitor, by name."""
    return db.session.scalars(
        sa.select(Exhibitor)
        .join(Exhibitor.enterprise)
        .where(Exhibitor.main_exhibitor_id == exhibitor_id, IS_LISTED)
        .options(joinedload(Exhibitor.enterprise))
        .order_by(Enterprise.search_text, Exhibitor.id)
    ).all()


def list_neighbors(exhibitor: Exhibitor) -> Sequence[Exhibitor]:
    """Return the other listed exhibitors of the same pavilion, by name."""
    if exhibitor.pavilion_id is None:
        return []
    return db.session.scalars(
        sa.select(Exhibitor)
        .join(Exhibitor.enterprise)
        .where(Exhibitor.pavilion_id == exhibitor.pavilion_id, Exhibitor.id != exhibitor.id, IS_LISTED)
        .options(joinedload(Exhibitor.enterprise))
        .order_by(Enterprise.search_text, Exhibitor.id)
    ).all()


def list_booths_of(exhibitor: Exhibitor) -> Sequence[Booth]:
    """Return the booths at which an exhibitor is found, by code."""
    return db.session.scalars(
        sa.select(Booth)
        .join(Allocation)
        .where(Allocation.exhibitor_id == (exhibitor.main_exhibitor_id or exhibitor.id))
        .options(joinedload(Booth.hall))
        .order_by(Booth.code)
    ).all()


def list_served(fair_id: int, ability: Ability) -> list[tuple[Need, Serving]]:
    """Return the public needs that an ability serves, those that fit best first."""
    if not ability.processes:
        return []
    needs = db.session.scalars(
        sa.select(Need)
        .where(
            Need.fair_id == fair_id,
            Need.visibility == NeedVisibility.PUBLIC,
            Need.status != NeedStatus.CLOSED,
            Need.process.in_(ability.processes),
        )
        .options(joinedload(Need.buyer).joinedload(Buyer.enterprise))
        .order_by(Need.id)
    ).all()
    found = []
    for need in needs:
        serving = find_serving(
            ability, process=need.process, material=need.material, certificates=need.required_certificates
        )
        if serving is not None:
            found.append((need, serving))
    return sorted(found, key=lambda pair: (pair[1].rank, pair[0].id))


def listed_on(booth: Booth) -> Exhibitor | None:
    """Return who has a booth, if the public may know."""
    exhibitor = booth.allocation.exhibitor if booth.allocation is not None else None
    return exhibitor if exhibitor is not None and exhibitor.listed and exhibitor.withdrawn_at is None else None


def get_logo(fair_id: int, public_id: str) -> StoredFile:
    """Return the logo of a listed exhibitor; raise ``NotFound``."""
    logo = db.session.scalar(
        sa.select(StoredFile)
        .join(Enterprise, Enterprise.logo_id == StoredFile.id)
        .join(Exhibitor, Exhibitor.enterprise_id == Enterprise.id)
        .where(Exhibitor.fair_id == fair_id, Exhibitor.public_id == public_id, IS_LISTED)
    )
    if logo is None:
        raise NotFound()
    return logo


def get_photo(fair_id: int, public_id: str, product_id: str) -> StoredFile:
    """Return the photo of a product of a listed exhibitor; raise ``NotFound``."""
    photo = db.session.scalar(
        sa.select(StoredFile)
        .join(Product, Product.photo_id == StoredFile.id)
        .join(Exhibitor, Exhibitor.enterprise_id == Product.enterprise_id)
        .where(
            Exhibitor.fair_id == fair_id,
            Exhibitor.public_id == public_id,
            Product.public_id == product_id,
            IS_LISTED,
        )
    )
    if photo is None:
        raise NotFound()
    return photo
