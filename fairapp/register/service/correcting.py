"""The organizer corrects what the register says of an enterprise: names, tax code, address."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from fairapp.audit.service import ActorLike
from fairapp.database import is_unique_violation, transaction
from fairapp.enterprises import phones, tax_code
from fairapp.enterprises.models import Enterprise
from fairapp.enterprises.service.shared import Change, lock, note, settle
from fairapp.enterprises.taxonomy import enterprise_size
from fairapp.errors import FairError

FIELDS = (
    "legal_name", "short_name", "english_name", "country", "tax_code", "legal_form", "ownership", "representative",
    "representative_title", "address", "industrial_park", "ward", "postal_code", "province", "website", "phone",
    "employees", "established",
)  # fmt: skip


class TaxCodeTaken(FairError):
    """Another entry has this tax code."""

    code = "tax_code_taken"


def read_entry(enterprise: Enterprise) -> dict[str, Any]:
    """Return what the register says of an enterprise as plain values."""
    values = {name: getattr(enterprise, name) for name in FIELDS}
    values["province"] = enterprise.province or ""
    values["phone"] = phones.show_phone(enterprise.phone)
    return values


def correct(enterprise_id: int, change: Change, *, fair_id: int, actor: ActorLike, now: datetime) -> Enterprise:
    """Change an entry; a tax code is checked by its digits and may belong to nobody else."""
    # Checked before anything is compared: a change that cannot be read is no change.
    code = tax_code.parse_tax_code(change.typed["tax_code"], country=change.typed["country"]).text
    phones.parse_phone(change.typed["phone"], country=change.typed["country"])
    typed = Change(typed={**change.typed, "tax_code": code}, seen=change.seen)
    try:
        with transaction() as session:
            enterprise = lock(session, enterprise_id)
            before = read_entry(enterprise)
            values = settle(session, enterprise, typed, before)
            _check_free(session.scalar(_holder(values)), enterprise)
            _write(enterprise, values)
            changed = {name: [before[name], values[name]] for name in FIELDS if values[name] != before[name]}
            note(session, "enterprise.correct", enterprise, fair_id=fair_id, actor=actor, now=now, changed=changed)
    except IntegrityError as error:  # a rival took the code between the question and the answer
        if not is_unique_violation(error):
            raise
        raise TaxCodeTaken(name=code) from error
    return enterprise


def _holder(values: Mapping[str, Any]) -> sa.Select[Enterprise]:
    return sa.select(Enterprise).where(
        Enterprise.country == values["country"], Enterprise.tax_code == values["tax_code"]
    )


def _check_free(holder: Enterprise | None, enterprise: Enterprise) -> None:
    if holder is not None and holder.id != enterprise.id:
        raise TaxCodeTaken(name=holder.legal_name)


def _write(enterprise: Enterprise, values: Mapping[str, Any]) -> None:
    for name in FIELDS:
        setattr(enterprise, name, values[name])
    enterprise.province = values["province"] or None
    enterprise.phone = phones.parse_phone(values["phone"], country=values["country"])
    enterprise.size = enterprise_size(values["employees"])
