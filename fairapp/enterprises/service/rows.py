"""The lists of a profile: machines, customers, products; rows are added, changed, taken out and put back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from fairapp.audit.service import ActorLike
from fairapp.database import transaction
from fairapp.enterprises import pictures
from fairapp.enterprises.models import Customer, Enterprise, Machine, Product
from fairapp.enterprises.service.shared import Change, Upload, lock, note, removed_row, settle
from fairapp.errors import FairError, NotFound
from fairapp.files import service as files

LANGUAGES = ("vi", "en", "ja", "ko")


class TooMany(FairError):
    """The list is full."""

    code = "profile_list_full"


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One list of a profile."""

    name: str
    model: type[Any]
    most: int
    read: Callable[[Any], dict[str, Any]]
    write: Callable[[Any, Mapping[str, Any]], None]
    title: Callable[[Any], str]


def _plain(*names: str) -> tuple[Callable[[Any], dict[str, Any]], Callable[[Any, Mapping[str, Any]], None]]:
    def read(row: Any) -> dict[str, Any]:
        return {name: getattr(row, name) for name in names}

    def write(row: Any, values: Mapping[str, Any]) -> None:
        for name in names:
            setattr(row, name, values[name])

    return read, write


def _read_product(product: Product) -> dict[str, Any]:
    texts = {"name": product.name or {}, "text": product.text or {}}
    return {f"{name}_{code}": text.get(code, "") for name, text in texts.items() for code in LANGUAGES}


def _write_product(product: Product, values: Mapping[str, Any]) -> None:
    product.name = {code: values[f"name_{code}"] for code in LANGUAGES}
    product.text = {code: values[f"text_{code}"] for code in LANGUAGES}


_machine = _plain("kind", "maker", "model", "year", "quantity", "key_size")
_customer = _plain("name", "country", "products", "since", "public")

MACHINES = Kind(
    name="machine", model=Machine, most=300, read=_machine[0], write=_machine[1], title=lambda row: str(row.kind)
)
CUSTOMERS = Kind(
    name="customer", model=Customer, most=100, read=_customer[0], write=_customer[1], title=lambda row: str(row.name)
)
PRODUCTS = Kind(
    name="product",
    model=Product,
    most=20,
    read=_read_product,
    write=_write_product,
    title=lambda row: str(next((text for text in (row.name.get(code) for code in LANGUAGES) if text), "")),
)
KINDS = {kind.name: kind for kind in (MACHINES, CUSTOMERS, PRODUCTS)}


def add_rows(
    enterprise_id: int,
    kind: Kind,
    rows: Sequence[Mapping[str, Any]],
    *,
    photo: Upload | None = None,
    fair_id: int,
    actor: ActorLike,
    now: datetime,
) -> list[Any]:
    """Add rows to a list of a profile: all or, where the list would overflow, none."""
    prepared = pictures.prepare_photo(photo.content) if photo else None
    with transaction() as session:
        enterprise = lock(session, enterprise_id)
        if _count(session, kind, enterprise) + len(rows) > kind.most:
            raise TooMany(most=kind.most)
        added = [_make(session, kind, enterprise, values) for values in rows]
        if photo and prepared:
            _attach(session, added[0], prepared, photo.name, now=now)
        note(
            session,
            "enterprise.add",
            enterprise,
            fair_id=fair_id,
            actor=actor,
            now=now,
            kind=kind.name,
            titles=[kind.title(row) for row in added][:20],
        )
    return added


def update_row(
    enterprise_id: int,
    kind: Kind,
    public_id: str,
    change: Change,
    *,
    photo: Upload | None = None,
    fair_id: int,
    actor: ActorLike,
    now: datetime,
) -> Any:
    """Change a row; raise ``ProfileChanged`` where somebody saved other values meanwhile."""
    prepared = pictures.prepare_photo(photo.content) if photo else None
    with transaction() as session:
        enterprise = lock(session, enterprise_id)
        row = _get(session, kind, enterprise, public_id)
        values = settle(session, enterprise, change, kind.read(row))
        kind.write(row, values)
        if photo and prepared:
            _attach(session, row, prepared, photo.name, now=now)
        note(
            session,
            "enterprise.update",
            enterprise,
            fair_id=fair_id,
            actor=actor,
            now=now,
            kind=kind.name,
            titles=[kind.title(row)],
        )
    return row


def remove_row(enterprise_id: int, kind: Kind, public_id: str, *, fair_id: int, actor: ActorLike, now: datetime) -> str:
    """Take a row out of a list; return its title. The trail keeps the row, so that it can be put back."""
    with transaction() as session:
        enterprise = lock(session, enterprise_id)
        row = _get(session, kind, enterprise, public_id)
        title, kept = kind.title(row), kind.read(row)
        kept["public_id"] = row.public_id
        if isinstance(row, Product):
            kept |= {"photo_id": row.photo_id, "position": row.position}
        session.delete(row)
        note(
            session,
            "enterprise.remove",
            enterprise,
            fair_id=fair_id,
            actor=actor,
            now=now,
            kind=kind.name,
            row=kept,
        )
    return title


def restore_row(
    enterprise_id: int, kind: Kind, public_id: str, *, fair_id: int, actor: ActorLike, now: datetime
) -> None:
    """Put a row back that was taken out; a second time changes nothing."""
    with transaction() as session:
        enterprise = lock(session, enterprise_id)
        own = sa.select(kind.model.id).where(kind.model.enterprise_id == enterprise.id)
        if session.scalar(own.where(kind.model.public_id == public_id)) is not None:
            return
        kept = removed_row(session, enterprise, kind.name, "public_id", public_id)
        if _count(session, kind, enterprise) >= kind.most:
            raise TooMany(most=kind.most)
        row = _make(session, kind, enterprise, kept)
        row.public_id = public_id
        if isinstance(row, Product):
            row.photo_id, row.position = kept["photo_id"], kept["position"]
        note(
            session,
            "enterprise.restore",
            enterprise,
            fair_id=fair_id,
            actor=actor,
            now=now,
            kind=kind.name,
            titles=[kind.title(row)],
        )


def move_product(
    enterprise_id: int, public_id: str, step: int, *, fair_id: int, actor: ActorLike, now: datetime
) -> None:
    """Move a product up or down by ``step`` places; at the end it stays."""
    with transaction() as session:
        enterprise = lock(session, enterprise_id)
        product = _get(session, PRODUCTS, enterprise, public_id)
        others = [one for one in enterprise.products if one is not product]
        place = min(max(enterprise.products.index(product) + step, 0), len(others))
        for position, one in enumerate([*others[:place], product, *others[place:]]):
            one.position = position
        note(
            session,
            "enterprise.update",
            enterprise,
            fair_id=fair_id,
            actor=actor,
            now=now,
            kind="product",
            titles=[PRODUCTS.title(product)],
        )


def remove_photo(enterprise_id: int, public_id: str, *, fair_id: int, actor: ActorLike, now: datetime) -> None:
    """Take the photo off a product."""
    with transaction() as session:
        enterprise = lock(session, enterprise_id)
        product = _get(session, PRODUCTS, enterprise, public_id)
        product.photo_id = None
        note(
            session,
            "enterprise.update",
            enterprise,
            fair_id=fair_id,
            actor=actor,
            now=now,
            kind="product",
            titles=[PRODUCTS.title(product)],
        )


def _count(session: Session, kind: Kind, enterprise: Enterprise) -> int:
    counted = sa.select(sa.func.count()).where(kind.model.enterprise_id == enterprise.id)
    return session.scalar(counted) or 0


def _make(session: Session, kind: Kind, enterprise: Enterprise, values: Mapping[str, Any]) -> Any:
    row = kind.model(enterprise_id=enterprise.id)
    kind.write(row, values)
    if isinstance(row, Product):
        last = session.scalar(sa.select(sa.func.max(Product.position)).where(Product.enterprise_id == enterprise.id))
        row.position = 0 if last is None else last + 1
    session.add(row)
    session.flush()
    return row


def _get(session: Session, kind: Kind, enterprise: Enterprise, public_id: str) -> Any:
    row = session.scalar(
        sa.select(kind.model).where(kind.model.enterprise_id == enterprise.id, kind.model.public_id == public_id)
    )
    if row is None:
        raise NotFound()
    return row


def _attach(session: Session, product: Product, picture: pictures.Picture, name: str, *, now: datetime) -> None:
    product.photo = files.store(
        session,
        picture.content,
        name=name.rpartition(".")[0] + picture.extension,
        content_type=picture.content_type,
        fair_id=None,
        now=now,
    )
